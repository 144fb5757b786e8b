using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>A table of points, read from a file or standard input.</summary>
internal sealed class PointTable
{
    // Fixed, so that results do not depend on the number of threads.
    private const int ChunkSize = 1024;

    private static readonly string[] StarColumns = ["x", "y", "z", "vx", "vy", "vz"];

    private PointTable(CsvTable table) => Table = table;

    /// <summary>The table.</summary>
    public CsvTable Table { get; }

    /// <summary>Reads a table; <c>-</c> is standard input.</summary>
    public static PointTable Read(string path, Streams streams)
    {
        if (path != "-")
        {
            return new(CsvTable.Read(path));
        }

        using TextReader reader = streams.In();
        return new(CsvTable.Read(reader, "standard input"));
    }

    /// <summary>
    /// R and z from the columns R,z or x,y,z. What cannot be a place (a coordinate that is missing or infinite,
    /// a negative R) becomes NaN.
    /// </summary>
    public (double[] R, double[] z) Places()
    {
        bool cartesian = !Table.Has("R") && (Table.Has("x") || Table.Has("y"));
        double[] z = Table.Numbers("z"), R = cartesian
            ? [.. Table.Numbers("x").Zip(Table.Numbers("y"), (x, y) => Math.Sqrt(x * x + y * y))]
            : [.. Table.Numbers("R")];
        for (int i = 0; i < R.Length; i++)
        {
            if (!double.IsFinite(R[i]) || !double.IsFinite(z[i]) || R[i] < 0)
            {
                R[i] = z[i] = double.NaN;
            }
        }

        return (R, z);
    }

    /// <summary>Positions and velocities from the columns x,y,z,vx,vy,vz; all NaN where one is missing or infinite.</summary>
    public CylindricalPoint[] Stars()
    {
        double[][] c = [.. StarColumns.Select(Table.Numbers)];
        CylindricalPoint[] stars = new CylindricalPoint[Table.RowCount];
        for (int i = 0; i < stars.Length; i++)
        {
            CylindricalPoint p = CylindricalPoint.FromCartesian(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]);
            bool valid = double.IsFinite(p.R) && double.IsFinite(p.z) && double.IsFinite(p.vR) && double.IsFinite(p.vz) && double.IsFinite(p.vphi);
            stars[i] = valid ? p : new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        return stars;
    }

    /// <summary>Warns once if some rows have no result.</summary>
    public static void WarnOfNaN(double[] results, string why, Streams streams)
    {
        int n = results.Count(double.IsNaN);
        if (n > 0)
        {
            streams.Warn($"{n} of {results.Length} rows have no result (nan): {why}");
        }
    }

    /// <summary>Runs work on pieces of the rows 0 to <paramref name="count"/>, several at a time.</summary>
    public static void ForPieces(int count, int threads, Action<int, int> work, CancellationToken cancellation)
        => Parallel.For(0, (count + ChunkSize - 1) / ChunkSize, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            piece => work(piece * ChunkSize, Math.Min(ChunkSize, count - piece * ChunkSize)));
}
