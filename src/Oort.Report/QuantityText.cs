using System.Globalization;
using Oort.Surveys;

namespace Oort.Report;

/// <summary>Measured velocities as markup.</summary>
internal static class QuantityText
{
    /// <summary>The symbol of a quantity of histograms.</summary>
    public static string Symbol(string quantity) => quantity switch
    {
        "VR" => "<i>V</i><sub>R</sub>",
        "Vz" => "<i>V</i><sub>z</sub>",
        "Vphi" => "<i>V</i><sub>φ</sub>",
        "vlos" => "<i>v</i><sub>los</sub>",
        "pmra" => "<i>μ</i><sub>α∗</sub>",
        "pmdec" => "<i>μ</i><sub>δ</sub>",
        _ => Markup.Of(quantity),
    };

    /// <summary>Its unit.</summary>
    public static string Unit(string quantity) => quantity is "pmra" or "pmdec" ? "mas yr<sup>−1</sup>" : "km s<sup>−1</sup>";

    /// <summary>The axis of a histogram.</summary>
    public static Axis AxisOf(string quantity, Histogram cells) => new(Symbol(quantity), Unit(quantity), Low: cells.Edges[0], High: cells.Edges[^1]);

    /// <summary>Mean and dispersion.</summary>
    public static string Moments((double Mean, double Dispersion) moments)
        => double.IsFinite(moments.Mean) ? string.Create(CultureInfo.InvariantCulture, $"{moments.Mean:0.0;−0.0;0.0} ± {moments.Dispersion:F1}") : "–";
}
