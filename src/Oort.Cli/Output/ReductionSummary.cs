using System.Globalization;
using System.Text;
using System.Text.Json;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>What came of a catalogue, for people and as JSON.</summary>
internal sealed class ReductionSummary(string catalogue, CatalogueReduction reduction, Survey survey)
{
    /// <summary>What was assumed, and the rows that were not used by reason.</summary>
    public void WriteMessages(TextWriter error)
    {
        foreach (string note in reduction.Notes)
        {
            error.WriteLine($"oort: {catalogue}: {note}");
        }

        error.WriteLine(Text($"oort: {catalogue}: {reduction.Rows} rows, {reduction.Used} stars in the bins{(reduction.Rejected.Count > 0 ? "; not used:" : "")}"));
        foreach ((string reason, long count) in reduction.Rejected)
        {
            error.WriteLine(Text($"  {count,12}  {reason}"));
        }

        foreach ((string quantity, long count) in reduction.OutsideEdges.Where(o => o.Count > 0))
        {
            error.WriteLine(Text($"  {count} of the stars in the bins are outside the edges of {quantity}: in the bins' numbers and moments, in no cell"));
        }
    }

    /// <summary>The bins as a table of text.</summary>
    public string Table()
    {
        StringBuilder text = new();
        text.Append("bin      R - R0          |z|          stars      R      z");
        foreach (string quantity in reduction.Histograms.Quantities)
        {
            text.Append(Text($"{"<" + quantity + ">",9}{"sigma",7}"));
        }

        text.Append('\n');
        foreach (HistogramBin bin in reduction.Histograms.Bins)
        {
            SpatialBin b = survey.Bins[bin.Bin];
            text.Append(Text($"{bin.Bin,3} {b.RLow - survey.Sun.R0,5:0.##} to {b.RHigh - survey.Sun.R0,4:0.##} {b.ZLow,5:0.##} to {b.ZHigh,4:0.##} {bin.Stars,12:0} {bin.R,6:f3} {bin.Z,6:f3}"));
            foreach ((double mean, double dispersion) in bin.Moments)
            {
                text.Append(Text($"{mean,9:f2}{dispersion,7:f2}"));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All of it as JSON.</summary>
    public string Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("catalogue", catalogue);
            json.WriteString("survey", survey.Name);
            json.WriteNumber("rows", reduction.Rows);
            json.WriteNumber("used", reduction.Used);
            Counts(json, "rejected", reduction.Rejected);
            Counts(json, "outside_edges", reduction.OutsideEdges);
            json.WriteStartArray("notes");
            foreach (string note in reduction.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteStartArray("bins");
            foreach (HistogramBin bin in reduction.Histograms.Bins)
            {
                SpatialBin b = survey.Bins[bin.Bin];
                json.WriteStartObject();
                json.WriteNumber("bin", bin.Bin);
                json.WriteNumber("R_low", b.RLow);
                json.WriteNumber("R_high", b.RHigh);
                json.WriteNumber("z_low", b.ZLow);
                json.WriteNumber("z_high", b.ZHigh);
                json.WriteNumber("stars", bin.Stars);
                JsonNumbers.Write(json, "R", bin.R);
                JsonNumbers.Write(json, "z", bin.Z);
                foreach ((string quantity, (double mean, double dispersion)) in reduction.Histograms.Quantities.Zip(bin.Moments))
                {
                    json.WriteStartObject(quantity);
                    JsonNumbers.Write(json, "mean", mean);
                    JsonNumbers.Write(json, "sigma", dispersion);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Counts(Utf8JsonWriter json, string name, IReadOnlyList<(string Name, long Count)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
