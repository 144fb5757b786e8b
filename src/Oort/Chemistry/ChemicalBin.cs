namespace Oort.Chemistry;

/// <summary>A range of radii and heights in which the abundances of stars are looked at; both sides of the plane.</summary>
/// <param name="RLow">Smallest radius, kpc.</param>
/// <param name="RHigh">Largest radius, kpc.</param>
/// <param name="ZLow">Smallest |z|, kpc.</param>
/// <param name="ZHigh">Largest |z|, kpc.</param>
public readonly record struct ChemicalBin(double RLow, double RHigh, double ZLow, double ZHigh)
{
    /// <summary>
    /// The 18 bins of Hayden et al. (2015), Figure 4, and of Binney &amp; Vasiliev (2023), Figure 20: R from 3 to 15 kpc by 2, the outer loop,
    /// and |z| 0 to 0.5 to 1 to 2 kpc.
    /// </summary>
    public static IReadOnlyList<ChemicalBin> Hayden { get; } =
    [
        .. from R in Enumerable.Range(0, 6)
           from z in new (double Low, double High)[] { (0, 0.5), (0.5, 1), (1, 2) }
           select new ChemicalBin(3 + 2 * R, 5 + 2 * R, z.Low, z.High),
    ];

    /// <summary>Radius of its centre, kpc.</summary>
    public double R => 0.5 * (RLow + RHigh);

    /// <summary>Height of its centre, kpc.</summary>
    public double Z => 0.5 * (ZLow + ZHigh);

    /// <summary>Throws unless its ranges are ranges.</summary>
    internal void Check()
    {
        ParameterException.Check(nameof(ChemicalBin), nameof(RLow), RLow, RLow >= 0, ">= 0 (kpc)");
        ParameterException.Check(nameof(ChemicalBin), nameof(RHigh), RHigh, RHigh > RLow, "above RLow (kpc)");
        ParameterException.Check(nameof(ChemicalBin), nameof(ZLow), ZLow, ZLow >= 0, ">= 0 (kpc)");
        ParameterException.Check(nameof(ChemicalBin), nameof(ZHigh), ZHigh, ZHigh > ZLow, "above ZLow (kpc)");
    }
}
