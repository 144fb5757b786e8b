using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Figure 18: velocity dispersions in the plane.</summary>
internal static class DispersionFigure
{
    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        Panel Panel(string title, string column, string label)
        {
            List<Mark> marks = [];
            foreach (ShownComponent c in context.Components.Where(c => c.Kind != ComponentKind.Gas))
            {
                (double[] R, double[] sigma) = context.Profiles.Radial(c.Name, column);
                bool isBulge = c.Name.Contains("bulge", StringComparison.OrdinalIgnoreCase);
                marks.Add(new Curve(c.Label, c.Style, R, isBulge ? [.. sigma.Select((s, i) => R[i] <= 6 ? s : double.NaN)] : sigma));
            }

            return new(title, Axis.Radius(0, 20), new(label, "km s<sup>−1</sup>", Low: 0, High: 260), marks) { Aspect = 1.05 };
        }

        return new("figure-18", "Figure 18", "Velocity dispersions in the plane",
            "Radial, vertical and azimuthal velocity dispersion in the plane of each component. The bulge’s end at 6 kpc, beyond which hardly a star of it is left.",
            [new Figure("figure-18-panels", "Velocity dispersions in the plane", 3,
            [
                Panel("Radial", "sigmaR", "<i>σ</i><sub>R</sub>"),
                Panel("Vertical", "sigmaz", "<i>σ</i><sub>z</sub>"),
                Panel("Azimuthal", "sigmaphi", "<i>σ</i><sub>φ</sub>"),
            ])]);
    }
}
