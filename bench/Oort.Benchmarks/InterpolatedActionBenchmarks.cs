using BenchmarkDotNet.Attributes;
using Oort.Actions;
using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>Time of the interpolated actions of a star of a thin and a thick disc, of the potential alone, and of making the table.</summary>
public class InterpolatedActionBenchmarks
{
    private const int Count = 4096;

    private readonly Potential potential = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);
    private readonly double[] R = new double[Count], z = new double[Count], vR = new double[Count], vz = new double[Count], vphi = new double[Count];
    private readonly double[] Jr = new double[Count], Jz = new double[Count], Jphi = new double[Count];
    private FocalDistances focalDistances = null!;
    private InterpolatedActionFinder finder = null!;

    /// <summary>Vertical dispersion, km/s; the radial one is twice that, the height follows.</summary>
    [Params(15, 40)]
    public double Dispersion { get; set; }

    /// <summary>Stars of an exponential disc.</summary>
    [GlobalSetup]
    public void Setup()
    {
        focalDistances = new(potential, threads: 2);
        finder = new(potential, focalDistances, threads: 2);
        Random random = new(1);
        for (int i = 0; i < Count; i++)
        {
            R[i] = 0.5 - 2.7 * Math.Log((1 - random.NextDouble()) * (1 - random.NextDouble()));
            z[i] = 0.02 * Dispersion * Normal(random);
            double circular = Math.Sqrt(R[i] * potential.At(R[i], 0).PhiR);
            (vR[i], vz[i], vphi[i]) = (2 * Dispersion * Normal(random), Dispersion * Normal(random), circular - 0.3 * Dispersion + 1.4 * Dispersion * Normal(random));
        }
    }

    /// <summary>Actions of all stars.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Actions() => finder.Actions(new() { R = R, z = z, vR = vR, vz = vz, vphi = vphi }, new() { Jr = Jr, Jz = Jz, Jphi = Jphi });

    /// <summary>Phi where the stars are: the finder calls it twice a star.</summary>
    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public void Phi() => potential.Evaluate(R, z, new() { Phi = Jr });

    /// <summary>The table, given the focal distances, on two threads.</summary>
    [Benchmark]
    public InterpolatedActionFinder Build() => new(potential, focalDistances, threads: 2);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
