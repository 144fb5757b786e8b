using Oort.Models.DiscParameters;

namespace Oort.Report.Bv23;

/// <summary>Figures 6 to 8: discs against radius.</summary>
internal static class RadialDiscFigures
{
    private const string SigmaR = "<i>σ</i><sub>R</sub>", SigmaZ = "<i>σ</i><sub>z</sub>", Scales = "(<i>J</i><sub>r0</sub>, <i>J</i><sub>z0</sub>)";

    private static readonly Axis Density = new("<i>ρ</i>(<i>R</i>)/<i>ρ</i>(<i>R</i><sub>0</sub>)", "", true), Speeds = new("<i>σ</i>", "km s<sup>−1</sup>", true);

    /// <summary>Figures 6 to 8.</summary>
    public static IEnumerable<Section> All(DiscParameterStudy? study) => study is null ? [] : [ThinToThick(study), Exponents(study), VelocityCores(study)];

    private static Section ThinToThick(DiscParameterStudy study)
    {
        Style[] styles = [new(Colour.Sky), new(Colour.Green), new(Colour.Wine)];
        List<Mark> densities = [], dispersions = [];
        foreach ((RadialDiscProfile p, int i) in study.RadialProfiles.Select((p, i) => (p, i)))
        {
            string name = $"{Scales} = {DiscParameterFigures.Pair(p.Disc.Jr0, p.Disc.Jz0)}";
            densities.Add(new Curve(name, styles[i % 3], [.. p.R], [.. p.DensityFraction]));
            dispersions.Add(new Curve(name, styles[i % 3], [.. p.R], [.. p.SigmaR]));
            dispersions.Add(new Curve($"{SigmaZ} of {DiscParameterFigures.Pair(p.Disc.Jr0, p.Disc.Jz0)}", styles[i % 3] with { Dash = Dash.Dash }, [.. p.R], [.. p.SigmaZ]));
        }

        double[] ends = [0, 20];
        densities.Add(new Curve($"Scale length {Markup.Plain(RadialDiscProfile.PublishedScaleLength)} kpc", ComponentStyles.Elsewhere, ends,
            [.. ends.Select(R => Math.Exp((study.R0 - R) / RadialDiscProfile.PublishedScaleLength))]));
        return new("figure-6", "Figure 6", "Radial profiles of thin and thick discs",
            $"Density in the plane over that at <i>R</i><sub>0</sub> = {Markup.Plain(study.R0)} kpc, and radial (full) and vertical (dashed) velocity dispersions, of a thin, a middling and a thick disc.",
            [
                new Figure("figure-6-panels", "Density and velocity dispersions in the plane against radius", 2,
                    [new Panel("Density", Axis.Radius(0, 20), Density, densities), new Panel("Dispersions", Axis.Radius(0, 20), Speeds, dispersions)]),
            ])
        {
            Comparisons =
            [
                .. study.RadialProfiles.Select(p => new Comparison($"scale length of {DiscParameterFigures.Pair(p.Disc.Jr0, p.Disc.Jz0)}, <i>R</i><sub>0</sub> to 2 <i>R</i><sub>0</sub>", "kpc",
                    p.ScaleLength, RadialDiscProfile.PublishedScaleLength)),
            ],
        };
    }

    private static Section Exponents(DiscParameterStudy study) => new("figure-7", "Figure 7", "The exponents of the velocity dispersions",
        "Density and velocity dispersions in the plane of a cold and a hot disc: <i>p</i><sub>r</sub> = <i>p</i><sub>z</sub> = −0.25 (full) and 0 (dotted).",
        [
            new Figure("figure-7-panels", "Density and velocity dispersions of a cold and a hot disc for two exponents", 2,
                [.. study.Exponents.GroupBy(p => (p.Disc.Jr0, p.Disc.Jz0)).SelectMany(g => Pair(Scales + " = " + DiscParameterFigures.Pair(g.Key.Jr0, g.Key.Jz0), [.. g], p => $"<i>p</i> = {Markup.Plain(p.Disc.pr)}"))]),
        ]);

    private static Section VelocityCores(DiscParameterStudy study) => new("figure-8", "Figure 8", "The action that bounds dispersions at the centre",
        "Density and velocity dispersions in the plane of a cold disc with <i>p</i><sub>r</sub> = <i>p</i><sub>z</sub> = −0.5: "
        + "<i>J</i><sub>v0</sub> = 10 (full) and 100 kpc km s<sup>−1</sup> (dotted). As equation 3 has it for negative exponents, the larger <i>J</i><sub>v0</sub> raises the central dispersions; the paper’s text says it lowers them.",
        [
            new Figure("figure-8-panels", "Density and velocity dispersions of a cold disc for two velocity cores", 2,
                [.. Pair("", study.VelocityCores, p => $"<i>J</i><sub>v0</sub> = {Markup.Plain(p.Disc.AddJvel)}")]),
        ]);

    /// <summary>Two panels that show discs which differ in one parameter: full lines for the first, dotted ones for the second.</summary>
    private static Panel[] Pair(string title, IReadOnlyList<RadialDiscProfile> discs, Func<RadialDiscProfile, string> name)
    {
        List<Mark> densities = [], dispersions = [];
        foreach ((RadialDiscProfile p, int i) in discs.Select((p, i) => (p, i)))
        {
            Dash dash = i == 0 ? Dash.Solid : Dash.Dot;
            densities.Add(new Curve($"<i>ρ</i>, {name(p)}", new(Colour.Ink, dash), [.. p.R], [.. p.DensityFraction]));
            dispersions.Add(new Curve($"{SigmaR}, {name(p)}", new(Colour.Blue, dash), [.. p.R], [.. p.SigmaR]));
            dispersions.Add(new Curve($"{SigmaZ}, {name(p)}", new(Colour.Vermillion, dash), [.. p.R], [.. p.SigmaZ]));
        }

        return [new(title, Axis.Radius(0, 20), Density, densities), new(title, Axis.Radius(0, 20), Speeds, dispersions)];
    }
}
