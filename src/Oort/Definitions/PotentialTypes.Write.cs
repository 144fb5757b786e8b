using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>How a potential or density is written as a section that <see cref="Read"/> and AGAMA read.</summary>
internal static partial class PotentialTypes
{
    private static readonly string[] ExpansionTypes = ["Multipole", "CylSpline", "DensitySphericalHarmonic", "DensityAzimuthalHarmonic"];

    /// <summary>The section that defines a potential.</summary>
    /// <exception cref="InputException">It has no form in a file.</exception>
    public static IniSection Write(string header, Potential potential) => potential switch
    {
        Dehnen p => Section(header, "Dehnen", ("mass", p.Mass), ("scaleRadius", p.ScaleRadius), ("gamma", p.Gamma)),
        Plummer p => Section(header, "Plummer", ("mass", p.Mass), ("scaleRadius", p.ScaleRadius)),
        Isochrone p => Section(header, "Isochrone", ("mass", p.Mass), ("scaleRadius", p.ScaleRadius)),
        NFW p => Section(header, "NFW", ("mass", p.Mass), ("scaleRadius", p.ScaleRadius)),
        MiyamotoNagai p => Section(header, "MiyamotoNagai", ("mass", p.Mass), ("scaleRadius", p.ScaleRadius), ("scaleHeight", p.ScaleHeight)),
        Logarithmic p => Section(header, "Logarithmic", ("v0", p.V0), ("scaleRadius", p.ScaleRadius), ("axisRatioZ", p.AxisRatioZ)),
        Disk p => Write(header, p.DiskDensity),
        Spheroid p => Write(header, p.SpheroidDensity),
        DiskAnsatz p => Disk(header, "DiskAnsatz", p.Disk),
        Multipole p => Multipole(header, p),
        CylSpline p => CylSpline(header, p),
        _ => throw new InputException($"a potential of the type {potential.GetType().Name} cannot be written to a file"),
    };

    /// <summary>The section that defines a density.</summary>
    /// <exception cref="InputException">It has no form in a file.</exception>
    public static IniSection Write(string header, Density density) => density switch
    {
        PotentialDensity d => Write(header, d.Potential),
        DiskDensity d => Disk(header, "Disk", d),
        DensitySphericalHarmonic d => SphericalDensity(header, d),
        ContractedHalo d => SphericalDensity(header, DensitySphericalHarmonic.FromDensity(d, 0)),
        DensityAzimuthalHarmonic d => CylindricalDensity(header, d),
        SpheroidDensity d => Section(
            header, "Spheroid", ("densityNorm", d.DensityNorm), ("gamma", d.Gamma), ("beta", d.Beta), ("alpha", d.Alpha),
            ("scaleRadius", d.ScaleRadius), ("axisRatioZ", d.AxisRatioZ),
            ("outerCutoffRadius", d.OuterCutoffRadius), ("cutoffStrength", d.CutoffStrength)),
        _ => throw new InputException($"a density of the type {density.GetType().Name} cannot be written to a file"),
    };

    private static IniSection Disk(string header, string type, DiskDensity d) => Section(
        header, type, ("surfaceDensity", d.SurfaceDensityNorm), ("scaleRadius", d.ScaleRadius), ("scaleHeight", d.ScaleHeight),
        ("innerCutoffRadius", d.InnerCutoffRadius), ("sersicIndex", d.SersicIndex));

    private static IniSection Multipole(string header, Multipole p)
    {
        double[] radii = p.Radii;
        IniSection section = Section(header, "Multipole", ("gridSizeR", radii.Length), ("lmax", p.LMax));
        section.Add("symmetry", "Axisymmetric");
        section.Coefficients = [];
        CoefficientBlock.WriteSpherical(section.Coefficients, "Phi", radii, p.PhiCoefficients());
        CoefficientBlock.WriteSpherical(section.Coefficients, "dPhi/dr", radii, p.DerivativeCoefficients());
        return section;
    }

    private static IniSection SphericalDensity(string header, DensitySphericalHarmonic d)
    {
        double[] radii = d.Radii;
        IniSection section = Section(header, "DensitySphericalHarmonic", ("gridSizeR", radii.Length), ("lmax", d.LMax));
        section.Add("symmetry", "Axisymmetric");
        section.Coefficients = [];
        CoefficientBlock.WriteSpherical(section.Coefficients, "rho", radii, d.Coefficients());
        return section;
    }

    private static IniSection CylindricalDensity(string header, DensityAzimuthalHarmonic d)
    {
        double[] R = d.GridR.ToArray(), z = d.GridZ.ToArray();
        IniSection section = Section(header, "DensityAzimuthalHarmonic", ("gridSizeR", R.Length), ("gridSizez", z.Length), ("mmax", 0));
        section.Add("symmetry", "Axisymmetric");
        section.Coefficients = [];
        CoefficientBlock.WriteCylindrical(section.Coefficients, "rho", R, z, d.NodeDensity);
        return section;
    }

    private static IniSection CylSpline(string header, CylSpline p)
    {
        double[] R = p.GridR.ToArray(), z = p.GridZ.ToArray();
        IniSection section = Section(header, "CylSpline", ("gridSizeR", R.Length), ("gridSizez", z.Length), ("mmax", 0));
        section.Add("symmetry", "Axisymmetric");
        section.Coefficients = [];
        CoefficientBlock.WriteCylindrical(section.Coefficients, "Phi", R, z, p.NodePhi);
        CoefficientBlock.WriteCylindrical(section.Coefficients, "dPhi/dR", R, z, p.NodePhiR);
        CoefficientBlock.WriteCylindrical(section.Coefficients, "dPhi/dz", R, z, p.NodePhiZ);
        return section;
    }

    private static IniSection Section(string header, string type, params ReadOnlySpan<(string Key, double Value)> keys)
    {
        IniSection section = new(header);
        section.Add("type", type);
        foreach ((string key, double value) in keys)
        {
            // A length that is infinite is that of something absent, as is a key that is not written.
            if (double.IsFinite(value))
            {
                section.Add(key, Numbers.Format(value));
            }
        }

        return section;
    }
}
