using System.Numerics;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Axisymmetric density, even in z, given at the nodes of a grid in (R, z): AGAMA's density of the same name with mmax = 0.
/// </summary>
/// <remarks>
/// ln(rho) is interpolated by bicubic polynomials in asinh(R/a), asinh(z/b) with continuous gradient, fourth-order accurate
/// where the table is smooth and without overshoots where it is not. Below the first radius that is not 0 and has mass, rho goes on as the power
/// of R that joins it to the next one, unless the table gives it at R = 0. Nodes with rho = 0 count as a density e^-20 below the table's least one; what comes
/// out below e times that is returned as 0. Beyond the grid rho = 0.
/// </remarks>
public sealed class DensityAzimuthalHarmonic : Density
{
    private const int Chunk = 64;
    private const int MassPoints = 6;

    // A density ~ R^4 is steeper than any disc's; slopes below -2 would have infinite mass.
    private const double LeastPower = -1.5, LargestPower = 4;

    private readonly double[] gridR, gridZ;
    private readonly double[,] rho;
    private readonly double scaleR, scaleZ, firstR, secondX, inverseLogRatio, empty;
    private readonly bool continued;
    private readonly ShapePreservingSpline2D? spline;

    /// <summary>The density with given values at the nodes of a grid.</summary>
    /// <param name="gridR">Radii of the nodes, kpc, ascending, the first one 0 or more; at least three.</param>
    /// <param name="gridZ">Heights of the nodes, kpc, ascending from 0; at least three.</param>
    /// <param name="rho">Density, Msun/kpc^3, [R, z]; not negative.</param>
    public DensityAzimuthalHarmonic(ReadOnlySpan<double> gridR, ReadOnlySpan<double> gridZ, double[,] rho)
    {
        const string Name = nameof(DensityAzimuthalHarmonic);
        CylSpline.CheckGrid(gridR, "gridR", 3, startsAtZero: false);
        CylSpline.CheckGrid(gridZ, "gridz", 3, startsAtZero: true);
        ParameterException.Check(Name, "gridR", gridR[0], gridR[0] >= 0, "not negative at the first node (kpc)");
        int nR = gridR.Length, nz = gridZ.Length;
        if (rho.GetLength(0) != nR || rho.GetLength(1) != nz)
        {
            throw new InputException(FormattableString.Invariant(
                $"{Name}: {rho.GetLength(0)} x {rho.GetLength(1)} densities are given for {nR} x {nz} nodes"));
        }

        double least = double.PositiveInfinity;
        foreach (double value in rho)
        {
            ParameterException.Check(Name, "rho", value, value >= 0, ">= 0 (Msun/kpc^3)");
            least = value > 0 ? Math.Min(least, value) : least;
        }

        this.gridR = gridR.ToArray();
        this.gridZ = gridZ.ToArray();
        this.rho = (double[,])rho.Clone();
        if (double.IsInfinity(least))
        {
            return;
        }

        // On the axis zeros are those of a power of R, not an edge of the table: leave that column to the power law.
        int skip = 0;
        for (int j = 0; j < nz && gridR[0] == 0; j++)
        {
            skip = rho[0, j] == 0 && rho[1, j] > 0 ? 1 : skip;
        }

        continued = gridR[skip] > 0;
        firstR = gridR[skip];
        scaleR = AsinhScale.For(gridR[0] > 0 ? gridR[0] : gridR[1], gridR[^1], nR - 1);
        scaleZ = AsinhScale.For(gridZ[1], gridZ[^1], nz - 1);
        double floor = Math.Log(least) - 20;
        empty = floor + 1;
        double[,] f = new double[nR - skip, nz];
        for (int i = skip; i < nR; i++)
        {
            for (int j = 0; j < nz; j++)
            {
                f[i - skip, j] = rho[i, j] > 0 ? Math.Log(rho[i, j]) : floor;
            }
        }

        double[] x = [.. this.gridR[skip..].Select(R => Math.Asinh(R / scaleR))], y = [.. this.gridZ.Select(z => Math.Asinh(z / scaleZ))];
        secondX = x[1];
        inverseLogRatio = continued ? 1 / Math.Log(this.gridR[skip + 1] / firstR) : 0;
        spline = new(x, y, f, evenY: true);
        TotalMass = Integrate();
    }

    /// <summary>The interpolated form of a density.</summary>
    /// <param name="density">The density.</param>
    /// <param name="gridR">Radii of the nodes, kpc.</param>
    /// <param name="gridZ">Heights of the nodes, kpc, from 0.</param>
    public static DensityAzimuthalHarmonic FromDensity(Density density, ReadOnlySpan<double> gridR, ReadOnlySpan<double> gridZ)
    {
        double[,] rho = new double[gridR.Length, gridZ.Length];
        double[] R = new double[gridZ.Length], line = new double[gridZ.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            Array.Fill(R, gridR[i]);
            density.Evaluate(R, gridZ, line);
            for (int j = 0; j < line.Length; j++)
            {
                rho[i, j] = line[j];
            }
        }

        return new(gridR, gridZ, rho);
    }

    /// <summary>Radii of the nodes, kpc.</summary>
    public ReadOnlySpan<double> GridR => gridR;

    /// <summary>Heights of the nodes, kpc, from 0.</summary>
    public ReadOnlySpan<double> GridZ => gridZ;

    /// <summary>Density at the nodes, [R, z], Msun/kpc^3: a copy, for export.</summary>
    public double[,] NodeDensity => (double[,])rho.Clone();

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        if (spline is null)
        {
            for (int i = 0; i < R.Length; i++)
            {
                rho[i] = double.IsNaN(R[i] + z[i]) ? double.NaN : 0;
            }

            return;
        }

        int width = Vector<double>.Count;
        Span<double> x = stackalloc double[Chunk], y = stackalloc double[Chunk], f = stackalloc double[Chunk], second = stackalloc double[1];
        Vector<double> inverseR = new(1 / scaleR), inverseZ = new(1 / scaleZ), first = new(firstR), none = new(empty);
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start), padded = (n + width - 1) / width * width;
            ReadOnlySpan<double> radii = R.Slice(start, n), heights = z.Slice(start, n);
            radii.CopyTo(x);
            heights.CopyTo(y);
            x[n..padded].Clear();
            y[n..padded].Clear();
            for (int i = 0; i < padded; i += width)
            {
                AsinhScale.Asinh(Vector.Max(new Vector<double>(x[i..]), first) * inverseR).CopyTo(x[i..]);
                AsinhScale.Asinh(Vector.Abs(new Vector<double>(y[i..])) * inverseZ).CopyTo(y[i..]);
            }

            spline.Evaluate(x[..n], y[..n], f);
            for (int i = 0; i < n; i++)
            {
                if (continued && radii[i] < firstR)
                {
                    spline.Evaluate(new(in secondX), y.Slice(i, 1), second);
                    double power = Math.Clamp((second[0] - f[i]) * inverseLogRatio, LeastPower, LargestPower);
                    f[i] += power * Math.Log(Math.Max(radii[i] / firstR, 1e-100));
                }
            }

            f[n..padded].Clear();
            for (int i = 0; i < padded; i += width)
            {
                Vector<double> v = new(f[i..]);
                Vector.ConditionalSelect(Vector.LessThan(v, none), Vector<double>.Zero, VectorMath.Exp(v)).CopyTo(f[i..]);
            }

            for (int i = 0; i < n; i++)
            {
                bool beyond = radii[i] > gridR[^1] || Math.Abs(heights[i]) > gridZ[^1];
                rho[start + i] = double.IsNaN(radii[i] + heights[i]) ? double.NaN : beyond ? 0 : f[i];
            }
        }
    }

    /// <summary>Gauss-Legendre quadrature in every cell of the grid, and inside the first radius in five cells that shrink towards the axis.</summary>
    private double Integrate()
    {
        List<double> breaks = [.. gridR];
        if (continued)
        {
            breaks = [0, .. Enumerable.Range(1, 5).Select(k => firstR * Math.Pow(0.25, 5 - k)), .. gridR.Where(R => R > firstR)];
        }

        double[] h = new double[(gridZ.Length - 1) * MassPoints], wh = new double[h.Length], line = new double[h.Length], radius = new double[h.Length];
        for (int j = 0; j < gridZ.Length - 1; j++)
        {
            GaussLegendre.Rule(MassPoints).Map(gridZ[j], gridZ[j + 1], h.AsSpan(j * MassPoints, MassPoints), wh.AsSpan(j * MassPoints, MassPoints));
        }

        double[] R = new double[MassPoints], wR = new double[MassPoints];
        double mass = 0;
        for (int i = 0; i < breaks.Count - 1; i++)
        {
            GaussLegendre.Rule(MassPoints).Map(breaks[i], breaks[i + 1], R, wR);
            for (int q = 0; q < MassPoints; q++)
            {
                Array.Fill(radius, R[q]);
                Evaluate(radius, h, line);
                double sum = 0;
                for (int j = 0; j < line.Length; j++)
                {
                    sum += wh[j] * line[j];
                }

                mass += 4 * Math.PI * R[q] * wR[q] * sum;
            }
        }

        return mass;
    }
}
