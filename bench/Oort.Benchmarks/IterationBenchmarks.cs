using BenchmarkDotNet.Attributes;
using Oort.Models;

namespace Oort.Benchmarks;

/// <summary>The parts of a self-consistent iteration of the BV23 model, near its solution.</summary>
[MemoryDiagnoser]
public class IterationBenchmarks
{
    private readonly PotentialAssembly assembly = new(Bv23.Setup, threads: 1);
    private DensityStep step = null!;
    private double[] logDensities = [];
    private List<GridDensity> densities = [];

    /// <summary>Threads of the density step.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Takes one step.</summary>
    [GlobalSetup]
    public void Setup()
    {
        step = new(Bv23.Setup.Groups, ModelAccuracy.Densities, Threads);
        logDensities = Densities();
        densities = step.Densities(logDensities);
    }

    /// <summary>Densities of all components at the positions of all grids.</summary>
    [Benchmark]
    public double[] Densities() => step.LogDensities(Bv23.Potential, Bv23.Galaxy.FocalDistances, CancellationToken.None);

    /// <summary>The densities between the positions.</summary>
    [Benchmark]
    public object Interpolation() => step.Densities(logDensities);

    /// <summary>The potential of the densities.</summary>
    [Benchmark]
    public object Poisson() => assembly.Solve(densities);

    /// <summary>Focal distances, from those of the iteration before.</summary>
    [Benchmark]
    public object FocalDistances() => new Actions.FocalDistances(Bv23.Potential, Galaxy.FocalGrid, Bv23.Galaxy.FocalDistances, Threads);
}
