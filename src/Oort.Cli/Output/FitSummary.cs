using System.Globalization;
using System.Text;
using System.Text.Json;
using Oort.Definitions;
using Oort.Inference;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>What a fit has found, for people and as JSON.</summary>
internal sealed class FitSummary(FitDefinition definition, FitResult result, int failures)
{
    private ParameterSet Parameters => definition.Parameters;

    private int Cells => result.Parts.Sum(p => p.Cells);

    private int DegreesOfFreedom => Cells - Parameters.Count;

    private RegionMisfits? InRegions => definition.Survey.Regions is SkyRegions regions ? new(result.Parts, regions) : null;

    /// <summary>Why the result is not the end of the search; null where it is.</summary>
    public string? Trouble(int most)
    {
        if (!result.Finished)
        {
            return $"stopped after {most} models; with more --evaluations the same command goes on";
        }

        return result.LowerFound > 0 ? string.Create(CultureInfo.InvariantCulture, $"not converged: what is minimised is {result.LowerFound:g3} lower at a point near the best; begin again from there, with more restarts or a smaller tolerance")
            : result.Converged ? null : "not converged: there may be something better near; begin again from the best, with more restarts or another search";
    }

    /// <summary>A line a parameter, chi-squared of each quantity, and totals.</summary>
    public string Table()
    {
        StringBuilder text = new();
        int width = Math.Max(9, Enumerable.Range(0, Parameters.Count).Max(i => Parameters[i].Name.Length));
        text.Append(Text($"{"parameter".PadRight(width)} {"best",13} {"sigma",11}{(HasPriors ? $" {"of prior's",11}" : "")} {"start",13}{(result.Emulator is null ? "" : $" {"mean",13} {"sigma",11} emulated")}\n"));
        for (int i = 0; i < Parameters.Count; i++)
        {
            text.Append(Text($"{Parameters[i].Name.PadRight(width)} {result.Values[i],13:g7} {Sigma(i),11}{(HasPriors ? $" {(double.IsFinite(OfPrior(i)) ? Text($"{OfPrior(i):f3}") : ""),11}" : "")} {Parameters[i].Start,13:g7}{Emulated(i)}\n"));
        }

        if (InRegions is RegionMisfits regions)
        {
            text.Append(RegionMisfitText.Table(regions));
        }

        foreach (string quantity in result.Parts.Select(p => p.Quantity).Distinct())
        {
            MisfitPart[] parts = [.. result.Parts.Where(p => p.Quantity == quantity)];
            text.Append(Text($"{quantity,-5}: chi-squared {parts.Sum(p => p.ChiSquared):f1}, cells {parts.Sum(p => p.Cells)}\n"));
        }

        text.Append(Text($"all  : chi-squared {result.ChiSquared:f2}, degrees of freedom {DegreesOfFreedom}, reduced {result.ChiSquared / DegreesOfFreedom:f4}\n"));
        text.Append(HasPriors ? Text($"priors: {result.PriorSquares:g5} besides\n") : "");
        text.Append(Text($"models tried: {result.Evaluations}{(failures > 0 ? $", of which {failures} do not exist" : "")}\n"));
        if (result.Emulator is { } emulator)
        {
            text.Append(Text($"emulator: {emulator.Models} models, standard deviation of the error of ln L {emulator.Error:g3}\n"));
        }

        return text.ToString();
    }

    /// <summary>All of it as JSON.</summary>
    public string Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteBoolean("finished", result.Finished);
            json.WriteBoolean("converged", result.Converged);
            json.WriteNumber("evaluations", result.Evaluations);
            json.WriteNumber("failures", failures);
            JsonNumbers.Write(json, "chi2", result.ChiSquared);
            JsonNumbers.Write(json, "priors", result.PriorSquares);
            json.WriteNumber("cells", Cells);
            json.WriteNumber("dof", DegreesOfFreedom);
            JsonNumbers.Write(json, "reduced", result.ChiSquared / DegreesOfFreedom);
            if (result.Emulator is { } emulator)
            {
                json.WriteStartObject("emulator");
                json.WriteNumber("models", emulator.Models);
                JsonNumbers.Write(json, "error", emulator.Error);
                json.WriteEndObject();
            }

            json.WriteStartObject("parameters");
            for (int i = 0; i < Parameters.Count; i++)
            {
                json.WriteStartObject(Parameters[i].Name);
                json.WriteNumber("best", result.Values[i]);
                JsonNumbers.Write(json, "sigma", i < result.Errors.Count ? result.Errors[i] : double.NaN);
                JsonNumbers.Write(json, "of_prior", OfPrior(i));
                json.WriteNumber("start", Parameters[i].Start);
                if (result.Emulator?.Moments[i] is (double mean, double deviation))
                {
                    JsonNumbers.Write(json, "emulated_mean", mean);
                    JsonNumbers.Write(json, "emulated_sigma", deviation);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("correlation");
            for (int i = 0; i < result.Correlation.GetLength(0); i++)
            {
                json.WriteStartArray();
                for (int j = 0; j < result.Correlation.GetLength(1); j++)
                {
                    if (double.IsFinite(result.Correlation[i, j]))
                    {
                        json.WriteNumberValue(result.Correlation[i, j]);
                    }
                    else
                    {
                        json.WriteNullValue();
                    }
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("parts");
            foreach (MisfitPart part in result.Parts)
            {
                json.WriteStartObject();
                json.WriteNumber("bin", part.Bin);
                json.WriteString("quantity", part.Quantity);
                json.WriteNumber("cells", part.Cells);
                JsonNumbers.Write(json, "chi2", part.ChiSquared);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (InRegions is RegionMisfits regions)
            {
                RegionMisfitText.Write(json, regions);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private bool HasPriors => Enumerable.Range(0, Parameters.Count).Any(i => Parameters[i].Prior is { IsConstant: false });

    private double OfPrior(int i) => i < result.ErrorsOfPriors.Count ? result.ErrorsOfPriors[i] : double.NaN;

    private string Emulated(int i) => result.Emulator?.Moments[i] is (double mean, double sigma) ? Text($" {mean,13:g7} {sigma,11:g4}") : "";

    private string Sigma(int i) => i >= result.Errors.Count ? "not yet" : double.IsNaN(result.Errors[i]) ? "none" : Text($"{result.Errors[i]:g4}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
