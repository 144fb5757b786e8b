using Oort.Models;
using Oort.Tables;

namespace Oort.Report.Bv23;

/// <summary>The tables of a build's directory.</summary>
internal sealed class BuildProfiles(string directory)
{
    private readonly EcsvTable curve = EcsvTable.Read(Path.Combine(directory, "rotation_curve.ecsv"));
    private readonly EcsvTable radial = EcsvTable.Read(Path.Combine(directory, "radial_profiles.ecsv"));
    private readonly EcsvTable vertical = EcsvTable.Read(Path.Combine(directory, "vertical_profiles.ecsv"));

    /// <summary>Radii of the rotation curve, kpc.</summary>
    public double[] CurveRadii => curve["R"].Numbers;

    /// <summary>Circular speed of everything, km/s.</summary>
    public double[] CircularSpeed => curve["vcirc"].Numbers;

    /// <summary>Circular speed in a component's potential, km/s; negative where the force points outwards.</summary>
    public double[] CircularSpeedOf(string component) => curve[$"vcirc_{component}"].Numbers;

    /// <summary>A component's column of the radial profiles against the radius, kpc.</summary>
    public (double[] R, double[] Values) Radial(string component, string column) => Of(radial, component, "R", column);

    /// <summary>A component's density (Msun/pc^3) at the Sun's radius against the height, kpc.</summary>
    public (double[] Z, double[] Rho) Vertical(string component) => Of(vertical, component, "z", "rho");

    private static (double[] X, double[] Y) Of(EcsvTable table, string component, string x, string y)
    {
        int[] rows = [.. Enumerable.Range(0, table["component"].Count).Where(i => table["component"].Text[i] == component)];
        return ([.. rows.Select(i => table[x].Numbers[i])], [.. rows.Select(i => table[y].Numbers[i])]);
    }
}
