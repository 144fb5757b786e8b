using MathNet.Numerics;
using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>
/// Along the line of sight of a region: which share of the stars at a true distance a survey sees there. Where distances have errors it is the share of
/// those seen whose measured distance is in the region; measured distances are log-normal about true ones.
/// </summary>
internal sealed class RegionDepth
{
    // Measured distances are at most so many standard deviations from true ones: 3e-5 of stars are farther on either side.
    private const double Reach = 4;
    private const int Panels = 24, PanelNodes = 10, BoundSteps = 16;

    // A disc's density, roughly, so that nodes are where stars are (kpc); smooth across the plane.
    private const double ScaleLength = 3, ScaleHeight = 1, Flat = 0.3;

    private readonly SkyRegion region;
    private readonly RegionConditions conditions;

    /// <summary>The depth of a region.</summary>
    public RegionDepth(SkyRegion region, RegionConditions conditions)
    {
        (this.region, this.conditions) = (region, conditions);
        double error = conditions.Errors?.Bins.Max(u => u.LogDistance) ?? 0;
        HasErrors = error > 0;
        (Nearest, Farthest) = (region.Nearest * Math.Exp(-Reach * error), region.Farthest * Math.Exp(Reach * error));
        if (conditions.Selection is DistanceLaw law)
        {
            if (!law.IsPositiveWithin(Nearest, Farthest))
            {
                throw new InputException(FormattableString.Invariant(
                    $"region {region.Number}, {region.Nearest:0.####} to {region.Farthest:0.####} kpc: [Selection] sees no star there; take the region out of [Regions], or give a fraction at its distances"));
            }

            (Nearest, Farthest) = (Math.Max(Nearest, Math.Min(law.Nearest, Farthest)), Math.Min(Farthest, Math.Max(law.Farthest, Nearest)));
        }
    }

    /// <summary>Whether distances have errors.</summary>
    public bool HasErrors { get; }

    /// <summary>Least true distance of stars, kpc.</summary>
    public double Nearest { get; }

    /// <summary>Largest, kpc.</summary>
    public double Farthest { get; }

    /// <summary>The share of stars at a true distance, kpc.</summary>
    public double At(double distance) => (conditions.Selection?.At(distance) ?? 1) * Inside(distance);

    /// <summary>A distance as it is measured, in the region.</summary>
    /// <param name="distance">The true one, kpc, at which the share is not 0.</param>
    /// <param name="random">Random numbers.</param>
    public double Measured(double distance, ref Xoshiro256 random)
    {
        double error = Error(distance);
        while (error > 0)
        {
            double measured = distance * Math.Exp(error * random.Normal().X);
            if (measured >= region.Nearest && measured < region.Farthest)
            {
                return measured;
            }
        }

        return distance;
    }

    /// <summary>A law that is nowhere below the share and, without errors, is it.</summary>
    public DistanceLaw Bound()
    {
        double[] within = [.. (conditions.Selection?.Distances ?? []).Where(d => d > Nearest && d < Farthest)];
        if (!HasErrors)
        {
            double[] knots = [Nearest, .. within, Farthest];
            return new(knots, [.. knots.Select(d => conditions.Selection?.At(d) ?? 1)]);
        }

        // From four standard deviations short of the near end to as many beyond the far one in steps of half of one.
        double error = conditions.Errors!.Bins.Max(u => u.LogDistance), from = Math.Max(Nearest, region.Farthest * Math.Exp(-Reach * error) * 1e-3);
        from = region.Nearest > 0 ? from : Math.Max(from, region.Farthest * Math.Exp(-Reach * error));
        int steps = Math.Max(1, (int)Math.Ceiling(2 * Math.Log(Farthest / from) / error));
        SortedSet<double> distances = [Nearest, Farthest, .. within, .. Enumerable.Range(1, steps - 1).Select(k => from * Math.Pow(Farthest / from, (double)k / steps))];
        double[] at = [.. distances], highest = new double[at.Length];
        for (int i = 0; i + 1 < at.Length; i++)
        {
            for (int k = 0; k <= BoundSteps; k++)
            {
                // Between these points it is not higher by more than that.
                double value = 1.02 * At(at[i] + (at[i + 1] - at[i]) * k / BoundSteps);
                (highest[i], highest[i + 1]) = (Math.Max(highest[i], value), Math.Max(highest[i + 1], value));
            }
        }

        return new(at, highest);
    }

    /// <summary>
    /// Distances, kpc, and weights of integrals over distance of squared distance times the share times a smooth function: Gauss's rule for the share and a disc's density. Squared distance is not part
    /// of what the rule is made for, since the mean square of proper motions, v^2/d^2, has none of it: next to the Sun there would be no nodes.
    /// </summary>
    /// <param name="sun">The Sun.</param>
    /// <param name="refinement">How many times as many as usual.</param>
    public (double[] Distances, double[] Weights) Rule(Sun sun, double refinement)
    {
        double[] breaks = [Nearest, .. (conditions.Selection?.Distances ?? []).Where(d => d > Nearest && d < Farthest), Farthest];
        SkyWindow w = region.Window;
        double l = 0.5 * (w.FirstLongitude + w.LastLongitude) * Units.Degree, b = 0.5 * (w.FirstLatitude + w.LastLatitude) * Units.Degree;
        double Density(double d)
        {
            double x = sun.R - d * Math.Cos(b) * Math.Cos(l), y = d * Math.Cos(b) * Math.Sin(l), z = sun.Z + d * Math.Sin(b);
            return Math.Exp(-(Math.Sqrt(x * x + y * y) - sun.R) / ScaleLength - Math.Sqrt(z * z + Flat * Flat) / ScaleHeight);
        }

        List<double> points = [], weights = [];
        double[] node = new double[PanelNodes], weight = new double[PanelNodes];
        for (int i = 0; i < (breaks.Length - 1) * Panels; i++)
        {
            (int part, int panel) = Math.DivRem(i, Panels);
            double width = (breaks[part + 1] - breaks[part]) / Panels;
            GaussLegendre.Rule(PanelNodes).Map(breaks[part] + panel * width, breaks[part] + (panel + 1) * width, node, weight);
            for (int k = 0; k < PanelNodes; k++)
            {
                points.Add(node[k]);
                weights.Add(weight[k] * At(node[k]) * Density(node[k]));
            }
        }

        if (!weights.Any(x => x > 0))
        {
            return ([], []);
        }

        double span = Math.Log(Farthest / Math.Max(Nearest, Farthest / 8));
        (double[] distances, double[] rule) = GaussRule.For(points.ToArray(), weights.ToArray(), (int)Math.Ceiling(refinement * (3 + 3 * span)));
        return (distances, [.. rule.Zip(distances, (x, d) => x * d * d / Density(d))]);
    }

    /// <summary>The probability that a distance is measured to be in the region.</summary>
    private double Inside(double distance)
    {
        double error = Error(distance);
        if (!(error > 0))
        {
            return distance >= region.Nearest && distance <= region.Farthest ? 1 : 0;
        }

        double Below(double limit) => limit > 0 ? 0.5 * SpecialFunctions.Erfc(Math.Log(distance / limit) / (error * Constants.Sqrt2)) : 0;
        return distance > 0 ? Below(region.Farthest) - Below(region.Nearest) : region.Nearest > 0 ? 0 : 1;
    }

    private double Error(double distance) => HasErrors ? conditions.Errors!.At(distance).LogDistance : 0;
}
