using Oort.Definitions;
using Oort.Inference;
using Oort.Inference.Sampling;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public sealed class FitFileTests : IDisposable
{
    private const string Fit = """
        [Fit]
        model = m.ini
        survey = s.ini
        data = h.csv
        [Parameter Jr0]
        key = DF thin disk/Jr0
        min = 5
        max = 60
        step = 2

        """;

    private readonly Workplace work = new();

    public FitFileTests()
    {
        work.File("m.ini", SmallModel.Text);
        work.File("s.ini", "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = -100, 100, 100\n");
        work.File("h.csv", "bin,quantity,lo,hi,count,p,err\n1,VR,-100,0,50,0.005,0.0005\n1,VR,0,100,50,0.005,0.0005\n");
        work.File("h_bins.csv", "bin,stars,R,z,mean_VR,sigma_VR\n1,100,8.5,0.1,0,30\n");
    }

    public void Dispose() => work.Dispose();

    private FitDefinition Read(string text) => FitFile.Read(work.File("f.ini", text));

    private string Refused(string what, string by) => Assert.Throws<InputException>(() => Read(Fit.Contains(what, StringComparison.Ordinal) ? Fit.Replace(what, by, StringComparison.Ordinal) : throw new ArgumentException(what))).Message;

    [Fact]
    public void Start_is_the_models_value_and_settings_have_defaults()
    {
        FitDefinition fit = Read(Fit);
        FitParameter p = fit.Parameters[0];
        Assert.Equal((20, 5, 60, 2, ParameterScale.Linear), (p.Start, p.Least, p.Most, p.Step, p.Scale));
        Assert.Equal((new SearchSettings { Method = SearchMethod.GaussNewton, Approaches = true }, 2000, false, PredictionPlace.Barycentre, MisfitStatistic.ChiSquared, 1e-3), (fit.Search, fit.Evaluations, fit.IsPotentialFixed, fit.Place, fit.Statistic, fit.ModelTolerance));
        FitDefinition other = Read(Fit.Replace("[Parameter", "potential = fixed\nat = bin\nstatistic = likelihood\ntolerance = 0.1\nrestarts = 0\nseed = 4\nevaluations = 9\nmodel_tolerance = 1e-4\n[Parameter", StringComparison.Ordinal) + "start = 30\ntransform = log\n");
        Assert.Equal((new SearchSettings { Method = SearchMethod.GaussNewton, Tolerance = 0.1, Restarts = 0, Seed = 4, Approaches = true }, 9, true, PredictionPlace.Bin, MisfitStatistic.Likelihood, 1e-4), (other.Search, other.Evaluations, other.IsPotentialFixed, other.Place, other.Statistic, other.ModelTolerance));
        Assert.Equal((30, ParameterScale.Logarithmic), (other.Parameters[0].Start, other.Parameters[0].Scale));
    }

    [Fact]
    public void The_model_file_keeps_everything_but_the_parameters()
    {
        work.File("m.ini", SmallModel.With("Jr0 = 20", "Jr0 = 20   # radial action, 20 as in the paper"));
        FitDefinition fit = Read(Fit + "[Parameter slope]\nkey = DF Thin  disk/pr, df thin disk/pz\nmin=-1\nmax=1\nstep=0.1\n");
        Assert.Equal(-0.3, fit.Parameters[1].Start);
        string expected = SmallModel.With("Jr0 = 20", "Jr0 = 31.25   # radial action, 20 as in the paper").Replace("pr = -0.3", "pr = 0.5", StringComparison.Ordinal).Replace("pz = -0.1", "pz = 0.5", StringComparison.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n"), fit.ModelText([31.25, 0.5]));
    }

    /// <summary>Sun et al. (2025), section 3.3: sigma_min is 1 % of the mean of two other parameters.</summary>
    [Fact]
    public void A_number_can_follow_from_parameters()
    {
        const string Derived = "[Parameter Jz0]\nkey = DF thin disk/Jz0\nmin = 1\nmax = 9\nstep = 1\n[Derived core]\nkey = DF thin disk/addJvel\nsum = 0.5 * Jr0 + -2 * jz0\n";
        FitDefinition fit = Read(Fit + Derived);
        string expected = SmallModel.With("Jr0 = 20", "Jr0 = 30").Replace("Jz0 = 4", "Jz0 = 2.5", StringComparison.Ordinal).Replace("addJvel = 700", "addJvel = 10", StringComparison.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n"), fit.ModelText([30, 2.5]));
        Assert.NotEqual(fit.Fingerprints()["fit file"], Read(Fit + Derived.Replace("0.5", "0.6", StringComparison.Ordinal)).Fingerprints()["fit file"]);
    }

    [Fact]
    public void Priors_are_read_and_give_bounds()
    {
        Assert.Null(Read(Fit).Parameters[0].Prior);
        Assert.Equal(new Prior.Normal(22, 3), Read(Fit + "prior = normal 22 3\n").Parameters[0].Prior);
        Assert.Equal(new Prior.LogNormal(22, 0.3), Read(Fit + "prior = log-normal 22 0.3\n").Parameters[0].Prior);
        Assert.Equal(new Prior.HalfNormal(30), Read(Fit + "prior = Half-Normal 30\n").Parameters[0].Prior);
        FitParameter p = Read(Fit.Replace("min = 5\n", "", StringComparison.Ordinal).Replace("max = 60\n", "", StringComparison.Ordinal) + "prior = log-uniform 4 70\n").Parameters[0];
        Assert.Equal((4, 70), (p.Least, p.Most));
        Assert.NotEqual(Read(Fit).Fingerprints()["fit file"], Read(Fit + "prior = uniform 5 60\n").Fingerprints()["fit file"]);
        foreach ((string prior, string what) in new[]
        {
            ("uniform 5", "must be one of"), ("cauchy 1 2", "must be one of"), ("normal x 2", "'x' is no number"), ("log-uniform 0 60", "must be > 0"), ("uniform 60 5", "above the least value"),
            ("log-normal 0 1", "> 0 (median)"), ("normal 21 0.001", "within 100 standard deviations"),
        })
        {
            string message = Assert.Throws<InputException>(() => Read(Fit + $"prior = {prior}\n")).Message;
            Assert.Contains("[Parameter Jr0]", message, StringComparison.Ordinal);
            Assert.Contains(what, message, StringComparison.Ordinal);
        }

        Assert.Contains("min = 5", Assert.Throws<InputException>(() => Read(Fit + "prior = uniform 6 60\n")).Message, StringComparison.Ordinal);
        Assert.Contains("the prior has no end there", Assert.Throws<InputException>(() => Read(Fit.Replace("min = 5\n", "", StringComparison.Ordinal) + "prior = normal 22 3\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void How_to_sample_is_read_and_has_defaults()
    {
        FitDefinition fit = Read(Fit);
        Assert.Equal((FitMethod.Search, 16, 1ul, 1.0, 10_000, 50.0), (fit.Method, fit.Sampling.Walkers, fit.Sampling.Seed, fit.Sampling.Spread, fit.Sampling.Length.MostSteps, fit.Sampling.Length.Times));
        Assert.Equal(MoveMixture.Default, fit.Sampling.Moves);
        const string Sampler = "[sampler]\nwalkers = 8\nsteps = 70\nautocorrelation_times = 20\nmoves = Snooker 0.5, stretch\nseed = 9\nspread = 0.1\n";
        FitDefinition other = Read(Fit.Replace("[Parameter", "method = sample\n[Parameter", StringComparison.Ordinal) + Sampler);
        Assert.Equal((FitMethod.Sample, 8, 9ul, 0.1, 70, 20.0), (other.Method, other.Sampling.Walkers, other.Sampling.Seed, other.Sampling.Spread, other.Sampling.Length.MostSteps, other.Sampling.Length.Times));
        Assert.Equal([("snooker", 1.0 / 3), ("stretch", 2.0 / 3)], other.Sampling.Moves.Moves.Zip(other.Sampling.Moves.Weights, (m, w) => (m.Name, w)));
        Assert.Null(Read(Fit + "[Sampler]\nautocorrelation_times = 0\n").Sampling.Length.Times);
        Assert.Equal((0.0, false), (fit.Sampling.Independence, fit.Sampling.IsScreened));
        FitDefinition third = Read(Fit + "[Sampler]\nindependence = 1\nwalkers = 2\nscreen = Fixed-Potential\n");
        Assert.Equal((1.0, 2, true), (third.Sampling.Independence, third.Sampling.Walkers, third.Sampling.IsScreened));

        // How a posterior is sampled or searched does not change it, nor does the sampler the search.
        Assert.Equal(fit.PosteriorFingerprints(), other.PosteriorFingerprints());
        Assert.Equal(fit.Fingerprints(), other.Fingerprints());
        Assert.Equal(fit.PosteriorFingerprints(), Read(Fit.Replace("[Parameter", "restarts = 7\n[Parameter", StringComparison.Ordinal)).PosteriorFingerprints());
        Assert.NotEqual(fit.PosteriorFingerprints(), Read(Fit.Replace("[Parameter", "statistic = likelihood\n[Parameter", StringComparison.Ordinal)).PosteriorFingerprints());
    }

    [Theory]
    [InlineData("walkers = 7", "walkers = 7: must be even")]
    [InlineData("walkers = 4", "must be an integer from 6")]
    [InlineData("steps = 0", "must be an integer from 1")]
    [InlineData("autocorrelation_times = -1", "must be > 0, or 0")]
    [InlineData("moves = strech 1", "unknown move strech; did you mean stretch?")]
    [InlineData("moves = stretch 0", "'stretch 0' must be a move and a weight > 0")]
    [InlineData("moves = stretch 1, snooker x", "'snooker x' must be")]
    [InlineData("moves = stretch, stretch", "stretch is given twice")]
    [InlineData("spread = 0", "must be > 0")]
    [InlineData("independence = 1.1", "must be a part of all proposals, 0 to 1")]
    [InlineData("screen = cheap", "none, fixed-potential")]
    [InlineData("walker = 8", "unknown key; did you mean walkers?")]
    [InlineData("[Sampler]", "given twice, first on line 10")]
    [InlineData("[Smapler]", "unknown section")]
    public void What_is_wrong_with_the_sampler_is_told(string line, string what)
        => Assert.Contains(what, Assert.Throws<InputException>(() => Read(Fit + $"[Sampler]\n{line}\n")).Message);

    [Fact]
    public void Data_sections_add_to_or_stand_for_the_data_of_the_fit()
    {
        work.File("h.csv", "bin,quantity,lo,hi,count,p,err\n1,VR,-100,0,50,0.005,0.0005\n1,VR,0,100,50,0.005,0.0005\n");
        work.File("v.txt", "R v err+ err-\n8 230 1 2\n");
        work.File("t.ini", "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1, 2\n[Histograms]\nVR = -100, 100, 100\n[Selection]\ndistance = 0, 3\nfraction = 1, 1\n");
        const string Speeds = "[Data speeds]\ntype = circular-speeds\nfile = v.txt\noffset = 3\n", Counts = "[Data heights]\ntype = star-counts\nfile = h.csv\nsurvey = t.ini\n";
        FitDefinition both = Read(Fit + Speeds + Counts);
        Assert.Equal(("", 2, MisfitStatistic.ChiSquared), (both.DataName, both.MoreData.Count, both.Statistic));
        Assert.Equal((FitDataType.CircularSpeeds, 3, 230), (both.MoreData[0].Type, both.MoreData[0].Offset, both.MoreData[0].CircularSpeeds!.Vcirc[0]));
        Assert.Equal((FitDataType.StarCounts, PredictionPlace.Bin), (both.MoreData[1].Type, both.MoreData[1].Place));
        Assert.NotEqual(Read(Fit).Fingerprints()["fit file"], both.Fingerprints()["fit file"]);
        Assert.Contains("data speeds", both.Fingerprints().Keys);

        string without = Fit.Replace("survey = s.ini\n", "", StringComparison.Ordinal).Replace("data = h.csv\n", "", StringComparison.Ordinal);
        const string Velocities = "[Data Gaia]\ntype = velocity-histograms\nfile = h.csv\nsurvey = t.ini\nat = bin\n";
        FitDefinition named = Read(without + Velocities + Speeds);
        Assert.Equal(("Gaia", 1, MisfitStatistic.Likelihood, PredictionPlace.Bin), (named.DataName, named.MoreData.Count, named.Statistic, named.Place));
        foreach ((string text, string what) in new[]
        {
            (Fit + Speeds + Speeds, "another data set of this name"),
            (Fit + Speeds.Replace("offset = 3", "offset = -3", StringComparison.Ordinal), "offset = -3: must be >= 0"),
            (Fit + Speeds.Replace("circular-speeds", "speeds", StringComparison.Ordinal), "type = speeds: must be one of"),
            (Fit + Speeds + "statistic = likelihood\n", "unknown key"),
            (Fit + Counts.Replace("t.ini", "s.ini", StringComparison.Ordinal), "has no section [Selection]"),
            (without + Speeds, "survey: missing"),
            (without.Replace("model = m.ini", "model = m.ini\nat = bin", StringComparison.Ordinal) + Velocities, "belongs into the sections [Data NAME]"),
        })
        {
            Assert.Contains(what, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_fit_of_the_repository_reads()
    {
        string root = Path.Combine(Repository.Root, "models");
        FitDefinition fit = FitFile.Read(Path.Combine(root, "bv23.fit.ini"), work.Path("h.csv"));
        Assert.Equal(8, fit.Parameters.Count);
        Assert.Equal(ModelFile.Parse(fit.ModelText(fit.Parameters.Start)).SunRadius, ModelFile.Read(Path.Combine(root, "bv23.ini")).SunRadius);
        Assert.Contains("data: missing", Assert.Throws<InputException>(() => FitFile.Read(Path.Combine(root, "bv23.fit.ini"))).Message);
    }

    private static readonly int[] WithHundredGiants = [18, 21, 22, 23, 24];

    /// <summary>The fit of the giants of LAMOST DR3: any table of line-of-sight velocities in their regions will do to read it.</summary>
    [Fact]
    public void The_fit_of_giants_reads_without_their_catalogue()
    {
        SkyRegions regions = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "lamost-dr3.ini")).Regions!;
        new HistogramSet(
            [.. regions.All.Select(r => new HistogramBin(r.Number, 100, 9, 0.1, [(0, 1)]))],
            [.. from r in regions.All from a in regions.AxesOf(r.Number) select Histogram.OfCounts(r.Number, a.Quantity, a.Edges, new double[a.Count], 100)]).Write(work.Path("sky.csv"));
        FitDefinition fit = FitFile.Read(Path.Combine(Repository.Root, "models", "lamost-dr3.fit.ini"), work.Path("sky.csv"));
        Assert.Equal(WithHundredGiants, fit.Data.Bins.Select(b => b.Bin));
        Assert.Equal((4, true, MisfitStatistic.Likelihood), (fit.Parameters.Count, fit.IsPotentialFixed, fit.Statistic));
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(double.IsFinite(fit.Parameters.LogPrior(fit.Parameters.Coordinates(fit.Parameters.Start)))));
    }

    /// <summary>Near the best fit the stars are far likelier than in Mc17a, most of all the farthest ones (docs/lamost-dr3.md).</summary>
    [SharedFileFact("data/lamost_dr3_rgb.dat")]
    public void Giants_are_likelier_at_the_start_of_their_fit_than_in_Mc17a()
    {
        Survey survey = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "lamost-dr3.ini"));
        CatalogueReduction.Read(SharedFile.Path("data/lamost_dr3_rgb.dat"), survey, 2).Histograms.Write(work.Path("giants.ecsv"));
        FitDefinition fit = FitFile.Read(Path.Combine(Repository.Root, "models", "lamost-dr3.fit.ini"), work.Path("giants.ecsv"));
        Assert.Equal([106.0, 245, 195, 215, 175], fit.Data.Bins.Select(b => b.Stars));
        Assert.Equal(WithHundredGiants, fit.Data.Bins.Select(b => b.Bin));
        IObjective objective = fit.Objective(2);
        Misfit start = objective.Evaluate(fit.Parameters.Start), published = objective.Evaluate([63.99, 82.82, 15, 1.87e8]);
        Assert.InRange(published.ChiSquared - start.ChiSquared, 30, 60);
        Assert.Equal(24, published.Parts.Zip(start.Parts).MaxBy(p => p.First.ChiSquared - p.Second.ChiSquared).First.Bin);
    }

    /// <summary>What the paper frees and the file has only as comments is freed as well.</summary>
    [Fact]
    public void The_fit_of_regions_reads_with_all_that_it_offers()
    {
        string root = Path.Combine(Repository.Root, "models"), text = File.ReadAllText(Path.Combine(root, "sun25-mc17a.fit.ini"));
        SkyRegions regions = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "sun25.ini")).Regions!;
        new HistogramSet(
            [.. regions.All.Select(r => new HistogramBin(r.Number, 100, 9, 0.1, [(0, 1), (0, 1), (0, 1)]))],
            [.. from r in regions.All from a in regions.AxesOf(r.Number) select Histogram.OfCounts(r.Number, a.Quantity, a.Edges, new double[a.Count], 100)]).Write(work.Path("sky.csv"));
        string free = text.Replace("\n# [Parameter", "\n[Parameter", StringComparison.Ordinal);
        foreach (string key in (string[])["key", "min", "max", "step", "transform"])
        {
            free = free.Replace($"\n# {key} =", $"\n{key} =", StringComparison.Ordinal);
        }

        work.File("all.ini", free.Replace("= sun25", $"= {root}/sun25", StringComparison.Ordinal).Replace("= ../surveys", $"= {Repository.Root}/surveys", StringComparison.Ordinal));
        FitDefinition fit = FitFile.Read(work.Path("all.ini"), work.Path("sky.csv"));
        Assert.Equal(Enumerable.Range(1, 26), fit.Data.Bins.Select(b => b.Bin));
        Assert.Equal(9, fit.Parameters.Count);
        Assert.Equal(8.11, fit.Parameters[8].Start);
        string start = fit.ModelText(fit.Parameters.Start);
        Assert.Contains("sigmamin = 0.59", start);
        Assert.Contains("Rsigmar = 10\nRsigmaz = 10\n", start);
    }

    [Theory]
    [InlineData("key = DF thin disk/Jr0", "key = DF thin disc/Jr0", "f.ini:6: [Parameter Jr0] key = DF thin disc/Jr0", "did you mean DF thin disk?")]
    [InlineData("key = DF thin disk/Jr0", "key = DF thin disk/Jr", "does not give Jr", "did you mean Jr0?")]
    [InlineData("key = DF thin disk/Jr0", "key = DF thin disk/beta", "does not give beta", "It gives: type, mass, Jphi0")]
    [InlineData("key = DF thin disk/Jr0", "key = DF thin disk/type", "type = NewExponential", "is no number")]
    [InlineData("key = DF thin disk/Jr0", "key = Jr0", "must be SECTION/KEY")]
    [InlineData("key = DF thin disk/Jr0", "key = DF thin disk/addJden", "cancels", "mass normalises")]
    [InlineData("key = DF thin disk/Jr0", "key = SelfConsistentModel/R0", "nothing uses it")]
    [InlineData("key = DF thin disk/Jr0", "key = Potential guess/mass", "max", "start")]
    [InlineData("key = DF thin disk/Jr0\nmin = 5\nmax = 60\nstep = 2", "key = Potential guess/scaleHeight\nmin = 0.1\nmax = 1\nstep = 0.1", "nothing uses it")]
    [InlineData("h.csv\n", "h.csv\npotential = fixed\n[Parameter halo]\nkey = Potential halo/scaleRadius\nmin = 10\nmax = 30\nstep = 1\n", "the potential is fixed")]
    [InlineData("step = 2", "step = 200", "step = 200 is not allowed")]
    [InlineData("min = 5", "min = 25", "start = 20 is not allowed", "between min and max")]
    [InlineData("min = 5", "min = -5\ntransform = log", "min = -5 is not allowed")]
    [InlineData("min = 5", "minimum = 5", "unknown key")]
    [InlineData("step = 2", "step = 2\nprior = flat", "prior = flat: must be one of")]
    [InlineData("[Parameter Jr0]", "[Parmeter Jr0]", "unknown section; did you mean Parameter?")]
    [InlineData("[Parameter Jr0]", "[Parameter]", "has no name")]
    [InlineData("step = 2", "step = 2\n[Parameter jr0]\nkey = DF thin disk/Jz0\nmin=1\nmax=9\nstep=1", "another parameter of this name")]
    [InlineData("step = 2", "step = 2\n[Parameter again]\nkey = DF thin disk/Jr0\nmin=5\nmax=60\nstep=1", "another parameter already")]
    [InlineData("step = 2", "step = 2\n[Derived x]\nkey = DF thin disk/Jz0\nsum = 0.2 * Jr1", "no parameter 'Jr1'; did you mean Jr0?")]
    [InlineData("step = 2", "step = 2\n[Derived x]\nkey = DF thin disk/Jz0\nsum = half * Jr0", "'half' is no number")]
    [InlineData("step = 2", "step = 2\n[Derived x]\nkey = DF thin disk/Jr0\nsum = Jr0", "another parameter already")]
    [InlineData("data = h.csv", "data = h.csv\ntolerence = 1", "did you mean tolerance?")]
    [InlineData("data = h.csv", "data = h.csv\npotential = frozen", "must be one of self-consistent, fixed")]
    [InlineData("data = h.csv\n", "", "data: missing", "--data")]
    [InlineData("model = m.ini", "model = n.ini", "n.ini: no such file")]
    [InlineData("data = h.csv", "data = h.csv\n[Fit]\nmodel = x", "given twice")]
    public void Mistakes_are_named(string what, string by, params string[] parts)
    {
        string message = Refused(what, by);
        Assert.All(parts, p => Assert.Contains(p, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fit_is_told_by_what_matters_and_by_nothing_else()
    {
        IReadOnlyDictionary<string, string> first = Read(Fit).Fingerprints();
        Assert.Equal(["bins of the data", "data", "fit file", "model", "survey"], first.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first, Read("# A comment.\n" + Fit.Replace("data = h.csv", "data = h.csv\nevaluations = 5", StringComparison.Ordinal)).Fingerprints());
        Assert.NotEqual(first["fit file"], Read(Fit.Replace("step = 2", "step = 3", StringComparison.Ordinal)).Fingerprints()["fit file"]);
        work.File("m.ini", SmallModel.Text + "# \n");
        Assert.NotEqual(first["model"], Read(Fit).Fingerprints()["model"]);
    }
}
