namespace Oort.Report;

/// <summary>An axis of a panel.</summary>
/// <param name="Label">What is shown, as markup.</param>
/// <param name="Unit">Its unit, as markup; empty where it has none.</param>
/// <param name="IsLogarithmic">Whether the scale is logarithmic.</param>
/// <param name="Low">Where it begins; where the data do if not given.</param>
/// <param name="High">Where it ends; where the data do if not given.</param>
internal sealed record Axis(string Label, string Unit = "", bool IsLogarithmic = false, double? Low = null, double? High = null)
{
    /// <summary>Label and unit.</summary>
    public string Title => Unit.Length == 0 ? Label : $"{Label} / {Unit}";

    /// <summary>Distance from the axis.</summary>
    public static Axis Radius(double? low = null, double? high = null, bool isLogarithmic = false) => new("<i>R</i>", "kpc", isLogarithmic, low, high);
}
