using BenchmarkDotNet.Attributes;
using Oort.Models;

namespace Oort.Benchmarks;

/// <summary>
/// What one position costs in the BV23 model's own expansion potential: the actions at all its velocities, and the
/// densities or moments of all components on top of them.
/// </summary>
[MemoryDiagnoser]
public class PositionBenchmarks
{
    private VelocityNodes nodes = null!;
    private MomentIntegrals integrals = null!;

    /// <summary>Positions in the plane near the Sun, above it, and near the centre.</summary>
    [Params("8,0", "8,1", "1,0.3", "0.1,0")]
    public string Position { get; set; } = "8,0";

    /// <summary>The iterations' rule, and that of moments.</summary>
    [Params("Densities", "Default")]
    public string Rule { get; set; } = "Default";

    private double R => Coordinate(0);

    private double Z => Coordinate(1);

    /// <summary>Solves the model.</summary>
    [GlobalSetup]
    public void Solve()
    {
        ModelAccuracy accuracy = Rule == "Default" ? ModelAccuracy.Default : ModelAccuracy.Densities;
        nodes = new(Bv23.Potential, Bv23.Galaxy.FocalDistances, accuracy);
        integrals = new(nodes);
        nodes.MoveTo(R, Z);
    }

    /// <summary>Actions at all velocities.</summary>
    [Benchmark]
    public void Actions() => nodes.MoveTo(R, Z);

    /// <summary>Densities of all components, the actions being known.</summary>
    [Benchmark]
    public double Densities() => Bv23.Galaxy.Components.Where(c => c.DistributionFunction is not null).Sum(c => integrals.Density(c.DistributionFunction!, nodes));

    /// <summary>Moments of all components, the actions being known.</summary>
    [Benchmark]
    public double Moments() => Bv23.Galaxy.Components.Where(c => c.DistributionFunction is not null).Sum(c => integrals.Moments(c.DistributionFunction!, nodes).VR2);

    /// <summary>All in.</summary>
    [Benchmark]
    public Moments[] MomentsOfGalaxy() => Bv23.Galaxy.Moments(R, Z);

    private double Coordinate(int index) => double.Parse(Position.Split(',')[index], System.Globalization.CultureInfo.InvariantCulture);
}
