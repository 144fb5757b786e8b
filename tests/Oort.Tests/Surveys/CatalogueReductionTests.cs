using System.Globalization;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>From catalogue to histograms, on stars whose Galactocentric coordinates are known.</summary>
public sealed class CatalogueReductionTests : IDisposable
{
    private const string SkyHeader = "ra,dec,parallax,parallax_error,pmra,pmdec,radial_velocity\n";

    private static readonly string Bv23 = File.ReadAllText(Path.Combine(Repository.Root, "surveys", "bv23.ini"));

    private readonly Workplace work = new();

    /// <summary>Stars of the model frame, some in each of many bins: R, z, vR, vz, vphi.</summary>
    private readonly double[][] stars;

    public CatalogueReductionTests()
    {
        Random random = new(4);
        stars = [.. Enumerable.Range(0, 400).Select(_ =>
        {
            // All within the bins, at azimuths on both sides.
            double R = 5.3 + 5.9 * random.NextDouble(), phi = 0.4 * (random.NextDouble() - 0.5), z = 5.9 * (random.NextDouble() - 0.5);
            double vR = 150 * (random.NextDouble() - 0.5), vz = 100 * (random.NextDouble() - 0.5), vphi = 150 + 120 * random.NextDouble();
            (double s, double c) = Math.SinCos(phi);
            return new[] { R * c, R * s, z, vR * c - vphi * s, vR * s + vphi * c, vz };
        })];
    }

    public void Dispose() => work.Dispose();

    private CatalogueReduction Reduce(string text, string survey = "", int threads = 2)
        => CatalogueReduction.Read(work.File("stars.csv", text), SurveyFile.Parse(survey.Length > 0 ? survey : Bv23, "survey.ini"), threads);

    private static string Row(params double[] values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private static double[] Sky(double[] star)
    {
        double[] sky = new double[6], copy = [.. star];
        new GalactocentricTransform(Sun.Bv23).ToSky(
            new() { x = copy.AsSpan(0, 1), y = copy.AsSpan(1, 1), z = copy.AsSpan(2, 1), vx = copy.AsSpan(3, 1), vy = copy.AsSpan(4, 1), vz = copy.AsSpan(5, 1) },
            GalacticFrame.Model,
            new() { Ra = sky.AsSpan(0, 1), Dec = sky.AsSpan(1, 1), Distance = sky.AsSpan(2, 1), PmRa = sky.AsSpan(3, 1), PmDec = sky.AsSpan(4, 1), LineOfSightVelocity = sky.AsSpan(5, 1) });
        return sky;
    }

    private string Histogram(CatalogueReduction reduction)
    {
        reduction.Histograms.Write(work.Path("h.csv"));
        return File.ReadAllText(work.Path("h.csv"));
    }

    [Fact]
    public void The_same_stars_give_the_same_histograms_in_every_coordinates_names_and_units()
    {
        double[][] sky = [.. stars.Select(Sky)];
        string withFrame = Bv23.Replace("[Columns]", "[Columns]\nframe = model", StringComparison.Ordinal);
        CatalogueReduction expected = Reduce("x,y,z,vx,vy,vz\n" + string.Join('\n', stars.Select(s => Row(s))), withFrame);
        Assert.Equal((400, 400, 0), (expected.Rows, expected.Used, expected.Rejected.Count));
        HistogramCounter counter = new(SurveyFile.Parse(Bv23).Bins, SurveyFile.Parse(Bv23).Axes);
        foreach (double[] s in stars)
        {
            counter.Add(CylindricalPoint.FromCartesian(s[0], s[1], s[2], s[3], s[4], s[5]));
        }

        counter.Histograms().Write(work.Path("direct.csv"));
        string text = File.ReadAllText(work.Path("direct.csv"));
        Assert.Equal(text, Histogram(expected));

        // The sky frame; and what the wrong one leads to.
        Assert.Contains(Reduce("x,y,z,vx,vy,vz\n" + string.Join('\n', stars.Select(s => Row(s)))).Notes, n => n.Contains("backwards", StringComparison.Ordinal));
        Assert.Equal(text, Histogram(Reduce("X,Y,Z,v_x,v_y,v_z\n" + string.Join('\n', stars.Select(s => Row(-s[0], s[1], s[2], -s[3], s[4], s[5]))))));

        // Parallaxes, with errors, or their ratio; distances in pc; other names and units; a zero point.
        Assert.Equal(text, Histogram(Reduce(SkyHeader + string.Join('\n', sky.Select(s => Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4], s[5]))))));
        Assert.Equal(text, Histogram(Reduce("ra,dec,parallax,parallax_over_error,pmra,pmdec,dr2_radial_velocity\n" + string.Join('\n', sky.Select(s => Row(s[0], s[1], 1 / s[2], 10, s[3], s[4], s[5]))))));
        CatalogueReduction distances = Reduce("RA,DEC,distance_pc,pmra,pmdec,rv\n" + string.Join('\n', sky.Select(s => Row(s[0], s[1], 1000 * s[2], s[3], s[4], s[5]))));
        Assert.Equal(text, Histogram(distances));
        Assert.Contains(distances.Notes, n => n.Contains("the cut in parallax_over_error is not applied", StringComparison.Ordinal));
        Assert.Equal(text, Histogram(Reduce("alpha,dec,mypar,parallax_over_error,pmra,pmdec,vlos\n" + string.Join('\n', sky.Select(s => Row(s[0] * Units.Degree, s[1], 1e-3 / s[2] - 1e-3 * 0.05, 6, s[3], s[4], s[5]))),
            Bv23.Replace("[Columns]", "[Columns]\nra = alpha [rad]\nparallax = mypar [arcsec]", StringComparison.Ordinal).Replace("parallax_zero_point = 0 ", "parallax_zero_point = -0.05 ", StringComparison.Ordinal))));
        string ecsv = "# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n" + string.Concat(new[] { ("ra", "rad"), ("dec", "deg"), ("distance", "pc"), ("pmra", "arcsec / yr"), ("pmdec", "mas.yr**-1"), ("rv", "m / s") }
            .Select(c => $"# - {{name: {c.Item1}, unit: {c.Item2}, datatype: float64}}\n")) + "ra,dec,distance,pmra,pmdec,rv\n";
        Assert.Equal(text, Histogram(Reduce(ecsv + string.Join('\n', sky.Select(s => Row(s[0] * Units.Degree, s[1], 1000 * s[2], s[3] / 1000, s[4], 1000 * s[5]))))));
    }

    [Fact]
    public void Corrections_cuts_and_limits_act_on_stars_in_bins_of_R_and_z_too()
    {
        double[][] sky = [.. stars.Select(Sky)];
        Reduce("ra,dec,distance,pmra,pmdec,rv\n" + string.Join('\n', sky.Select(s => Row(s)))).Histograms.Write(work.Path("h.csv"));
        string[] biased = [.. sky.Select(s => Row(s[0], s[1], 0.9 * s[2], s[3], s[4], s[5] - 3))];
        string corrected = Bv23.Replace("[Cuts]", "[Corrections]\nradial_velocity = 3\ndistance_ratio = 0.9\n[Cuts]\nruwe = <= 1.4\n", StringComparison.Ordinal);
        CatalogueReduction reduction = Reduce("ra,dec,distance,pmra,pmdec,rv,ruwe\n" + string.Concat(biased.Select(b => b + ",1.4\n" + b + ",1.41\n")), corrected);
        Assert.Equal([("ruwe not <= 1.4", 400)], reduction.Rejected);
        HistogramSet expected = HistogramSet.Read(work.Path("h.csv"));
        Assert.Equal(expected.Bins.Select(b => (b.Bin, b.Stars)), reduction.Histograms.Bins.Select(b => (b.Bin, b.Stars)));
        foreach ((HistogramBin e, HistogramBin a) in expected.Bins.Zip(reduction.Histograms.Bins).Where(p => p.First.Stars > 0))
        {
            Assert.Equal(e.Moments.Select(m => m.Mean), a.Moments.Select(m => m.Mean), (x, y) => Math.Abs(x - y) < 3e-6);
        }

        // Limits on what is known of these stars; Galactocentric coordinates cannot be corrected, which is said.
        CatalogueReduction limited = Reduce("x,y,z,vx,vy,vz\n" + string.Join('\n', stars.Select(s => Row(s))), corrected.Replace("[Cuts]", "[Columns]\nframe = model\n[Cuts]\nVz = > -10, < 25", StringComparison.Ordinal).Replace("[Columns]\n#", "#", StringComparison.Ordinal));
        Assert.Equal(stars.Count(s => s[5] is > -10 and < 25), limited.Used);
        Assert.Equal([("velocity outside the limits on VR, Vphi, Vz and Vtot", 400 - limited.Used)], limited.Rejected);
        Assert.Contains(limited.Notes, n => n.StartsWith("the corrections of distances and line-of-sight velocities are not applied", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_are_not_used_are_counted_by_reason()
    {
        double[] s = Sky([8.1, 0.1, 0.05, 10, 230, 3]);
        string good = Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4], s[5]);
        CatalogueReduction reduction = Reduce(SkyHeader + string.Join('\n',
            good, good, good,
            Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4]) + ",",
            Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4]) + ",null",
            Row(s[0], s[1]) + ",,," + Row(s[3], s[4]) + ",",
            Row(s[0], s[1]) + ",,," + Row(s[3], s[4], s[5]),
            Row(s[0], s[1], 1 / s[2], 0.2 / s[2], s[3], s[4], s[5]),
            Row(s[0], s[1], -1, 0.1, s[3], s[4], s[5]),
            Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4], 4e5),
            Row(s[0], s[1], 0.05, 0.001, s[3], s[4], s[5]),
            Row(s[0], s[1], 1 / s[2], 0.1 / s[2], s[3], s[4], s[5] + 900)) + "\n");
        Assert.Equal((12, 4), (reduction.Rows, reduction.Used));
        Assert.Equal([("no radial_velocity", 3), ("no parallax", 1), ("parallax_over_error not above 5", 2), ("velocity above that of light", 1), ("outside all bins", 1)], reduction.Rejected);
        Assert.Equal(reduction.Rows, reduction.Used + reduction.Rejected.Sum(r => r.Count));
        Assert.Contains(reduction.OutsideEdges, o => o.Count == 1);
        Assert.Equal(4, reduction.Histograms.Bins.Sum(b => b.Stars));

        CatalogueReduction all = Reduce(SkyHeader + Row(s[0], s[1], -1, 0.1, s[3], s[4], s[5]) + "\n", Bv23.Replace("parallax_over_error = 5 ", "parallax_over_error = none ", StringComparison.Ordinal));
        Assert.Equal([("distance not positive", 1)], all.Rejected);
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        Random random = new(5);
        string text = "x,y,z,vx,vy,vz\n" + string.Join('\n', Enumerable.Range(0, 30_000).Select(_ => Row(-5 - 6 * random.NextDouble(), random.NextDouble(), random.NextDouble(), 300 * random.NextDouble() - 150, 250 * random.NextDouble(), 99 * random.NextDouble())));
        string one = Histogram(Reduce(text, threads: 1)) + File.ReadAllText(work.Path("h_bins.csv"));
        Assert.Equal(one, Histogram(Reduce(text, threads: 3)) + File.ReadAllText(work.Path("h_bins.csv")));
    }

    [NightlyFact]
    public void Ten_million_rows_take_less_than_a_minute_and_little_memory()
    {
        Random random = new(6);
        string part = string.Concat(Enumerable.Range(0, 100_000).Select(i =>
            Row(360 * random.NextDouble(), 180 * random.NextDouble() - 90, 0.3 + 5 * random.NextDouble(), 0.05 * random.NextDouble(), 9 * random.NextDouble(), -9 * random.NextDouble()) + (i % 10 == 0 ? ",\n" : "," + Row(100 * random.NextDouble()) + "\n")));
        using (StreamWriter file = new(work.Path("big.csv")))
        {
            file.Write(SkyHeader);
            for (int i = 0; i < 100; i++)
            {
                file.Write(part);
            }
        }

        long allocated = GC.GetTotalAllocatedBytes(), start = Environment.TickCount64;
        CatalogueReduction reduction = CatalogueReduction.Read(work.Path("big.csv"), SurveyFile.Parse(Bv23), 2);
        Assert.InRange(Environment.TickCount64 - start, 0, 60_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, 200_000_000);
        Assert.Equal((10_000_000, ("no radial_velocity", 1_000_000)), (reduction.Rows, reduction.Rejected[0]));
    }

    [Theory]
    [InlineData("ra,dec,parallax,parallax_error,pmra,radial_velocity\n1,1,1,1,1,1\n", "stars.csv: no column for pmdec", "Name it in [Columns] of survey.ini", "The catalogue has: ra, dec")]
    [InlineData("ra,dec,pmra,pmdec,radial_velocity\n1,1,1,1,1\n", "no column for distance or parallax")]
    [InlineData("x,y,z,vx,vy\n1,1,1,1,1\n", "no column for vz")]
    [InlineData("ra,dec,parallax,pmra,pmdec,radial_velocity\n1,1,1,1,1,1\n", "has parallax but neither parallax_over_error nor parallax_error")]
    [InlineData("", "stars.csv: is empty")]
    [InlineData("x,y,z,vx,vy,vz,x\n1,1,1,1,1,1,2\n", "stars.csv: has 2 columns named x; which one is meant cannot be told")]
    [InlineData("<?xml version=\"1.0\"?>\n<VOTABLE version=\"1.4\">\n", "stars.csv: is a VOTable, which is not read; save the table as CSV, ECSV or FITS")]
    [InlineData("<html>", "stars.csv: is XML or HTML")]
    [InlineData("PAR1abc", "stars.csv: is Parquet")]
    [InlineData("ab\0c", "stars.csv: is a binary file")]
    [InlineData("x,y,z,vx,vy,vz\n", "stars.csv: has a header but no rows")]
    [InlineData("x,y,z,vx,vy,vz\n1,1,1,1,1,fast\n", "stars.csv:2: vz = fast: must be a number")]
    [InlineData("# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n# - {name: x, unit: mas, datatype: float64}\n# - {name: y, datatype: float64}\n# - {name: z, datatype: float64}\n# - {name: vx, datatype: float64}\n# - {name: vy, datatype: float64}\n# - {name: vz, datatype: float64}\nx,y,z,vx,vy,vz\n1,1,1,1,1,1\n", "column x is in 'mas', which is not a unit that can be converted to kpc")]
    public void Bad_catalogues_are_refused(string text, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => Reduce(text)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.All(parts, p => Assert.Contains(p, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_that_the_survey_names_must_be_there_and_in_its_unit()
    {
        string named = Bv23.Replace("[Columns]", "[Columns]\ndistance = dst [pc]", StringComparison.Ordinal);
        Assert.Contains("no column dst, which survey.ini names for distance; did you mean dist?", Assert.Throws<InputException>(() => Reduce("dist,ra\n1,1\n", named)).Message, StringComparison.Ordinal);
        string ecsv = "# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n" + string.Concat(new[] { ("ra", "deg"), ("dec", "deg"), ("dst", "kpc"), ("pmra", "mas / yr"), ("pmdec", "mas / yr"), ("rv", "km / s") }
            .Select(c => $"# - {{name: {c.Item1}, unit: {c.Item2}, datatype: float64}}\n")) + "ra,dec,dst,pmra,pmdec,rv\n1,1,1,1,1,1\n";
        Assert.Contains("column dst is in kpc, not in pc as survey.ini says", Assert.Throws<InputException>(() => Reduce(ecsv, named)).Message, StringComparison.Ordinal);
    }

    [PythonFact]
    public void A_FITS_table_that_astropy_wrote_gives_the_same_or_says_what_it_needs()
    {
        double[][] sky = [.. stars.Select(Sky)];
        string header = "RA,DEC,distance,PMRA,PMDEC,radial_velocity,source\n";
        string csv = work.File("sky.csv", header + string.Join('\n', sky.Select((s, i) => Row(s[0], s[1], s[2], s[3], s[4]) + (i % 7 == 0 ? ",," : "," + Row(s[5]) + ",") + i)) + "\n");
        string script = work.File("write.py", """
            import astropy.units as u, numpy as np
            from astropy.table import Table
            t = Table.read("sky.csv", format="csv")
            t["distance"] = (1000 * t["distance"]).astype("f8"); t["distance"].unit = u.pc
            t["RA"].unit = t["DEC"].unit = u.deg
            t["PMRA"].unit = t["PMDEC"].unit = u.mas / u.yr
            t["radial_velocity"] = t["radial_velocity"].filled(np.nan); t["radial_velocity"].unit = u.km / u.s
            t["name"] = ["star %d" % i for i in range(len(t))]
            t.write("sky.fits", overwrite=True); t.write("sky.fits.gz", overwrite=True)
            t.write("sky.ecsv", overwrite=True)
            Table({"ra": ["text"] * 3}).write("text.fits")
            """);
        (int code, _, string error) = Python.Run(Python.Executable!, work.Root, script);
        Assert.True(code == 0, error);
        Survey survey = SurveyFile.Parse(Bv23, "survey.ini");
        CatalogueReduction expected = CatalogueReduction.Read(csv, survey, 2);
        Assert.Equal([("no radial_velocity", 58)], expected.Rejected);
        Assert.Equal(Histogram(expected), Histogram(CatalogueReduction.Read(work.Path("sky.ecsv"), survey, 2)));
        try
        {
            CatalogueReduction fits = CatalogueReduction.Read(work.Path("sky.fits"), survey, 2);
            Assert.Equal(expected.Rejected, fits.Rejected);
            Assert.Equal(Histogram(expected), Histogram(fits));
            Assert.Equal(Histogram(expected), Histogram(CatalogueReduction.Read(work.Path("sky.fits.gz"), survey, 1)));
            byte[] bytes = File.ReadAllBytes(work.Path("sky.fits"));
            File.WriteAllBytes(work.Path("cut.fits"), bytes[..(bytes.Length / 2)]);
            Assert.Contains("cut.fits: cannot be read as FITS", Assert.Throws<InputException>(() => CatalogueReduction.Read(work.Path("cut.fits"), survey, 2)).Message, StringComparison.Ordinal);
            Survey named = SurveyFile.Parse(Bv23.Replace("[Columns]", "[Columns]\nra = name", StringComparison.Ordinal), "survey.ini");
            Assert.Contains("column name is of type string", Assert.Throws<InputException>(() => CatalogueReduction.Read(work.Path("sky.fits"), named, 2)).Message, StringComparison.Ordinal);
        }
        catch (InputException e) when (e.Message.Contains("not installed", StringComparison.Ordinal))
        {
            Assert.Contains("needs the library CFITSIO", e.Message, StringComparison.Ordinal);
        }
    }
}
