using System.Numerics;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// Potential of the mass inside a cylindrical grid on the grid's outer boundary, by multipoles about the centre: even l,
/// mass nearer to the centre than the boundary's point through r^-(l+1), mass farther out (in the grid's corner) through r^l
/// (Binney and Tremaine 2008, eq. 2.95). The mass stands at quadrature points.
/// </summary>
internal sealed class BoundaryMoments
{
    /// <summary>Largest l of the multipoles on the boundary.</summary>
    public const int Order = 20;

    /// <summary>Largest l of the multipoles that are fitted to the boundary's values for use beyond it.</summary>
    public const int FitOrder = 16;

    private const int Terms = Order / 2 + 1;

    private readonly double[] boundaryR, boundaryZ, pointsR, pointsZ, xFactor, yFactor;
    private readonly double[] shells;
    private readonly int[] shellOfBoundary;
    private readonly double r0;

    /// <param name="radii">Radii of the boundary's points at the top, the last one Rmax, kpc.</param>
    /// <param name="heights">Heights of its points on the side, the last one zmax, kpc.</param>
    /// <param name="pointsR">Radii of the quadrature's points, R the slow index, kpc.</param>
    /// <param name="pointsZ">Heights of the quadrature's points, kpc.</param>
    /// <param name="xFactor">R dR of each R.</param>
    /// <param name="yFactor">dz of each z.</param>
    public BoundaryMoments(double[] radii, double[] heights, double[] pointsR, double[] pointsZ, double[] xFactor, double[] yFactor)
    {
        (this.pointsR, this.pointsZ, this.xFactor, this.yFactor) = (pointsR, pointsZ, xFactor, yFactor);
        boundaryR = [.. Enumerable.Repeat(radii[^1], heights.Length), .. radii[..^1]];
        boundaryZ = [.. heights, .. Enumerable.Repeat(heights[^1], radii.Length - 1)];
        double[] distance = [.. boundaryR.Select((R, i) => Math.Sqrt(R * R + boundaryZ[i] * boundaryZ[i]))];
        shells = [.. distance.Distinct().Order()];
        shellOfBoundary = [.. distance.Select(r => Array.BinarySearch(shells, r))];
        r0 = shells[0];
    }

    /// <summary>Radii of the boundary's points, kpc: up the side, then outwards along the top.</summary>
    public ReadOnlySpan<double> R => boundaryR;

    /// <summary>Heights of the boundary's points, kpc.</summary>
    public ReadOnlySpan<double> Z => boundaryZ;

    /// <summary>Phi at the boundary's points, (km/s)^2.</summary>
    /// <param name="rho">Density at the quadrature's points, Msun/kpc^3.</param>
    /// <param name="phi">Receives Phi.</param>
    public void Potential(ReadOnlySpan<double> rho, Span<double> phi)
    {
        // inner[s]: sum of m (r/r0)^l P_l between shells s - 1 and s; outer[s]: sum of m (r0/r)^(l+1) P_l between s and s + 1.
        int count = shells.Length;
        double[] inner = new double[count * Terms], outer = new double[count * Terms];
        Span<double> p = stackalloc double[Terms];
        int width = Vector<double>.Count;
        Span<Vector<double>> sums = stackalloc Vector<double>[Terms];
        sums.Clear();
        for (int i = 0; i < xFactor.Length; i++)
        {
            // Whole vectors of points nearer to the centre than all of the boundary, then the rest one by one.
            int row = i * yFactor.Length, near = NearPoints(row) / width * width;
            Vector<double> factor = new(4 * Math.PI * xFactor[i]), radius = new(pointsR[row] / r0), scale = new(1 / r0);
            for (int j = 0; j < near; j += width)
            {
                Vector<double> height = new Vector<double>(pointsZ, row + j) * scale;
                Vector<double> mass = factor * new Vector<double>(yFactor, j) * new Vector<double>(rho[(row + j)..]);
                AddMoments(mass, height, radius * radius + height * height, sums);
            }

            for (int j = near; j < yFactor.Length; j++)
            {
                AddPoint(4 * Math.PI * xFactor[i] * yFactor[j] * rho[row + j], pointsR[row + j] / r0, pointsZ[row + j] / r0, inner, outer);
            }
        }

        for (int k = 0; k < Terms; k++)
        {
            inner[k] += Vector.Sum(sums[k]);
        }

        for (int s = 1; s < count; s++)
        {
            for (int k = 0; k < Terms; k++)
            {
                inner[s * Terms + k] += inner[(s - 1) * Terms + k];
                int back = count - 1 - s;
                outer[back * Terms + k] += outer[(back + 1) * Terms + k];
            }
        }

        for (int b = 0; b < phi.Length; b++)
        {
            int s = shellOfBoundary[b];
            double x = boundaryZ[b] / r0, square = shells[s] / r0 * (shells[s] / r0), sum = 0;
            p.Clear();
            AddMoments(1 / Math.Sqrt(square), x / square, 1 / square, p);
            for (int k = 0; k < Terms; k++)
            {
                sum += p[k] * inner[s * Terms + k];
            }

            p.Clear();
            AddMoments(1, x, square, p);
            for (int k = 0; k < Terms; k++)
            {
                sum += p[k] * outer[s * Terms + k];
            }

            phi[b] = -Units.G * sum / r0;
        }
    }

    /// <summary>How many points from the plane on, at one radius, are nearer to the centre than all of the boundary.</summary>
    private int NearPoints(int row)
    {
        double square = r0 * r0 - pointsR[row] * pointsR[row];
        int at = square > 0 ? pointsZ.AsSpan(row, yFactor.Length).BinarySearch(Math.Sqrt(square) * (1 - 1e-12)) : 0;
        return at >= 0 ? at : ~at;
    }

    private void AddPoint(double mass, double radius, double height, double[] inner, double[] outer)
    {
        if (mass == 0)
        {
            return;
        }

        double square = radius * radius + height * height;
        int shell = square < 1 ? 0 : Above(Math.Sqrt(square) * r0);
        if (shell < shells.Length)
        {
            AddMoments(mass, height, square, inner.AsSpan(shell * Terms, Terms));
        }

        if (shell > 0)
        {
            AddMoments(mass / Math.Sqrt(square), height / square, 1 / square, outer.AsSpan((shell - 1) * Terms, Terms));
        }
    }

    /// <summary>The first shell that is farther out than r; their number where none is.</summary>
    private int Above(double r) => Array.BinarySearch(shells, r) is int at && at >= 0 ? at + 1 : ~at;

    /// <summary>
    /// Adds mass s^l P_l(u), l = 0, 2, ..., given s u and s^2: with s = r the regular, with s = 1/r and the mass divided by r the
    /// irregular solid harmonics.
    /// </summary>
    private static void AddMoments(double mass, double su, double ss, Span<double> moments)
    {
        double even = mass, odd = mass * su;
        moments[0] += even;
        for (int k = 1; k < Terms; k++)
        {
            int l = 2 * k;
            even = Recurrence[l - 1] * su * odd - (Recurrence[l - 1] - 1) * ss * even;
            moments[k] += even;
            odd = Recurrence[l] * su * even - (Recurrence[l] - 1) * ss * odd;
        }
    }

    /// <summary>The same for a vector of points.</summary>
    private static void AddMoments(Vector<double> mass, Vector<double> su, Vector<double> ss, Span<Vector<double>> moments)
    {
        Vector<double> even = mass, odd = mass * su;
        moments[0] += even;
        for (int k = 1; k < Terms; k++)
        {
            int l = 2 * k;
            even = su * odd * Recurrence[l - 1] - ss * even * (Recurrence[l - 1] - 1);
            moments[k] += even;
            odd = su * even * Recurrence[l] - ss * odd * (Recurrence[l] - 1);
        }
    }

    /// <summary>(2 l + 1) / (l + 1): (l + 1) P_(l+1) = (2 l + 1) u P_l - l P_(l-1).</summary>
    private static readonly double[] Recurrence = [.. Enumerable.Range(0, Order + 1).Select(l => (2 * l + 1.0) / (l + 1))];
}
