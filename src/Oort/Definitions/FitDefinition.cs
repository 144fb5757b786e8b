using System.Security.Cryptography;
using System.Text;
using Oort.Inference;
using Oort.Inference.Chains;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Definitions;

/// <summary>What a fit file says, with every key checked, and the model, survey and data that it names. Immutable.</summary>
public sealed record FitDefinition
{
    private readonly ParametrisedModel model;
    private readonly string searching, misfit;

    /// <param name="model">The model file and where the parameters are in it.</param>
    /// <param name="searching">All that the fit file says and the steps of a search depend on, but not the misfit.</param>
    /// <param name="misfit">All that it says and the misfit depends on.</param>
    internal FitDefinition(ParametrisedModel model, string searching, string misfit) => (this.model, this.searching, this.misfit) = (model, searching, misfit);

    /// <summary>Name of the fit file, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>The model file, or the directory of a build.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The survey file.</summary>
    public required string SurveyPath { get; init; }

    /// <summary>The table of histograms.</summary>
    public required string DataPath { get; init; }

    /// <summary>What is free.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>For each parameter the keys of the model file, as SECTION/KEY, that have its value.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keys => model.Keys;

    /// <summary>What to do.</summary>
    public FitMethod Method { get; init; }

    /// <summary>How to sample.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <summary>How to search.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Evaluations after which the fit stops.</summary>
    public int Evaluations { get; init; } = 2000;

    /// <summary>Whether all models share one potential; otherwise each is self-consistent.</summary>
    public bool IsPotentialFixed { get; init; }

    /// <summary>Where in the bins velocity distributions are predicted.</summary>
    public PredictionPlace Place { get; init; } = PredictionPlace.Barycentre;

    /// <summary>Whether velocities in bins of R and |z| are convolved with the survey's errors.</summary>
    public bool WithErrors { get; init; }

    /// <summary>How histograms are compared.</summary>
    public MisfitStatistic Statistic { get; init; }

    /// <summary>Largest relative change of the force that counts as converged.</summary>
    public double ModelTolerance { get; init; } = 1e-3;

    /// <summary>The survey.</summary>
    public required Survey Survey { get; init; }

    /// <summary>How regions of the sky are compared; null where the survey has bins in R and |z|.</summary>
    public RegionSettings? InRegions { get; init; }

    /// <summary>The histograms that are compared.</summary>
    public required HistogramSet Data { get; init; }

    /// <summary>Name of the section [Data NAME] that these histograms are of; empty where [Fit] names them.</summary>
    public string DataName { get; init; } = "";

    /// <summary>Data sets that are fitted together with these histograms.</summary>
    public IReadOnlyList<FitDataSet> MoreData { get; init; } = [];

    /// <summary>The model file with these values of the parameters.</summary>
    /// <param name="values">Values, in the order of <see cref="Parameters"/>.</param>
    public string ModelText(IReadOnlyList<double> values) => model.Text(values);

    /// <summary>Fingerprints (SHA-256) of all that the evaluations depend on: a log of a fit is good for these and no others.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints() => Fingerprints($"{searching} {misfit}");

    /// <summary>Fingerprints (SHA-256) of all that the posterior depends on.</summary>
    public IReadOnlyDictionary<string, string> PosteriorFingerprints() => Fingerprints(misfit);

    private Dictionary<string, string> Fingerprints(string description)
    {
        Dictionary<string, string> prints = new()
        {
            ["fit file"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(description))),
            ["survey"] = OfFile(SurveyPath),
            ["data"] = OfFile(DataPath),
            ["bins of the data"] = OfFile(HistogramSet.BinsPath(DataPath)),
        };
        foreach ((string what, string path) in MoreData.SelectMany(d => d.Files))
        {
            prints[what] = OfFile(path);
        }

        if (Directory.Exists(ModelPath))
        {
            prints["model"] = OfFile(Path.Combine(ModelPath, ModelFile.NameInBuild));
            prints["potential"] = OfFile(Path.Combine(ModelPath, PotentialFile.NameInBuild));
        }
        else
        {
            prints["model"] = OfFile(ModelPath);
        }

        return prints;
    }

    /// <summary>
    /// The function that the fit minimises. Solves the model at the start first: its potential is that of all models, or that from which each of them is solved. With a fixed
    /// potential and the directory of a build the potential is the build's.
    /// </summary>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    /// <param name="progress">Told after each iteration of the first model.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The data are not of the survey.</exception>
    /// <exception cref="NumericalException">The model does not converge at the start.</exception>
    public IObjective Objective(int threads, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
    {
        // What is wrong with the data is told before the work.
        HistogramMisfit comparison = new(Data, Statistic);
        if (InRegions is not null)
        {
            return Predictor(threads, progress, cancellation).Objective(comparison);
        }

        (IGalaxySource galaxies, Galaxy start) = Galaxies(threads, progress, cancellation);
        KeptActionHistograms predictor = InBins(start, threads, cancellation);
        Dictionary<(string, string, PredictionPlace, bool), KeptActionHistograms> predictors = new() { [(DataPath, SurveyPath, Place, WithErrors)] = predictor };
        return new GalaxyObjective(galaxies, [(DataName, new HistogramLikelihood(predictor, comparison)), .. MoreData.Select(d => (d.Name, d.Likelihood(start, predictors, threads, cancellation)))]);
    }

    /// <summary>Models by values of the parameters, and the histograms that <see cref="Objective"/> compares with the data. Solves the model at the start first, as that does.</summary>
    /// <inheritdoc cref="Objective"/>
    public FitPredictor Predictor(int threads, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
    {
        if (InRegions is not null)
        {
            // The Sun's place in the model may be a parameter. What is wrong with the data is told before the work.
            RegionConditions conditions = InRegions.Conditions(Survey);
            RegionHistograms InSky(IReadOnlyList<double> values) => new(Data, Survey, conditions, InRegions.Components, model.SunRadius(values), threads);
            _ = InSky(Parameters.Start);
            (IGalaxySource source, Galaxy first) = Galaxies(threads, progress, cancellation);
            if (!IsPotentialFixed || model.MovesSun || !KeptRegionHistograms.ServesFor(Data))
            {
                return new(source, InSky, model.SunRadius);
            }

            KeptRegionHistograms inRegions = new(Data, Survey, conditions, InRegions.Components, model.SunRadius(Parameters.Start), first, threads, cancellation);
            return new(source, _ => inRegions, model.SunRadius);
        }

        (IGalaxySource galaxies, Galaxy start) = Galaxies(threads, progress, cancellation);
        KeptActionHistograms inBins = InBins(start, threads, cancellation);
        return new(galaxies, _ => inBins, model.SunRadius);
    }

    private KeptActionHistograms InBins(Galaxy start, int threads, CancellationToken cancellation) => new(Data, Survey, start, Place, threads, WithErrors, cancellation);

    /// <summary>The posterior density of the parameters: their priors times exp(-misfit/2).</summary>
    /// <inheritdoc cref="Objective"/>
    public LogPosterior Posterior(int threads, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
        => new(Parameters, Objective(threads, progress, cancellation));

    /// <summary>
    /// The posterior density in the potential of the model at the start, whatever the parameters: for parameters of the stars' distribution functions a fraction of the work, with which two-stage sampling screens
    /// proposals (<see cref="Inference.Sampling"/>). It is the same density for all of a chain, so that a chain that goes on is the same chain.
    /// </summary>
    /// <inheritdoc cref="Objective"/>
    public LogPosterior CheapPosterior(int threads, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
        => (this with { IsPotentialFixed = true }).Posterior(threads, progress, cancellation);

    /// <summary>Galaxies by values of the parameters, and the galaxy that they are made from: that of the start, or of the build with whose potential all are.</summary>
    private (IGalaxySource Source, Galaxy Reference) Galaxies(int threads, IProgress<IterationReport>? progress, CancellationToken cancellation)
    {
        bool isBuild = Directory.Exists(ModelPath);
        if (IsPotentialFixed && isBuild)
        {
            Galaxy built = GalaxyFile.Read(ModelPath, threads: threads);
            return (new FixedPotentialGalaxies(v => model.Setup(v, built.Potential), built, threads), built);
        }

        SolverSettings settings = new() { Threads = threads, Tolerance = ModelTolerance };
        ModelSetup start = isBuild ? model.Setup(Parameters.Start, PotentialFile.Read(ModelPath)) : model.Setup(Parameters.Start);
        SelfConsistentResult reference = new SelfConsistentModel(start, settings).Solve(progress, cancellation);
        if (!reference.Converged)
        {
            throw new NumericalException(FormattableString.Invariant($"{Source}: the model has not converged at the start: residual {reference.Residual:g3} after {reference.History.Count} iterations"));
        }

        return (IsPotentialFixed
            ? new FixedPotentialGalaxies(v => model.Setup(v, reference.Galaxy.Potential), reference.Galaxy, threads)
            : new SelfConsistentGalaxies(v => model.Setup(v, reference.Galaxy.Potential), reference, settings), reference.Galaxy);
    }

    private static string OfFile(string path)
    {
        using FileStream stream = Tables.InputFile.Open(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
