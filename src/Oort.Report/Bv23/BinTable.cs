using System.Globalization;
using Oort.Surveys;

namespace Oort.Report.Bv23;

/// <summary>Table 2: the bins of the velocity histograms, and the stars in them.</summary>
internal static class BinTable
{
    private static readonly double[] PaperR = [-3, -1.5, -0.5, 0.5, 1.5, 3], PaperZ = [0, 0.1, 0.2, 0.35, 0.5, 1, 1.75, 3];

    /// <summary>The section.</summary>
    public static Section? Of(SurveyResults? results)
    {
        if (results is null)
        {
            return null;
        }

        Survey survey = results.Survey;
        double[] offsets = [.. survey.Bins.Radii.Select(R => Math.Round(R - survey.Sun.R0, 6))];
        List<Block> blocks =
        [
            new Table("table-2-boundaries", "Boundaries, kpc", ["", .. Enumerable.Range(1, Math.Max(offsets.Length, survey.Bins.Heights.Count)).Select(i => i.ToString(CultureInfo.InvariantCulture))],
                [Row("<i>R</i> − <i>R</i><sub>0</sub>", offsets, PaperR), Row("|<i>z</i>|", survey.Bins.Heights, PaperZ)]),
        ];
        if (results.Data is HistogramComparison data)
        {
            string[] quantities = [.. data.Data.Quantities];
            blocks.Add(new Table("table-2-bins", "Stars in the bins: number, barycentre (kpc), mean ± dispersion of each velocity (km s<sup>−1</sup>), and <i>χ</i><sup>2</sup> per degree of freedom of the model’s prediction",
                ["Bin", "Stars", "<i>R</i>", "|<i>z</i>|", .. quantities.SelectMany(q => (string[])[QuantityText.Symbol(q), "<i>χ</i><sup>2</sup>/<i>ν</i>"])],
                [
                    .. data.Data.Bins.Select(b => (string[])
                    [
                        b.Bin.ToString(CultureInfo.InvariantCulture), b.Stars.ToString("N0", CultureInfo.InvariantCulture), Markup.Of(b.R, 4), Markup.Of(b.Z),
                        .. quantities.SelectMany((q, i) => (string[])[QuantityText.Moments(b.Moments[i]), Markup.Of(data[b.Bin, q].ReducedChiSquared)]),
                    ]),
                    ["All", data.Data.Bins.Sum(b => b.Stars).ToString("N0", CultureInfo.InvariantCulture), "", "", .. quantities.SelectMany(q => (string[])["", Markup.Of(data.OfQuantity(q).ReducedChiSquared)])],
                ]));
        }

        return new("table-2", "Table 2", "Bins of the velocity histograms",
            $"Boundaries in radius and height of the {survey.Bins.Count} bins, for <i>R</i><sub>0</sub> = {Markup.Plain(survey.Sun.R0)} kpc. "
            + "Where a value is not the paper’s, the paper’s stands below it in grey."
            + (results.Data is null ? "" : " Predictions are integrated over each bin; χ<sup>2</sup> is Pearson’s, and it has errors of counting alone, none of the model’s or of the survey’s selection."), blocks)
        {
            Missing = results.Data is null ? "No histograms of stars were given (<code>--data</code>): their numbers and barycentres are not listed." : "",
        };

        string[] Row(string name, IReadOnlyList<double> ours, double[] paper)
        {
            int length = Math.Max(offsets.Length, survey.Bins.Heights.Count);
            return [name, .. Enumerable.Range(0, length).Select(i => i >= ours.Count ? "" : Markup.Beside(ours[i], ours.Count == paper.Length ? paper[i] : null))];
        }
    }
}
