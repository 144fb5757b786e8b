using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Figure 15: the circular speed.</summary>
internal static class RotationCurveFigure
{
    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        BuildProfiles profiles = context.Profiles;
        double[] R = profiles.CurveRadii;
        double[] Sum(Func<ShownComponent, bool> which)
        {
            double[][] parts = [.. context.Components.Where(which).Select(c => profiles.CircularSpeedOf(c.Name))];
            return [.. R.Select((_, i) => parts.Sum(p => p[i] * Math.Abs(p[i])) is double square ? Math.CopySign(Math.Sqrt(Math.Abs(square)), square) : double.NaN)];
        }

        Style dark = context.Components.FirstOrDefault(c => c.Kind == ComponentKind.Dark)?.Style ?? new(Colour.Ink, Dash.Dash);
        return new("figure-15", "Figure 15", "Circular speed",
            "The circular speed in the plane, and what stars with gas and the dark halo contribute to it: the squares add up.",
            [new Figure("figure-15-panels", "Circular speed against radius", 1,
                [new Panel("", Axis.Radius(0, 20), new("<i>v</i><sub>c</sub>", "km s<sup>−1</sup>", Low: 0, High: 270),
                [
                    new Curve("Stars and gas", new(Colour.Blue, Dash.Dot), R, Sum(c => c.Kind != ComponentKind.Dark)),
                    new Curve("Dark halo", dark, R, Sum(c => c.Kind == ComponentKind.Dark)),
                    new Curve("Total", ComponentStyles.AllStars, R, profiles.CircularSpeed),
                ])])])
        {
            Comparisons = [new("<i>v</i><sub>c</sub>(<i>R</i><sub>0</sub>)", "km s<sup>−1</sup>", context.Summary.CircularSpeed, double.NaN)],
            Missing = "The points of Wegg &amp; Gerhard (2013), Mróz et al. (2019) and Ablimit et al. (2020) are not to hand.",
        };
    }
}
