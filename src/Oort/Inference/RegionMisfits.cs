using Oort.Surveys;

namespace Oort.Inference;

/// <summary>Chi-squared of one region of the sky, all its quantities together.</summary>
/// <param name="Region">Number of the region.</param>
/// <param name="Group">Its group; may be empty.</param>
/// <param name="Cells">Cells compared.</param>
/// <param name="ChiSquared">Chi-squared.</param>
public readonly record struct RegionMisfit(int Region, string Group, int Cells, double ChiSquared)
{
    /// <summary>Chi-squared a cell; NaN where there is none.</summary>
    public double Reduced => Cells > 0 ? ChiSquared / Cells : double.NaN;
}

/// <summary>Chi-squared of a group of regions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Regions">Regions in which cells were compared.</param>
/// <param name="Cells">Cells compared.</param>
/// <param name="ChiSquared">Chi-squared.</param>
/// <param name="MeanReduced">
/// Mean over the regions of their reduced chi-squared, however many stars they have: what Sun et al. (2025, section 3.1, step 4) compare models by. The last column of their Table 3 is the mean of the
/// others with the weights 16, 4, 4 and 2, the numbers of regions, to its rounding in 18 of 19 rows (that of Wang17 is 0.02 off).
/// </param>
public sealed record GroupMisfit(string Name, int Regions, int Cells, double ChiSquared, double MeanReduced)
{
    /// <summary>Chi-squared a cell; NaN where there is none.</summary>
    public double Reduced => Cells > 0 ? ChiSquared / Cells : double.NaN;

    /// <summary>A group of these regions.</summary>
    internal static GroupMisfit Of(string name, IEnumerable<RegionMisfit> regions)
    {
        RegionMisfit[] compared = [.. regions.Where(r => r.Cells > 0)];
        return new(name, compared.Length, compared.Sum(r => r.Cells), compared.Sum(r => r.ChiSquared), compared.Length > 0 ? compared.Average(r => r.Reduced) : double.NaN);
    }
}

/// <summary>Chi-squared by regions and groups of regions: a row of Table 3 of Sun et al. (2025). Degrees of freedom are the cells: the parameters of a fit are those of no region.</summary>
public sealed class RegionMisfits
{
    /// <summary>Adds up.</summary>
    /// <param name="parts">What each region and quantity contributes (<see cref="Misfit.Parts"/>).</param>
    /// <param name="regions">The survey's regions, with their groups.</param>
    public RegionMisfits(IEnumerable<MisfitPart> parts, SkyRegions regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        Regions = [.. parts.GroupBy(p => p.Bin).Select(g => new RegionMisfit(g.Key, regions[g.Key].Group, g.Sum(p => p.Cells), g.Sum(p => p.ChiSquared)))];
        Groups = [.. regions.Groups.Select(name => GroupMisfit.Of(name, Regions.Where(r => r.Group == name))).Where(g => g.Regions > 0)];
        Total = GroupMisfit.Of("all", Regions);
    }

    /// <summary>Each region that has data, in their order.</summary>
    public IReadOnlyList<RegionMisfit> Regions { get; }

    /// <summary>Groups of which cells were compared, in the order of the survey.</summary>
    public IReadOnlyList<GroupMisfit> Groups { get; }

    /// <summary>All regions that have data.</summary>
    public GroupMisfit Total { get; }
}
