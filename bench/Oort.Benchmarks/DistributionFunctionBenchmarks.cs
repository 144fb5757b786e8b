using BenchmarkDotNet.Attributes;
using Oort.DistributionFunctions;
using Oort.Models;

namespace Oort.Benchmarks;

/// <summary>Time of one evaluation of each family of distribution functions, at the actions of a position near the Sun.</summary>
public class DistributionFunctionBenchmarks
{
    private const int Count = 4608;
    private readonly double[] f = new double[Count];
    private double[] jr = [], jz = [], jphi = [];
    private DistributionFunction df = null!;

    /// <summary>Family, or the component of the model that stands for it.</summary>
    [Params("young disk", "bulge", "dark halo", "DoublePowerLaw", "Exponential")]
    public string Family { get; set; } = "bulge";

    /// <summary>Finds the actions.</summary>
    [GlobalSetup]
    public void Setup()
    {
        df = Family switch
        {
            "DoublePowerLaw" => new DoublePowerLaw(new() { Mass = 1e12, J0 = 5000, SlopeIn = 1.5, SlopeOut = 3.5, Jcutoff = 20000 }),
            "Exponential" => new Exponential(new() { Mass = 1e10, Jphi0 = 600, Jr0 = 20, Jz0 = 4 }),
            _ => Bv23.Galaxy.Components.Single(c => c.Name == Family).DistributionFunction!,
        };
        VelocityNodes nodes = new(Bv23.Potential, Bv23.Galaxy.FocalDistances, ModelAccuracy.Default);
        nodes.MoveTo(8, 0.3);
        (jr, jz, jphi) = (nodes.Jr[..Count].ToArray(), nodes.Jz[..Count].ToArray(), nodes.Jphi[..Count].ToArray());
    }

    /// <summary>f(J).</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Evaluate() => df.Evaluate(jr, jz, jphi, f);
}
