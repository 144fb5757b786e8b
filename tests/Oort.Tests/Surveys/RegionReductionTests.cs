using System.Globalization;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>K giants in regions of the sky, after Sun et al. (2025), from catalogues whose stars are known.</summary>
public sealed class RegionReductionTests : IDisposable
{
    private const string Header = "obsid,ra,dec,d_carlin,pmra,pmdec,pmra_error,pmdec_error,rv,rv_err,snrg,teff,logg,feh,astrometric_gof_al,astrometric_excess_noise_sig,ruwe,radial_velocity\n";

    private static readonly string Sun25 = File.ReadAllText(Path.Combine(Repository.Root, "surveys", "sun25.ini"));

    private static readonly Sun PaperSun = new() { R0 = 8.178, Z = 0.0208, U = 11.1, V = 232.8 + 12.24, W = 7.25 };

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    private CatalogueReduction Reduce(string text, string? survey = null, int threads = 2)
        => CatalogueReduction.Read(work.File("stars.csv", text), SurveyFile.Parse(survey ?? Sun25, "survey.ini"), threads);

    private static string Text(params double[] values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>What is seen of a star at (l, b, d) of a velocity in cylindrical coordinates of the model frame: ra, dec, d, pmra, pmdec, vlos.</summary>
    private static double[] Seen(double l, double b, double d, double vR = 0, double vphi = 220, double vz = 0)
    {
        double[] ra = [l], dec = [b], distance = [d], pmra = [0], pmdec = [0], vlos = [0], x = [0], y = [0], z = [0], vx = [0], vy = [0], velocityZ = [0];
        GalacticCoordinates.ToIcrs(ra, dec, ra, dec);
        GalactocentricTransform transform = new(PaperSun);
        transform.FromSky(new() { Ra = ra, Dec = dec, Distance = distance, PmRa = pmra, PmDec = pmdec, LineOfSightVelocity = vlos }, GalacticFrame.Model, new() { x = x, y = y, z = z, vx = vx, vy = vy, vz = velocityZ });
        double R = Math.Sqrt(x[0] * x[0] + y[0] * y[0]), c = x[0] / R, s = y[0] / R;
        (vx[0], vy[0], velocityZ[0]) = (vR * c - vphi * s, vR * s + vphi * c, vz);
        transform.ToSky(new() { x = x, y = y, z = z, vx = vx, vy = vy, vz = velocityZ }, GalacticFrame.Model, new() { Ra = ra, Dec = dec, Distance = distance, PmRa = pmra, PmDec = pmdec, LineOfSightVelocity = vlos });
        return [ra[0], dec[0], distance[0], pmra[0], pmdec[0], vlos[0]];
    }

    /// <summary>A row of a catalogue with the systematic errors that the survey corrects.</summary>
    private static string Row(double[] seen, double ratio = 0.86, double snr = 20, double teff = 4800, double logg = 2.5, double feh = -0.3, double gof = 1, double noise = 0.5, double ruwe = 1)
        => Text(1, seen[0], seen[1], seen[2] * ratio, seen[3], seen[4], 0.05, 0.04, seen[5] - 5.7, 4, snr, teff, logg, feh, gof, noise, ruwe, 999) + "\n";

    [Fact]
    public void Corrected_stars_are_in_their_regions_with_what_is_seen_of_them()
    {
        (double L, double B, double D, double Ratio, int Region)[] places =
            [(165, -15, 1.9, 0.86, 1), (175, 5, 2.5, 0.86, 18), (180, 0.1, 11.9, 0.86, 24), (200, 85, 1.2, 0.97, 25), (20, 80.5, 2.9, 0.97, 26), (135, -12, 0.5, 0.86, 29)];
        CatalogueReduction r = Reduce(Header + string.Concat(places.Select(p => Row(Seen(p.L, p.B, p.D, 20, 230, -10), p.Ratio))));
        Assert.Equal((6, 6, 0), (r.Rows, r.Used, r.Rejected.Count));
        Assert.Equal(["vlos", "pmra", "pmdec"], r.Histograms.Quantities);
        foreach ((double l, double b, double d, _, int region) in places)
        {
            HistogramBin bin = r.Histograms.Bins[region - 1];
            double[] seen = Seen(l, b, d, 20, 230, -10);
            Assert.Equal((region, 1), (bin.Bin, bin.Stars));
            Assert.Equal([seen[5], seen[3], seen[4]], bin.Moments.Select(m => m.Mean), (x, y) => Math.Abs(x - y) < 2e-6);
            Assert.Equal([seen[5], seen[3], seen[4]], bin.Medians.Select(m => m.Median), (x, y) => Math.Abs(x - y) < 1e-8);
            Assert.Equal([4, 0.05, 0.04], bin.Medians.Select(m => m.Error), (x, y) => Math.Abs(x - y) < 1e-8);
            Assert.Equal(1, r.Histograms[region, "pmra"].Count.Sum());
        }

        Assert.Equal(10.05, r.Histograms.Bins[17].R, 0.7);
        Assert.Equal(6, r.Histograms.Bins.Sum(b => b.Stars));
    }

    [Fact]
    public void Every_cut_takes_its_stars_by_the_first_reason_that_applies()
    {
        double[] s = Seen(175, 5, 2.5);
        string rows = Row(s)
            + Row(s, snr: 5) + Row(s, snr: 5.01)
            + Row(s, gof: 3.01) + Row(s, gof: 3)
            + Row(s, noise: 2.01) + Row(s, noise: 2)
            + Row(s, ruwe: 1.41) + Row(s, ruwe: 1.4)
            + Row(s, feh: -1) + Row(s, feh: -0.99)
            + Row(s, teff: 4000) + Row(s, teff: 4001, logg: 3.4) + Row(s, teff: 4500, logg: 3.5) + Row(s, teff: 4600, logg: 3) + Row(s, teff: 4601, logg: 3.9) + Row(s, teff: 5000, logg: 4) + Row(s, teff: 5600)
            + Row(Seen(175, 5, 2.5, vR: 201)) + Row(Seen(175, 5, 2.5, vR: -199)) + Row(Seen(175, 5, 2.5, vphi: 99)) + Row(Seen(175, 5, 2.5, vphi: 349)) + Row(Seen(175, 5, 2.5, vphi: -220)) + Row(Seen(175, 5, 2.5, vz: 151))
            + Row(s).Replace(",4800,", ",nan,", StringComparison.Ordinal)
            + Row(s, ratio: -1) + Row(Seen(100, 5, 2.5)) + Row(Seen(175, 5, 2.5, vphi: 3.2e5));
        CatalogueReduction r = Reduce(Header + rows);
        Assert.Equal(
            [("no teff", 1), ("snr not > 5", 1), ("feh not > -1", 1), ("not among the giants by teff and logg", 5), ("distance not positive", 1),
                ("velocity above that of light", 1), ("velocity outside the limits on VR, Vphi, Vz and Vtot", 4), ("outside all regions", 1),
                ("astrometric_gof_al not <= 3", 1), ("astrometric_excess_noise_sig not <= 2", 1), ("ruwe not <= 1.4", 1)],
            r.Rejected.OrderBy(x => x.Reason.StartsWith("astro", StringComparison.Ordinal) || x.Reason.StartsWith("ruwe", StringComparison.Ordinal)));
        Assert.Equal(r.Rows, r.Used + r.Rejected.Sum(x => x.Count));
        Assert.Equal(r.Used, r.Histograms.Bins[17].Stars);
        Assert.Equal(["distances are those of column d_carlin, over the ratios of [Corrections]"], r.Notes);
    }

    [Fact]
    public void What_needs_a_column_that_is_not_there_is_not_done_and_said()
    {
        double[] s = Seen(175, 5, 2.5, vphi: -220);
        string Of(params (string Name, double Value)[] columns) => string.Join(' ', columns.Select(c => c.Name)) + "\n" + string.Join(' ', columns.Select(c => c.Value.ToString("R", CultureInfo.InvariantCulture))) + "\n";
        CatalogueReduction r = Reduce("# " + Of(("ra", s[0]), ("dec", s[1]), ("dist", s[2] * 0.86), ("rv", s[5] - 5.7), ("feh", 0.1)));
        Assert.Equal((1, 1), (r.Rows, r.Used));
        Assert.Equal(["vlos"], r.Histograms.Quantities);
        Assert.Equal(s[5], r.Histograms.Bins[17].Moments[0].Mean, 1e-6);
        foreach (string note in (string[])[
            "there is no column for pmra: no histograms of pmra", "there is no column for pmdec: no histograms of pmdec",
            "there is no column for radial_velocity_error, nor that key in [Resampling]: vlos is not perturbed",
            "there is no column for snr: the cut snr > 5 is not applied", "there is no column for ruwe: the cut ruwe <= 1.4 is not applied",
            "there is no column for astrometric_gof_al: the cut astrometric_gof_al <= 3 is not applied",
            "there is no column for teff, logg: giants are not selected", "there is no column for pmra, pmdec: the limits on VR, Vphi, Vz and Vtot are not applied"])
        {
            Assert.Contains(note, r.Notes);
        }

        // An error for all stars, and for those that lack one.
        string error = Sun25.Replace("seed = 1", "seed = 1\nradial_velocity_error = 7", StringComparison.Ordinal);
        CatalogueReduction fixedError = Reduce("# " + Of(("ra", s[0]), ("dec", s[1]), ("dist", s[2] * 0.86), ("rv", s[5] - 5.7)), error);
        Assert.Contains("there is no column for radial_velocity_error: it is 7 for all stars", fixedError.Notes);
        Assert.Equal(7, fixedError.Histograms.Bins[17].Medians[0].Error, 1e-8);
        string good = Row(Seen(175, 5, 2.5)), lacking = good.Replace(",4,20,", ",nan,20,", StringComparison.Ordinal);
        Assert.Equal(7, Reduce(Header + lacking, error).Histograms.Bins[17].Medians[0].Error, 1e-8);
        Assert.Equal([("no radial_velocity_error", 1)], Reduce(Header + lacking).Rejected);

        // Without resampling: the stars as they are, with binomial errors.
        CatalogueReduction plain = Reduce(Header + good + good + Row(Seen(175, 5, 2.5, vR: 60)), Sun25[..Sun25.IndexOf("[Resampling]", StringComparison.Ordinal)]);
        Histogram h = plain.Histograms[18, "vlos"];
        Assert.Equal(h.Count.Select(n => n / 30), h.P);
        Histogram counted = Reduce(Header + good + good + Row(Seen(175, 5, 2.5, vR: 60))).Histograms.Counted()[18, "vlos"];
        Assert.Equal(h.P, counted.P);
        Assert.Equal(h.Error, counted.Error);
        Assert.Equal(Seen(175, 5, 2.5)[5], plain.Histograms.Bins[17].Medians[0].Median, 1e-9);
    }

    [Fact]
    public void Without_distances_parallaxes_have_zero_points_of_their_own()
    {
        const string header = "ra,dec,parallax,pmra,pmdec,rv,phot_g_mean_mag,nu_eff_used_in_astrometry,pseudocolour,ecl_lat,astrometric_params_solved\n";
        double[] s = Seen(175, 5, 2.0003);
        double beta = EclipticCoordinates.Latitude(s[0], s[1]);
        double five = ParallaxZeroPoint.FiveParameters.At(14, 1.4, beta), six = ParallaxZeroPoint.SixParameters.At(14, 1.4, beta);
        Assert.InRange(five, -0.06, -0.02);
        string Star(double parallax, string colours) => Text(s[0], s[1], parallax, s[3], s[4], s[5] - 5.7, 14) + "," + colours + "\n";
        double true0 = 1 / 2.0003, near = 1 / 1.9997;

        // Behind and before the boundary at 2 kpc by what is a hundredth of the zero point.
        CatalogueReduction r = Reduce(header
            + Star(true0 + five, $"1.4,,{Text(beta)},31") + Star(true0 + six, $",1.4,{Text(beta)},95") + Star(true0 + five, "1.4,,nan,nan") + Star(true0 + six, "nan,1.4,,")
            + Star(near + five, $"1.4,,{Text(beta)},31") + Star(near + six, $",1.4,{Text(beta)},95")
            + Star(1, "1.4,1.4,1,3") + Star(1, ",,1,"));
        Assert.Contains("there are no distances: they are 1/(parallax - zero point of Lindegren et al. 2021)", r.Notes);
        Assert.Equal([("no zero point of the parallax", 2)], r.Rejected);
        Assert.Equal(4, r.Histograms.Bins[17].Stars);
        Assert.Equal(2, r.Histograms.Bins[6].Stars);

        CatalogueReduction uncorrected = Reduce("ra,dec,parallax,rv\n" + Text(s[0], s[1], true0, s[5]) + "\n");
        Assert.Contains("there is no column for phot_g_mean_mag, nu_eff_used_in_astrometry: the zero points of parallaxes are not corrected", uncorrected.Notes);
        Assert.Equal(1, uncorrected.Histograms.Bins[17].Stars);
    }

    [Fact]
    public void Neither_threads_nor_the_order_of_rows_change_a_byte_and_what_is_written_reads_back()
    {
        Random random = new(6);
        string[] rows = [.. Enumerable.Range(0, 15_000).Select(_ => Row(Seen(160 + 40 * random.NextDouble(), -20 + 40 * random.NextDouble(), 6 * random.NextDouble(), 80 * random.NextDouble() - 40, 180 + 80 * random.NextDouble(), 40 * random.NextDouble() - 20)))];
        string Bytes(IEnumerable<string> r, int threads)
        {
            Reduce(Header + string.Concat(r), threads: threads).Histograms.Write(work.Path("h.ecsv"));
            return File.ReadAllText(work.Path("h.ecsv")) + File.ReadAllText(work.Path("h_bins.ecsv"));
        }

        string one = Bytes(rows, 1);
        Assert.Equal(one, Bytes(rows, 3));
        Assert.Equal(one, Bytes(rows.Reverse(), 2));
        Assert.Contains("{name: lo, datatype: float64, description: 'lower end of the cell (velocities in km/s, proper motions in mas/yr)'}", one, StringComparison.Ordinal);
        Assert.Contains("{name: median_pmra, unit: mas / yr,", one, StringComparison.Ordinal);

        HistogramSet set = HistogramSet.Read(work.Path("h.ecsv"));
        Assert.Equal(30, set.Bins.Count);
        Assert.All(set.Bins, b => Assert.Equal(3, b.Medians.Count));
        HistogramSet again = new(set.Bins, set.Histograms);
        again.Write(work.Path("again.ecsv"));
        Assert.Equal(File.ReadAllText(work.Path("h.ecsv")), File.ReadAllText(work.Path("again.ecsv")));
        Assert.Equal(File.ReadAllText(work.Path("h_bins.ecsv")), File.ReadAllText(work.Path("again_bins.ecsv")));

        // p adds up to the share of stars inside the edges, to the scatter of the resampling.
        foreach (HistogramBin bin in set.Bins.Where(b => b.Stars > 100))
        {
            foreach (string q in set.Quantities)
            {
                Histogram h = set[bin.Bin, q];
                Assert.Equal(h.Count.Sum() / bin.Stars, h.P.Sum() * (h.Edges[1] - h.Edges[0]), 0.15);
            }
        }
    }

    [Theory]
    [InlineData("ra,dec,dist\n1,1,1\n", "no column for radial_velocity, pmra, pmdec", "Name them in [Columns] of survey.ini")]
    [InlineData("ra,dec,radial_velocity,x\n1,1,1,1\n", "no column for distance or parallax")]
    [InlineData("ra,dec,dist,pmra\n1,1,1,1\n", "no column rv or radial_velocity, which survey.ini names for radial_velocity")]
    public void Catalogues_without_places_or_measurements_are_refused(string text, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => Reduce(text, text.Contains("pmra", StringComparison.Ordinal) ? null : Sun25.Replace("radial_velocity = rv, radial_velocity", "", StringComparison.Ordinal))).Message;
        Assert.All(parts, p => Assert.Contains(p, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Negative_errors_are_missing_and_declinations_beyond_the_poles_are_not_used()
    {
        double[] s = Seen(175, 5, 2.5);
        string noError = Row(s).Replace(",4,20,", ",-9999,20,", StringComparison.Ordinal);
        Assert.Contains("-9999", noError, StringComparison.Ordinal);
        CatalogueReduction r = Reduce(Header + Row(s) + noError + Row([s[0], 95, .. s[2..]]) + Row([s[0], -90.1, .. s[2..]]));
        Assert.Equal((4, 1), (r.Rows, r.Used));
        Assert.Equal([("no radial_velocity_error", 1L), ("dec not from -90 to 90 degrees", 2L)], r.Rejected);

        // With an error for stars that have none of their own they are used.
        r = Reduce(Header + Row(s) + noError, Sun25.Replace("seed = 1", "seed = 1\nradial_velocity_error = 7", StringComparison.Ordinal));
        Assert.Equal((2, 2), (r.Rows, r.Used));
    }

    [Fact]
    public void A_pole_beyond_90_degrees_is_refused()
        => Assert.Contains("[Corrections] pole_latitude = 100: must be from -90 to 90 (degrees)",
            Assert.Throws<InputException>(() => SurveyFile.Parse(Sun25.Replace("pole_latitude = 80", "pole_latitude = 100", StringComparison.Ordinal), "survey.ini")).Message, StringComparison.Ordinal);

    [Fact]
    public void Surveys_with_regions_have_no_bins_in_R_and_z()
        => Assert.Contains("survey.ini: has [Regions] of the sky; this needs [Bins]", Assert.Throws<InputException>(() => SurveyFile.Parse(Sun25, "survey.ini").Bins).Message, StringComparison.Ordinal);

    [SharedFileFact("data/lamost_dr3_rgb.dat")]
    public void Of_the_giants_of_LAMOST_DR3_only_five_regions_have_a_hundred_or_more()
    {
        CommandRun run = CommandRun.Of("", "reduce", SharedFile.Path("data/lamost_dr3_rgb.dat"), "--survey", Path.Combine(Repository.Root, "surveys", "lamost-dr3.ini"), "--out", work.Path("h.csv"));
        Assert.Equal(0, run.Code);
        Assert.Contains("21954 rows, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("the cut ruwe <= 1.4 is not applied", run.Error, StringComparison.Ordinal);
        Assert.Contains("the limits on VR, Vphi, Vz and Vtot are not applied", run.Error, StringComparison.Ordinal);
        Assert.Contains("it is 5 for all stars", run.Error, StringComparison.Ordinal);
        HistogramSet set = HistogramSet.Read(work.Path("h.csv"));
        Assert.Equal([18, 21, 22, 23, 24], set.Bins.Where(b => b.Stars >= 100).Select(b => b.Bin));
        Assert.Equal(["vlos"], set.Quantities);

        // The stars counted by hand, from the columns l and b of the catalogue itself.
        double[][] rows = [.. File.ReadLines(SharedFile.Path("data/lamost_dr3_rgb.dat")).Where(l => l[0] != '#')
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) ? x : double.NaN).ToArray())];
        foreach (SkyRegion region in SurveyFile.Parse(Sun25).Regions!.All)
        {
            double[][] inside = [.. rows.Where(r => region.Contains(r[3], r[4], r[15] / (r[4] >= 80 ? 0.97 : 0.86)) && r[7] > -1
                && ((r[5] > 4000 && r[5] < 4600 && r[6] < 3.5) || (r[5] > 4600 && r[5] < 5600 && r[6] < 4)))];
            Assert.Equal(inside.Length, set.Bins[region.Number - 1].Stars);
            Assert.Equal(inside.Average(r => r[8]) + 5.7, set.Bins[region.Number - 1].Moments[0].Mean, 1e-5);
        }
    }
}
