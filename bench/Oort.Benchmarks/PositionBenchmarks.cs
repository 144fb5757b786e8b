using BenchmarkDotNet.Attributes;
using Oort.Actions;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Benchmarks;

/// <summary>
/// What one position of a self-consistent iteration costs in the BV23 model's own expansion potential: the actions at all its
/// velocities, and the densities or moments of all components on top of them.
/// </summary>
[MemoryDiagnoser]
public class PositionBenchmarks
{
    private Galaxy galaxy = null!;
    private VelocityNodes nodes = null!;
    private MomentIntegrals integrals = null!;

    /// <summary>Positions in the plane near the Sun, above it, and near the centre.</summary>
    [Params("8,0", "8,1", "1,0.3")]
    public string Position { get; set; } = "8,0";

    private double R => double.Parse(Position.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

    private double Z => double.Parse(Position.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);

    [GlobalSetup]
    public void Solve()
    {
        string root = Environment.GetEnvironmentVariable("OORT_ROOT") ?? throw new InvalidOperationException("set OORT_ROOT to the repository");
        galaxy = new SelfConsistentModel(ModelFile.Read(Path.Combine(root, "models", "bv23.ini")).Setup).Solve().Galaxy;
        nodes = new(galaxy.Potential, galaxy.FocalDistances, ModelAccuracy.Default);
        integrals = new(nodes);
        nodes.MoveTo(R, Z);
    }

    [Benchmark]
    public void Actions() => nodes.MoveTo(R, Z);

    [Benchmark]
    public double Densities() => galaxy.Components.Where(c => c.DistributionFunction is not null).Sum(c => integrals.Density(c.DistributionFunction!, nodes));

    [Benchmark]
    public double Moments() => galaxy.Components.Where(c => c.DistributionFunction is not null).Sum(c => integrals.Moments(c.DistributionFunction!, nodes).VR2);
}
