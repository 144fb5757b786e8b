using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort predict</c>: the velocity histograms that a build predicts for a survey.</summary>
internal static class PredictCommand
{
    private const string HistogramFile = "histograms.csv", MomentFile = "moments.ecsv", IntegrateMethod = "integrate", SampleMethod = "sample", NoErrors = "none", TwiceErrors = "twice";
    private const long DefaultCount = 1_000_000;

    private static readonly string[] SunKeys = ["R0", "z", "U", "V", "W"];

    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<string> survey = CommonOptions.Survey();
        Option<string?> at = CommonOptions.OneOf("--at", "place", "Average over each bin, or take its barycentre.", ["bin", "barycentre"], "bin");
        Option<string[]> component = new("--component") { HelpName = "NAME", Description = "Only this component; for regions of the sky several may be given, and the discs are the default." };
        Option<long> count = CommonOptions.Count("Stars that the survey sees, before cuts: fills count and stars. With --method sample: stars drawn in a region (1e6).");
        Option<string?> method = CommonOptions.OneOf("--method", "method", "For regions of the sky: integrate (the default), or draw stars inside the regions.", [IntegrateMethod, SampleMethod]);
        Option<string?> accuracy = CommonOptions.RegionAccuracy();
        Option<string?> errors = CommonOptions.OneOf("--errors", "word", "In regions of the sky: convolve with the survey's [Errors]; twice for data perturbed by them once more.", [NoErrors, "once", TwiceErrors], NoErrors);
        Option<string[]> sun = new("--sun") { HelpName = "KEY=NUMBER", Description = $"For regions of the sky: {string.Join(", ", SunKeys)} of the Sun, instead of the survey file's and the model's; may be given several times." };
        Option<ulong> seed = CommonOptions.Seed("stars");
        Option<string> output = new("--out", "-o") { HelpName = "PRED", Description = "Write the tables into this directory.", Required = true };
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("predict", $"""
            Predicts the velocity histograms of a survey's bins: the model's density times the survey file's [Selection] times
            the velocity distribution, integrated over each bin and cell; or, with --at barycentre, the velocity distributions
            where the barycentre of the stars seen in each bin is. A cut on parallax_over_error is one on distance, as it is
            where parallaxes have no errors.

            Writes the directory PRED: {HistogramFile} with the columns of oort reduce (bin,quantity,lo,hi,count,p,err; p per km/s
            among the bin's stars, err 0), histograms_bins.csv with its bins, and {MomentFile} with numbers, barycentres, means and
            dispersions of all stars and of each component. Numbers of stars are nan without --count.

            With a survey of regions of the sky, such as surveys/sun25.ini: the distributions of line-of-sight velocity and proper
            motions of the discs' stars, or those of the components named, within the limits on velocities in [Cuts], seen as
            [Selection] says if it is there. {MomentFile} has region, quantity, mean, std, p05, p50, p95 then.
            """)
        {
            Examples =
            [
                ("oort predict bv23 --survey surveys/bv23.ini --out pred", "The 35 bins of Binney & Vasiliev (2023)."),
                ("oort predict bv23 --survey surveys/bv23.ini --at barycentre --component \"thick disk\" --out thick", "The thick disc alone, at the barycentres."),
                ("oort predict mc17a --survey surveys/sun25.ini --out pred", "The 30 regions of Sun et al. (2025)."),
                ("oort predict mc17a --survey surveys/sun25.ini --method sample --count 1e7 --sun V=248 --out drawn", "The same from 10^7 stars in each, from a faster Sun."),
            ],
        };
        foreach (Option option in (Option[])[survey, at, method, component, count, seed, accuracy, errors, sun, output, threads])
        {
            command.Add(option);
        }

        command.Add(build);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string directory = parsed.GetRequiredValue(output);
            OutputFile.CheckWritable(directory, isDirectory: true);
            int workers = parsed.GetValue(threads);
            Survey definition = SurveyFile.Read(parsed.GetRequiredValue(survey));
            string source = parsed.GetRequiredValue(build);
            string[] names = parsed.GetValue(component) ?? [];
            if (definition.Regions is not null)
            {
                if (parsed.GetResult(at) is { Implicit: false })
                {
                    throw new InputException($"--at is for bins in R and |z|; {definition.Name} has regions of the sky");
                }

                bool samples = parsed.GetValue(method) == SampleMethod;
                if ((samples ? (Option[])[accuracy] : [count, seed]).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is Option other)
                {
                    throw new InputException($"{other.Name} is for --method {(samples ? IntegrateMethod : SampleMethod)} in regions of the sky");
                }

                using ShareProgress progress = new(streams, "stars");
                RegionPrediction regions = Regions(definition, source, names, parsed, workers, progress, cancellation);
                OutputFile.WriteDirectory(directory, MomentFile, temporary =>
                {
                    regions.Histograms.Write(Path.Combine(temporary, HistogramFile));
                    OutputFile.Write(Path.Combine(temporary, MomentFile), regions.MomentTable().Write);
                });
                return 0;
            }

            if (RegionOptions().FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is Option unfit)
            {
                throw new InputException($"{unfit.Name} is for regions of the sky; {definition.Name} has bins in R and |z|");
            }

            if (names.Length > 1)
            {
                throw new InputException("--component: one only with bins in R and |z|, whose tables have each component");
            }

            HeliocentricSelection used = definition.UsedStars(), all = definition.SeenStars();
            _ = KernelCompilation.BeginVelocities();
            Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
            string? only = names.FirstOrDefault() is string name ? galaxy.Components[ComponentChoice.Find(galaxy, name)].Name : null;
            SelectedGalaxy seen = new(galaxy, used, threads: workers, cancellation: cancellation);
            double stars = parsed.GetValue(count) is long n and > 0 ? n : double.NaN;
            if (used.Law.Farthest < all.Law.Farthest)
            {
                // The cut takes some of the stars that the survey sees.
                stars *= seen.SelectedMass.Sum() / new SelectedGalaxy(galaxy, all, threads: workers, cancellation: cancellation).SelectedMass.Sum();
            }

            PredictionPlace place = parsed.GetValue(at) == "barycentre" ? PredictionPlace.Barycentre : PredictionPlace.Bin;
            BinPrediction prediction = new BinPredictor(seen, definition.Bins, definition.Axes, workers).Predict(place, stars, cancellation);
            HistogramSet histograms = only is null ? prediction.Total
                : prediction.Components.FirstOrDefault(c => c.Name == only)?.Histograms
                    ?? throw new InputException($"--component {only}: is not among the stars that the survey sees; there are: {string.Join(", ", prediction.Components.Select(c => c.Name))}");
            OutputFile.WriteDirectory(directory, MomentFile, temporary =>
            {
                histograms.Write(Path.Combine(temporary, HistogramFile));
                OutputFile.Write(Path.Combine(temporary, MomentFile), prediction.MomentTable(only).Write);
            });
            return 0;
        }, cancellation));
        return command;

        Option[] RegionOptions() => [method, seed, accuracy, errors, sun];

        RegionPrediction Regions(Survey definition, string source, string[] names, ParseResult parsed, int workers, ShareProgress progress, CancellationToken cancellation)
        {
            string noise = parsed.GetValue(errors) ?? NoErrors;
            MeasurementErrors contained = noise switch { NoErrors => MeasurementErrors.None, TwiceErrors => MeasurementErrors.Twice, _ => MeasurementErrors.Once };
            RegionConditions conditions = RegionConditions.Of(definition, contained, $"--errors {noise}");
            Survey seen = definition.WithSun(Overrides(parsed.GetValue(sun) ?? []));
            Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
            Func<GalaxyComponent, bool>? chosen = null;
            if (names.Length > 0)
            {
                HashSet<GalaxyComponent> set = [.. names.Select(n => galaxy.Components[ComponentChoice.Find(galaxy, n)])];
                chosen = set.Contains;
            }

            RegionPredictor predictor = new(galaxy, seen.SunIn(galaxy, GalaxyFile.SunRadius(source)), definition.Regions!, chosen, conditions, workers);
            return parsed.GetValue(method) == SampleMethod
                ? predictor.Sample(parsed.GetValue(count) is long n and > 0 ? n : DefaultCount, parsed.GetValue(seed), progress, cancellation)
                : CommonOptions.Integrate(predictor, parsed.GetValue(accuracy), cancellation);
        }
    }

    private static Dictionary<string, double> Overrides(string[] texts)
    {
        Dictionary<string, double> given = new(StringComparer.OrdinalIgnoreCase);
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !SunKeys.Contains(text[..equals], StringComparer.OrdinalIgnoreCase) || !Numbers.TryParseFinite(text.AsSpan(equals + 1), out double value) || !given.TryAdd(text[..equals], value))
            {
                throw new InputException($"--sun {text}: must be KEY=NUMBER, each key once; the keys are {string.Join(", ", SunKeys)} (kpc, km/s)");
            }
        }

        return given;
    }
}
