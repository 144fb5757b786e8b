using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>Figure 15: the circular speed.</summary>
internal static class RotationCurveFigure
{
    private const double Largest = 25;

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        CircularSpeeds speeds = context.Predictions.CircularSpeeds;
        CircularSpeedComparison? measured = context.Results.MeasuredSpeeds;
        Style dark = context.Components.FirstOrDefault(c => c.Kind == ComponentKind.Dark)?.Style ?? new(Colour.Ink, Dash.Dash);
        Mark[] marks =
        [
            .. measured is null ? Array.Empty<Mark>()
                : [new Points("Eilers et al. (2019)", new(Colour.Green), measured.Data.R, measured.Data.Vcirc) { Below = measured.Data.ErrorDown, Above = measured.Data.ErrorUp }],
            new Curve("Stars and gas", new(Colour.Blue, Dash.Dot), speeds.R, speeds.Baryons),
            new Curve("Dark halo", dark, speeds.R, speeds.Dark),
            new Curve("Total", ComponentStyles.AllStars, speeds.R, speeds.Total),
        ];
        string eilers = measured is null ? "" : $" The model is {Markup.Of(100 * measured.MeanExcess, 2)} % above the points on average; the mean square of its departures from them is {Markup.Of(measured.MeanSquareResidual, 2)} "
            + "in units of their random errors, which leave out a systematic one of 2 to 3 %.";
        string others = "Wegg &amp; Gerhard (2013), Mróz et al. (2019) and Ablimit et al. (2020)";
        return new("figure-15", "Figure 15", "Circular speed",
            "The circular speed in the plane, and what stars with gas and the dark halo contribute to it: the squares add up." + eilers,
            [
                new Figure("figure-15-panels", "Circular speed against radius", 1,
                    [new Panel("", Axis.Radius(0, Largest), new("<i>v</i><sub>c</sub>", "km s<sup>−1</sup>", Low: 0, High: 270), marks) { Aspect = 0.66 }]),
            ])
        {
            Comparisons = context.Quoted("figure-15"),
            Missing = measured is null
                ? $"The points of {others} are not to hand. Those of Eilers et al. (2019) are drawn where <code>--observations</code> names a folder with eilers2019_circular_velocity.txt."
                : $"The points of {others} are not to hand.",
        };
    }
}
