using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>Figure 14: densities above the Sun.</summary>
internal static class VerticalDensityFigure
{
    /// <summary>Where the panel ends, Msun/pc^3.</summary>
    private const double Lowest = 1e-6;

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        VerticalDensities above = context.Predictions.Vertical;
        Mark[] marks =
        [
            new Curve("Fit of Gilmore &amp; Reid (1983), shifted", new(Colour.Vermillion, Dash.DashDot, 1.2), above.Z, above.GilmoreReid),
            new Curve("Fit of Jurić et al. (2008), shifted", new(Colour.Grey, Dash.LongDash, 1.2), above.Z, above.Juric),
            .. above.Components.Where(c => c.Component.Kind != ComponentKind.Gas && c.Values.Max() > Lowest)
                .Select(c => new Curve(context.Shown(c.Component).Label, context.Shown(c.Component).Style, above.Z, c.Values)),
            new Curve("All stars", ComponentStyles.AllStars, above.Z, above.Stars),
        ];
        return new("figure-14", "Figure 14", "Density above the Sun",
            $"Density against distance from the plane at <i>R</i><sub>0</sub> = {context.SunRadius} kpc: each stellar component, their sum, and the dark halo. Two fits to star counts can be shifted vertically at will: "
            + "their mean logarithms from 0.3 to 3 kpc are the stars’ here. Jurić et al. (2008): exponentials of 300 and 900 pc, the second with 12 % of the first in the plane; the stars depart from it by a factor of "
            + $"{Markup.Of(Math.Exp(above.LargestDeparture), 2)} at most. Gilmore &amp; Reid (1983): 300 and 1450 pc, 2 % of the stars; {Markup.Of(Math.Exp(above.LargestDepartureFrom(above.GilmoreReid)), 2)}.",
            [
                new Figure("figure-14-panels", "Density against distance from the plane", 1,
                    [new Panel("", new("|<i>z</i>|", "kpc", Low: 0, High: above.Z[^1]), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, Lowest, 0.1), marks) { Aspect = 0.66 }]),
            ])
        {
            Missing = "The star counts of Gilmore &amp; Reid (1983), the paper’s red points, are not to hand: the curve is their fit.",
        };
    }
}
