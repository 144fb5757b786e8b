using System.Globalization;
using System.Text;
using System.Text.Json;
using Oort.Inference;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>A comparison of histograms, for people and as JSON.</summary>
internal sealed class ComparisonSummary(HistogramComparison comparison, Survey survey)
{
    /// <summary>In regions of the sky: chi-squared by their groups as Sun et al. (2025, equation 5 and Table 3) have it; null where no cell has enough stars.</summary>
    private readonly RegionMisfits? regions = survey.Regions is SkyRegions all && HistogramMisfit.HasCells(comparison.Data)
        ? new(new HistogramMisfit(comparison.Data, MisfitStatistic.ChiSquared).Of(comparison.Prediction).Parts, all) : null;

    /// <summary>Chi-squared over degrees of freedom of each bin and quantity, and totals.</summary>
    public string Table()
    {
        StringBuilder text = new();
        text.Append(survey.Regions is null ? "bin      R - R0          |z|          stars" : "region     l (deg)     b (deg)    d (kpc) group        stars");
        foreach (string quantity in comparison.Data.Quantities)
        {
            text.Append(Text($"{quantity,6} chi2/dof"));
        }

        text.Append("          lnL\n");
        foreach (HistogramBin bin in comparison.Data.Bins)
        {
            text.Append(Text($"{BinText.Of(survey, bin.Bin)} {bin.Stars,12:0}"));
            foreach (string quantity in comparison.Data.Quantities)
            {
                HistogramFit fit = comparison[bin.Bin, quantity];
                text.Append(fit.DegreesOfFreedom > 0 ? Text($"{fit.ReducedChiSquared,9:f3}/{fit.DegreesOfFreedom,-5}") : "        -      ");
            }

            text.Append(Text($"{comparison.OfBin(bin.Bin).LogLikelihood,13:f1}\n"));
        }

        foreach (string quantity in comparison.Data.Quantities)
        {
            Total(quantity, comparison.OfQuantity(quantity));
        }

        Total("all", comparison.Total);
        if (regions is not null)
        {
            text.Append(Text($"Equation 5 of Sun et al. (2025): cells with {HistogramMisfit.LeastStars} stars or more, errors of the data\n"));
            text.Append(RegionMisfitText.Table(regions));
        }

        return text.ToString();

        void Total(string name, HistogramFit fit)
            => text.Append(Text($"{name,-4}: chi-squared {fit.ChiSquared:f1} for {fit.DegreesOfFreedom} degrees of freedom, reduced {fit.ReducedChiSquared:f4}; lnL {fit.LogLikelihood:f1}\n"));
    }

    /// <summary>All of it as JSON.</summary>
    public string Json()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            Fit(json, "total", comparison.Total);
            json.WriteStartObject("quantities");
            foreach (string quantity in comparison.Data.Quantities)
            {
                Fit(json, quantity, comparison.OfQuantity(quantity));
            }

            json.WriteEndObject();
            json.WriteStartArray("bins");
            foreach (HistogramBin bin in comparison.Data.Bins)
            {
                json.WriteStartObject();
                json.WriteNumber("bin", bin.Bin);
                JsonNumbers.Write(json, "R", bin.R);
                JsonNumbers.Write(json, "z", bin.Z);
                Fit(json, "total", comparison.OfBin(bin.Bin));
                foreach (string quantity in comparison.Data.Quantities)
                {
                    Fit(json, quantity, comparison[bin.Bin, quantity]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (regions is not null)
            {
                json.WriteStartObject("equation5");
                RegionMisfitText.Write(json, regions);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Fit(Utf8JsonWriter json, string name, HistogramFit fit)
    {
        json.WriteStartObject(name);
        json.WriteNumber("stars", fit.Stars);
        json.WriteNumber("chi2", fit.ChiSquared);
        json.WriteNumber("dof", fit.DegreesOfFreedom);
        JsonNumbers.Write(json, "reduced", fit.ReducedChiSquared);
        JsonNumbers.Write(json, "lnL", fit.LogLikelihood);
        json.WriteEndObject();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
