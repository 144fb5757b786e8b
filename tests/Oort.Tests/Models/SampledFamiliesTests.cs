using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tables;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

/// <summary>All families of distribution functions can be drawn: with cusps, without cutoffs, rotating, counter-rotating stars among a disc's.</summary>
public class SampledFamiliesTests(ITestOutputHelper output)
{
    private static readonly CompositePotential Potential = new(new MiyamotoNagai(5e10, 3, 0.3), new NFW(8e11, 18));

    [Theory]
    [InlineData("rotating bulge")]
    [InlineData("cusp without cutoff")]
    [InlineData("no inner slope")]
    [InlineData("Posti, steep, core")]
    [InlineData("Vasiliev")]
    public void Any_family_is_drawn(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        Galaxy galaxy = new(Potential, [new(name, ComponentKind.Stars, df)]);
        GalaxySampler sampler = new(galaxy);
        DistributionSampler own = (DistributionSampler)sampler.Sampler(0);
        Xoshiro256 random = new(1);
        ParticleChunk chunk = new(20_000);
        own.Fill(chunk, 20_000, ref random, out SamplingTally tally);
        double accepted = tally.Sum / tally.Proposals, mass = own.ProposedMass * accepted / df.TotalMass;
        output.WriteLine($"{name}: {accepted:F3} accepted, {tally.Excess / tally.Sum:E1} twins, mass {mass:F4}");
        Assert.InRange(accepted, 0.4, 1);
        Assert.InRange(tally.Excess / tally.Sum, 0, 5e-3);
        Assert.Equal(1, mass, 0.01);

        // Streaming and its dispersion at a place: how the two signs of v_phi are shared.
        Moments m = galaxy.Moments(3, 0.5)[0];
        ParticleChunk stars = sampler.DrawVelocities(0, 3, 0.5, 20_000, seed: 2);
        double mean = stars.VY.Average(), square = stars.VY.Average(v => v * v);
        double error = Math.Sqrt((square - mean * mean) / 20_000), error2 = Math.Sqrt((stars.VY.Average(v => v * v * v * v) - square * square) / 20_000);
        Assert.InRange((mean - m.MeanVphi) / error, -3.5, 3.5);
        Assert.InRange((square - m.Vphi2) / error2, -3.5, 3.5);
    }
}
