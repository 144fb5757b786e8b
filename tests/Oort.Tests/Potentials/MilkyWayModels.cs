using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>Published mass models of the Galaxy, from their papers' parameters.</summary>
internal static class MilkyWayModels
{
    public static readonly string[] Names = ["McMillan17", "Piffl14", "MWPotential2014"];

    /// <summary>The densities of a model: McMillan 2017, table 3; Piffl et al. 2014, table 1; Bovy 2015, table 1 without its disc.</summary>
    public static Density[] Densities(string name) => name switch
    {
        "McMillan17" =>
        [
            new DiskDensity(8.95679e8, 2.49955, 0.3),
            new DiskDensity(1.83444e8, 3.02134, 0.9),
            new DiskDensity(5.31319e7, 7, -0.085, 4),
            new DiskDensity(2.17995e9, 1.5, -0.045, 12),
            new SpheroidDensity(9.8351e10, 0, 1.8, 1, 0.075, 0.5, 2.1),
            new SpheroidDensity(8.53702e6, 1, 3, 1, 19.5725),
        ],
        "Piffl14" =>
        [
            new DiskDensity(5.707e8, 2.68, 0.2),
            new DiskDensity(2.51e8, 2.68, 0.7),
            new DiskDensity(9.45e7, 5.36, 0.04, 4),
            new SpheroidDensity(9.49e10, 0, 1.8, 1, 0.075, 0.5, 2.1),
            new SpheroidDensity(1.816e7, 1, 3, 1, 14.4, 1, 1e5),
        ],
        "MWPotential2014" =>
        [
            new SpheroidDensity(2.22694e8, 1.8, 1.8, 1, 1, 1, 1.9),
            new SpheroidDensity(8.48683e6, 1, 3, 1, 16),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The potential of a model; degrees of 0 are the defaults.</summary>
    public static CompositePotential Potential(string name, int diskDegree = Disk.DefaultDegree, int spheroidDegree = 0)
    {
        IEnumerable<Potential> parts = Densities(name).Select(d => d is DiskDensity disk
            ? new Disk(disk, diskDegree) : (Potential)new Spheroid((SpheroidDensity)d, spheroidDegree));
        return new(name == "MWPotential2014" ? parts.Append(new MiyamotoNagai(6.819386e10, 3, 0.28)) : parts);
    }
}
