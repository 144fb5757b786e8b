namespace Oort.Chemistry;

/// <summary>A grid of equal cells in the plane of [Fe/H] and [alpha/Fe], dex.</summary>
/// <param name="FeHLow">Smallest [Fe/H].</param>
/// <param name="FeHHigh">Largest [Fe/H].</param>
/// <param name="FeHCells">Number of cells along [Fe/H].</param>
/// <param name="AlphaFeLow">Smallest [alpha/Fe].</param>
/// <param name="AlphaFeHigh">Largest [alpha/Fe].</param>
/// <param name="AlphaFeCells">Number of cells along [alpha/Fe].</param>
public sealed record ChemicalPlane(double FeHLow, double FeHHigh, int FeHCells, double AlphaFeLow, double AlphaFeHigh, int AlphaFeCells)
{
    /// <summary>From -2 to 0.8 by 0.02 and from -0.3 to 0.6 by 0.01: cells of half the smallest dispersion, all of the discs' stars.</summary>
    public static ChemicalPlane Default { get; } = new(-2, 0.8, 140, -0.3, 0.6, 90);

    /// <summary>Width of a cell in [Fe/H].</summary>
    public double FeHStep => (FeHHigh - FeHLow) / FeHCells;

    /// <summary>Width of a cell in [alpha/Fe].</summary>
    public double AlphaFeStep => (AlphaFeHigh - AlphaFeLow) / AlphaFeCells;

    /// <summary>Area of a cell, dex^2.</summary>
    public double CellArea => FeHStep * AlphaFeStep;

    /// <summary>[Fe/H] at the middles of the cells.</summary>
    public double[] FeH() => [.. Enumerable.Range(0, FeHCells).Select(i => FeHLow + (i + 0.5) * FeHStep)];

    /// <summary>[alpha/Fe] at the middles of the cells.</summary>
    public double[] AlphaFe() => [.. Enumerable.Range(0, AlphaFeCells).Select(i => AlphaFeLow + (i + 0.5) * AlphaFeStep)];

    /// <summary>Throws unless there are cells.</summary>
    internal void Check()
    {
        ParameterException.Check(nameof(ChemicalPlane), nameof(FeHHigh), FeHHigh, FeHHigh > FeHLow && double.IsFinite(FeHLow), "above FeHLow (dex)");
        ParameterException.Check(nameof(ChemicalPlane), nameof(AlphaFeHigh), AlphaFeHigh, AlphaFeHigh > AlphaFeLow && double.IsFinite(AlphaFeLow), "above AlphaFeLow (dex)");
        ParameterException.Check(nameof(ChemicalPlane), nameof(FeHCells), FeHCells, FeHCells is > 0 and <= 10_000, "from 1 to 10000");
        ParameterException.Check(nameof(ChemicalPlane), nameof(AlphaFeCells), AlphaFeCells, AlphaFeCells is > 0 and <= 10_000, "from 1 to 10000");
    }
}
