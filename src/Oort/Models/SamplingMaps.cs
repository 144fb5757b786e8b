namespace Oort.Models;

/// <summary>Chooses the coordinates in which a component is drawn.</summary>
internal static class SamplingMaps
{
    // Less than this share of the largest mass per logarithm of radius is left out at the ends: 1e-7 of the mass, no more.
    private const double LeastShare = 1e-8;

    // More nodes cost more to begin with, fewer cost proposals: with these, f strays from its interpolation by about a tenth near its peaks,
    // and two to six proposals in twenty are lost.
    private const double RadialStep = 0.3, LocalStep = 0.2;
    private const double HeightScale = 0.6, PhiScale = 1.5, MeridionalScale = 1.3;

    /// <summary>Coordinates for a distribution function.</summary>
    /// <param name="scales">The scales of several.</param>
    /// <param name="df">Which of these.</param>
    /// <param name="prograde">Whether it vanishes for negative v_phi: a disc, whose v_phi has two wings.</param>
    /// <param name="within">Where stars are wanted; null for wherever they are.</param>
    public static SamplingMap For(SamplingScales scales, int df, bool prograde, SelectionBounds? within = null)
    {
        double[] radii = scales.Radii;
        double[] mass = new double[radii.Length];
        SamplingShape[] shapes = new SamplingShape[radii.Length];
        bool[] known = new bool[radii.Length];
        for (int i = 0; i < radii.Length; i++)
        {
            Moments m = scales.At(df, i);
            known[i] = m.Rho > 0 && m.SigmaR > 0 && m.SigmaZ > 0 && m.SigmaPhi > 0;
            if (!known[i])
            {
                continue;
            }

            double height = scales.ScaleHeight(i, m.Vz2);
            mass[i] = m.Rho * radii[i] * radii[i] * height;
            double streaming = Math.Clamp(Math.Abs(m.MeanVphi) / m.SigmaPhi - 1, 0, 1);
            double escape = 1.005 * scales.Escape[i];
            shapes[i] = new(
                Math.Asinh(radii[i] / (HeightScale * height)), streaming * Math.Abs(m.MeanVphi),
                PhiScale * m.SigmaPhi, escape, MeridionalScale * m.SigmaR, MeridionalScale * m.SigmaZ);
        }

        if (within is SelectionBounds bounds)
        {
            // Short of nodes where radii are few, f would be convex between them.
            double inner = bounds.InnerRadius, outer = bounds.OuterRadius;
            int few = Math.Clamp(1 + (int)Math.Ceiling(Math.Log(outer / inner) / LocalStep), 2, 44);
            return new(inner, outer, [few, 8, prograde ? 14 : 9, 8, 5], r => Between(radii, shapes, known, r), bounds.Steepest);
        }

        double most = mass.Max();
        int first = Array.FindIndex(mass, m => m > LeastShare * most), last = Array.FindLastIndex(mass, m => m > LeastShare * most);
        double span = Math.Log(radii[last] / radii[first]);
        int count = Math.Clamp((int)Math.Ceiling(span / RadialStep), 12, 44);
        return new(radii[first], radii[last], [count, 8, prograde ? 14 : 9, 8, 5], r => Between(radii, shapes, known, r));
    }

    private static SamplingShape Between(double[] radii, SamplingShape[] shapes, bool[] known, double r)
    {
        int at = Math.Clamp((int)(Math.Log(r / radii[0]) / Math.Log(radii[1] / radii[0])), 0, radii.Length - 2);
        int low = Array.FindLastIndex(known, at, k => k), high = Array.FindIndex(known, at + 1, k => k);
        (low, high) = (low < 0 ? high : low, high < 0 ? low : high);
        double w = high == low ? 0 : Math.Clamp(Math.Log(r / radii[low]) / Math.Log(radii[high] / radii[low]), 0, 1);
        SamplingShape a = shapes[low], b = shapes[high];
        return new(Linear(a.Kappa, b.Kappa), Linear(a.Vphi, b.Vphi), Linear(a.VphiScale, b.VphiScale),
            Linear(a.Escape, b.Escape), Linear(a.Along, b.Along), Linear(a.Across, b.Across));

        double Linear(double x, double y) => x + w * (y - x);
    }
}
