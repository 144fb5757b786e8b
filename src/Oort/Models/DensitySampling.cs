using System.Runtime.InteropServices;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The positions at which the density of a group of components is found, and the density through the values there.
/// </summary>
internal abstract class DensitySampling
{
    /// <summary>Radii of the positions, kpc, none 0.</summary>
    public abstract double[] R { get; }

    /// <summary>Heights of the positions, kpc.</summary>
    public abstract double[] Z { get; }

    /// <summary>The density through values at the positions, Msun/kpc^3.</summary>
    public abstract Density Interpolate(ReadOnlySpan<double> rho);

    /// <summary>A table with the given number of rows.</summary>
    protected static double[,] Table(ReadOnlySpan<double> values, int rows)
    {
        double[,] table = new double[rows, values.Length / rows];
        values.CopyTo(MemoryMarshal.CreateSpan(ref table[0, 0], table.Length));
        return table;
    }

    public static DensitySampling For(DensityGrid grid) => grid switch
    {
        DiskGrid disk => new DiskSampling(disk),
        HaloGrid halo => new HaloSampling(halo),
        _ => throw new ArgumentException("unknown kind of density grid", nameof(grid)),
    };
}

/// <summary>Positions on a grid in (R, z), even in asinh.</summary>
internal sealed class DiskSampling : DensitySampling
{
    private readonly double[] gridR, gridZ;

    public DiskSampling(DiskGrid grid)
    {
        gridR = CylindricalPoissonSolver.Grid(grid.RMin, grid.RMax, grid.SizeR - 1);
        gridZ = CylindricalPoissonSolver.Grid(grid.ZMin, grid.ZMax, grid.SizeZ - 1);
        R = new double[gridR.Length * gridZ.Length];
        Z = new double[R.Length];
        for (int i = 0; i < gridR.Length; i++)
        {
            for (int j = 0; j < gridZ.Length; j++)
            {
                // A disc's density vanishes on the axis, and its logarithm with it: there, a point close to the axis stands for it.
                (R[i * gridZ.Length + j], Z[i * gridZ.Length + j]) = (Math.Max(gridR[i], 0.1 * grid.RMin), gridZ[j]);
            }
        }
    }

    public override double[] R { get; }

    public override double[] Z { get; }

    public override Density Interpolate(ReadOnlySpan<double> rho)
        => new DensityAzimuthalHarmonic(gridR, gridZ, Table(rho, gridR.Length));
}

/// <summary>Positions on spheres, at Gauss-Legendre nodes in cos(theta).</summary>
internal sealed class HaloSampling : DensitySampling
{
    private readonly double[] radii;
    private readonly int lmax;
    private readonly bool collocation;

    public HaloSampling(HaloGrid grid)
    {
        (lmax, collocation) = (grid.LMax, grid.Collocation);
        radii = new double[grid.SizeR];
        // Of one hemisphere, and two more than the degree needs: flattened densities have higher terms that would alias.
        double[] cos = collocation ? WholeSphere().Cos : DensitySphericalHarmonic.Angles(lmax / 2 + 3);
        R = new double[radii.Length * cos.Length];
        Z = new double[R.Length];
        for (int i = 0; i < radii.Length; i++)
        {
            radii[i] = grid.RMin * Math.Pow(grid.RMax / grid.RMin, i / (radii.Length - 1.0));
            for (int j = 0; j < cos.Length; j++)
            {
                (R[i * cos.Length + j], Z[i * cos.Length + j]) = (radii[i] * Math.Sqrt(1 - cos[j] * cos[j]), radii[i] * cos[j]);
            }
        }
    }

    public override double[] R { get; }

    public override double[] Z { get; }

    public override Density Interpolate(ReadOnlySpan<double> rho)
        => collocation ? Collocated(rho) : DensitySphericalHarmonic.FromSamples(radii, Table(rho, radii.Length), lmax);

    /// <summary>The nodes of the rule for the whole sphere from the plane, which is one of them, upwards; weights include the mirror image's.</summary>
    private (double[] Cos, double[] Weights) WholeSphere()
    {
        GaussLegendre rule = GaussLegendre.Rule(lmax + 1);
        double[] weights = rule.Weights[(lmax / 2)..].ToArray();
        for (int j = 1; j < weights.Length; j++)
        {
            weights[j] *= 2;
        }

        return (rule.Nodes[(lmax / 2)..].ToArray(), weights);
    }

    /// <summary>rho = sum of C_l P_l, C_l = (2l+1)/2 sum of w P_l rho over the nodes: through the values there.</summary>
    private DensitySphericalHarmonic Collocated(ReadOnlySpan<double> rho)
    {
        (double[] cos, double[] weights) = WholeSphere();
        double[,] table = new double[radii.Length, lmax + 1];
        double[] p = new double[lmax + 1];
        for (int j = 0; j < cos.Length; j++)
        {
            Legendre.Polynomials(cos[j], p);
            for (int i = 0; i < radii.Length; i++)
            {
                for (int l = 0; l <= lmax; l += 2)
                {
                    table[i, l] += 0.5 * Math.Sqrt(2 * l + 1) * weights[j] * p[l] * rho[i * cos.Length + j];
                }
            }
        }

        return new(radii, table);
    }
}
