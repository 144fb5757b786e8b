using BenchmarkDotNet.Attributes;
using Oort.Actions;
using Oort.Models;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>The table of focal distances that a self-consistent iteration needs, in the BV23 model's expansion potential.</summary>
public class FocalDistanceBenchmarks
{
    private Potential potential = null!;
    private FocalDistances previous = null!;

    [GlobalSetup]
    public void Prepare()
    {
        potential = Bv23.Potential;
        previous = new(potential, Galaxy.FocalGrid);
    }

    [Benchmark]
    public FocalDistances New() => new(potential, Galaxy.FocalGrid);

    [Benchmark]
    public FocalDistances FromPrevious() => new(potential, Galaxy.FocalGrid, previous);
}
