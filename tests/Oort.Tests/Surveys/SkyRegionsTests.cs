using Oort.Coordinates;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

public sealed class SkyRegionsTests
{
    private static readonly HistogramAxis[] Axes = [new("vlos", -100, 100, 10)];

    private static SkyRegions Sun25 => SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "sun25.ini")).Regions!;

    private static SkyRegions Of(params SkyRegion[] regions) => new(regions, [.. regions.Select(_ => Axes)]);

    [Fact]
    public void Table_1_has_30_regions_which_hold_their_places()
    {
        SkyRegions regions = Sun25;
        Assert.Equal((30, 30), (regions.Count, regions.All.Count));
        Assert.Equal(["in", "mid", "out", "pole", "test"], regions.Groups);
        Assert.Equal([16, 4, 4, 2, 4], regions.Groups.Select(g => regions.All.Count(r => r.Group == g)));
        Assert.Equal(new SkyRegion(4, new(160, 170, 10, 20), 0, 2, "in"), regions[4]);
        Assert.Equal(new SkyRegion(24, new(170, 190, -10, 10), 7, 12, "out"), regions[24]);
        foreach (SkyRegion r in regions.All)
        {
            double l = (r.Window.FirstLongitude + r.Window.LastLongitude) / 2, b = (r.Window.FirstLatitude + r.Window.LastLatitude) / 2, d = (r.Nearest + r.Farthest) / 2;
            Assert.Equal(r.Number, regions.Find(l, b, d));
            Assert.Equal(r.Number, regions.Find(l - 360, b, d));
            Assert.Equal(r.Number, regions.Find(r.Window.FirstLongitude, r.Window.FirstLatitude, r.Nearest));
            Assert.NotEqual(r.Number, regions.Find(l, b, r.Farthest));
            Assert.NotEqual(r.Number, regions.Find(l, r.Window.FirstLatitude - 1e-9, d));
        }

        // Neighbours share no star: the boundary at 170 degrees belongs to region 6, that at 2 kpc to 17.
        Assert.Equal([2, 6, 17, 0, 0], [regions.Find(169.999999, -5, 1), regions.Find(170, -5, 1), regions.Find(170, -5, 2), regions.Find(165, -5, 2), regions.Find(180, 50, 1)]);
        Assert.Equal([25, 26, 25], [regions.Find(123, 90, 1), regions.Find(359.9999, 80, 1.5), regions.Find(360, 80, 0)]);
        Assert.Equal(0, regions.Find(double.NaN, 0, 1));
    }

    [Fact]
    public void Directions_in_ICRS_are_in_their_regions()
    {
        // The anticentre and the north Galactic pole; the star of the real catalogue's first rows at (l, b) = (117.73045, -6.77097).
        double[] ra = [86.4049882, 192.8594813, 3.66002], dec = [28.9361746, 27.1282512, 55.72871], l = new double[3], b = new double[3];
        GalacticCoordinates.FromIcrs(ra, dec, l, b);
        SkyRegions regions = Sun25;
        Assert.Equal(180, l[0], 1e-5);
        Assert.Equal(0, b[0], 1e-5);
        Assert.Equal([21, 24], [regions.Find(l[0], b[0], 3.5), regions.Find(l[0], b[0], 11)]);
        Assert.Equal(25, regions.Find(l[1], b[1], 0.7));
        Assert.Equal(117.73045, l[2], 2e-5);
        Assert.Equal(-6.77097, b[2], 2e-5);
        Assert.Equal(0, regions.Find(l[2], b[2], 1));
    }

    [Fact]
    public void Longitudes_wrap()
    {
        SkyRegions regions = Of(new(1, new(350, 370, -5, 5), 0, 1), new(2, new(-30, -10, -5, 5), 0, 1), new(3, new(10, 350, -5, 5), 1, 2));
        Assert.Equal([1, 1, 1, 1, 0], new[] { 350, 0, 9.99, -10, 10.0 }.Select(l => regions.Find(l, 0, 0.5)));
        Assert.Equal([2, 2, 0], new[] { 330, -10.01, 329.99 }.Select(l => regions.Find(l, 0, 0.5)));
        Assert.Equal([3, 0, 3, 0], new[] { 10, 355, 349.99, 350.0 }.Select(l => regions.Find(l, 0, 1.5)));
    }

    [Fact]
    public void Regions_that_make_no_sense_are_refused()
    {
        static string Message(params SkyRegion[] regions) => Assert.ThrowsAny<InputException>(() => Of(regions)).Message;
        Assert.Contains("regions 1 and 2 overlap", Message(new(1, new(350, 370, -5, 5), 0, 1), new(2, new(5, 20, -10, -4), 0.9, 2)), StringComparison.Ordinal);
        Assert.Contains("regions 1 and 2 overlap", Message(new(1, new(0, 360, 80, 90), 0, 1), new(2, new(100, 110, 70, 81), 0.5, 2)), StringComparison.Ordinal);
        Assert.Contains("the next one is 1", Message(new SkyRegion(2, new(0, 1, 0, 1), 0, 1)), StringComparison.Ordinal);
        Assert.Contains("beyond the nearest", Message(new SkyRegion(1, new(0, 1, 0, 1), 1, 1)), StringComparison.Ordinal);
        Assert.Contains("above the first", Message(new SkyRegion(1, new(10, 1, 0, 1), 0, 1)), StringComparison.Ordinal);
        Assert.Contains("one region at least", Message(), StringComparison.Ordinal);
        SkyRegion one = new(1, new(0, 1, 0, 1), 0, 1), two = new(2, new(2, 3, 0, 1), 0, 1);
        Assert.Contains("not of the quantities of region 1", Assert.Throws<InputException>(() => new SkyRegions([one, two], [Axes, [new("pmra", 0, 1, 1)]])).Message, StringComparison.Ordinal);
        Assert.Contains("VR: not a quantity of regions", Assert.Throws<InputException>(() => new SkyRegions([one], [[new("VR", 0, 1, 1)]])).Message, StringComparison.Ordinal);
    }
}
