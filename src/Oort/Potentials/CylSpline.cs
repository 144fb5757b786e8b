using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Axisymmetric potential on a grid in (R, z): a biquintic spline with continuous second derivatives in asinh(R/a), asinh(z/b);
/// beyond the grid another potential, by default multipoles that decay, fitted on the grid's boundary. Suited to thin components.
/// </summary>
/// <remarks>
/// AGAMA's potential of the same name with mmax = 0 (Vasiliev 2019, MNRAS 482, 1525). Coefficients from a file are interpolated
/// as AGAMA does, so that between the nodes too the file means the same: ln(-Phi) where Phi is negative at all nodes, else Phi,
/// with a = b = G M / |Phi(0)|. A potential solved from a density (<see cref="CylindricalPoissonSolver"/>) is the solver's spline.
/// </remarks>
public sealed class CylSpline : Potential
{
    /// <summary>Largest l of the multipoles fitted to the boundary values of coefficients, AGAMA's choice.</summary>
    private const int OuterOrder = 8;

    private const int Chunk = 64;

    // Rows of the work space: coordinates, the points beyond the grid, then from F on Phi and its derivatives.
    private const int ScaledR = 0, ScaledZ = 1, Height = 2, RootR = 3, RootZ = 4, X = 5, Y = 6, FarR = 7, FarZ = 8, F = 9, Rows = 15;

    private readonly double[] gridR, gridZ;
    private readonly double[,] phi, phiR, phiZ;
    private readonly double scaleR, scaleZ;
    private readonly bool logarithmic, mirrored;
    private readonly QuinticSpline2D spline;
    private readonly Potential outer;

    /// <summary>The potential with given values and derivatives at the nodes of a grid.</summary>
    /// <param name="gridR">Radii of the nodes, kpc, ascending from 0; at least three.</param>
    /// <param name="gridZ">Heights of the nodes, kpc, ascending; from 0 for a potential even in z, else of both signs; at least three.</param>
    /// <param name="phi">Phi, (km/s)^2, [R, z].</param>
    /// <param name="phiR">dPhi/dR, (km/s)^2/kpc.</param>
    /// <param name="phiZ">dPhi/dz.</param>
    /// <param name="outer">The potential beyond the grid; without it multipoles up to l = 8 fitted to Phi on the boundary.</param>
    public CylSpline(
        ReadOnlySpan<double> gridR, ReadOnlySpan<double> gridZ, double[,] phi, double[,] phiR, double[,] phiZ, Potential? outer = null)
    {
        CheckGrid(gridR, "gridR", 3, startsAtZero: true);
        CheckGrid(gridZ, "gridz", 3, startsAtZero: gridZ.Length > 0 && gridZ[0] >= 0);
        this.gridR = gridR.ToArray();
        this.gridZ = gridZ.ToArray();
        mirrored = gridZ[0] == 0;
        if (!mirrored && !(gridZ[^1] > 0))
        {
            throw new ParameterException(nameof(CylSpline), "gridz", gridZ[^1], "> 0 at the last node (kpc)");
        }

        this.phi = CheckValues(phi, nameof(phi), negligible: null);
        this.phiR = CheckValues(phiR, nameof(phiR), negligible: 0);
        this.phiZ = CheckValues(phiZ, nameof(phiZ), negligible: mirrored ? 1 : null);
        logarithmic = true;
        foreach (double value in phi)
        {
            logarithmic &= value < 0;
        }

        OuterHarmonics fit = FitBoundary();
        this.outer = outer ?? fit;
        double centre = this.phi[0, Math.Max(0, Array.FindIndex(this.gridZ, h => h >= 0))];
        double scale = -fit.GM / centre;
        scaleR = scaleZ = centre < 0 && scale > 0 && double.IsFinite(scale) ? scale : this.gridR[gridR.Length / 2];
        spline = Interpolate();
    }

    /// <summary>A potential that is an exact spline in asinh(R / scaleR), asinh(z / scaleZ), even in both.</summary>
    internal CylSpline(double[] gridR, double[] gridZ, QuinticSpline2D spline, double scaleR, double scaleZ, Potential outer)
    {
        (this.gridR, this.gridZ, this.spline, this.scaleR, this.scaleZ, this.outer) = (gridR, gridZ, spline, scaleR, scaleZ, outer);
        mirrored = true;
        phi = new double[gridR.Length, gridZ.Length];
        phiR = new double[gridR.Length, gridZ.Length];
        phiZ = new double[gridR.Length, gridZ.Length];
        double[] R = new double[gridZ.Length], f = new double[gridZ.Length], fR = new double[gridZ.Length], fZ = new double[gridZ.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            Array.Fill(R, gridR[i]);
            Evaluate(R, gridZ, new() { Phi = f, PhiR = fR, PhiZ = fZ });
            for (int j = 0; j < gridZ.Length; j++)
            {
                phi[i, j] = f[j];
                phiR[i, j] = i == 0 ? 0 : fR[j];
                phiZ[i, j] = j == 0 ? 0 : fZ[j];
            }
        }
    }

    /// <summary>
    /// The potential of a density that is even in z, by <see cref="CylindricalPoissonSolver"/> on the given grid.
    /// </summary>
    /// <param name="density">The density; mass beyond the grid counts only through <paramref name="outer"/>.</param>
    /// <param name="gridR">Radii of the nodes, kpc, ascending from 0.</param>
    /// <param name="gridZ">Heights of the nodes, kpc, ascending from 0.</param>
    /// <param name="outer">
    /// The potential of the same density on and beyond the grid's boundary (a <c>Multipole</c>, say); without it that of the mass inside the grid.
    /// </param>
    public static CylSpline FromDensity(
        Density density, ReadOnlySpan<double> gridR, ReadOnlySpan<double> gridZ, Potential? outer = null)
    {
        CylindricalPoissonSolver solver = new(gridR, gridZ);
        double[] rho = new double[solver.PointsR.Length];
        density.Evaluate(solver.PointsR, solver.PointsZ, rho);
        return solver.Solve(rho, outer);
    }

    /// <summary>Radii of the nodes, kpc.</summary>
    public ReadOnlySpan<double> GridR => gridR;

    /// <summary>Heights of the nodes, kpc; from 0 where the potential is even in z.</summary>
    public ReadOnlySpan<double> GridZ => gridZ;

    /// <summary>Phi at the nodes, [R, z], (km/s)^2: a copy, for export.</summary>
    public double[,] NodePhi => (double[,])phi.Clone();

    /// <summary>dPhi/dR at the nodes, [R, z], (km/s)^2/kpc: a copy.</summary>
    public double[,] NodePhiR => (double[,])phiR.Clone();

    /// <summary>dPhi/dz at the nodes, [R, z], (km/s)^2/kpc: a copy.</summary>
    public double[,] NodePhiZ => (double[,])phiZ.Clone();

    /// <inheritdoc/>
    [SkipLocalsInit] // Clearing the work space would cost more than a single point does.
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        Span<double> work = stackalloc double[Rows * Chunk];
        Span<int> outside = stackalloc int[Chunk];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start), beyond = 0;
            ReadOnlySpan<double> radii = R.Slice(start, n), heights = z.Slice(start, n);
            PotentialDerivatives part = result.Slice(start, n);
            if (!Place(radii, heights, work))
            {
                for (int i = 0; i < n; i++)
                {
                    // NaN counts as beyond the grid: the outer potential passes it on.
                    if (!(radii[i] <= gridR[^1] && heights[i] <= gridZ[^1] && heights[i] >= (mirrored ? -gridZ[^1] : gridZ[0])))
                    {
                        work[FarR * Chunk + beyond] = radii[i];
                        work[FarZ * Chunk + beyond] = heights[i];
                        outside[beyond++] = i;
                    }
                }
            }

            if (beyond < n)
            {
                Inside(work, part, n);
            }

            if (beyond > 0)
            {
                Outside(work, part, outside[..beyond]);
            }
        }
    }

    /// <summary>Writes R/a and z/b (|z|/b where Phi is even), up to whole blocks. Returns whether all points are in the grid.</summary>
    private bool Place(ReadOnlySpan<double> radii, ReadOnlySpan<double> heights, Span<double> work)
    {
        int n = radii.Length, whole = Whole(n);
        radii.CopyTo(work[(ScaledR * Chunk)..]);
        heights.CopyTo(work[(ScaledZ * Chunk)..]);
        work[(ScaledR * Chunk + n)..(ScaledR * Chunk + whole)].Clear();
        work[(ScaledZ * Chunk + n)..(ScaledZ * Chunk + whole)].Clear();
        heights.CopyTo(work[(Height * Chunk)..]);
        Vector<double> inverseR = new(1 / scaleR), inverseZ = new(1 / scaleZ);
        Vector<double> last = new(gridR[^1]), top = new(gridZ[^1]), bottom = new(mirrored ? 0 : gridZ[0]);
        Vector<long> inside = Vector<long>.AllBitsSet;
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            Vector<double> R = At(work, ScaledR, i), z = At(work, ScaledZ, i);
            z = mirrored ? Vector.Abs(z) : z;
            inside &= Vector.LessThanOrEqual(R, last) & Vector.LessThanOrEqual(z, top) & Vector.GreaterThanOrEqual(z, bottom);
            Put(R * inverseR, work, ScaledR, i);
            Put(z * inverseZ, work, ScaledZ, i);
        }

        return inside == Vector<long>.AllBitsSet;
    }

    private void Inside(Span<double> work, PotentialDerivatives result, int n)
    {
        int whole = Whole(n), order = result.WantsHessian ? 2 : result.WantsGradient ? 1 : 0;
        Span<double> x = work.Slice(X * Chunk, whole), y = work.Slice(Y * Chunk, whole);
        AsinhScale.Asinh(work.Slice(ScaledR * Chunk, whole), work.Slice(RootR * Chunk, whole), x);
        AsinhScale.Asinh(work.Slice(ScaledZ * Chunk, whole), work.Slice(RootZ * Chunk, whole), y);
        Span<double> f = work.Slice(F * Chunk, whole), fx = work.Slice((F + 1) * Chunk, whole), fy = work.Slice((F + 2) * Chunk, whole);
        switch (order)
        {
            case 0:
                spline.Evaluate(x, y, f);
                break;
            case 1:
                spline.Evaluate(x, y, f, fx, fy);
                break;
            default:
                spline.Evaluate(
                    x, y, f, fx, fy, work.Slice((F + 3) * Chunk, whole), work.Slice((F + 4) * Chunk, whole), work.Slice((F + 5) * Chunk, whole));
                break;
        }

        if (logarithmic)
        {
            VectorMath.ExpInPlace(f);
            for (int i = 0; i < whole; i += Vector<double>.Count)
            {
                Put(-At(work, F, i), work, F, i);
            }
        }

        if (order > 0)
        {
            ChainRule(work, whole, order > 1);
        }

        Copy(work, F, result.Phi);
        Copy(work, F + 1, result.PhiR);
        Copy(work, F + 2, result.PhiZ);
        Copy(work, F + 3, result.PhiRR);
        Copy(work, F + 4, result.PhiRZ);
        Copy(work, F + 5, result.PhiZZ);

        static void Copy(ReadOnlySpan<double> work, int row, Span<double> to) => work.Slice(row * Chunk, to.Length).CopyTo(to);
    }

    /// <summary>Derivatives by R and z from those by x and y, in place.</summary>
    private void ChainRule(Span<double> work, int whole, bool hessian)
    {
        Vector<double> one = Vector<double>.One, inverseR = new(1 / scaleR), inverseZ = new(1 / scaleZ);
        for (int i = 0; i < whole; i += Vector<double>.Count)
        {
            // dx/dR = 1/sqrt(R^2 + a^2), the sign of z with dy/dz; with g = ln(-Phi): Phi_x = Phi g_x, Phi_xy = Phi (g_xy + g_x g_y).
            Vector<double> dx = At(work, F + 1, i), dy = At(work, F + 2, i), factor = logarithmic ? At(work, F, i) : one;
            Vector<double> overR = one / At(work, RootR, i), overZ = one / At(work, RootZ, i);
            Vector<double> xR = overR * inverseR, yZ = overZ * inverseZ;
            yZ = mirrored ? Vector.CopySign(yZ, At(work, Height, i)) : yZ;
            if (hessian)
            {
                Vector<double> dxx = At(work, F + 3, i), dxy = At(work, F + 4, i), dyy = At(work, F + 5, i);
                if (logarithmic)
                {
                    dxx += dx * dx;
                    dxy += dx * dy;
                    dyy += dy * dy;
                }

                // d2x/dR2 = -(dx/dR)^2 R/sqrt(R^2 + a^2).
                Put(factor * xR * xR * (dxx - At(work, ScaledR, i) * overR * dx), work, F + 3, i);
                Put(factor * xR * yZ * dxy, work, F + 4, i);
                Put(factor * yZ * yZ * (dyy - At(work, ScaledZ, i) * overZ * dy), work, F + 5, i);
            }

            Put(factor * xR * dx, work, F + 1, i);
            Put(factor * yZ * dy, work, F + 2, i);
        }
    }

    private void Outside(Span<double> work, PotentialDerivatives result, ReadOnlySpan<int> points)
    {
        int n = points.Length;
        PotentialDerivatives compact = new()
        {
            Phi = result.Phi.IsEmpty ? default : work.Slice(F * Chunk, n),
            PhiR = result.PhiR.IsEmpty ? default : work.Slice((F + 1) * Chunk, n),
            PhiZ = result.PhiZ.IsEmpty ? default : work.Slice((F + 2) * Chunk, n),
            PhiRR = result.PhiRR.IsEmpty ? default : work.Slice((F + 3) * Chunk, n),
            PhiRZ = result.PhiRZ.IsEmpty ? default : work.Slice((F + 4) * Chunk, n),
            PhiZZ = result.PhiZZ.IsEmpty ? default : work.Slice((F + 5) * Chunk, n),
        };
        outer.Evaluate(work.Slice(FarR * Chunk, n), work.Slice(FarZ * Chunk, n), compact);
        Scatter(compact.Phi, result.Phi, points);
        Scatter(compact.PhiR, result.PhiR, points);
        Scatter(compact.PhiZ, result.PhiZ, points);
        Scatter(compact.PhiRR, result.PhiRR, points);
        Scatter(compact.PhiRZ, result.PhiRZ, points);
        Scatter(compact.PhiZZ, result.PhiZZ, points);

        static void Scatter(ReadOnlySpan<double> from, Span<double> to, ReadOnlySpan<int> points)
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[points[i]] = from[i];
            }
        }
    }

    private static int Whole(int n) => (n + VectorMath.Block - 1) / VectorMath.Block * VectorMath.Block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> At(ReadOnlySpan<double> work, int row, int i) => VectorMath.Load(work, row * Chunk + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector<double> value, Span<double> work, int row, int i) => VectorMath.Store(value, work, row * Chunk + i);

    internal static void CheckGrid(ReadOnlySpan<double> nodes, string key, int least, bool startsAtZero)
    {
        ParameterException.Check(nameof(CylSpline), key + " nodes", nodes.Length, nodes.Length >= least, $"{least} or more");
        if (startsAtZero)
        {
            ParameterException.Check(nameof(CylSpline), key, nodes[0], nodes[0] == 0, "0 at the first node");
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            ParameterException.Check(nameof(CylSpline), key, nodes[i], i == 0 || nodes[i] > nodes[i - 1], "larger than the node before it (kpc)");
        }
    }

    /// <summary>A checked copy; what symmetry makes zero (index 0 of the dimension given) is set to it exactly.</summary>
    private double[,] CheckValues(double[,] values, string name, int? negligible)
    {
        if (values.GetLength(0) != gridR.Length || values.GetLength(1) != gridZ.Length)
        {
            throw new InputException(FormattableString.Invariant(
                $"CylSpline: {name} has {values.GetLength(0)} x {values.GetLength(1)} values, the grid {gridR.Length} x {gridZ.Length} nodes"));
        }

        double[,] copy = (double[,])values.Clone();
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                ParameterException.Check(nameof(CylSpline), name, copy[i, j], true, "a finite number");
                if ((negligible == 0 && i == 0) || (negligible == 1 && j == 0))
                {
                    copy[i, j] = 0;
                }
            }
        }

        return copy;
    }

    private OuterHarmonics FitBoundary()
    {
        List<double> R = [], z = [], values = [];
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                if (i == gridR.Length - 1 || j == gridZ.Length - 1 || (!mirrored && j == 0))
                {
                    R.Add(gridR[i]);
                    z.Add(gridZ[j]);
                    values.Add(phi[i, j]);
                }
            }
        }

        return OuterHarmonics.Fit([.. R], [.. z], [.. values], OuterOrder, mirrored);
    }

    private QuinticSpline2D Interpolate()
    {
        int nR = gridR.Length, nz = gridZ.Length;
        double[] x = [.. gridR.Select(R => Math.Asinh(R / scaleR))], y = [.. gridZ.Select(z => Math.Asinh(z / scaleZ))];
        double[,] f = new double[nR, nz], fx = new double[nR, nz], fy = new double[nR, nz];
        for (int i = 0; i < nR; i++)
        {
            for (int j = 0; j < nz; j++)
            {
                double factor = logarithmic ? 1 / phi[i, j] : 1;
                f[i, j] = logarithmic ? Math.Log(-phi[i, j]) : phi[i, j];
                fx[i, j] = phiR[i, j] * Math.Sqrt(gridR[i] * gridR[i] + scaleR * scaleR) * factor;
                fy[i, j] = phiZ[i, j] * Math.Sqrt(gridZ[j] * gridZ[j] + scaleZ * scaleZ) * factor;
            }
        }

        return new(x, y, f, fx, fy, evenX: true, evenY: mirrored);
    }
}
