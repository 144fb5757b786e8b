using Oort.Tables;

namespace Oort.Surveys;

/// <summary>How the distributions of what is seen in regions of the sky are predicted.</summary>
public enum RegionMethod
{
    /// <summary>By integrals over the region's volume and the velocities that are not observed.</summary>
    Integrate,

    /// <summary>By drawing stars.</summary>
    Sample,
}

/// <summary>The distribution of a quantity in a region in a few numbers.</summary>
/// <param name="Region">Number of the region.</param>
/// <param name="Quantity">One of <see cref="SkyRegions.Quantities"/>: vlos in km/s, pmra and pmdec in mas/yr.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="P05">5th percentile.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
public readonly record struct RegionMoments(int Region, string Quantity, double Mean, double Deviation, double P05, double P50, double P95)
{
    internal static readonly double[] Fractions = [0.05, 0.5, 0.95];
}

/// <summary>What a galaxy predicts to be seen in regions of the sky (Sun et al. 2025, Figures 8 to 12 and A.1 to A.10).</summary>
/// <param name="Method">How.</param>
/// <param name="Histograms">
/// Histograms of each region: <c>P</c> is the probability per unit among the region's stars, <c>Count</c> and <c>Stars</c> numbers of stars drawn, NaN if none were, and
/// <c>Error</c> is 0 then. Of a region where there are no stars all is NaN.
/// </param>
/// <param name="Moments">The same in a few numbers, region after region.</param>
/// <param name="Masses">Mass of the stars of each region, Msun, those within the limits on velocities only.</param>
public sealed record RegionPrediction(RegionMethod Method, HistogramSet Histograms, IReadOnlyList<RegionMoments> Moments, IReadOnlyList<double> Masses)
{
    /// <summary>The moments as a table: region, quantity, mean, std, p05, p50, p95, in km/s and mas/yr.</summary>
    public EcsvTable MomentTable()
    {
        EcsvColumn Column(string name, string description, Func<RegionMoments, double> value)
            => new(name, "", description + " (velocities in km/s, proper motions in mas/yr)", [.. Moments.Select(value)]);
        return new(
        [
            new("region", "", "number of the region", [.. Moments.Select(m => (double)m.Region)]),
            new("quantity", "quantity", [.. Moments.Select(m => m.Quantity)]),
            Column("mean", "mean", m => m.Mean),
            Column("std", "standard deviation", m => m.Deviation),
            Column("p05", "5th percentile", m => m.P05),
            Column("p50", "median", m => m.P50),
            Column("p95", "95th percentile", m => m.P95),
        ]);
    }
}
