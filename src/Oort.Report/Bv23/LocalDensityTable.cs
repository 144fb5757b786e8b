namespace Oort.Report.Bv23;

/// <summary>Table 4: densities at the Sun.</summary>
internal static class LocalDensityTable
{
    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        const string Volume = "M<sub>⊙</sub> pc<sup>−3</sup>";
        return new("table-4", "Table 4", "Densities at the Sun",
            $"Densities in the plane at <i>R</i><sub>0</sub> = {context.SunRadius} kpc, surface densities within 1.1 kpc of the plane there, and other local numbers of section 4.4.2. 1 GeV cm<sup>−3</sup> is 0.0263 {Volume}. "
            + $"The total density that the paper prints, 0.0436 {Volume}, is the sum of stars and dark matter without the gas; so is this one.", [])
        {
            Comparisons = [.. context.Predictions.Table4.Select(Bv23Context.Of), .. context.Quoted("table-4")],
        };
    }
}
