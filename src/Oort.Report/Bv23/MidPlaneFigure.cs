using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Figure 16: densities and mean streaming in the plane.</summary>
internal static class MidPlaneFigure
{
    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        List<Mark> densities = [], streaming = [];
        foreach (ShownComponent c in context.Components.Where(c => c.Kind != ComponentKind.Gas))
        {
            (double[] R, double[] rho) = context.Profiles.Radial(c.Name, "rho");
            densities.Add(new Curve(c.Label, c.Style, R, rho));
            if (c.IsDisc)
            {
                (R, double[] v) = context.Profiles.Radial(c.Name, "meanvphi");
                streaming.Add(new Curve(c.Label, c.Style, R, v));
            }
        }

        (double[] R, double[] Rho)[] stars = [.. context.Components.Where(c => c.Kind == ComponentKind.Stars).Select(c => context.Profiles.Radial(c.Name, "rho"))];
        densities.Add(new Curve("All stars", ComponentStyles.AllStars, stars[0].R, [.. stars[0].R.Select((_, i) => stars.Sum(s => s.Rho[i]))]));
        streaming.Add(new Curve("Circular speed", new(Colour.Grey), context.Profiles.CurveRadii, context.Profiles.CircularSpeed));
        return new("figure-16", "Figure 16", "Densities and rotation in the plane",
            "Density of each component in the plane and of all stars together; mean streaming velocity of the disc components, with the circular speed.",
            [new Figure("figure-16-panels", "Densities and mean streaming velocities in the plane", 2,
            [
                new Panel("Density", Axis.Radius(0, 20), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, 1e-6, 100), densities),
                new Panel("Mean streaming", Axis.Radius(0, 20), new("⟨<i>V</i><sub>φ</sub>⟩", "km s<sup>−1</sup>", Low: 0, High: 270), streaming),
            ])]);
    }
}
