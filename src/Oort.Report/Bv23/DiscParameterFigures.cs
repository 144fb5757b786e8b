using System.Globalization;
using Oort.Models.DiscParameters;

namespace Oort.Report.Bv23;

/// <summary>Table 1 and Figure 1: the disc's distribution function and its parameters.</summary>
internal static class DiscParameterFigures
{
    /// <summary>A line for each disc of the sequence from cold to hot, in its order.</summary>
    public static IReadOnlyList<Style> Sequence { get; } =
    [
        new(Colour.Sky), new(Colour.Blue, Dash.Dash), new(Colour.Green), new(Colour.Orange, Dash.Dash), new(Colour.Vermillion), new(Colour.Purple, Dash.Dash), new(Colour.Wine),
    ];

    /// <summary>Unit of an action.</summary>
    public const string ActionUnit = "kpc km s<sup>−1</sup>";

    /// <summary>Table 1.</summary>
    public static Section? Table1(DiscParameterStudy? study)
    {
        if (study is null)
        {
            return null;
        }

        var p = DiscParameterStudy.Table1;
        return new("table-1", "Table 1", "Default parameters of a disc",
            $"Parameters of the discs of Figures 1 to 8 where the figures do not say otherwise; actions in {ActionUnit}. Figures 2 to 6 have <i>p</i><sub>r</sub> = <i>p</i><sub>z</sub> = 0, as section 2.2.2 of the paper says.",
            [
                new Table("table-1-values", "",
                    ["<i>J</i><sub>r0</sub>", "<i>J</i><sub>z0</sub>", "<i>J</i><sub>φ0</sub>", "<i>p</i><sub>r</sub>", "<i>p</i><sub>z</sub>", "<i>J</i><sub>v0</sub>", "<i>J</i><sub>d0</sub>"],
                    [[.. new[] { p.Jr0, p.Jz0, p.Jphi0, p.pr, p.pz, p.AddJvel, p.AddJden }.Select(Markup.Plain)]]),
            ]);
    }

    /// <summary>Figure 1.</summary>
    public static Section? Slices(DiscParameterStudy? study)
    {
        if (study is null)
        {
            return null;
        }

        Panel Panel(DiscParameter varied, string symbol, Func<DistributionFunctionSlice, double> value)
        {
            DistributionFunctionSlice[] slices = [.. study.Slices.Where(s => s.Varied == varied)];
            double[] values = [.. slices.Select(value).Distinct().Order()];
            return new($"{symbol} = {string.Join(" and ", values.Select(Markup.Plain))}", new("<i>J</i><sub>φ</sub>", ActionUnit), new("<i>f</i>", "(kpc km s<sup>−1</sup>)<sup>−3</sup>", true),
            [
                .. slices.Select(s => new Curve($"{(s.Jr == 0 && s.Jz == 0 ? "<i>J</i><sub>r</sub> = <i>J</i><sub>z</sub> = 0" : $"(<i>J</i><sub>r</sub>, <i>J</i><sub>z</sub>) = ({Markup.Plain(s.Jr)}, {Markup.Plain(s.Jz)})")}, {(value(s) == values[0] ? "smaller" : "larger")} value",
                    new(s.Jr == 0 && s.Jz == 0 ? Colour.Ink : Colour.Vermillion, value(s) == values[0] ? Dash.Solid : Dash.Dash), [.. s.Jphi], [.. s.f])),
            ])
            { Aspect = 1 };
        }

        return new("figure-1", "Figure 1", "How the parameters affect the distribution function",
            $"<i>f</i> against <i>J</i><sub>φ</sub> at two pairs of (<i>J</i><sub>r</sub>, <i>J</i><sub>z</sub>), {ActionUnit}, for a disc with <i>M</i> = 1 M<sub>⊙</sub> in equation 4. Each panel varies one parameter of Table 1.",
            [
                new Figure("figure-1-panels", "The distribution function of a disc against angular momentum", 3,
                [
                    Panel(DiscParameter.Exponents, "<i>p</i><sub>r</sub> = <i>p</i><sub>z</sub>", s => s.Disc.pr),
                    Panel(DiscParameter.Jv0, "<i>J</i><sub>v0</sub>", s => s.Disc.AddJvel),
                    Panel(DiscParameter.Jphi0, "<i>J</i><sub>φ0</sub>", s => s.Disc.Jphi0),
                ]),
            ]);
    }

    /// <summary>The pair of scales of a disc as markup.</summary>
    public static string Pair(double Jr0, double Jz0) => string.Create(CultureInfo.InvariantCulture, $"({Jr0:G4}, {Jz0:G4})");
}
