using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>Logarithmic radial grids for expansions.</summary>
internal static class RadialGrid
{
    private const double DefaultStep = 0.125;
    private const double ProbeStep = 0.25;
    private const int ProbeAngles = 16;

    /// <summary>Logarithms of the grid radii; zeros are chosen from the density.</summary>
    public static double[] For(Density density, double rmin, double rmax, int count)
    {
        if (rmin <= 0 || rmax <= 0)
        {
            (double low, double high) = Extent(density);
            rmin = rmin > 0 ? rmin : rmax > 0 ? Math.Min(low, 1e-2 * rmax) : low;
            rmax = rmax > 0 ? rmax : Math.Max(high, 1e2 * rmin);
        }

        return Logarithmic(Math.Log(rmin), Math.Log(rmax), count);
    }

    /// <summary>Nodes equally spaced between two logarithms; a count of 0 stands for the default step.</summary>
    public static double[] Logarithmic(double from, double to, int count = 0)
    {
        int n = count > 0 ? count : Math.Max(8, (int)Math.Ceiling((to - from) / DefaultStep) + 1);
        return [.. Enumerable.Range(0, n).Select(i => i == n - 1 ? to : from + (to - from) * i / (n - 1))];
    }

    /// <summary>Radii beyond which the angle-averaged density is a power law, or holds too little mass to matter.</summary>
    private static (double Low, double High) Extent(Density density)
    {
        const int Count = 141;
        const double Start = -17.5; // ln kpc
        double[] u = new double[ProbeAngles], w = new double[ProbeAngles], R = new double[ProbeAngles], z = new double[ProbeAngles], rho = new double[ProbeAngles];
        GaussLegendre.Rule(ProbeAngles).Map(0, 1, u, w);
        double[] mass = new double[Count], slope = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double r = Math.Exp(Start + i * ProbeStep), mean = 0;
            for (int k = 0; k < ProbeAngles; k++)
            {
                (R[k], z[k]) = (r * Math.Sqrt((1 - u[k]) * (1 + u[k])), r * u[k]);
            }

            density.Evaluate(R, z, rho);
            for (int k = 0; k < ProbeAngles; k++)
            {
                mean += w[k] * Math.Abs(rho[k]);
            }

            mass[i] = r * r * r * mean;
            slope[i] = i == 0 ? 0 : Math.Log(mass[i] / mass[i - 1]) / ProbeStep;
        }

        // The radius that matters most: of the largest mass in a logarithmic interval; an endless halo has none, any bend does then.
        double largest = mass.Max();
        if (!(largest > 0) || !double.IsFinite(largest))
        {
            throw new NumericalException("Multipole: the density is zero everywhere or not finite");
        }

        int low = 1, high = Count - 1;
        while (low < Count / 2 && (mass[low] < 1e-14 * largest || Math.Abs(slope[low + 2] - slope[1]) < 1e-4))
        {
            low++;
        }

        while (high > low + 8 && (mass[high] < 1e-11 * largest || Math.Abs(slope[high - 2] - slope[Count - 1]) < 1e-4))
        {
            high--;
        }

        return (Math.Exp(Start + low * ProbeStep), Math.Exp(Start + high * ProbeStep));
    }
}
