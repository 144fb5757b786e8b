using Oort.Coordinates;
using Oort.Surveys;
using Oort.Tests.Cli;

namespace Oort.Tests.Surveys;

public sealed class HistogramTests : IDisposable
{
    private static readonly double[] Radii = [5.27, 6.77, 7.77, 8.77, 9.77, 11.27], Heights = [0, 0.1, 0.2, 0.35, 0.5, 1, 1.75, 3];

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void The_bins_of_Table_2_are_35_numbered_with_the_radius_outermost_and_hold_their_places()
    {
        SpatialBins bins = new(Radii, Heights);
        Assert.Equal(35, bins.Count);
        Assert.Equal(new SpatialBin(1, 5.27, 6.77, 0, 0.1), bins[1]);
        Assert.Equal(new SpatialBin(8, 6.77, 7.77, 0, 0.1), bins[8]);
        Assert.Equal(new SpatialBin(35, 9.77, 11.27, 1.75, 3), bins[35]);
        for (int n = 1; n <= 35; n++)
        {
            SpatialBin b = bins[n];
            double R = (b.RLow + b.RHigh) / 2, z = (b.ZLow + b.ZHigh) / 2;
            Assert.Equal(n, bins.Find(R, z));
            Assert.Equal(n, bins.Find(R, -z));
            Assert.Equal(n, bins.Find(b.RLow, b.ZLow));
        }

        foreach ((double R, double z) in new[] { (5.26, 0.0), (11.27, 0.0), (8.0, 3.0), (8.0, -3.0), (double.NaN, 0.0), (8.0, double.NaN) })
        {
            Assert.Equal(0, bins.Find(R, z));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => bins[36]);
        Assert.Contains("growing", Assert.Throws<InputException>(() => new SpatialBins([1, 1], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("not below 0", Assert.Throws<InputException>(() => new SpatialBins([1, 2], [-1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_lies_in_the_cell_whose_edges_hold_it()
    {
        HistogramAxis axis = new("VR", -0.7, 0.7, 0.1);
        Assert.Equal(14, axis.Count);
        for (int i = 0; i < axis.Count; i++)
        {
            // An edge belongs to the cell above it; the number before it, to the one below.
            Assert.Equal(i, axis.Find(axis.Edges[i]));
            Assert.Equal(i - 1, axis.Find(Math.BitDecrement(axis.Edges[i])));
        }

        Assert.Equal(-1, axis.Find(0.7));
        Assert.Equal(-1, axis.Find(double.NaN));
        Assert.Throws<InputException>(() => new HistogramAxis("VR", 0, 1, 0.3));
        Assert.Throws<InputException>(() => new HistogramAxis("VR", 1, 0, 0.1));
        Assert.Throws<InputException>(() => new HistogramAxis("VR", 0, 1, -0.1));
    }

    [Fact]
    public void The_edges_of_awkward_cells_end_where_the_axis_does()
    {
        // A third of a sum is not the number it was summed from: with edges to rounding some values below High had a cell beyond the last.
        foreach (double width in new[] { 0.1, 0.3, 1.0 / 3, 2.5 })
        {
            for (int n = 1; n <= 300; n++)
            {
                foreach (double low in new[] { -1.1, -0.7, 0, 3.3 })
                {
                    double high = low + n * width;
                    HistogramAxis axis = new("VR", low, high, width);
                    Assert.Equal((low, high), (axis.Edges[0], axis.Edges[^1]));
                    Assert.Equal((0, n - 1, -1), (axis.Find(low), axis.Find(Math.BitDecrement(high)), axis.Find(Math.BitDecrement(low))));
                }
            }
        }
    }

    [Fact]
    public void Counts_means_dispersions_and_errors_are_those_of_the_stars()
    {
        HistogramAxis[] axes = [new("VR", -100, 100, 10), new("Vphi", 0, 300, 30)];
        HistogramCounter counter = new(new(Radii, Heights), axes);
        double[] vR = [-95, 3, 4, 250], vphi = [200, 210, 220, 230];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(15, counter.Add(new CylindricalPoint(8 + 0.1 * i, i % 2 == 0 ? 0.05 : -0.07, 0, vR[i], 0, vphi[i])));
        }

        Assert.Equal(0, counter.Add(new CylindricalPoint(20, 0, 0, 1, 1, 1)));
        HistogramSet set = counter.Histograms();
        Assert.Equal((35, 70), (set.Bins.Count, set.Histograms.Count));
        HistogramBin bin = set.Bins[14];
        Assert.Equal((15, 4), (bin.Bin, bin.Stars));
        Assert.Equal(8.15, bin.R, 1e-6);
        Assert.Equal(0.06, bin.Z, 1e-6);
        Assert.Equal(vR.Average(), bin.Moments[0].Mean, 1e-6);
        Assert.Equal(Math.Sqrt(vR.Average(v => (v - vR.Average()) * (v - vR.Average()))), bin.Moments[0].Dispersion, 1e-6);
        Assert.Equal((215, Math.Sqrt(125)), (bin.Moments[1].Mean, bin.Moments[1].Dispersion));

        // Three of the four stars are inside the edges of VR: p adds up to 3/4. Two of four in a cell: 2/4 +- sqrt(2 (1 - 2/4))/4, by 10 km/s.
        Histogram h = set[15, "VR"];
        Assert.Equal(3, h.Count.Sum());
        Assert.Equal(0.75, h.P.Sum() * 10, 1e-14);
        Assert.Equal((2, 0.05, 0.025), (h.Count[10], h.P[10], h.Error[10]));
        Assert.Equal((0, 0, 0), (h.Count[11], h.P[11], h.Error[11]));

        // A bin without stars has no distribution.
        Assert.True(double.IsNaN(set.Bins[0].R) && double.IsNaN(set.Bins[0].Moments[0].Dispersion) && set[1, "VR"].P.All(double.IsNaN));
    }

    [Fact]
    public void The_order_of_stars_and_how_they_are_shared_out_changes_no_bit()
    {
        Random random = new(1);
        CylindricalPoint[] stars = [.. Enumerable.Range(0, 5000).Select(_ => new CylindricalPoint(
            5 + 7 * random.NextDouble(), 4 * (random.NextDouble() - 0.5), 0, 80 * random.NextDouble(), 1e5 * random.NextDouble(), 240 / (1e-3 + random.NextDouble())))];
        string[] texts = [.. new[] { 1, 2, 7 }.Select(parts =>
        {
            CylindricalPoint[] shuffled = [.. stars];
            random.Shuffle(shuffled);
            HistogramCounter all = Counter();
            foreach (CylindricalPoint[] chunk in shuffled.Chunk((stars.Length + parts - 1) / parts))
            {
                HistogramCounter part = Counter();
                foreach (CylindricalPoint star in chunk)
                {
                    part.Add(star);
                }

                all.Add(part);
            }

            all.Histograms().Write(work.Path("h.ecsv"));
            return File.ReadAllText(work.Path("h.ecsv")) + File.ReadAllText(work.Path("h_bins.ecsv"));
        })];
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);

        static HistogramCounter Counter() => new(new(Radii, Heights), [new("VR", -100, 100, 10), new("Vz", -100, 100, 5), new("Vphi", 0, 300, 30)]);
    }

    [Theory]
    [InlineData("h.ecsv")]
    [InlineData("h.csv")]
    public void What_is_written_is_read_back(string name)
    {
        HistogramCounter counter = new(new([5, 8, 9], [0, 1]), [new("VR", -100, 100, 10), new("Vphi", 0, 300, 30)]);
        counter.Add(new CylindricalPoint(8.5, 0.3, 0, 7, 8, 213.25));
        counter.Add(new CylindricalPoint(8.75, 0.3, 0, 17, 8, 210));
        HistogramSet written = counter.Histograms();
        written.Write(work.Path(name));
        Assert.Equal(name.EndsWith("ecsv", StringComparison.Ordinal), File.ReadAllText(work.Path(name)).StartsWith("# %ECSV 1.0\n", StringComparison.Ordinal));
        HistogramSet read = HistogramSet.Read(work.Path(name));
        Assert.Equal(written.Quantities, read.Quantities);
        Assert.Equal(written.Bins.Select(b => (b.Bin, b.Stars, b.R, b.Z)), read.Bins.Select(b => (b.Bin, b.Stars, b.R, b.Z)));
        Assert.Equal(written.Bins.SelectMany(b => b.Moments), read.Bins.SelectMany(b => b.Moments));
        foreach ((Histogram a, Histogram b) in written.Histograms.Zip(read.Histograms))
        {
            Assert.Equal((a.Bin, a.Quantity), (b.Bin, b.Quantity));
            Assert.Equal(a.Edges, b.Edges);
            Assert.Equal(a.Count, b.Count);
            Assert.Equal(a.P, b.P);
            Assert.Equal(a.Error, b.Error);
        }
    }

    [Fact]
    public void Tables_that_do_not_belong_together_are_refused()
    {
        const string head = "bin,quantity,lo,hi,count,p,err\n", bins = "bin,stars,R,z,mean_VR,sigma_VR\n1,5,8,0,1,2\n";
        Assert.Contains("h_bins.csv, is not there; oort reduce writes both", Refused(head + "1,VR,0,1,5,1,0\n", null), StringComparison.Ordinal);
        Assert.Contains("there is no histogram of VR in bin 1", Refused(head + "2,VR,0,1,5,1,0\n", bins), StringComparison.Ordinal);
        Assert.Contains("no column mean_Vz", Refused(head + "1,Vz,0,1,5,1,0\n", bins), StringComparison.Ordinal);
        Assert.Contains("a cell begins at 2, the one before ends at 1", Refused(head + "1,VR,0,1,5,1,0\n1,VR,2,3,5,1,0\n", bins), StringComparison.Ordinal);
        Assert.Contains("bin 1, VR, cell from 0: count = -5: must be a number of stars, not below 0", Refused(head + "1,VR,0,1,-5,1,0\n", bins), StringComparison.Ordinal);
        Assert.Contains("bin 1, VR: count is nan in some cells and not in others", Refused(head + "1,VR,0,1,5,1,0\n1,VR,1,2,nan,1,0\n", bins), StringComparison.Ordinal);
        Assert.Contains("bin 1 has two histograms of VR", Refused(head + "1,VR,0,1,5,1,0\n1,Vz,0,1,5,1,0\n1,VR,1,2,5,1,0\n", "bin,stars,R,z,mean_VR,sigma_VR,mean_Vz,sigma_Vz\n1,5,8,0,1,2,1,2\n"), StringComparison.Ordinal);

        string Refused(string histograms, string? binTable)
        {
            File.Delete(work.Path("h_bins.csv"));
            if (binTable is not null)
            {
                work.File("h_bins.csv", binTable);
            }

            return Assert.Throws<InputException>(() => HistogramSet.Read(work.File("h.csv", histograms))).Message;
        }
    }
}
