using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public sealed class FitRegionsTests : IDisposable
{
    private const string Fit = """
        [Fit]
        model = m.ini
        survey = s.ini
        data = h.csv
        potential = fixed
        [Parameter Jr0]
        key = DF thin disk/Jr0
        min = 5
        max = 60
        step = 2

        """;

    private const string Survey = $"""
        [Sun]
        R0 = 8
        model_R0 = yes
        [Cuts]
        {RegionsText.Limits}
        [Regions]
        1 = 170, 180, 0, 10, 1, 2, near
        2 = 170, 180, -10, 0, 1, 2, near
        3 = 0, 360, 80, 90, 0.5, 1.5, pole
        [Histograms]
        vlos = -200, 200, 20
        pmra = -40, 40, 4

        """;

    private const string Errors = "[Errors]\nbins = 2\nfarthest = 4\ndistance = 0, 4\npmra = 1, 1\npmdec = 1, 1\nradial_velocity = 15, 15\n";

    private readonly Workplace work = new();

    public FitRegionsTests()
    {
        work.File("m.ini", SmallModel.Text);
        work.File("s.ini", Survey + Errors);
        Write(Counts(_ => 400));
    }

    public void Dispose() => work.Dispose();

    [Fact]
    public void What_is_compared_has_defaults_and_keys()
    {
        FitDefinition fit = Read(Fit);
        Assert.Equal((0, 0, false, MeasurementErrors.Once), (fit.InRegions!.Components.Count, fit.InRegions.Groups.Count, fit.InRegions.IsResampled, fit.InRegions.Errors));
        Assert.Equal([1, 2, 3], fit.Data.Bins.Select(b => b.Bin));
        FitDefinition other = Read(With("components = Thin disk\ngroups = POLE\nhistograms = resampled\n"));
        Assert.Equal(["thin disk"], other.InRegions!.Components);
        Assert.Equal(["pole"], other.InRegions.Groups);
        Assert.Equal((true, MeasurementErrors.Twice), (other.InRegions.IsResampled, other.InRegions.Errors));
        Assert.Equal([3], other.Data.Bins.Select(b => b.Bin));
        Assert.Equal(MeasurementErrors.None, Read(With("errors = none\n")).InRegions!.Errors);
        Assert.Equal([1, 3], Read(With("regions = 3, 1\n")).Data.Bins.Select(b => b.Bin));
        Assert.Equal([2], Read(With("regions = 2\ngroups = near\n")).Data.Bins.Select(b => b.Bin));
        Assert.Equal(5, new[] { fit, other, Read(With("errors = none\n")), Read(With("groups = pole\n")), Read(With("regions = 3\n")) }.Select(f => f.Fingerprints()["fit file"]).Distinct().Count());
    }

    /// <summary>p and err of resampled stars are not what was counted.</summary>
    [Fact]
    public void Stars_are_compared_as_they_were_counted_unless_told_otherwise()
    {
        HistogramSet counts = Counts(n => 100 * n);
        Write(new(counts.Bins, [.. counts.Histograms.Select(h => h with { P = [.. h.P.Select(p => 0.9 * p)], Error = [.. h.Error.Select(e => 2 * e)] })]));
        Assert.Equal(counts[2, "vlos"].P, Read(Fit).Data[2, "vlos"].P);
        Assert.Equal(counts[2, "vlos"].Error, Read(Fit).Data[2, "vlos"].Error);
        HistogramSet resampled = Read(With("histograms = resampled\n")).Data;
        Assert.Equal(0.9 * counts[2, "vlos"].P[3], resampled[2, "vlos"].P[3]);
        Assert.Equal(2 * counts[2, "vlos"].Error[3], resampled[2, "vlos"].Error[3]);
    }

    /// <summary>Measured stars contain their errors once: beside them a model convolved once has a chi-squared of 1 a cell, any other more.</summary>
    [Fact]
    public void Beside_measured_stars_the_model_is_convolved_once()
    {
        Survey survey = SurveyFile.Parse(Survey + Errors);
        // That of the fit, whose potential is the one that the model at the start has found.
        Galaxy galaxy = new SelfConsistentModel(ModelFile.Parse(SmallModel.Text).Setup, new() { Threads = 2 }).Solve().Galaxy;
        HistogramSet measured = new RegionPredictor(galaxy, survey.SunIn(galaxy, 8.2), survey.Regions!, null, RegionConditions.Of(survey, MeasurementErrors.Once, ""), 2).Integrate().Histograms;
        Write(DrawnHistograms.Of(measured, _ => 50_000, new Random(3)));
        Misfit Of(string keys) => Read(With(keys)).Objective(2).Evaluate([20]);
        Misfit once = Of("statistic = likelihood\n"), none = Of("errors = none\n"), twice = Of("errors = twice\n"), chiSquared = Of("");
        Assert.InRange(chiSquared.ChiSquared / chiSquared.Cells, 1 - 4 * Math.Sqrt(2.0 / chiSquared.Cells), 1 + 4 * Math.Sqrt(2.0 / chiSquared.Cells));

        // Cells in which hardly a star is expected add hardly anything to it.
        Assert.InRange(once.ChiSquared / once.Cells, 0.2, 1 + 4 * Math.Sqrt(2.0 / once.Cells));
        Assert.True(none.ChiSquared > 3 * chiSquared.ChiSquared && twice.ChiSquared > 3 * chiSquared.ChiSquared, $"{none.ChiSquared} {chiSquared.ChiSquared} {twice.ChiSquared}");

        // A part of the regions is predicted as all of them are, but for the places at which velocity distributions are found.
        Misfit pole = Of("groups = pole\n");
        Assert.Equal([3, 3], pole.Parts.Select(p => p.Bin));
        foreach (MisfitPart part in pole.Parts)
        {
            Assert.Equal(chiSquared.Parts.Single(p => (p.Bin, p.Quantity) == (3, part.Quantity)).ChiSquared, part.ChiSquared, 1.0);
        }
    }

    /// <summary>Few stars and a fixed potential: actions are kept. The same as by integrals, which more stars ask for, as far as the fewer can tell.</summary>
    [Fact]
    public void Fewer_stars_are_compared_with_kept_actions()
    {
        Survey survey = SurveyFile.Parse(Survey + Errors);
        Galaxy galaxy = new SelfConsistentModel(ModelFile.Parse(SmallModel.Text).Setup, new() { Threads = 2 }).Solve().Galaxy;
        HistogramSet measured = new RegionPredictor(galaxy, survey.SunIn(galaxy, 8.2), survey.Regions!, null, RegionConditions.Of(survey, MeasurementErrors.Once, ""), 2).Integrate().Histograms;
        Write(DrawnHistograms.Of(measured, _ => 500, new Random(4)));
        FitDefinition fit = Read(With("statistic = likelihood\nregions = 1, 3\n"));
        HistogramSet few = fit.Predictor(2).At([20]).Histograms;
        HistogramMisfit misfit = new(fit.Data, MisfitStatistic.Likelihood);
        HistogramSet integrals = new RegionHistograms(fit.Data, survey, fit.InRegions!.Conditions(survey), [], 8.2, 2).Predict(galaxy);
        Assert.Equal(misfit.Of(integrals).ChiSquared, misfit.Of(few).ChiSquared, 5.0);
        Assert.NotEqual(integrals[1, "vlos"].P, few[1, "vlos"].P);
        Assert.Equal(misfit.Of(few).ChiSquared, fit.Objective(2).Evaluate([20]).ChiSquared);
    }

    /// <summary>Where the survey has the Sun at the model's radius, the data tell of it.</summary>
    [Fact]
    public void The_Suns_radius_can_be_free()
    {
        const string R0 = "[Parameter R0]\nkey = SelfConsistentModel/R0\nmin = 7\nmax = 9\nstep = 0.1\n";
        FitDefinition fit = Read(Fit + R0);
        IObjective objective = fit.Objective(2);
        Assert.NotEqual(objective.Evaluate([20, 8.2]).ChiSquared, objective.Evaluate([20, 7.9]).ChiSquared, 0.1);
        work.File("s.ini", (Survey + Errors).Replace("model_R0 = yes\n", "", StringComparison.Ordinal));
        Assert.Contains("changes no distribution function", Assert.Throws<InputException>(() => Read(Fit + R0)).Message);
    }

    [Theory]
    [InlineData("components = thin disc\n", "f.ini:5: [Fit] components = thin disc: there is no 'thin disc'; did you mean thin disk?")]
    [InlineData("groups = far\n", "there is no 'far'", "There are: near, pole")]
    [InlineData("regions = 1, 4\n", "regions = 1, 4: '4' is no region: 3 are numbered from 1")]
    [InlineData("groups = pole\nregions = 1\n", "region 1 is of the group near, which groups does not name")]
    [InlineData("errors = thrice\n", "must be one of none, once, twice")]
    [InlineData("histograms = drawn\n", "must be one of counted, resampled")]
    [InlineData("at = bin\n", "at = bin: is for bins in R and |z|", "s.ini has regions of the sky")]
    [InlineData("histograms = resampled\nstatistic = likelihood\n", "statistic = likelihood needs numbers of stars")]
    public void Mistakes_are_named(string keys, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => Read(With(keys))).Message;
        Assert.All(parts, p => Assert.Contains(p, message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_survey_lacks_is_named()
    {
        work.File("s.ini", Survey);
        string lacking = Assert.Throws<InputException>(() => Read(Fit)).Message;
        Assert.Contains("errors: the model is to be convolved with the errors of the data", lacking);
        Assert.Contains("s.ini has no section [Errors]", lacking);
        Assert.Equal(MeasurementErrors.None, Read(With("errors = none\n")).InRegions!.Errors);
        work.File("s.ini", Survey.Replace("vlos = -200, 200, 20", "vlos = -200, 200, 40", StringComparison.Ordinal));
        Assert.Contains("region 1, vlos: the catalogue's cells are not those of", Assert.Throws<InputException>(() => Read(With("errors = none\n")).Objective(1)).Message);
        work.File("s.ini", Survey.Replace("3 = 0, 360, 80, 90, 0.5, 1.5, pole\n", "", StringComparison.Ordinal));
        Assert.Contains("s.ini has the regions 1 to 2", Assert.Throws<InputException>(() => Read(With("errors = none\n"))).Message);
    }

    private static string With(string keys) => Fit.Replace("data = h.csv\n", "data = h.csv\n" + keys, StringComparison.Ordinal);

    private FitDefinition Read(string text) => FitFile.Read(work.File("f.ini", text));

    private void Write(HistogramSet data) => data.Write(work.Path("h.csv"));

    private static HistogramSet Counts(Func<int, double> count)
    {
        SkyRegions regions = SurveyFile.Parse(Survey).Regions!;
        return new(
            [.. regions.All.Select(r => new HistogramBin(r.Number, 20_000, 9, 0.1, [(0, 40), (0, 8)]))],
            [.. from r in regions.All from a in regions.AxesOf(r.Number) select Histogram.OfCounts(r.Number, a.Quantity, a.Edges, [.. Enumerable.Range(1, a.Count).Select(i => count(i))], 20_000)]);
    }
}
