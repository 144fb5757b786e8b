using Oort.Coordinates;
using Oort.Numerics;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Matrix<double>;

namespace Oort.Potentials;

/// <summary>
/// Solves Poisson's equation for axisymmetric densities that are even in z, on one grid, for any number of densities.
/// </summary>
/// <remarks>
/// Galerkin's method in the quadrant 0 &lt;= R &lt;= Rmax, 0 &lt;= z &lt;= zmax: the integral of R grad(Phi) grad(v) equals
/// -4 pi G times that of R rho v (Binney and Tremaine 2008, eq. 2.10, in weak form) for every v of the basis that vanishes on the
/// outer boundary. The basis is the tensor product of quintic B-splines (C4) in x = asinh(R/a), y = asinh(z/b), even in both;
/// a and b are such that nodes made by <see cref="Grid"/> are evenly spaced. On the outer boundary Phi is that of the mass in
/// the grid, by multipoles about the centre, or a potential given. In x and y the equations separate:
/// Kx C My + Mx C Ky = F, so that fast diagonalisation solves them in O(n^3) for n x n nodes.
/// The error of Phi falls with the sixth power of the spacing, that of the forces with the fifth.
/// </remarks>
public sealed class CylindricalPoissonSolver
{
    private const double FourPiG = 4 * Math.PI * Units.G;

    private readonly double[] gridR, gridZ, xNodes, yNodes, pointsR, pointsZ;
    private readonly double scaleR, scaleZ;
    private readonly EvenQuinticBasis xBasis, yBasis;
    private readonly SeparableSolver equations;
    private readonly double[] xFactor, yFactor;
    private readonly double[] xTable, yTable;
    private readonly int gauss;
    private readonly BoundaryMoments boundary;
    private readonly DenseMatrix xSites, ySites;
    private readonly double[][,] xJets, yJets;

    /// <summary>Prepares the grid: assembles the equations and factorises them.</summary>
    /// <param name="gridR">Radii of the nodes, kpc, ascending from 0, at least six; <see cref="Grid"/> makes good ones.</param>
    /// <param name="gridZ">Heights of the nodes, kpc, ascending from 0, at least six.</param>
    /// <param name="gaussPoints">Gauss-Legendre points per cell and direction at which densities are asked for.</param>
    public CylindricalPoissonSolver(ReadOnlySpan<double> gridR, ReadOnlySpan<double> gridZ, int gaussPoints = 4)
    {
        CylSpline.CheckGrid(gridR, "gridR", 6, startsAtZero: true);
        CylSpline.CheckGrid(gridZ, "gridz", 6, startsAtZero: true);
        ArgumentOutOfRangeException.ThrowIfLessThan(gaussPoints, 2);
        this.gridR = gridR.ToArray();
        this.gridZ = gridZ.ToArray();
        gauss = gaussPoints;
        double a = scaleR = AsinhScale.For(gridR[1], gridR[^1], gridR.Length - 1);
        double b = scaleZ = AsinhScale.For(gridZ[1], gridZ[^1], gridZ.Length - 1);
        xNodes = [.. this.gridR.Select(R => Math.Asinh(R / a))];
        yNodes = [.. this.gridZ.Select(z => Math.Asinh(z / b))];
        xBasis = new(xNodes);
        yBasis = new(yNodes);

        // R dR dz Phi_R v_R = tanh(x) Phi_x v_x dx b cosh(y) dy, and likewise in z.
        equations = new(
            xBasis.Gram(Math.Tanh, 1),
            xBasis.Gram(x => a * a * Math.Sinh(x) * Math.Cosh(x), 0),
            yBasis.Gram(y => 1 / (b * Math.Cosh(y)), 1),
            yBasis.Gram(y => b * Math.Cosh(y), 0));

        (double[] x, double[] wx, xTable) = Quadrature(xBasis, xNodes, gauss);
        (double[] y, double[] wy, yTable) = Quadrature(yBasis, yNodes, gauss);
        xFactor = [.. x.Select((s, i) => wx[i] * a * a * Math.Sinh(s) * Math.Cosh(s))];
        yFactor = [.. y.Select((s, i) => wy[i] * b * Math.Cosh(s))];
        pointsR = new double[x.Length * y.Length];
        pointsZ = new double[x.Length * y.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                pointsR[i * y.Length + j] = a * Math.Sinh(x[i]);
                pointsZ[i * y.Length + j] = b * Math.Sinh(y[j]);
            }
        }

        double[] sitesX = xBasis.Sites(), sitesY = yBasis.Sites();
        double[] radii = [.. sitesX.Select(s => a * Math.Sinh(s))], heights = [.. sitesY.Select(s => b * Math.Sinh(s))];
        radii[^1] = gridR[^1];
        heights[^1] = gridZ[^1];
        boundary = new(radii, heights, pointsR, pointsZ, xFactor, yFactor);
        xSites = DenseMatrix.Build.DenseOfArray(xBasis.Collocation(sitesX, 0)).Inverse();
        ySites = DenseMatrix.Build.DenseOfArray(yBasis.Collocation(sitesY, 0)).Inverse();
        xJets = [.. Enumerable.Range(0, 3).Select(order => xBasis.Collocation(xNodes, order))];
        yJets = [.. Enumerable.Range(0, 3).Select(order => yBasis.Collocation(yNodes, order))];
    }

    /// <summary>
    /// Nodes from 0 to <paramref name="last"/>, kpc, in even steps of asinh(u/scale), <paramref name="first"/> the first spacing.
    /// A disc galaxy does well with Grid(0.04, 80, 50) in R and Grid(0.02, 80, 50) in z.
    /// </summary>
    /// <param name="first">The second node, kpc.</param>
    /// <param name="last">The last node, kpc.</param>
    /// <param name="cells">Number of cells, one less than of nodes.</param>
    public static double[] Grid(double first, double last, int cells) => AsinhScale.Nodes(first, last, cells);

    /// <summary>Radii of the points at which <see cref="Solve"/> wants the density, kpc.</summary>
    public ReadOnlySpan<double> PointsR => pointsR;

    /// <summary>Heights of the points at which <see cref="Solve"/> wants the density, kpc, all positive.</summary>
    public ReadOnlySpan<double> PointsZ => pointsZ;

    /// <summary>Mass inside the grid, both sides of the plane, Msun, by the solver's quadrature.</summary>
    /// <param name="rho">Density at the points, Msun/kpc^3.</param>
    public double Mass(ReadOnlySpan<double> rho)
    {
        double sum = 0;
        for (int i = 0; i < xFactor.Length; i++)
        {
            double line = 0;
            for (int j = 0; j < yFactor.Length; j++)
            {
                line += yFactor[j] * rho[i * yFactor.Length + j];
            }

            sum += xFactor[i] * line;
        }

        return 4 * Math.PI * sum;
    }

    /// <summary>The potential of a density. Densities add up: so do their values at the points.</summary>
    /// <param name="rho">Density at the points (<see cref="PointsR"/>, <see cref="PointsZ"/>), Msun/kpc^3.</param>
    /// <param name="outer">
    /// Potential of the same density on and beyond the grid's boundary. Without it mass beyond the grid is neglected, on the boundary
    /// the multipoles up to l = 20 of the mass inside are used and beyond it those up to l = 16 that fit them.
    /// </param>
    public CylSpline Solve(ReadOnlySpan<double> rho, Potential? outer = null)
    {
        if (rho.Length != pointsR.Length)
        {
            throw new ArgumentException("one density for each of the solver's points is needed", nameof(rho));
        }

        int nx = equations.Rows, ny = equations.Columns;
        double[] load = Load(rho), c = new double[nx * ny], values = new double[nx + ny - 1];
        ReadOnlySpan<double> radii = boundary.R, heights = boundary.Z;
        if (outer is null)
        {
            boundary.Potential(rho, values);
        }
        else
        {
            outer.Evaluate(radii, heights, new() { Phi = values });
        }

        // The boundary's points: along z at Rmax, then along R at zmax from the axis to the last but one.
        for (int j = 0; j < ny; j++)
        {
            for (int k = 0; k < ny; k++)
            {
                c[(nx - 1) * ny + j] += ySites[j, k] * values[k];
            }
        }

        for (int i = 0; i < nx - 1; i++)
        {
            for (int k = 0; k < nx; k++)
            {
                c[i * ny + ny - 1] += xSites[i, k] * (k == nx - 1 ? values[ny - 1] : values[ny + k]);
            }
        }

        equations.Solve(load, c);
        QuinticSpline2D spline = new(xNodes, yNodes, Jets(c));
        return new(gridR, gridZ, spline, scaleR, scaleZ, outer ?? OuterHarmonics.Fit(radii, heights, values, BoundaryMoments.FitOrder, even: true));
    }

    /// <summary>-4 pi G times the integrals of R rho against the basis: along y first, then along x.</summary>
    private double[] Load(ReadOnlySpan<double> rho)
    {
        int nx = equations.Rows, ny = equations.Columns, qy = yFactor.Length;
        double[] load = new double[nx * ny], line = new double[ny];
        for (int i = 0; i < xFactor.Length; i++)
        {
            Array.Clear(line);
            ReadOnlySpan<double> row = rho.Slice(i * qy, qy);
            for (int j = 0; j < qy; j++)
            {
                double mass = row[j] * yFactor[j];
                int cell = j / gauss;
                for (int p = 0; p < EvenQuinticBasis.Local; p++)
                {
                    line[EvenQuinticBasis.Index(cell, p)] += mass * yTable[j * EvenQuinticBasis.Local + p];
                }
            }

            for (int p = 0; p < EvenQuinticBasis.Local; p++)
            {
                double factor = -FourPiG * xFactor[i] * xTable[i * EvenQuinticBasis.Local + p];
                Span<double> to = load.AsSpan(EvenQuinticBasis.Index(i / gauss, p) * ny, ny);
                for (int j = 0; j < ny; j++)
                {
                    to[j] += factor * line[j];
                }
            }
        }

        return load;
    }

    /// <summary>Derivatives up to second order in each variable at the nodes.</summary>
    private double[][,] Jets(double[] c)
    {
        int nx = xNodes.Length, ny = yNodes.Length, columns = equations.Columns;
        double[][,] jets = new double[9][,];
        double[] line = new double[columns];
        for (int dx = 0; dx < 3; dx++)
        {
            for (int dy = 0; dy < 3; dy++)
            {
                jets[3 * dx + dy] = new double[nx, ny];
            }

            for (int i = 0; i < nx; i++)
            {
                Array.Clear(line);
                for (int k = Math.Max(0, i - 3); k <= Math.Min(i + 3, equations.Rows - 1); k++)
                {
                    double factor = xJets[dx][i, k];
                    for (int j = 0; j < columns; j++)
                    {
                        line[j] += factor * c[k * columns + j];
                    }
                }

                for (int j = 0; j < ny; j++)
                {
                    for (int dy = 0; dy < 3; dy++)
                    {
                        double sum = 0;
                        for (int k = Math.Max(0, j - 3); k <= Math.Min(j + 3, columns - 1); k++)
                        {
                            sum += yJets[dy][j, k] * line[k];
                        }

                        // Odd derivatives vanish on the axis and in the plane; rounding would not quite.
                        jets[3 * dx + dy][i, j] = (dx == 1 && i == 0) || (dy == 1 && j == 0) ? 0 : sum;
                    }
                }
            }
        }

        return jets;
    }

    private static (double[] Points, double[] Weights, double[] Table) Quadrature(EvenQuinticBasis basis, double[] nodes, int gauss)
    {
        int cells = nodes.Length - 1;
        double[] x = new double[cells * gauss], w = new double[x.Length], table = new double[x.Length * EvenQuinticBasis.Local];
        for (int cell = 0; cell < cells; cell++)
        {
            GaussLegendre.Rule(gauss).Map(nodes[cell], nodes[cell + 1], x.AsSpan(cell * gauss, gauss), w.AsSpan(cell * gauss, gauss));
            for (int q = cell * gauss; q < (cell + 1) * gauss; q++)
            {
                basis.Evaluate(cell, x[q], 0, table.AsSpan(q * EvenQuinticBasis.Local, EvenQuinticBasis.Local));
            }
        }

        return (x, w, table);
    }
}
