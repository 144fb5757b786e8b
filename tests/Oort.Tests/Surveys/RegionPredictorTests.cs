using Oort.Coordinates;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

public class RegionPredictorTests
{
    private const double KmPerSecond = GalactocentricTransform.KmPerSecondPerMasPerYearKpc;

    // Of every kind of Sun et al. (2025, Table 1): near, farther away, far away on both sides of the plane, at the pole; and one with nothing at either end.
    private static readonly SkyRegions Regions = Chosen(
        new(1, new(160, 170, -20, -10), 0, 2), new(2, new(170, 180, 0, 10), 2, 3), new(3, new(170, 190, -10, 10), 7, 12), new(4, new(0, 360, 80, 90), 1.5, 3), new(5, new(130, 140, -20, -10), 0, 2));

    private static readonly VelocityLimits Limits = new()
    {
        VR = new(-200, 200),
        Vphi = new(100, 350),
        Vz = new(-150, 150),
        Vtot = new(double.NegativeInfinity, 600),
    };

    private static readonly RegionConditions Conditions = new()
    {
        Limits = Limits,
        Selection = new([0, 1, 12], [1, 0.4, 0.02]),
        Errors = ErrorModel.FromLaw(12, 12, d => new(0.04, 0.05, 0.06 + 0.01 * d, 5 + d)),
        ErrorFactor = Math.Sqrt(2),
    };

    private static readonly Lazy<RegionPrediction> Usual = new(() => Predictor(new() { Limits = Limits }).Integrate());

    [Fact]
    public void Integrals_and_stars_agree() => Compare(Usual.Value, Predictor(new() { Limits = Limits }).Sample(150_000, 1));

    [Fact]
    public void So_they_do_behind_a_selection_and_with_errors()
    {
        RegionPredictor predictor = Predictor(Conditions);
        RegionPrediction integrals = predictor.Integrate();
        Compare(integrals, predictor.Sample(150_000, 2));
        foreach (RegionMoments m in integrals.Moments)
        {
            RegionMoments without = Usual.Value.Moments.Single(x => (x.Region, x.Quantity) == (m.Region, m.Quantity));
            Assert.True(m.Region != 3 || m.Deviation > 1.02 * without.Deviation, $"{m}");
        }
    }

    private static readonly Lazy<RegionPrediction> Fine = new(() => Predictor(new() { Limits = Limits }).Integrate(new RegionAccuracy(1.25, 1.25, 1.25, ModelAccuracy.High)));

    /// <summary>With as many stars in each region, ten times as many as surveys have, a fit's integrals add less than a tenth to reduced chi-squared.</summary>
    [Fact]
    public void Fits_are_as_exact_as_numbers_of_stars_want()
    {
        const double Stars = 5e4;
        RegionPrediction fit = Predictor(new() { Limits = Limits }).Integrate(RegionAccuracy.Fit);
        foreach (Histogram h in Fine.Value.Histograms.Histograms)
        {
            Histogram own = fit.Histograms[h.Bin, h.Quantity];
            (double Expected, double Deviation)[] cells = [.. h.P.Select((p, i) => (Stars * p * (h.Edges[i + 1] - h.Edges[i]), Stars * (own.P[i] - p) * (h.Edges[i + 1] - h.Edges[i]))).Where(c => c.Item1 >= 10)];
            double excess = cells.Average(c => c.Deviation * c.Deviation / c.Expected);
            Assert.True(excess < 0.1, $"{h.Bin} {h.Quantity}: {excess}");
        }
    }

    /// <summary>The errors that docs/accuracy.md states.</summary>
    [Fact]
    public void More_nodes_change_little()
    {
        RegionPrediction fine = Fine.Value;
        foreach (Histogram h in Usual.Value.Histograms.Histograms)
        {
            Histogram g = fine.Histograms[h.Bin, h.Quantity];
            double most = g.P.Max();
            Assert.All(h.P.Zip(g.P), p => Assert.InRange((p.First - p.Second) / most, -1e-3, 1e-3));
        }

        foreach ((RegionMoments a, RegionMoments b) in Usual.Value.Moments.Zip(fine.Moments))
        {
            Assert.InRange((a.Mean - b.Mean) / b.Deviation, -5e-4, 5e-4);
            Assert.InRange((a.P50 - b.P50) / b.Deviation, -1e-3, 1e-3);
            Assert.InRange((a.P05 - b.P05) / b.Deviation, -2e-3, 2e-3);
            Assert.InRange((a.P95 - b.P95) / b.Deviation, -2e-3, 2e-3);
            Assert.InRange(a.Deviation / b.Deviation, 1 - 1e-3, 1 + 1e-3);
        }

        Assert.All(Usual.Value.Masses.Zip(fine.Masses), m => Assert.InRange(m.First / m.Second, 1 - 1e-3, 1 + 1e-3));
    }

    [Fact]
    public void Threads_do_not_matter_and_seeds_do()
    {
        SkyRegions one = Chosen(Regions[3] with { Number = 1 });
        RegionPredictor single = new(MockBv23.Galaxy, MockBv23.Sun, one, conditions: new() { Limits = Limits }, threads: 1), two = new(MockBv23.Galaxy, MockBv23.Sun, one, conditions: new() { Limits = Limits }, threads: 3);
        Same(single.Integrate(), two.Integrate());

        // Regions whose velocities have the same nodes are predicted together.
        SkyRegions groups = Chosen(Regions[3] with { Number = 1 }, Regions[5] with { Number = 2 });
        RegionPrediction[] fits = [.. new[] { 1, 2, 3 }.Select(n => new RegionPredictor(MockBv23.Galaxy, MockBv23.Sun, groups, conditions: Conditions, threads: n).Integrate(RegionAccuracy.Fit))];
        Assert.True(RegionAccuracy.Fit.Groups([20, 9]).Count() > 1);
        Same(fits[0], fits[1]);
        Same(fits[0], fits[2]);
        RegionPrediction a = single.Sample(40_000, 5);
        Same(a, two.Sample(40_000, 5));
        Assert.NotEqual(a.Moments, single.Sample(40_000, 6).Moments);

        static void Same(RegionPrediction a, RegionPrediction b)
        {
            Assert.Equal(a.Moments, b.Moments);
            Assert.Equal(a.Masses, b.Masses);
            Assert.All(a.Histograms.Histograms.Zip(b.Histograms.Histograms), h => Assert.Equal(h.First.P, h.Second.P));
        }
    }

    /// <summary>An isotropic galaxy has the same distribution in every direction, known in closed form, about minus the velocity of the Sun.</summary>
    [Fact]
    public void A_polytrope_is_as_it_is_known()
    {
        PolytropeInIsochrone df = new(4e5, 2.5, 4, 0);
        Galaxy galaxy = new(df.Potential, [new GalaxyComponent("polytrope", ComponentKind.Stars, df)], threads: 2);
        Sun sun = new() { R0 = 8.2, Z = 0.02, U = 11, V = 60, W = 7 };
        SkyRegion region = new(1, new(40, 70, -25, 20), 0.5, 2.5);
        SkyRegions regions = Chosen(region);
        RegionPrediction prediction = new RegionPredictor(galaxy, sun, regions, _ => true, threads: 2).Integrate();

        // The rule of rectangles over the region, 20 times 20 times 40, each cell of the histogram by that of trapezes.
        const int Side = 20, Deep = 40, Inner = 8;
        GalactocentricTransform transform = new(sun);
        double[] one = [0], dec = new double[1], longitude = new double[1], latitude = new double[1];
        double[][] expected = [.. regions.AxesOf(1).Select(a => new double[a.Count])];
        double mass = 0;
        for (int i = 0; i < Side * Side * Deep; i++)
        {
            double l = 40 + 30 * (i % Side + 0.5) / Side, b = -25 + 45 * (i / Side % Side + 0.5) / Side, d = 0.5 + 2 * (i / (Side * Side) + 0.5) / Deep;
            (longitude[0], latitude[0]) = (l, b);
            GalacticCoordinates.ToIcrs(longitude, latitude, one, dec);
            double[] still = From(0, 0, 0);
            double R = Math.Sqrt(still[0] * still[0] + still[1] * still[1]), z = Math.Abs(still[2]), volume = d * d * Math.Cos(b * Units.Degree);
            mass += volume * df.Density(R, z);
            double[][] directions = [From(1, 0, 0), From(0, 1 / (KmPerSecond * d), 0), From(0, 0, 1 / (KmPerSecond * d))];
            for (int a = 0; a < 3; a++)
            {
                HistogramAxis axis = regions.AxesOf(1)[a];
                double ofSun = Enumerable.Range(3, 3).Sum(k => (directions[a][k] - still[k]) * still[k]), unit = a == 0 ? 1 : KmPerSecond * d, width = axis.Width / Inner;
                for (int k = 0; k <= axis.Count * Inner; k++)
                {
                    double p = volume * unit * width * df.Along(R, z, unit * (axis.Low + k * width) + ofSun) * (k % Inner == 0 ? 0.5 : 1);
                    expected[a][Math.Min(k / Inner, axis.Count - 1)] += p;
                    if (k % Inner == 0 && k > 0 && k < axis.Count * Inner)
                    {
                        expected[a][k / Inner - 1] += p;
                    }
                }
            }

            double[] From(double vlos, double pmRa, double pmDec)
            {
                double[] x = new double[6];
                transform.FromSky(
                    new() { Ra = one, Dec = dec, Distance = new[] { d }, PmRa = new[] { pmRa }, PmDec = new[] { pmDec }, LineOfSightVelocity = new[] { vlos } }, GalacticFrame.Model,
                    new() { x = x.AsSpan(0, 1), y = x.AsSpan(1, 1), z = x.AsSpan(2, 1), vx = x.AsSpan(3, 1), vy = x.AsSpan(4, 1), vz = x.AsSpan(5, 1) });
                return x;
            }
        }

        for (int a = 0; a < 3; a++)
        {
            IReadOnlyList<double> p = prediction.Histograms.Histograms[a].P;
            double[] known = [.. expected[a].Select(x => x / mass / regions.AxesOf(1)[a].Width)];
            double most = known.Max();
            Assert.All(p.Zip(known), x => Assert.InRange((x.First - x.Second) / most, -1.5e-3, 1.5e-3));
        }

        double cell = 30 * Units.Degree / Side * (45 * Units.Degree / Side) * 2 / Deep;
        Assert.Equal(1, prediction.Masses[0] / (mass * cell), 2e-3);
    }

    [Fact]
    public void Nodes_fill_the_volume_and_know_what_is_measured()
    {
        foreach (SkyRegion region in Regions.All)
        {
            SkyWindow w = region.Window;
            double volume = (Math.Pow(region.Farthest, 3) - Math.Pow(region.Nearest, 3)) / 3 * (w.LastLongitude - w.FirstLongitude) * Units.Degree
                * (Math.Sin(w.LastLatitude * Units.Degree) - Math.Sin(w.FirstLatitude * Units.Degree));
            RegionShell[] shells = RegionNodes.Shells(region, MockBv23.Sun, null);
            Assert.Equal(1, shells.Sum(s => s.Nodes.Sum(n => n.Weight)) / volume, 1e-6);

            // The mean square of proper motions is one over squared distance.
            double square = 3 * (region.Farthest - region.Nearest) / (Math.Pow(region.Farthest, 3) - Math.Pow(region.Nearest, 3));
            Assert.Equal(square, shells.Sum(s => s.Nodes.Sum(n => n.Weight) / (s.Distance * s.Distance)) / volume, 1e-6 * square);
        }

        Xoshiro random = new(3);
        GalactocentricTransform transform = new(MockBv23.Sun);
        for (int i = 0; i < 20; i++)
        {
            double l = 360 * random.Next(), b = 170 * random.Next() - 85, d = 0.2 + 8 * random.Next(), vlos = 300 * random.Next() - 150, pmRa = 40 * random.Next() - 20, pmDec = 40 * random.Next() - 20;
            double[] ra = new double[1], dec = new double[1], x = new double[6];
            GalacticCoordinates.ToIcrs([l], [b], ra, dec);
            transform.FromSky(
                new() { Ra = ra, Dec = dec, Distance = new[] { d }, PmRa = new[] { pmRa }, PmDec = new[] { pmDec }, LineOfSightVelocity = new[] { vlos } }, GalacticFrame.Model,
                new() { x = x.AsSpan(0, 1), y = x.AsSpan(1, 1), z = x.AsSpan(2, 1), vx = x.AsSpan(3, 1), vy = x.AsSpan(4, 1), vz = x.AsSpan(5, 1) });
            CylindricalPoint star = CylindricalPoint.FromCartesian(x[0], x[1], x[2], x[3], x[4], x[5]);
            SkyRegion point = new(1, new(l, l + 1e-7, b, b + 1e-7), d, d + 1e-7);
            RegionNode node = RegionNodes.Shells(point, MockBv23.Sun, null)[0].Nodes[0];
            Assert.Equal(star.R, node.R, 1e-6);
            Assert.Equal(star.z, node.Z, 1e-6);
            double Seen(SkyDirection n) => n.R * star.vR + n.Z * star.vz + n.Phi * star.vphi - n.Sun;
            Assert.Equal(vlos, Seen(node.LineOfSight), 1e-4);
            Assert.Equal(pmRa, Seen(node.East) / (KmPerSecond * d), 1e-4);
            Assert.Equal(pmDec, Seen(node.North) / (KmPerSecond * d), 1e-4);
        }
    }

    [Fact]
    public void Limits_that_no_box_has_are_refused_for_integrals()
    {
        InputException e = Assert.Throws<InputException>(() => Predictor(new() { Limits = Limits with { VR = new(-200, 100) } }).Integrate());
        Assert.Contains("VR", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<InputException>(() => Predictor(new() { Limits = Limits with { Vtot = new(double.NegativeInfinity, 300) } }).Integrate());
        Assert.Contains("Vtot", e.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new RegionPredictor(MockBv23.Galaxy, MockBv23.Sun, Regions, c => c.Kind == ComponentKind.Gas));
    }

    [Fact]
    public void The_Sun_is_as_fast_as_the_model_says()
    {
        Survey survey = new() { Name = "x", Sun = MockBv23.Sun, PeculiarV = 12.24, UsesModelR0 = true };
        Sun sun = survey.SunIn(MockBv23.Galaxy, 8.1);
        Assert.Equal((8.1, MockBv23.Sun.Z, MockBv23.Sun.U, MockBv23.Sun.W), (sun.R0, sun.Z, sun.U, sun.W));
        Assert.Equal(MockBv23.Galaxy.CircularSpeed(8.1) + 12.24, sun.V, 1e-3);
        Assert.Equal(MockBv23.Sun, (survey with { PeculiarV = null, UsesModelR0 = false }).SunIn(MockBv23.Galaxy, 8.1));
    }

    private static RegionPredictor Predictor(RegionConditions conditions) => new(MockBv23.Galaxy, MockBv23.Sun, Regions, null, conditions, 2);

    private static SkyRegions Chosen(params SkyRegion[] regions)
        => new(regions, [.. regions.Select(r => new HistogramAxis[]
        {
            new("vlos", -200, 200, 10), new("pmra", -60 / r.Farthest, 60 / r.Farthest, 2 / r.Farthest), new("pmdec", -60 / r.Farthest, 60 / r.Farthest, 2 / r.Farthest),
        })]);

    /// <summary>Pearson's chi-squared of the stars in cells where ten or more are to be expected, and their numbers in a few.</summary>
    private static void Compare(RegionPrediction integrals, RegionPrediction stars)
    {
        double chi2 = 0;
        int cells = 0;
        foreach (Histogram h in stars.Histograms.Histograms)
        {
            Histogram p = integrals.Histograms[h.Bin, h.Quantity];
            double number = stars.Histograms.Bins[h.Bin - 1].Stars;
            for (int i = 0; i < h.Cells; i++)
            {
                double wanted = number * p.P[i] * (p.Edges[i + 1] - p.Edges[i]);
                if (wanted >= 10)
                {
                    chi2 += (h.Count[i] - wanted) * (h.Count[i] - wanted) / wanted;
                    cells++;
                }
            }
        }

        Assert.True(cells > 450 && chi2 / cells is > 0.85 and < 1.15, $"{chi2 / cells} in {cells}");
        Assert.All(integrals.Masses.Zip(stars.Masses), m => Assert.InRange(m.First / m.Second, 0.995, 1.005));
        foreach ((RegionMoments a, RegionMoments b) in integrals.Moments.Zip(stars.Moments))
        {
            double number = stars.Histograms.Bins[b.Region - 1].Stars, error = b.Deviation / Math.Sqrt(number);
            Assert.Equal((a.Region, a.Quantity), (b.Region, b.Quantity));
            Assert.InRange(a.Mean - b.Mean, -5 * error, 5 * error);
            Assert.InRange(a.P50 - b.P50, -7 * error, 7 * error);
            Assert.InRange(a.P05 - b.P05, -15 * error, 15 * error);
            Assert.InRange(a.P95 - b.P95, -15 * error, 15 * error);
        }

        foreach ((HistogramBin a, HistogramBin b) in integrals.Histograms.Bins.Zip(stars.Histograms.Bins))
        {
            Assert.Equal(a.R, b.R, 0.01);
            Assert.Equal(a.Z, b.Z, 0.01);
        }
    }

    private sealed class Xoshiro(ulong seed)
    {
        private Oort.Numerics.Xoshiro256 random = new(seed);

        public double Next() => random.Uniform();
    }
}
