using BenchmarkDotNet.Attributes;
using Oort.Definitions;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>
/// Time a point of the BV23 model's expansion potential and its parts, for 4,096 points scattered over the Galaxy, as a file of
/// coefficients gives it (<c>oort build models/bv23.ini --out DIR</c>, then set OORT_BUILD to DIR).
/// </summary>
public class PotentialBenchmarks
{
    private const int Count = 4096;
    private readonly double[] R = new double[Count], z = new double[Count];
    private readonly double[][] values = [.. Enumerable.Range(0, 6).Select(_ => new double[Count])];
    private Potential potential = null!;

    /// <summary>Which part, or the sum of both.</summary>
    [Params("Multipole", "CylSpline", "Sum")]
    public string Part { get; set; } = "Sum";

    /// <summary>Radii evenly spread in the logarithm from 0.15 to 50 kpc, half of the points within r/8 of the plane.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string build = Environment.GetEnvironmentVariable("OORT_BUILD") ?? throw new InvalidOperationException("set OORT_BUILD to what `oort build` wrote");
        potential = PotentialFile.Read(build);
        if (Part != "Sum")
        {
            potential = ((CompositePotential)potential).Parts.Single(p => p.GetType().Name == Part);
        }

        Random random = new(1);
        for (int i = 0; i < Count; i++)
        {
            double r = 0.15 * Math.Exp(5.8 * random.NextDouble()), u = Math.Pow(2 * random.NextDouble() - 1, 3);
            (R[i], z[i]) = (r * Math.Sqrt(1 - u * u), r * u);
        }
    }

    /// <summary>Phi alone.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Phi() => potential.Evaluate(R, z, new() { Phi = values[0] });

    /// <summary>Phi and forces.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Forces() => potential.Evaluate(R, z, new() { Phi = values[0], PhiR = values[1], PhiZ = values[2] });

    /// <summary>Phi and all its first and second derivatives.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Hessian() => potential.Evaluate(
        R, z, new() { Phi = values[0], PhiR = values[1], PhiZ = values[2], PhiRR = values[3], PhiRZ = values[4], PhiZZ = values[5] });
}
