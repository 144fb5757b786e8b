using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>Figure 17: the galaxy seen face-on.</summary>
internal static class FaceOnFigure
{
    private const double PaperScaleLength = 2.6;

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        FaceOn seen = context.Predictions.FaceOn;
        double sun = context.Predictions.SunRadius, there = seen.DiscSigma[Array.IndexOf(seen.R, sun)];
        double[] ends = [0, 20];
        Curve[] Discs(Func<FaceOnProfile, double[]> values)
            => [.. seen.Components.Where(p => p.Component.IsDisc).Select(p => new Curve(context.Shown(p.Component).Label, context.Shown(p.Component).Style, seen.R, values(p)))];
        return new("figure-17", "Figure 17", "The galaxy face-on",
            $"Surface density of the discs and of all stars, with the slope of a scale length of {Markup.Plain(PaperScaleLength)} kpc through the discs’ at <i>R</i><sub>0</sub>; "
            + "root-mean-square height of each disc; its velocity dispersion along the line of sight.",
            [
                new Figure("figure-17-panels", "Surface densities, heights and line-of-sight dispersions seen face-on", 3,
                [
                    new Panel("Surface density", Axis.Radius(0, 20), new("<i>Σ</i>", "M<sub>⊙</sub> pc<sup>−2</sup>", true, 0.1, 1e4),
                    [
                        new Curve($"Scale length {Markup.Plain(PaperScaleLength)} kpc", ComponentStyles.Elsewhere, ends, [.. ends.Select(R => there * Math.Exp((sun - R) / PaperScaleLength))]),
                        new Curve("Discs", new(Colour.Blue, Width: 2.2), seen.R, seen.DiscSigma),
                        new Curve("All stars", ComponentStyles.AllStars with { Dash = Dash.Dot }, seen.R, seen.StarsSigma),
                    ]) { Aspect = 1.05 },
                    new Panel("Height", Axis.Radius(0, 20), new("⟨<i>z</i><sup>2</sup>⟩<sup>1/2</sup>", "kpc"), Discs(p => p.RmsHeight)) { Aspect = 1.05 },
                    new Panel("Line-of-sight dispersion", Axis.Radius(0, 20), new("<i>σ</i><sub>los</sub>", "km s<sup>−1</sup>"), Discs(p => p.SigmaLos)) { Aspect = 1.05 },
                ]),
            ])
        {
            Comparisons = context.Quoted("figure-17"),
        };
    }
}
