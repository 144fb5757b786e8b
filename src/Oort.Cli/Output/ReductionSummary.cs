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
        text.Append(survey.Regions is null ? "bin      R - R0          |z|          stars      R      z" : Text($"region {"l (deg)",11} {"b (deg)",11} {"d (kpc)",10} group {"stars",12} {"R",6} {"z",6}"));
        foreach (string quantity in reduction.Histograms.Quantities)
        {
            text.Append(Text($"{"<" + quantity + ">",9}{"sigma",7}"));
        }

        text.Append('\n');
        foreach (HistogramBin bin in reduction.Histograms.Bins)
        {
            text.Append(BinText.Of(survey, bin.Bin));
            text.Append(Text($" {bin.Stars,12:0} {Number(bin.R, "f3"),6} {Number(bin.Z, "f3"),6}"));
            foreach ((double mean, double dispersion) in bin.Moments)
            {
                text.Append(Text($"{Number(mean, "f2"),9}{Number(dispersion, "f2"),7}"));
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
                json.WriteStartObject();
                json.WriteNumber("bin", bin.Bin);
                WritePlace(json, bin.Bin);
                json.WriteNumber("stars", bin.Stars);
                JsonNumbers.Write(json, "R", bin.R);
                JsonNumbers.Write(json, "z", bin.Z);
                for (int q = 0; q < bin.Moments.Count; q++)
                {
                    json.WriteStartObject(reduction.Histograms.Quantities[q]);
                    JsonNumbers.Write(json, "mean", bin.Moments[q].Mean);
                    JsonNumbers.Write(json, "sigma", bin.Moments[q].Dispersion);
                    if (bin.Medians.Count > 0)
                    {
                        JsonNumbers.Write(json, "median", bin.Medians[q].Median);
                        JsonNumbers.Write(json, "median_error", bin.Medians[q].Error);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void WritePlace(Utf8JsonWriter json, int number)
    {
        if (survey.Regions is SkyRegions regions)
        {
            SkyRegion r = regions[number];
            json.WriteNumber("l_first", r.Window.FirstLongitude);
            json.WriteNumber("l_last", r.Window.LastLongitude);
            json.WriteNumber("b_first", r.Window.FirstLatitude);
            json.WriteNumber("b_last", r.Window.LastLatitude);
            json.WriteNumber("nearest", r.Nearest);
            json.WriteNumber("farthest", r.Farthest);
            json.WriteString("group", r.Group);
            return;
        }

        SpatialBin b = survey.Bins[number];
        json.WriteNumber("R_low", b.RLow);
        json.WriteNumber("R_high", b.RHigh);
        json.WriteNumber("z_low", b.ZLow);
        json.WriteNumber("z_high", b.ZHigh);
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

    /// <summary>A number, or a dash where there is none: of a bin without stars.</summary>
    private static string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
