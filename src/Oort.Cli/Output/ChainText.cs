using System.Globalization;
using System.Text;
using System.Text.Json;
using Oort.Inference.Chains;

namespace Oort.Cli.Output;

/// <summary>What a chain says, for people and as JSON.</summary>
internal static class ChainText
{
    /// <summary>A line a parameter, and totals.</summary>
    public static string Table(ChainSummary chain)
    {
        StringBuilder text = new();
        int width = Math.Max(9, chain.Parameters.Max(p => p.Name.Length));
        text.Append(Line($"{"parameter".PadRight(width)} {"median",12} {"-68 %",10} {"+68 %",10} {"mean",12} {"best",12} {"tau",8} {"ESS",9} {"R-hat",7}"));
        foreach (ParameterSummary p in chain.Parameters)
        {
            text.Append(Line($"{p.Name.PadRight(width)} {p.Median,12:g6} {p.Median - p.Low,10:g4} {p.High - p.Median,10:g4} {p.Mean,12:g6} {p.Best,12:g6} {Known(p.Time, "f1"),8} {Known(p.EffectiveSize, "f0"),9} {Known(p.RHat, "f3"),7}"));
        }

        text.Append(Line($"steps {chain.Steps} of {chain.Walkers} walkers, the first {chain.BurnIn} left out{(chain.Every > 1 ? $" and one of {chain.Every} used" : "")}"));
        text.Append(Line($"length {Known(chain.LengthInTimes, "f1")} autocorrelation times of the slowest parameter, {Known(chain.Time, "f1")} steps each"));
        text.Append(Line($"accepted {chain.Acceptance:p1}: {string.Join(", ", chain.Moves.Select(m => Text($"{m.Name} {m.Accepted / (double)m.Proposed:p1}")))}"));
        text.Append(Line($"best log density {chain.BestLogDensity:f3}; {chain.Evaluations} evaluations, {chain.Seconds:f0} s"));
        return text.ToString();
    }

    /// <summary>All of it as JSON.</summary>
    public static string Json(ChainSummary chain)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("steps", chain.Steps);
            json.WriteNumber("walkers", chain.Walkers);
            json.WriteNumber("burn", chain.BurnIn);
            json.WriteNumber("thin", chain.Every);
            json.WriteNumber("evaluations", chain.Evaluations);
            json.WriteNumber("seconds", chain.Seconds);
            JsonNumbers.Write(json, "acceptance", chain.Acceptance);
            JsonNumbers.Write(json, "autocorrelation_time", chain.Time);
            JsonNumbers.Write(json, "autocorrelation_times", chain.LengthInTimes);
            JsonNumbers.Write(json, "best_log_density", chain.BestLogDensity);
            json.WriteStartObject("moves");
            foreach (MoveSummary m in chain.Moves)
            {
                json.WriteStartObject(m.Name);
                json.WriteNumber("proposed", m.Proposed);
                json.WriteNumber("accepted", m.Accepted);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartObject("parameters");
            foreach (ParameterSummary p in chain.Parameters)
            {
                json.WriteStartObject(p.Name);
                foreach ((string name, double value) in (ReadOnlySpan<(string, double)>)[
                    ("median", p.Median), ("low", p.Low), ("high", p.High), ("mean", p.Mean), ("sigma", p.Sigma), ("best", p.Best),
                    ("autocorrelation_time", p.Time), ("effective_size", p.EffectiveSize), ("r_hat", p.RHat)])
                {
                    JsonNumbers.Write(json, name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Known(double x, string format) => double.IsFinite(x) ? x.ToString(format, CultureInfo.InvariantCulture) : "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => Text(text) + "\n";
}
