using Oort.Inference;
using Oort.Models.Predictions;

namespace Oort.Tests.Inference;

/// <summary>Table 3 of Sun et al. (2025).</summary>
public sealed class PublishedMisfitsTests
{
    /// <summary>A slip in any number shows: groups have 16, 4, 4 and 2 regions of one weight each. Wang17's total is printed 0.02 too large.</summary>
    [Fact]
    public void Totals_are_the_means_over_the_regions()
        => Assert.All(PublishedMisfits.All, m => Assert.Equal((16 * m.In + 4 * m.Mid + 4 * m.Out + 2 * m.Pole) / 26, m.Total, m.Model == "Wang17" ? 0.025 : 0.0101));

    [Fact]
    public void All_models_of_Table_2_have_a_row()
        => Assert.Equal(PublishedMisfits.All.Select(m => m.Model).Except(["BV2023", "BV2024"]), Sun25Published.All.Select(m => m.Name));

    [Fact]
    public void Groups_go_by_their_names()
    {
        PublishedMisfits row = new("", 1, 2, 3, 4, 5);
        Assert.Equal([1, 2, 3, 4, double.NaN], ((string[])["in", "mid", "out", "pole", "test"]).Select(row.Of));
    }
}
