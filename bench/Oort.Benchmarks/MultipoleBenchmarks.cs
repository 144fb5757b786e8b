using BenchmarkDotNet.Attributes;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>Time of a multipole expansion of a flattened halo for 4096 points, and of making it.</summary>
public class MultipoleBenchmarks
{
    private const int Count = 4096;
    private readonly SpheroidDensity density = new(1e8, 1, 4, 1, 3, 0.6);
    private readonly double[] R = new double[Count], z = new double[Count];
    private readonly double[][] values = [.. Enumerable.Range(0, 6).Select(_ => new double[Count])];
    private Multipole multipole = null!;

    /// <summary>Largest degree.</summary>
    [Params(0, 4, 8, 36)]
    public int Degree { get; set; }

    /// <summary>Points from 0.05 to 20 kpc in all directions.</summary>
    [GlobalSetup]
    public void Setup()
    {
        multipole = Multipole.FromDensity(density, Degree);
        Random random = new(1);
        for (int i = 0; i < Count; i++)
        {
            double r = Math.Exp(-3 + 6 * random.NextDouble()), u = random.NextDouble();
            (R[i], z[i]) = (r * Math.Sqrt(1 - u * u), r * u);
        }
    }

    /// <summary>Phi alone.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Phi() => multipole.Evaluate(R, z, new() { Phi = values[0] });

    /// <summary>Phi and the gradient.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Gradient() => multipole.Evaluate(R, z, new() { Phi = values[0], PhiR = values[1], PhiZ = values[2] });

    /// <summary>Everything.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Hessian() => multipole.Evaluate(
        R, z, new() { Phi = values[0], PhiR = values[1], PhiZ = values[2], PhiRR = values[3], PhiRZ = values[4], PhiZZ = values[5] });

    /// <summary>The expansion itself.</summary>
    [Benchmark]
    public Multipole FromDensity() => Multipole.FromDensity(density, Degree);
}
