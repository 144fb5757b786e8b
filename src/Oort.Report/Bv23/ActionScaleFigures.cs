using Oort.Models.DiscParameters;

namespace Oort.Report.Bv23;

/// <summary>Figures 2 to 5: discs with larger and larger action scales at the Sun's radius.</summary>
internal static class ActionScaleFigures
{
    private const string Scales = "(<i>J</i><sub>r0</sub>, <i>J</i><sub>z0</sub>)", Height = "<i>z</i>", Speed = "km s<sup>−1</sup>";

    private static readonly (ScaleHeightRange Range, string Name, Style Style)[] Ranges =
    [
        (ScaleHeightRange.LastEight, "last eight heights above 10<sup>−10</sup> <i>ρ</i>(0)", new(Colour.Ink)),
        (ScaleHeightRange.TenthToThousandth, "<i>ρ</i>/<i>ρ</i>(0) from 0.1 to 0.001", new(Colour.Blue, Dash.Dash)),
        (ScaleHeightRange.OneToTwoKiloparsecs, "<i>z</i> from 1 to 2 kpc", new(Colour.Green, Dash.DashDot)),
        (ScaleHeightRange.ThreeToFourKiloparsecs, "<i>z</i> from 3 to 4 kpc", new(Colour.Purple, Dash.LongDash)),
    ];

    /// <summary>Figures 2 to 5.</summary>
    public static IEnumerable<Section> All(DiscParameterStudy? study)
        => study is null ? [] : [Dispersions(study), ScaleHeights(study), VerticalDispersions(study), Rotation(study)];

    private static string At(DiscParameterStudy study) => $"at <i>R</i><sub>0</sub> = {Markup.Plain(study.R0)} kpc";

    private static Section Dispersions(DiscParameterStudy study)
    {
        IReadOnlyList<LocalDispersions> d = study.Dispersions;
        Style radial = new(Colour.Ink), vertical = new(Colour.Blue, Dash.Dash);
        double most = d.Max(x => Math.Max(x.PredictedSigmaR, x.PredictedSigmaZ));
        const string R = "Radial, <i>σ</i><sub>R</sub>", Z = "Vertical, <i>σ</i><sub>z</sub>";
        return new("figure-2", "Figure 2", "Velocity dispersions and action scales",
            $"Radial and vertical velocity dispersion in the plane {At(study)} against the scales of the actions, and against equation 6, <i>σ</i> ≃ (⟨<i>Ω<sub>i</sub></i>⟩ <i>J</i><sub><i>i</i>0</sub>)<sup>1/2</sup>, "
            + "with the mean frequency of the disc’s stars there. The vertical dispersion falls short of equation 6: stars pass the plane where they are fastest, and those that rise higher oscillate more slowly.",
            [
                new Figure("figure-2-panels", "Velocity dispersions against action scales", 2,
                [
                    new Panel("", new("<i>J</i><sub><i>i</i>0</sub>", DiscParameterFigures.ActionUnit, Low: 0, High: 42), new("<i>σ</i>", Speed, Low: 0, High: 50),
                        [new Curve(R, radial, [.. d.Select(x => x.Jr0)], [.. d.Select(x => x.SigmaR)]), new Curve(Z, vertical, [.. d.Select(x => x.Jz0)], [.. d.Select(x => x.SigmaZ)])]),
                    new Panel("", new("(⟨<i>Ω<sub>i</sub></i>⟩ <i>J</i><sub><i>i</i>0</sub>)<sup>1/2</sup>", Speed, Low: 0, High: 50), new("<i>σ</i>", Speed, Low: 0, High: 50),
                    [
                        new Curve("Equation 6", ComponentStyles.Elsewhere, [0, most], [0, most]),
                        new Curve(R, radial, [.. d.Select(x => x.PredictedSigmaR)], [.. d.Select(x => x.SigmaR)]),
                        new Curve(Z, vertical, [.. d.Select(x => x.PredictedSigmaZ)], [.. d.Select(x => x.SigmaZ)]),
                    ]),
                ]),
                new Table("figure-2-numbers", $"Dispersions over equation 6; {Scales} in {DiscParameterFigures.ActionUnit}, <i>σ</i> in {Speed}",
                    [Scales, "<i>σ</i><sub>R</sub>", "equation 6", "ratio", "<i>σ</i><sub>z</sub>", "equation 6", "ratio"],
                    [
                        .. d.Select(x => (string[])[DiscParameterFigures.Pair(x.Jr0, x.Jz0), Markup.Of(x.SigmaR), Markup.Of(x.PredictedSigmaR), Markup.Of(x.RatioR),
                            Markup.Of(x.SigmaZ), Markup.Of(x.PredictedSigmaZ), Markup.Of(x.RatioZ)]),
                    ]),
            ]);
    }

    private static Section ScaleHeights(DiscParameterStudy study)
    {
        List<Mark> profiles = [];
        foreach ((VerticalDiscProfile p, int i) in study.VerticalProfiles.Select((p, i) => (p, i)))
        {
            profiles.Add(new Curve(Jz0(p.Jz0), DiscParameterFigures.Sequence[i % 7], [.. p.z], [.. p.DensityFraction]));
        }

        foreach (ScaleHeight fit in study.ScaleHeights.Where(s => s.Range == ScaleHeightRange.LastEight))
        {
            double[] ends = [0, fit.Highest];
            profiles.Add(new Curve("Exponentials fitted to the last eight points", new(Colour.Grey, Dash.Dot, 1.2), ends, [.. ends.Select(fit.DensityFraction)]));
        }

        double[] scales = [.. study.VerticalProfiles.Select(p => p.Jz0).Order()];
        double[] line = [0, scales[^1]];
        return new("figure-3", "Figure 3", "Vertical density profiles and scale heights",
            $"Density against height {At(study)} of discs with larger and larger <i>J</i><sub>z0</sub> ({DiscParameterFigures.ActionUnit}), over that in the plane, and the scale height of exponentials fitted to them in four ranges of height. "
            + $"Equation 7 says <i>z</i><sub>0</sub> = {Markup.Plain(ScaleHeight.PublishedSlope)} <i>J</i><sub>z0</sub>. The scale height is <i>J</i><sub>z0</sub> d<i>z</i>/d<i>J</i><sub>z</sub> at the height of the fit, so it depends on the range: "
            + "none gives a constant ratio, and only one common to all discs, 3 to 4 kpc, comes near 0.012. The paper does not say which heights its last eight points have.",
            [
                new Figure("figure-3-panels", "Vertical density profiles, and scale heights against vertical action scale", 2,
                [
                    new Panel("", new(Height, "kpc", Low: 0), new("<i>ρ</i>(<i>z</i>)/<i>ρ</i>(0)", "", true, 1e-10, 2) , profiles),
                    new Panel("", new("<i>J</i><sub>z0</sub>", DiscParameterFigures.ActionUnit, Low: 0, High: 32), new("<i>z</i><sub>0</sub>", "kpc", Low: 0, High: 0.7),
                    [
                        new Curve("Equation 7", new(Colour.Vermillion, Dash.Dot), line, [.. line.Select(j => ScaleHeight.PublishedSlope * j)]),
                        .. Ranges.Select(r => new Curve($"Fitted to {r.Name}", r.Style, [.. Of(r.Range).Select(s => s.Jz0)], [.. Of(r.Range).Select(s => s.z0)])),
                    ]),
                ]),
                new Table("figure-3-numbers", $"<i>z</i><sub>0</sub> in kpc, and over {Markup.Plain(ScaleHeight.PublishedSlope)} <i>J</i><sub>z0</sub>", ["<i>J</i><sub>z0</sub>", .. Ranges.Select(r => r.Name)],
                    [.. scales.Select(j => (string[])[Markup.Plain(j), .. Ranges.Select(r => Of(r.Range).First(s => s.Jz0 == j)).Select(s => $"{Markup.Of(s.z0)}, {Markup.Of(s.Ratio)}")])]),
            ]);

        IEnumerable<ScaleHeight> Of(ScaleHeightRange range) => study.ScaleHeights.Where(s => s.Range == range).OrderBy(s => s.Jz0);
    }

    private static Section VerticalDispersions(DiscParameterStudy study) => new("figure-4", "Figure 4", "Vertical dispersion against height",
        $"Vertical velocity dispersion against height {At(study)} of the discs of Figure 3, as far as their density is above 10<sup>−10</sup> of that in the plane.",
        [
            new Figure("figure-4-panels", "Vertical velocity dispersion against height", 1,
                [new Panel("", new(Height, "kpc", Low: 0), new("<i>σ</i><sub>z</sub>", Speed, Low: 0, High: 40), Curves(study, p => Jz0(p.Jz0), p => p.SigmaZ))]),
        ]);

    private static Section Rotation(DiscParameterStudy study)
    {
        static string Name(VerticalDiscProfile p) => $"{Scales} = {DiscParameterFigures.Pair(p.Jr0, p.Jz0)}";
        return new("figure-5", "Figure 5", "Rotation and radial dispersion against height",
            $"Mean rotation and radial velocity dispersion against height {At(study)} of hotter and hotter discs ({Scales} in {DiscParameterFigures.ActionUnit}), as far as their density is above 10<sup>−10</sup> of that in the plane.",
            [
                new Figure("figure-5-panels", "Mean rotation and radial velocity dispersion against height", 2,
                [
                    new Panel("", new(Height, "kpc", Low: 0), new("⟨<i>V</i><sub>φ</sub>⟩", Speed), Curves(study, Name, p => p.MeanVphi)),
                    new Panel("", new(Height, "kpc", Low: 0), new("<i>σ</i><sub>R</sub>", Speed, Low: 0, High: 45), Curves(study, Name, p => p.SigmaR)),
                ]),
            ]);
    }

    private static Curve[] Curves(DiscParameterStudy study, Func<VerticalDiscProfile, string> name, Func<VerticalDiscProfile, IReadOnlyList<double>> values)
        => [.. study.VerticalProfiles.Select((p, i) => new Curve(name(p), DiscParameterFigures.Sequence[i % 7], [.. p.z], [.. values(p)]))];

    private static string Jz0(double value) => $"<i>J</i><sub>z0</sub> = {Markup.Plain(value)}";
}
