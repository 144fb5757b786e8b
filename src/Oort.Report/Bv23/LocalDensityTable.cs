namespace Oort.Report.Bv23;

/// <summary>Table 4: densities at the Sun.</summary>
internal static class LocalDensityTable
{
    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        BuildSummaryFile s = context.Summary;
        const string Volume = "M<sub>⊙</sub> pc<sup>−3</sup>", Surface = "M<sub>⊙</sub> pc<sup>−2</sup>";
        return new("table-4", "Table 4", "Densities at the Sun",
            $"Densities in the plane at <i>R</i><sub>0</sub> = {context.SunRadius} kpc, and surface densities within 1.1 kpc of the plane there. 1 GeV cm<sup>−3</sup> is 0.0263 {Volume}. "
            + $"The total density that the paper prints, 0.0436 {Volume}, is the sum of stars and dark matter without the gas; so is this one.", [])
        {
            Comparisons =
            [
                new("<i>Σ</i>(<i>R</i><sub>0</sub>, 1.1 kpc), gas", Surface, s.Sigma.Gas, 13.6),
                new("<i>Σ</i>(<i>R</i><sub>0</sub>, 1.1 kpc), stars", Surface, s.Sigma.Stars, 21.6),
                new("<i>Σ</i>(<i>R</i><sub>0</sub>, 1.1 kpc), dark matter", Surface, s.Sigma.Dark, 26.0),
                new("<i>Σ</i>(<i>R</i><sub>0</sub>, 1.1 kpc), total", Surface, s.Sigma.Gas + s.Sigma.Stars + s.Sigma.Dark, 61.2),
                new("<i>ρ</i>(<i>R</i><sub>0</sub>, 0), gas", Volume, s.Rho.Gas, 0.057),
                new("<i>ρ</i>(<i>R</i><sub>0</sub>, 0), stars", Volume, s.Rho.Stars, 0.0317),
                new("<i>ρ</i>(<i>R</i><sub>0</sub>, 0), dark matter", Volume, s.Rho.Dark, 0.0121),
                new("<i>ρ</i>(<i>R</i><sub>0</sub>, 0), stars and dark matter", Volume, s.Rho.Stars + s.Rho.Dark, 0.0436),
                new("<i>K</i><sub>z</sub>(1.1 kpc) / 2π<i>G</i>", Surface, s.VerticalForce, 64.1),
            ],
        };
    }
}
