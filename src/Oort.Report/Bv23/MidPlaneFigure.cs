using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>Figures 16 and 18: densities, mean streaming and velocity dispersions in the plane.</summary>
internal static class MidPlaneFigure
{
    // A component whose density is less than this share of the stars' has hardly a star there.
    private const double Negligible = 1e-3;

    /// <summary>Figure 16.</summary>
    public static Section Densities(Bv23Context context)
    {
        MidPlane plane = context.Predictions.MidPlane;
        CircularSpeeds speeds = context.Predictions.CircularSpeeds;
        return new("figure-16", "Figure 16", "Densities and rotation in the plane",
            "Density of each component in the plane and of all stars together; mean streaming velocity of the disc components, with the circular speed.",
            [
                new Figure("figure-16-panels", "Densities and mean streaming velocities in the plane", 2,
                [
                    new Panel("Density", Axis.Radius(0, 20), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, 1e-6, 100),
                        [.. Curves(context, p => p.Component.Kind != ComponentKind.Gas, p => p.Rho), new Curve("All stars", ComponentStyles.AllStars, plane.R, plane.StarsRho)]),
                    new Panel("Mean streaming", Axis.Radius(0, 20), new("⟨<i>V</i><sub>φ</sub>⟩", "km s<sup>−1</sup>", Low: 0, High: 270),
                        [new Curve("Circular speed", new(Colour.Grey), speeds.R, speeds.Total), .. Curves(context, p => p.Component.IsDisc, p => p.MeanVphi)]),
                ]),
            ])
        {
            Comparisons = context.Quoted("figure-16"),
        };
    }

    /// <summary>Figure 18.</summary>
    public static Section Dispersions(Bv23Context context)
    {
        MidPlane plane = context.Predictions.MidPlane;
        Panel Panel(string title, string label, Func<MidPlaneProfile, double[]> values)
            => new(title, Axis.Radius(0, 20), new(label, "km s<sup>−1</sup>", Low: 0, High: 260), Curves(context, p => p.Component.DistributionFunction is not null, p => Populated(values(p), p))) { Aspect = 1.05 };

        // The bulge's stars end where the discs go on: the paper draws its dispersions to 6 kpc.
        double[] Populated(double[] values, MidPlaneProfile p)
            => p.Component.Kind != ComponentKind.Stars ? values : [.. values.Select((v, i) => p.Rho[i] > Negligible * plane.StarsRho[i] || p.Component.IsDisc ? v : double.NaN)];

        return new("figure-18", "Figure 18", "Velocity dispersions in the plane",
            "Radial, vertical and azimuthal velocity dispersion in the plane of each component. Curves of spheroids end where fewer than one star in a thousand is theirs.",
            [
                new Figure("figure-18-panels", "Velocity dispersions in the plane", 3,
                [
                    Panel("Radial", "<i>σ</i><sub>R</sub>", p => p.SigmaR),
                    Panel("Vertical", "<i>σ</i><sub>z</sub>", p => p.SigmaZ),
                    Panel("Azimuthal", "<i>σ</i><sub>φ</sub>", p => p.SigmaPhi),
                ]),
            ])
        {
            Comparisons = context.Quoted("figure-18"),
        };
    }

    private static Curve[] Curves(Bv23Context context, Func<MidPlaneProfile, bool> which, Func<MidPlaneProfile, double[]> values)
        => [.. context.Predictions.MidPlane.Components.Where(which)
            .Select(p => new Curve(context.Shown(p.Component).Label, context.Shown(p.Component).Style, context.Predictions.MidPlane.R, values(p)))];
}
