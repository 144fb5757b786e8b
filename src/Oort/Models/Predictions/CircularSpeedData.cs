using Oort.Tables;

namespace Oort.Models.Predictions;

/// <summary>
/// Measured circular speeds, such as those of Eilers et al. (2019, ApJ 871, 120): arrays of one length.
/// </summary>
/// <param name="R">Distances from the Galactic centre, kpc.</param>
/// <param name="Vcirc">Circular speeds, km/s.</param>
/// <param name="ErrorUp">Errors upwards, km/s.</param>
/// <param name="ErrorDown">Errors downwards, km/s, positive.</param>
public sealed record CircularSpeedData(double[] R, double[] Vcirc, double[] ErrorUp, double[] ErrorDown)
{
    private const int Columns = 4;

    /// <summary>
    /// Reads a table of four columns between blanks or commas: R, v_c, its error upwards, its error downwards. Lines that begin with # or
    /// with a word, the header, are left out.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read; a line has not four numbers, a negative radius or an error that is not positive; or there is no line.</exception>
    public static CircularSpeedData Read(string path)
    {
        List<double[]> rows = [];
        int number = 0;
        foreach (string line in InputFile.ReadText(path).Split('\n'))
        {
            number++;
            string[] cells = line.Split([' ', '\t', ',', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0 || cells[0][0] == '#' || (rows.Count == 0 && char.IsLetter(cells[0][0])))
            {
                continue;
            }

            double[] row = new double[Columns];
            bool valid = cells.Length == Columns;
            for (int i = 0; valid && i < Columns; i++)
            {
                valid = Numbers.TryParseFinite(cells[i], out row[i]);
            }

            if (!valid || row[0] < 0 || row[2] <= 0 || row[3] <= 0)
            {
                throw new InputException($"{path}:{number}: must be four numbers: R >= 0 (kpc), v_c, and its errors up and down, > 0 (km/s)");
            }

            rows.Add(row);
        }

        return rows.Count == 0
            ? throw new InputException($"{path}: has no rows of R, v_c and its errors")
            : new([.. rows.Select(r => r[0])], [.. rows.Select(r => r[1])], [.. rows.Select(r => r[2])], [.. rows.Select(r => r[3])]);
    }

    /// <summary>
    /// The mean of [(model - v_c)/error]^2, the error being the one towards the model. Systematic errors (2 to 3 % in Eilers et al.) are not in it.
    /// </summary>
    public double MeanSquareResidual(Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        return Enumerable.Range(0, R.Length).Average(i =>
        {
            double difference = galaxy.CircularSpeed(R[i]) - Vcirc[i], error = difference > 0 ? ErrorUp[i] : ErrorDown[i];
            return difference * difference / (error * error);
        });
    }

    /// <summary>The mean of model/v_c - 1.</summary>
    public double MeanExcess(Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        return Enumerable.Range(0, R.Length).Average(i => galaxy.CircularSpeed(R[i]) / Vcirc[i] - 1);
    }
}
