using System.Globalization;
using Oort.Inference;
using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Table 3: reduced chi-squared of the models.</summary>
internal static class MisfitTable
{
    // Regions that test a fit are not part of the total.
    private const string Test = "test";

    /// <summary>The section.</summary>
    public static Section? Of(Sun25Context context)
    {
        SkyRegions regions = context.Results.Survey.Regions!;
        string[] fitted = [.. regions.Groups.Where(g => g != Test)], groups = [.. fitted, .. regions.Groups.Where(g => g == Test)];
        (ShownModel Model, RegionMisfits All, GroupMisfit Total)[] ours =
        [
            .. context.Models.Where(m => m.Model.Misfit is not null).Select(m => (m, new RegionMisfits(m.Model.Misfit!.Parts, regions),
                new RegionMisfits(m.Model.Misfit!.Parts.Where(p => regions[p.Bin].Group != Test), regions).Total)),
        ];
        List<IReadOnlyList<string>> rows = [];
        foreach ((ShownModel model, RegionMisfits all, GroupMisfit total) in ours)
        {
            rows.Add(
            [
                $"{model.Label}{(model.PaperName is string name && !name.Equals(model.Model.Name, StringComparison.OrdinalIgnoreCase) ? $" ({Markup.Of(name)})" : "")}",
                .. fitted.Select(g => Markup.Of(Find(all, g))), Markup.Of(total.MeanReduced), .. groups.Skip(fitted.Length).Select(g => Markup.Of(Find(all, g))),
                Markup.Of(total.Reduced), total.Cells.ToString("N0", CultureInfo.InvariantCulture),
            ]);
            if (PublishedMisfits.All.FirstOrDefault(p => p.Model == model.PaperName) is PublishedMisfits row)
            {
                rows.Add(Published(row, fitted, groups, " in the paper"));
            }
        }

        HashSet<string> shown = [.. ours.Select(o => o.Model.PaperName).OfType<string>()];
        IReadOnlyList<string>[] others = [.. PublishedMisfits.All.Where(p => !shown.Contains(p.Model)).Select(p => Published(p, fitted, groups, ""))];
        string Heading(string group) => $"<i>χ</i><sup>2</sup><sub>{Markup.Of(group)}</sub>/dof";
        string[] header = ["", .. fitted.Select(Heading), "<i>χ</i><sup>2</sup><sub>tot</sub>/dof", .. groups.Skip(fitted.Length).Select(Heading), "All cells", "dof"];
        List<Block> blocks = [];
        if (rows.Count > 0)
        {
            blocks.Add(new Table("table-3-models", "", header, rows));
        }

        blocks.Add(new Table("table-3-paper", rows.Count > 0 ? "The paper’s other models, as printed" : "As printed in the paper", header[..(fitted.Length + 2)], [.. others.Select(r => r.Take(fitted.Length + 2).ToArray())]));
        return new("table-3", "Table 3", "Reduced chi-squared",
            "Chi-squared over the degrees of freedom, which are the cells with five stars or more, of each region, averaged over the regions of a group: such averages, weighted with the numbers of regions, give the paper’s totals. "
            + "The total is that of all regions that are fitted, without the group test. "
            + (rows.Count > 0 ? $"“All cells” takes all cells of these together. The {context.StarsWord} are compared as they were counted, with the models convolved with their errors{(context.Results.Survey.Errors is null ? " not at all, since the survey gives none" : " once")}; the paper’s rows are of other stars: its own K giants. " : "")
            + (ours.Any(o => groups.Any(g => double.IsNaN(Find(o.All, g)))) ? "Where a model has –, no cell of the group has five stars." : ""),
            blocks)
        {
            Missing = (rows.Count > 0 ? "" : context.Results.Data is null ? "No histograms of stars were given (<code>--data</code>): chi-squared of the models cannot be found. " : "No cell of the histograms has five stars: there is no chi-squared. ")
                + "The row BV2024 cannot be made: the parameters of the bulge of Binney &amp; Vasiliev (2024) are not to hand.",
        };

        static double Find(RegionMisfits all, string group) => all.Groups.FirstOrDefault(g => g.Name == group)?.MeanReduced ?? double.NaN;
    }

    private static string[] Published(PublishedMisfits row, string[] fitted, string[] groups, string where)
        => [$"{row.Model}{where}", .. fitted.Select(g => Text(row.Of(g))), Text(row.Total), .. groups.Skip(fitted.Length).Select(_ => "–"), "–", "–"];

    private static string Text(double value) => double.IsNaN(value) ? "–" : value.ToString("F2", CultureInfo.InvariantCulture);
}
