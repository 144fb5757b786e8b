using System.Diagnostics;
using System.Globalization;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Inference;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Benchmarks;

/// <summary>
/// What one chi-squared of Sun et al. (2025) costs in a process that is warm, stage by stage: a model of other parameters is read, solved from a solution of model Mc17a, predicted in the
/// regions and compared. Seconds of the wall clock, of the processors, and megabytes allocated; the least of some repeats.
/// </summary>
internal static class RegionModel
{
    private static readonly (string From, string To)[] Changes =
    [
        ("sigmar0 = 63.99", "sigmar0 = 66"), ("sigmaz0 = 30.22", "sigmaz0 = 29"), ("Rdisk = 2.48", "Rdisk = 2.55"), ("scaleRadius = 2.48", "scaleRadius = 2.55"),
        ("densityNorm = 8.52e6", "densityNorm = 8.3e6"), ("sigmar0 = 82.82", "sigmar0 = 85"),
    ];

    /// <summary>Runs all.</summary>
    /// <param name="repeats">How often.</param>
    public static void Run(int repeats)
    {
        int threads = Environment.ProcessorCount;
        string text = File.ReadAllText(Path.Combine(Bv23.Root, "models", "sun25-mc17a.ini")), other = text;
        foreach ((string from, string to) in Changes)
        {
            other = other.Contains(from, StringComparison.Ordinal) ? other.Replace(from, to, StringComparison.Ordinal) : throw new InvalidOperationException($"no '{from}' in the model");
        }

        Survey survey = SurveyFile.Read(Path.Combine(Bv23.Root, "surveys", "sun25.ini"));
        SolverSettings settings = new() { Threads = threads };
        ModelDefinition model = ModelFile.Parse(text);
        SelfConsistentResult reference = new SelfConsistentModel(model.Setup, settings).Solve();
        RegionConditions conditions = new() { Limits = survey.Limits };
        HistogramMisfit misfit = new(new(Predict(reference.Galaxy).Bins, [.. Predict(reference.Galaxy).Histograms.Select(AsData)]), MisfitStatistic.ChiSquared);
        ModelDefinition changed = model;
        SelfConsistentResult solved = reference;
        HistogramSet prediction = Predict(reference.Galaxy);
        double chi2 = 0;
        (string Name, Action Work)[] all =
        [
            ("read", () => changed = ModelFile.Parse(other)),
            ("solve, from a neighbouring model", () => solved = new SelfConsistentModel(changed.Setup, settings).SolveFrom(reference)),
            ("predict in 30 regions, for a fit", () => prediction = Predict(solved.Galaxy)),
            ("compare", () => chi2 = misfit.Of(prediction).ChiSquared),
            ("predict in 30 regions, oort predict", () => Predictor(solved.Galaxy).Integrate()),
        ];
        (double Wall, double Cpu, double Megabytes)[] best = new (double, double, double)[all.Length];
        Array.Fill(best, (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity));
        for (int i = 0; i < repeats; i++)
        {
            for (int k = 0; k < all.Length; k++)
            {
                (double Wall, double Cpu, double Megabytes) now = WarmModel.Measure(all[k].Work);
                best[k] = (Math.Min(best[k].Wall, now.Wall), Math.Min(best[k].Cpu, now.Cpu), Math.Min(best[k].Megabytes, now.Megabytes));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threads} processors, the least of {repeats}; chi-squared {chi2:G8}, {solved.History.Count} full iterations after {solved.History.Sum(h => h.CoarseSteps)} coarse ones"));
        Console.WriteLine($"{"",-38}{"wall s",9}{"CPU s",9}{"MB",9}");
        for (int k = 0; k < all.Length; k++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[k].Name,-38}{best[k].Wall,9:F3}{best[k].Cpu,9:F3}{best[k].Megabytes,9:F1}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"one chi-squared",-38}{best[..4].Sum(b => b.Wall),9:F3}{best[..4].Sum(b => b.Cpu),9:F3}{best[..4].Sum(b => b.Megabytes),9:F1}"));

        HistogramSet Predict(Galaxy galaxy) => Predictor(galaxy).Integrate(RegionAccuracy.Fit).Histograms;

        RegionPredictor Predictor(Galaxy galaxy) => new(galaxy, survey.SunIn(galaxy, model.SunRadius), survey.Regions!, null, conditions, threads);
    }

    /// <summary>A prediction as if ten thousand stars had been counted.</summary>
    private static Histogram AsData(Histogram h)
    {
        const double Stars = 1e4;
        double[] count = [.. h.P.Select((p, i) => Stars * p * (h.Edges[i + 1] - h.Edges[i]))];
        return new(h.Bin, h.Quantity, h.Edges, count, h.P, [.. count.Select((n, i) => Math.Sqrt(n) / Stars / (h.Edges[i + 1] - h.Edges[i]))]);
    }
}
