using System.Text;
using System.Text.Json;
using Oort.Chemistry;

namespace Oort.Cli.Output;

/// <summary>The JSON of <c>oort chemistry</c>: kpc, km/s, dex, degrees.</summary>
internal static class ChemistryJson
{
    /// <summary>The text.</summary>
    public static string Text(ChemicalBins bins, ChemicalMaps maps)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartObject("sun");
            JsonNumbers.Write(json, "R", bins.Chemistry.SunRadius);
            JsonNumbers.Write(json, "vcirc", bins.Chemistry.SunCircularSpeed);
            JsonNumbers.Write(json, "Jphi", bins.Chemistry.SunJphi);
            json.WriteEndObject();
            json.WriteStartObject("table6");
            foreach (ChemistryRow row in ChemistryRow.Of(bins))
            {
                Row(json, row);
            }

            json.WriteEndObject();
            json.WriteStartArray("figure20");
            foreach (ChemicalMap map in maps.Bins)
            {
                Bin(json, maps, map);
            }

            json.WriteEndArray();
            json.WriteStartArray("figure21");
            foreach (HighAlphaCurve curve in HighAlphaCurve.Of(bins.Chemistry))
            {
                json.WriteStartObject();
                json.WriteString("component", curve.Component);
                JsonNumbers.Write(json, "Jphi", curve.Jphi);
                JsonNumbers.Write(json, "Jz", curve.Jz);
                JsonNumbers.Write(json, "P_hi", curve.Probability);
                JsonNumbers.Write(json, "f_hi", curve.DistributionFunction);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Row(Utf8JsonWriter json, ChemistryRow row)
    {
        ChemicalParameters p = row.Population.Parameters;
        json.WriteStartObject(row.Population.Component);
        JsonNumbers.Write(json, "x", p.X);
        JsonNumbers.Write(json, "gradient", p.Gradient);
        JsonNumbers.Write(json, "y", p.Y);
        JsonNumbers.Write(json, "sigmax", p.SigmaX);
        JsonNumbers.Write(json, "sigmay", p.SigmaY);
        // In degrees as they were given, without the last digits that radians leave.
        JsonNumbers.Write(json, "theta", Math.Round(p.Theta * (180 / Math.PI), 12));
        if (row.Population.Split is { } split)
        {
            json.WriteString("split", split.Action.ToString());
            JsonNumbers.Write(json, split.Action == SplitAction.Jz ? "Jz0" : "Jphi0", split.Centre);
            JsonNumbers.Write(json, split.Action == SplitAction.Jz ? "Deltaz" : "Deltaphi", split.Width);
            json.WriteString("others", row.Population.Others);
        }

        JsonNumbers.Write(json, "dFeH_dR", row.Gradient);
        JsonNumbers.Write(json, "dFeH_dR_model", row.ModelGradient);
        JsonNumbers.Write(json, "fe_h_sun", row.Local.FeH);
        JsonNumbers.Write(json, "alpha_fe_sun", row.Local.AlphaFe);
        json.WriteEndObject();
    }

    private static void Bin(Utf8JsonWriter json, ChemicalMaps maps, ChemicalMap map)
    {
        json.WriteStartObject();
        JsonNumbers.Write(json, "Rlo", map.Bin.RLow);
        JsonNumbers.Write(json, "Rhi", map.Bin.RHigh);
        JsonNumbers.Write(json, "zlo", map.Bin.ZLow);
        JsonNumbers.Write(json, "zhi", map.Bin.ZHigh);
        JsonNumbers.Write(json, "R", map.MeanR);
        JsonNumbers.Write(json, "z", map.MeanZ);
        json.WriteStartObject("fractions");
        for (int c = 0; c < maps.Components.Count; c++)
        {
            JsonNumbers.Write(json, maps.Components[c], map.Fractions[c]);
        }

        json.WriteEndObject();
        JsonNumbers.Write(json, "high_alpha", map.HighAlphaFraction);
        JsonNumbers.Write(json, "fe_h", map.Moments.FeH);
        JsonNumbers.Write(json, "alpha_fe", map.Moments.AlphaFe);
        JsonNumbers.Write(json, "sigma_fe_h", map.Moments.SigmaFeH);
        JsonNumbers.Write(json, "sigma_alpha_fe", map.Moments.SigmaAlphaFe);
        JsonNumbers.Write(json, "level50", map.Level50);
        JsonNumbers.Write(json, "level90", map.Level90);
        JsonNumbers.Write(json, "outside", map.Outside);
        json.WriteEndObject();
    }
}
