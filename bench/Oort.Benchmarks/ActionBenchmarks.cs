using BenchmarkDotNet.Attributes;
using Oort.Actions;
using Oort.Coordinates;
using Oort.Models;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>
/// Actions, angles and frequencies of scattered stars by the Staeckel fudge, one core, in the BV23 model's expansion potential: time a star.
/// </summary>
[MemoryDiagnoser]
public class ActionBenchmarks
{
    private const int Count = 8192;

    private readonly double[][] columns = [.. Enumerable.Range(0, 15).Select(_ => new double[Count])];
    private Potential potential = null!;
    private StaeckelFudgeFinder finder = null!;

    /// <summary>Accuracy of the quadratures.</summary>
    [Params(ActionAccuracy.Fast, ActionAccuracy.Standard)]
    public ActionAccuracy Accuracy { get; set; }

    /// <summary>Stars of a disc between 2 and 16 kpc, or of a halo with a dispersion of 130 km/s between 1 and 50 kpc.</summary>
    [Params("disc", "halo")]
    public string Sample { get; set; } = "disc";

    private PhaseSpaceBatch Stars => new() { R = columns[0], z = columns[1], phi = columns[2], vR = columns[3], vz = columns[4], vphi = columns[5] };

    private ActionBatch Results => new() { Jr = columns[6], Jz = columns[7], Jphi = columns[8] };

    [GlobalSetup]
    public void Prepare()
    {
        potential = Bv23.Potential;
        finder = new(potential, new FocalDistances(potential), Accuracy);
        Random random = new(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        for (int i = 0; i < Count;)
        {
            double R = 2 + 14 * random.NextDouble(), z = 0.4 * Normal(), sigma = 40 * Math.Exp(-(R - 8) / 12), speed = Math.Sqrt(R * potential.At(R, 0).PhiR);
            double[] star = [R, z, 0, sigma * Normal(), 0.6 * sigma * Normal(), speed - sigma * sigma / 80 + 0.7 * sigma * Normal()];
            if (Sample == "halo")
            {
                double r = Math.Pow(50, random.NextDouble()), cosine = 2 * random.NextDouble() - 1;
                star = [r * Math.Sqrt(1 - cosine * cosine), r * cosine, 0, 130 * Normal(), 130 * Normal(), 130 * Normal()];
            }

            if (potential.Phi(star[0], star[1]) + 0.5 * (star[3] * star[3] + star[4] * star[4] + star[5] * star[5]) > 0)
            {
                continue;
            }

            for (int c = 0; c < star.Length; c++)
            {
                columns[c][i] = star[c];
            }

            i++;
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Actions() => finder.Actions(Stars, Results);

    [Benchmark(OperationsPerInvoke = Count)]
    public void ActionsAndAngles() => finder.ActionsAndAngles(Stars, Results, new()
    {
        ThetaR = columns[9],
        ThetaZ = columns[10],
        ThetaPhi = columns[11],
        OmegaR = columns[12],
        OmegaZ = columns[13],
        OmegaPhi = columns[14],
    });
}
