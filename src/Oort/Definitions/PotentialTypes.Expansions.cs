using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Expansions: from a block of coefficients, or of a density given by its own keys (<c>density = Disk</c> and the keys
/// of a Disk, as in AGAMA).
/// </summary>
internal static partial class PotentialTypes
{
    private const int DefaultDegree = 6, OuterDegree = 16, DefaultGridSize = 30, MaximumGridSize = 4096;

    private static PotentialEntry Multipole(SectionReader r)
    {
        int lmax = r.Integer("lmax", DefaultDegree, 0, Potentials.Multipole.MaximumDegree), size = r.Integer("gridSizeR", 0, 0, MaximumGridSize);
        (double rmin, double rmax) = (r.Number("rmin", 0), r.Number("rmax", 0));
        if (r.Section.Coefficients is null)
        {
            return PotentialEntry.Of(r.Make(() => Potentials.Multipole.FromDensity(ExpandedDensity(r), lmax, rmin, rmax, size)));
        }

        IReadOnlyList<CoefficientTable> tables = CoefficientBlock.ReadSpherical(r.Section);
        (CoefficientTable phi, CoefficientTable slope) = (tables.Find("Phi", r.Section), tables.Find("dPhi/dr", r.Section));
        CheckSame(r, phi, slope);
        CheckSize(r, "gridSizeR", phi.Rows.Length);
        CheckSize(r, "lmax", phi.Values.GetLength(1) - 1);
        return PotentialEntry.Of(Located(r, () => new Multipole(phi.Rows, phi.Values, slope.Values)));
    }

    private static PotentialEntry SphericalDensity(SectionReader r)
    {
        int lmax = r.Integer("lmax", DefaultDegree, 0, Potentials.Multipole.MaximumDegree), size = r.Integer("gridSizeR", 0, 0, MaximumGridSize);
        (double rmin, double rmax) = (r.Number("rmin", 0), r.Number("rmax", 0));
        if (r.Section.Coefficients is null)
        {
            return PotentialEntry.Of(DensitySphericalHarmonic.FromDensity(ExpandedDensity(r), lmax, rmin, rmax, size), Expanded);
        }

        CoefficientTable rho = CoefficientBlock.ReadSpherical(r.Section).Find("rho", r.Section);
        CheckSize(r, "gridSizeR", rho.Rows.Length);
        CheckSize(r, "lmax", rho.Values.GetLength(1) - 1);
        return PotentialEntry.Of(Located(r, () => new DensitySphericalHarmonic(rho.Rows, rho.Values)), Expanded);
    }

    private static Multipole Expanded(DensitySphericalHarmonic d) => Potentials.Multipole.FromDensity(d, d.LMax, d.Radii[0], d.Radii[^1], d.Radii.Length);

    private static PotentialEntry CylSpline(SectionReader r)
    {
        int sizeR = r.Integer("gridSizeR", DefaultGridSize, 4, MaximumGridSize), sizez = r.Integer("gridSizeZ", DefaultGridSize, 4, MaximumGridSize);
        CheckNoAzimuth(r);
        if (r.Section.Coefficients is null)
        {
            Density density = ExpandedDensity(r);
            (double[] gridR, double[] gridz) = (Grid(r, "rmin", "rmax", sizeR), Grid(r, "zmin", "zmax", sizez));
            return PotentialEntry.Of(Potentials.CylSpline.FromDensity(density, gridR, gridz, Potentials.Multipole.FromDensity(density, OuterDegree)), density.TotalMass);
        }

        IReadOnlyList<CoefficientTable> tables = CoefficientBlock.ReadCylindrical(r.Section);
        CoefficientTable phi = tables.Find("Phi", r.Section), phiR = tables.Find("dPhi/dR", r.Section), phiz = tables.Find("dPhi/dz", r.Section);
        CheckSame(r, phi, phiR);
        CheckSame(r, phi, phiz);
        CheckSize(r, "gridSizeR", phi.Rows.Length);
        CheckSize(r, "gridSizeZ", phi.Columns.Length);
        return PotentialEntry.Of(Located(r, () => new CylSpline(phi.Rows, phi.Columns, phi.Values, phiR.Values, phiz.Values)));
    }

    private static PotentialEntry CylindricalDensity(SectionReader r)
    {
        int sizeR = r.Integer("gridSizeR", DefaultGridSize, 4, MaximumGridSize), sizez = r.Integer("gridSizeZ", DefaultGridSize, 4, MaximumGridSize);
        CheckNoAzimuth(r);
        if (r.Section.Coefficients is null)
        {
            return PotentialEntry.Of(DensityAzimuthalHarmonic.FromDensity(ExpandedDensity(r), Grid(r, "rmin", "rmax", sizeR), Grid(r, "zmin", "zmax", sizez)), Solved);
        }

        CoefficientTable rho = CoefficientBlock.ReadCylindrical(r.Section).Find("rho", r.Section);
        CheckSize(r, "gridSizeR", rho.Rows.Length);
        CheckSize(r, "gridSizeZ", rho.Columns.Length);
        return PotentialEntry.Of(Located(r, () => new DensityAzimuthalHarmonic(rho.Rows, rho.Columns, rho.Values)), Solved);
    }

    private static CylSpline Solved(DensityAzimuthalHarmonic d) => Potentials.CylSpline.FromDensity(d, d.GridR, d.GridZ);

    private static void CheckNoAzimuth(SectionReader r)
    {
        if (r.Integer("mmax", 0, 0, int.MaxValue) != 0)
        {
            throw r.Error("mmax", "must be 0: Oort's models are axisymmetric");
        }
    }

    private static double[] Grid(SectionReader r, string low, string high, int size)
    {
        (double min, double max) = (r.Number(low), r.Number(high));
        return min > 0 && max > min ? CylindricalPoissonSolver.Grid(min, max, size - 1) : throw r.Error(high, $"0 < {low} < {high} must hold");
    }

    /// <summary>The density to expand: the key density names its type, whose keys stand in the same section.</summary>
    private static Density ExpandedDensity(SectionReader r)
    {
        string type = r.Has("density") ? r.Text("density") : throw r.Error("density: missing; give the type of the density to expand, or a block of coefficients");
        return Readings.TryGetValue(type, out Reading? read) && !ExpansionTypes.Contains(type, StringComparer.OrdinalIgnoreCase) && !type.Equals("DiskAnsatz", StringComparison.OrdinalIgnoreCase)
            ? read(r).Density
            : throw r.Error("density", $"must be a type of density{(Suggestion.Nearest(type, Readings.Keys) is string s ? $"; did you mean {s}?" : "")}");
    }

    private static void CheckSame(SectionReader r, CoefficientTable a, CoefficientTable b)
    {
        if (!a.Rows.SequenceEqual(b.Rows) || !a.Columns.SequenceEqual(b.Columns) || a.Values.GetLength(1) != b.Values.GetLength(1))
        {
            throw r.Error($"the tables #{a.Title} and #{b.Title} of coefficients are not on the same grid");
        }
    }

    /// <summary>Refuses a key that gives another size than the block has: one of them is damaged.</summary>
    private static void CheckSize(SectionReader r, string key, int size)
    {
        if (r.Has(key) && r.Integer(key, 0, 0, int.MaxValue) != size)
        {
            throw r.Error(key, $"the block of coefficients has {size}");
        }
    }

    /// <summary>Runs a constructor on a block of coefficients, and tells where an error comes from.</summary>
    private static T Located<T>(SectionReader r, Func<T> construct)
    {
        try
        {
            return construct();
        }
        catch (InputException e) when (e is not ParameterException)
        {
            throw r.Error($"coefficients: {e.Message}");
        }
    }
}
