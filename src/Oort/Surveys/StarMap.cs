namespace Oort.Surveys;

/// <summary>Numbers of stars in cells of a plane, all of one size.</summary>
public sealed class StarMap
{
    private readonly long[,] counts;

    /// <summary>No stars yet.</summary>
    /// <param name="x">Cells of the abscissa.</param>
    /// <param name="y">Cells of the ordinate.</param>
    public StarMap(HistogramAxis x, HistogramAxis y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        (X, Y, counts) = (x, y, new long[y.Count, x.Count]);
    }

    /// <summary>Cells of the abscissa.</summary>
    public HistogramAxis X { get; }

    /// <summary>Cells of the ordinate.</summary>
    public HistogramAxis Y { get; }

    /// <summary>Stars that were given, also those outside all cells.</summary>
    public long Stars { get; private set; }

    /// <summary>Stars in a cell.</summary>
    /// <param name="column">Number of the abscissa's cell, from 0.</param>
    /// <param name="row">Number of the ordinate's cell, from 0.</param>
    public long this[int column, int row] => counts[row, column];

    /// <summary>Stars per unit of the plane in each cell, [row, column].</summary>
    public double[,] Density()
    {
        double[,] density = new double[Y.Count, X.Count];
        for (int row = 0; row < Y.Count; row++)
        {
            for (int column = 0; column < X.Count; column++)
            {
                density[row, column] = counts[row, column] / (X.Width * Y.Width);
            }
        }

        return density;
    }

    /// <summary>Counts a star; one outside all cells, or with a NaN, is in none.</summary>
    internal void Add(double x, double y)
    {
        Stars++;
        int column = X.Find(x), row = Y.Find(y);
        if (column >= 0 && row >= 0)
        {
            counts[row, column]++;
        }
    }

    /// <summary>Adds the stars of a map with the same cells.</summary>
    internal void Add(StarMap other)
    {
        Stars += other.Stars;
        for (int row = 0; row < Y.Count; row++)
        {
            for (int column = 0; column < X.Count; column++)
            {
                counts[row, column] += other.counts[row, column];
            }
        }
    }
}
