using System.Numerics;
using System.Runtime.InteropServices;
using Oort.Numerics;
using Oort.Orbits;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Focal distance Delta(E, Lz) of the prolate spheroidal coordinates in which the shell orbit with this energy and angular momentum (launched
/// from the plane perpendicular to it, it returns at the same radius) follows a coordinate line where it crosses the plane:
/// Delta^2 = R^2 (vz^2 + vphi^2 - R Phi_R)/(R Phi_R - vphi^2) there, not below zero; for nearly circular orbits this is the Delta of
/// Sanders 2012 (MNRAS 426, 128, eq. 9). Actions are conserved better than with the average of that equation along the shell orbit.
/// Tabulated on a grid uniform in ln Rcirc(E) and, but for a stretch towards planar orbits, in (1 - Lz/Lcirc)^(1/2);
/// interpolated by bicubic splines:
/// with the default grid Delta + 0.03 Rcirc is within 1e-3 of that of a twice finer one for 95 % of the orbits in smooth potentials,
/// within 1e-2 where thin gas discs with holes make Delta change by itself within a tenth in radius.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class FocalDistances
{
    // Planar orbits in a thin disc see another Delta than those that leave it: columns are dense there, t = sinh(a x)/sinh(a),
    // and it is asinh(Delta^2 / (Compression Rcirc^2)) that is interpolated.
    private const int Chunk = 128;
    private const double Stretch = 3.8, Compression = 0.1;
    private static readonly double SinhStretch = Math.Sinh(Stretch);

    private readonly ShellOrbit[,] orbits;
    private readonly UniformSurface squared;
    private readonly double firstLogRadius, rowsPerLog;
    private readonly int columns;

    /// <summary>Builds the table.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="settings">Size of the table; the default is right for galaxies.</param>
    /// <param name="previous">Table of a similar potential and the same size: its shell orbits are where the search starts.</param>
    /// <param name="threads">Threads to use; the table does not depend on it.</param>
    /// <exception cref="NumericalException">Circular orbits cannot be found, or too few shell orbits.</exception>
    public FocalDistances(Potential potential, FocalDistanceSettings? settings = null, FocalDistances? previous = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        settings ??= new();
        Circular = new(potential, settings.SmallestRadius, settings.LargestRadius);
        int rows = settings.Energies;
        columns = settings.Momenta;
        bool reuse = previous is not null && previous.orbits.GetLength(0) == rows && previous.columns == columns;
        orbits = reuse ? (ShellOrbit[,])previous!.orbits.Clone() : Unknown(rows, columns);
        double[] radii = new double[rows];
        double step = Math.Log(settings.LargestRadius / settings.SmallestRadius) / (rows - 1);
        (firstLogRadius, rowsPerLog) = (Math.Log(settings.SmallestRadius), 1 / step);
        for (int i = 0; i < rows; i++)
        {
            radii[i] = Math.Exp(firstLogRadius + i * step);
        }

        double[] momenta = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double t = Math.Sinh(Stretch * j / (columns - 1)) / SinhStretch;
            momenta[j] = 1 - t * t;
        }

        double[,] values = new double[rows, columns];
        int groups = Math.Min(threads, rows);
        Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, g => new ShellOrbitFinder(potential, momenta, orbits, values)
            .Fill(radii, g * rows / groups, (g + 1) * rows / groups));
        FillGaps(values, settings);
        (Table, squared) = (values, Compressed(values));
    }

    /// <summary>A table that was made before, for the same potential.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="smallestRadius">Radius of the circular orbit of the first row, kpc.</param>
    /// <param name="largestRadius">Radius of the circular orbit of the last row, kpc.</param>
    /// <param name="table">The <see cref="Table"/>.</param>
    internal FocalDistances(Potential potential, double smallestRadius, double largestRadius, double[,] table)
    {
        Circular = new(potential, smallestRadius, largestRadius);
        (Table, squared, columns) = (table, Compressed(table), table.GetLength(1));
        double step = Math.Log(largestRadius / smallestRadius) / (table.GetLength(0) - 1);
        (firstLogRadius, rowsPerLog) = (Math.Log(smallestRadius), 1 / step);

        // Not kept: where the search for shell orbits in a similar potential would start.
        orbits = Unknown(table.GetLength(0), columns);
    }

    /// <summary>Delta^2 / Rcirc^2, which may be negative, by radius of the circular orbit and by angular momentum.</summary>
    internal double[,] Table { get; }

    /// <summary>Radius of the circular orbit of the first row, kpc.</summary>
    internal double SmallestRadius => Math.Exp(firstLogRadius);

    /// <summary>Radius of the circular orbit of the last row, kpc.</summary>
    internal double LargestRadius => Math.Exp(firstLogRadius + (Table.GetLength(0) - 1) / rowsPerLog);

    /// <summary>Circular orbits of the potential, on the same range of radii.</summary>
    internal CircularOrbits Circular { get; }

    /// <summary>
    /// Orbits of the table whose shell orbit was not found, for instance since it has become the z axis, as in a flattened core at Lz = 0:
    /// their value is that of their neighbours.
    /// </summary>
    public int Missing { get; private set; }

    /// <summary>Focal distances of a batch of orbits.</summary>
    /// <param name="E">Energies, (km/s)^2.</param>
    /// <param name="Lz">Angular momenta about the axis, kpc km/s, of either sign; taken as Lcirc(E) where above it.</param>
    /// <param name="delta">Receives Delta, kpc, not negative; NaN where E is not that of a bound orbit.</param>
    public void Evaluate(ReadOnlySpan<double> E, ReadOnlySpan<double> Lz, Span<double> delta)
    {
        Span<double> radius = stackalloc double[Chunk], x = stackalloc double[Chunk], y = stackalloc double[Chunk];
        for (int start = 0; start < E.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, E.Length - start);
            Locate(E.Slice(start, n), Lz.Slice(start, n), radius, x, y);
            for (int i = 0; i < n; i++)
            {
                x[i] = squared.Value(x[i], y[i]);
            }

            Vector<double> half = new(0.5 * Compression);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> e = VectorMath.Exp(new Vector<double>(x[i..])), square = half * (e - Vector<double>.One / e);
                Vector<double> positive = Vector.ConditionalSelect(Vector.LessThan(square, Vector<double>.Zero), Vector<double>.Zero, square);
                (Vector.SquareRoot(positive) * VectorMath.Exp(new Vector<double>(radius[i..]))).CopyTo(x[i..]);
            }

            x[..n].CopyTo(delta[start..]);
        }
    }

    /// <summary>
    /// Focal distances where ln Rcirc, Rcirc and (1 - Lz/Lcirc)^(1/2) are known, within 1e-6 of the others; the spans are of
    /// whole vectors of single precision and of the first one's length or more.
    /// </summary>
    internal void Evaluate(ReadOnlySpan<double> logRadius, ReadOnlySpan<double> radius, ReadOnlySpan<double> rest, Span<double> delta)
    {
        int half = Vector<double>.Count;
        Vector<float> sinh = new((float)SinhStretch), perColumn = new((float)((columns - 1) / Stretch)), scale = new((float)(0.5 * Compression));
        Span<float> y = stackalloc float[Vector<float>.Count], x = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < logRadius.Length; i += Vector<float>.Count)
        {
            Vector<float> t = Vector.Narrow(new Vector<double>(rest[i..]), new Vector<double>(rest[(i + half)..]));
            (perColumn * SingleMath.Asinh(sinh * t)).CopyTo(y);
            for (int k = 0; k < y.Length; k++)
            {
                x[k] = (float)squared.Value((logRadius[i + k] - firstLogRadius) * rowsPerLog, y[k]);
            }

            Vector<float> e = SingleMath.Exp(new Vector<float>(x)), square = scale * (e - Vector<float>.One / e);
            Vector<float> root = Vector.SquareRoot(Vector.ConditionalSelect(Vector.LessThan(square, Vector<float>.Zero), Vector<float>.Zero, square));
            Vector.Widen(root, out Vector<double> low, out Vector<double> high);
            (low * new Vector<double>(radius[i..])).CopyTo(delta[i..]);
            (high * new Vector<double>(radius[(i + half)..])).CopyTo(delta[(i + half)..]);
        }
    }

    /// <summary>Focal distance of one orbit, kpc.</summary>
    public double At(double E, double Lz)
    {
        double delta = 0;
        Evaluate(new(in E), new(in Lz), new(ref delta));
        return delta;
    }

    /// <summary>ln Rcirc, and where in the table an orbit lies; NaN where unbound. The spans have the length of a chunk.</summary>
    private void Locate(ReadOnlySpan<double> E, ReadOnlySpan<double> Lz, Span<double> logRadius, Span<double> x, Span<double> y)
    {
        Circular.Logarithms(E, logRadius, x);
        Lz.CopyTo(y);
        Vector<double> one = Vector<double>.One, sinh = new(SinhStretch), perColumn = new((columns - 1) / Stretch);
        Vector<double> first = new(firstLogRadius), perLog = new(rowsPerLog);
        for (int i = 0; i < E.Length; i += Vector<double>.Count)
        {
            Vector<double> l = Vector.Abs(new Vector<double>(y[i..])) * VectorMath.Exp(-new Vector<double>(x[i..])), rest = one - l;
            Vector<double> t = sinh * Vector.SquareRoot(Vector.ConditionalSelect(Vector.LessThan(rest, Vector<double>.Zero), Vector<double>.Zero, rest));
            (perColumn * VectorMath.Log(t + Vector.SquareRoot(t * t + one))).CopyTo(y[i..]);
            ((new Vector<double>(logRadius[i..]) - first) * perLog).CopyTo(x[i..]);
        }
    }

    private static ShellOrbit[,] Unknown(int rows, int columns)
    {
        ShellOrbit[,] orbits = new ShellOrbit[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                orbits[i, j] = ShellOrbit.Unknown;
            }
        }

        return orbits;
    }

    /// <summary>What is interpolated.</summary>
    private static UniformSurface Compressed(double[,] table)
    {
        double[,] values = (double[,])table.Clone();
        foreach (ref double value in MemoryMarshal.CreateSpan(ref values[0, 0], values.Length))
        {
            value = Math.Asinh(value / Compression);
        }

        return new(values);
    }

    private void FillGaps(double[,] values, FocalDistanceSettings settings)
    {
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 1; j < columns; j++)
            {
                if (!double.IsNaN(values[i, j]))
                {
                    continue;
                }

                Missing++;
                int next = j + 1;
                while (next < columns && double.IsNaN(values[i, next]))
                {
                    next++;
                }

                double w = next < columns ? 1.0 / (next - j + 1) : 0;
                values[i, j] = values[i, j - 1] + (w > 0 ? w * (values[i, next] - values[i, j - 1]) : 0);
                orbits[i, j] = (w > 0 ? ShellOrbit.Between(orbits[i, j - 1], orbits[i, next], w) : orbits[i, j - 1]) with { Step = double.NaN };
            }
        }

        if (Missing > settings.Energies * settings.Momenta / 4)
        {
            throw new NumericalException(FormattableString.Invariant(
                $"focal distances: {Missing} of {settings.Energies * settings.Momenta} shell orbits were not found"));
        }
    }
}

/// <summary>Size of a <see cref="FocalDistances"/> table.</summary>
public sealed record FocalDistanceSettings
{
    private readonly int energies = 96, momenta = 36;
    private readonly double smallestRadius = 1e-3, largestRadius = 1e3;

    /// <summary>Number of energies, at least 8.</summary>
    public int Energies
    {
        get => energies;
        init => energies = (int)ParameterException.Check(nameof(FocalDistances), nameof(Energies), value, value >= 8, ">= 8");
    }

    /// <summary>Number of angular momenta at each energy, at least 8.</summary>
    public int Momenta
    {
        get => momenta;
        init => momenta = (int)ParameterException.Check(nameof(FocalDistances), nameof(Momenta), value, value >= 8, ">= 8");
    }

    /// <summary>Radius of the circular orbit of the lowest energy, kpc; below it Delta/Rcirc stays constant.</summary>
    public double SmallestRadius
    {
        get => smallestRadius;
        init => smallestRadius = ParameterException.Check(nameof(FocalDistances), nameof(SmallestRadius), value, value > 0, "> 0 (kpc)");
    }

    /// <summary>Radius of the circular orbit of the highest energy, kpc; above it Delta/Rcirc stays constant.</summary>
    public double LargestRadius
    {
        get => largestRadius;
        init => largestRadius = ParameterException.Check(nameof(FocalDistances), nameof(LargestRadius), value, value > 0, "> 0 (kpc)");
    }
}
