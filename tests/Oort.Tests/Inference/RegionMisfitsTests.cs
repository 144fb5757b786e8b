using Oort.Inference;
using Oort.Surveys;

namespace Oort.Tests.Inference;

public sealed class RegionMisfitsTests
{
    private static readonly SkyRegions Regions = Of(("in", 16), ("mid", 4), ("out", 4), ("pole", 2), ("test", 4));

    [Fact]
    public void Regions_and_groups_add_up()
    {
        MisfitPart[] parts = [new(1, "vlos", 10, 12), new(1, "pmra", 5, 3), new(2, "vlos", 30, 60), new(17, "vlos", 20, 10), new(27, "vlos", 0, 0)];
        RegionMisfits misfits = new(parts, Regions);
        Assert.Equal([(1, "in", 15, 15.0), (2, "in", 30, 60.0), (17, "mid", 20, 10.0), (27, "test", 0, 0.0)], misfits.Regions.Select(r => (r.Region, r.Group, r.Cells, r.ChiSquared)));
        Assert.Equal([new("in", 2, 45, 75, 1.5), new("mid", 1, 20, 10, 0.5)], misfits.Groups);
        Assert.Equal(75 / 45.0, misfits.Groups[0].Reduced, 1e-12);
        Assert.Equal((3, 65, 85.0), (misfits.Total.Regions, misfits.Total.Cells, misfits.Total.ChiSquared));
        Assert.Equal((1 + 2 + 0.5) / 3, misfits.Total.MeanReduced, 1e-12);
        Assert.True(double.IsNaN(misfits.Regions[3].Reduced));
    }

    /// <summary>Rows of Table 3: the groups, and the total.</summary>
    [Theory]
    [InlineData(13.58, 16.34, 35.63, 60.64, 21.02)]
    [InlineData(9.56, 14.92, 44.29, 24.23, 16.86)]
    [InlineData(5.84, 5.94, 27.10, 21.91, 10.36)]
    [InlineData(7.27, 11.16, 34.88, 14.93, 12.71)]
    [InlineData(12.50, 27.49, 61.83, 8.12, 22.06)]
    [InlineData(6.08, 7.36, 19.92, 26.44, 9.97)]
    public void The_papers_total_is_the_mean_over_regions(double inside, double mid, double outside, double pole, double total)
    {
        // Regions with any numbers of cells.
        double[] reduced = [.. Enumerable.Repeat(inside, 16), .. Enumerable.Repeat(mid, 4), .. Enumerable.Repeat(outside, 4), pole, pole];
        RegionMisfits misfits = new(reduced.Select((x, i) => new MisfitPart(i + 1, "vlos", 10 + 7 * i, x * (10 + 7 * i))), Regions);
        Assert.Equal(total, misfits.Total.MeanReduced, 0.0101);
        Assert.Equal([inside, mid, outside, pole], misfits.Groups.Select(g => g.MeanReduced), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static SkyRegions Of(params (string Name, int Count)[] groups)
    {
        SkyRegion[] regions = [.. groups.SelectMany(g => Enumerable.Repeat(g.Name, g.Count)).Select((name, i) => new SkyRegion(i + 1, new(10 * i, 10 * i + 10, 0, 10), 0, 1, name))];
        return new(regions, [.. regions.Select(_ => new[] { new HistogramAxis("vlos", -10, 10, 10) })]);
    }
}
