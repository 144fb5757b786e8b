using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Figure 14: densities above the Sun.</summary>
internal static class VerticalDensityFigure
{
    /// <summary>Where the panel ends, Msun/pc^3.</summary>
    private const double Lowest = 1e-6;

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        List<Mark> marks = [];
        ShownComponent[] stars = [.. context.Components.Where(c => c.Kind == ComponentKind.Stars)];
        foreach (ShownComponent c in context.Components.Where(c => c.Kind != ComponentKind.Gas))
        {
            (double[] z, double[] rho) = context.Profiles.Vertical(c.Name);
            if (rho.Max() > Lowest)
            {
                marks.Add(new Curve(c.Label, c.Style, z, rho));
            }
        }

        (double[] Z, double[] Rho)[] parts = [.. stars.Select(c => context.Profiles.Vertical(c.Name))];
        marks.Add(new Curve("All stars", ComponentStyles.AllStars, parts[0].Z, [.. parts[0].Z.Select((_, i) => parts.Sum(p => p.Rho[i]))]));
        return new("figure-14", "Figure 14", "Density above the Sun",
            $"Density against distance from the plane at <i>R</i><sub>0</sub> = {context.SunRadius} kpc: each stellar component, their sum, and the dark halo.",
            [new Figure("figure-14-panels", "Density against distance from the plane", 1,
                [new Panel("", new("|<i>z</i>|", "kpc", Low: 0, High: 5), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, Lowest, 0.1), marks)])])
        {
            Missing = "The star counts of Gilmore &amp; Reid (1983), the paper’s red points, are not to hand.",
        };
    }
}
