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
    private const string HistogramFile = "histograms.csv", MomentFile = "moments.ecsv";

    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<string> survey = CommonOptions.Survey();
        Option<string?> at = CommonOptions.OneOf("--at", "place", "Average over each bin, or take its barycentre.", ["bin", "barycentre"], "bin");
        Option<string?> component = CommonOptions.Component();
        Option<long> count = CommonOptions.Count("Number of stars that the survey sees in all, before cuts: fills the columns count and stars.");
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
            """)
        {
            Examples =
            [
                ("oort predict bv23 --survey surveys/bv23.ini --out pred", "The 35 bins of Binney & Vasiliev (2023)."),
                ("oort predict bv23 --survey surveys/bv23.ini --at barycentre --component \"thick disk\" --out thick", "The thick disc alone, at the barycentres."),
            ],
        };
        foreach (Option option in (Option[])[survey, at, component, count, output, threads])
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
            HeliocentricSelection used = definition.UsedStars(), all = definition.SeenStars();
            _ = KernelCompilation.BeginVelocities();
            Galaxy galaxy = GalaxyFile.Read(parsed.GetRequiredValue(build), threads: workers);
            string? only = parsed.GetValue(component) is string name ? galaxy.Components[ComponentChoice.Find(galaxy, name)].Name : null;
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
    }
}
