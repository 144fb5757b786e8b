using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The dark halo before the baryons came (Binney &amp; Vasiliev 2023, section 4.5, Figure 19, Table 5): what the dark halo's
/// distribution function makes without anything else, as it is and without its core (Cole &amp; Binney 2017), beside the halo as it is
/// in the galaxy. If baryons came adiabatically, f(J) is what the halo has kept; the core stands for what did not.
/// </summary>
/// <param name="Core">The halo of the distribution function as it is: Figure 19's full curve and lower panel.</param>
/// <param name="NoCore">That without the core: Figure 19's dashed blue curve and Table 5. The same object as <see cref="Core"/> where there is no core.</param>
/// <param name="PresentRho">Density of the dark halo in the galaxy at the profiles' radii, in the plane, Msun/pc^3: Figure 19's dashed black curve.</param>
/// <param name="CompressionRadius">The radius of the two factors below, kpc.</param>
/// <param name="CompressionOverCore">Density of the dark halo in the galaxy there over that of <see cref="Core"/>.</param>
/// <param name="CompressionOverNoCore">The same over <see cref="NoCore"/>: "more than tripled" in the paper.</param>
public sealed record PrimordialHalo(
    IsolatedHalo Core, IsolatedHalo NoCore, double[] PresentRho, double CompressionRadius, double CompressionOverCore, double CompressionOverNoCore)
{
    /// <summary>
    /// The halo of Navarro, Frenk &amp; White (1997) with the scale radius of <see cref="NoCore"/> and the same mean density on that sphere:
    /// Figure 19's red curve.
    /// </summary>
    public NFW Nfw { get; } = NFW.FromDensityNorm(
        4 * HaloStructure.OnSphere(NoCore.Density, NoCore.Structure.ScaleRadius), NoCore.Structure.ScaleRadius);

    /// <summary>Density of <see cref="Nfw"/> at the profiles' radii, Msun/pc^3.</summary>
    public double[] NfwRho() => [.. Core.Profile.R.Select(R => Nfw.Density(R, 0) / Units.PerCubicParsec)];
}
