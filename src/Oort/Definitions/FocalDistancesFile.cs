using System.Globalization;
using Oort.Actions;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Focal distances in a build's directory, which take some tenths of a second to compute and a few milliseconds to read.
/// The file belongs to the potential's file as it was when this was written; with any other it is passed over.
/// </summary>
public static class FocalDistancesFile
{
    /// <summary>Name of the file in a build's directory.</summary>
    public const string NameInBuild = "focal_distances.txt";

    private const string Title = "# Delta^2/R^2 of the Staeckel fudge: a line for each radius of a circular orbit (kpc, equal steps of ln R), along it angular momenta from 1 to 0 times that orbit's";

    private const int LeastSize = 8;

    /// <summary>Writes the file beside the potential's.</summary>
    /// <param name="directory">A build's directory, which has its potential.</param>
    /// <param name="focalDistances">Focal distances of that potential.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Write(string directory, FocalDistances focalDistances)
    {
        ArgumentNullException.ThrowIfNull(focalDistances);
        double[,] table = focalDistances.Table;
        OutputFile.Write(Path.Combine(directory, NameInBuild), writer =>
        {
            writer.Write($"{Title}\n{Fingerprint(directory)} {table.GetLength(0)} {table.GetLength(1)} ");
            writer.Write($"{Numbers.Format(focalDistances.SmallestRadius)} {Numbers.Format(focalDistances.LargestRadius)}\n");
            for (int i = 0; i < table.GetLength(0); i++)
            {
                for (int j = 0; j < table.GetLength(1); j++)
                {
                    Numbers.Write(writer, table[i, j]);
                    writer.Write(j + 1 < table.GetLength(1) ? ' ' : '\n');
                }
            }
        });
    }

    /// <summary>Reads the file; null where there is none for this potential, or it is damaged.</summary>
    internal static FocalDistances? Read(string directory, Potential potential)
    {
        string path = Path.Combine(directory, NameInBuild);
        if (!File.Exists(path))
        {
            return null;
        }

        string[] lines = InputFile.ReadText(path).Split('\n');
        string[] head = lines.Length > 2 && lines[0] == Title ? lines[1].Split(' ') : [];
        if (head.Length != 5 || head[0] != Fingerprint(directory) || !int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            || !int.TryParse(head[2], NumberStyles.None, CultureInfo.InvariantCulture, out int columns) || lines.Length < rows + 2
            || !Numbers.TryParseFinite(head[3], out double smallest) || !Numbers.TryParseFinite(head[4], out double largest)
            || rows < LeastSize || columns < LeastSize || !(smallest > 0 && smallest < largest))
        {
            return null;
        }

        double[,] table = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            int j = 0;
            foreach (Range cell in lines[i + 2].AsSpan().Split(' '))
            {
                if (j == columns || !Numbers.TryParseFinite(lines[i + 2].AsSpan()[cell], out table[i, j++]))
                {
                    return null;
                }
            }

            if (j != columns)
            {
                return null;
            }
        }

        return new(potential, smallest, largest, table);
    }

    /// <summary>A checksum of the potential's file (Fowler, Noll and Vo's, 64 bits): it tells another potential, not an adversary.</summary>
    private static string Fingerprint(string directory)
    {
        using FileStream file = InputFile.Open(Path.Combine(directory, PotentialFile.NameInBuild));
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
