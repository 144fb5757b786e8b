using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Cli.Commands;

/// <summary><c>oort compare</c>: how well a build predicts the histograms of a catalogue.</summary>
internal static class CompareCommand
{
    private const string Once = "once", NoErrors = "none";

    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build(), histograms = new("HIST") { Description = "Histograms that oort reduce wrote, with HIST_bins beside them." };
        Option<string> survey = CommonOptions.Survey();
        Option<string?> at = CommonOptions.OneOf("--at", "place", "Predict at the barycentre of each bin's stars, or average over each bin behind [Selection].", ["barycentre", "bin"], "barycentre");
        Option<string?> errors = CommonOptions.OneOf("--errors", "word", "In regions of the sky: convolve with the survey's [Errors], which is the default where there are some, or not.", [Once, NoErrors]);
        Option<string[]> component = new("--component") { HelpName = "NAME", Description = "In regions of the sky: this component; several may be given, and the discs are the default." };
        Option<string?> accuracy = CommonOptions.RegionAccuracy();
        Option<string?> output = CommonOptions.Out();
        output.Description = "Write the table, a row a bin and quantity, to this file; ECSV with units where its name ends in .ecsv, else CSV.";
        Option<bool> json = new("--json") { Description = "Write the result as JSON instead of a summary." };
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("compare", $"""
            Compares the velocity histograms of a catalogue's stars with what a build predicts for them: normalised to the same
            number of stars in each bin, since the numbers tell of the selection rather than of the model.

            Chi-squared is Pearson's. Neighbouring cells are taken together until {HistogramComparison.LeastExpected} stars are expected in each group, since with
            fewer it would not be distributed as chi-squared is; degrees of freedom are the groups less one. Stars outside the
            edges are not compared. lnL is the logarithm of the multinomial probability of just these counts. The three
            velocities of a bin are of the same stars, so totals over them rank models rather than test them.

            With a survey of regions of the sky: the histograms of counted stars (column count) against the prediction of oort
            predict --errors once, without errors where the survey file has no [Errors]. Then also chi-squared of equation 5 of
            Sun et al. (2025), which oort fit minimises, by regions and by their groups, as the paper's Table 3 has it.
            """)
        {
            Examples =
            [
                ("oort compare bv23 hist.ecsv --survey surveys/bv23.ini", "At the barycentres of the stars, as Figures 10 to 12 of Binney & Vasiliev (2023)."),
                ("oort compare bv23 hist.ecsv --survey surveys/bv23.ini --at bin --out fit.ecsv", "Integrated over each bin; a row a bin and velocity."),
                ("oort compare mc17a giants.ecsv --survey surveys/sun25.ini", "In the regions of Sun et al. (2025)."),
            ],
        };
        command.Add(build);
        command.Add(histograms);
        foreach (Option option in (Option[])[survey, at, errors, component, accuracy, output, json, threads])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            int workers = parsed.GetValue(threads);
            Survey definition = SurveyFile.Read(parsed.GetRequiredValue(survey));
            HistogramComparison comparison = definition.Regions is null ? Bins() : InRegions();
            if (path is not null)
            {
                comparison.Write(path);
            }

            ComparisonSummary summary = new(comparison, definition);
            streams.Out.Write(parsed.GetValue(json) ? summary.Json() : summary.Table());
            return 0;

            HistogramComparison Bins()
            {
                if (((Option[])[errors, component, accuracy]).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is Option unfit)
                {
                    throw new InputException($"{unfit.Name} is for regions of the sky; {definition.Name} has bins in R and |z|");
                }

                HistogramSet data = SurveyHistograms.Read(parsed.GetRequiredValue(histograms), definition);
                HeliocentricSelection used = definition.UsedStars();
                _ = KernelCompilation.BeginVelocities();
                Galaxy galaxy = GalaxyFile.Read(parsed.GetRequiredValue(build), threads: workers);
                BinPredictor predictor = new(new SelectedGalaxy(galaxy, used, threads: workers, cancellation: cancellation), definition.Bins, definition.Axes, workers);
                BinPrediction prediction = parsed.GetValue(at) == "bin" ? predictor.Predict(PredictionPlace.Bin, cancellation: cancellation)
                    : predictor.AtPoints(Barycentres(data, definition, b => b.R), Barycentres(data, definition, b => b.Z), cancellation: cancellation);
                return new(data, prediction.Total);
            }

            HistogramComparison InRegions()
            {
                if (parsed.GetResult(at) is { Implicit: false })
                {
                    throw new InputException($"--at is for bins in R and |z|; {definition.Name} has regions of the sky");
                }

                bool scatters = parsed.GetValue(errors) is string word ? word == Once : definition.Errors is not null;
                RegionConditions conditions = RegionConditions.Of(definition, scatters ? MeasurementErrors.Once : MeasurementErrors.None, $"--errors {Once}");
                HistogramSet data = SurveyHistograms.ReadRegions(parsed.GetRequiredValue(histograms), definition).Counted();
                string source = parsed.GetRequiredValue(build);
                Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
                HashSet<GalaxyComponent> chosen = [.. (parsed.GetValue(component) ?? []).Select(n => galaxy.Components[ComponentChoice.Find(galaxy, n)])];
                RegionPredictor predictor = new(galaxy, definition.SunIn(galaxy, GalaxyFile.SunRadius(source)), definition.Regions!, chosen.Count > 0 ? chosen.Contains : null, conditions, workers);
                return new(data, CommonOptions.Integrate(predictor, parsed.GetValue(accuracy), cancellation).Histograms);
            }
        }, cancellation));
        return command;
    }

    /// <summary>A coordinate of each bin of the survey; NaN where there are no stars.</summary>
    private static double[] Barycentres(HistogramSet data, Survey survey, Func<HistogramBin, double> coordinate)
    {
        double[] result = new double[survey.Bins.Count];
        Array.Fill(result, double.NaN);
        foreach (HistogramBin bin in data.Bins)
        {
            result[bin.Bin - 1] = coordinate(bin);
        }

        return result;
    }
}
