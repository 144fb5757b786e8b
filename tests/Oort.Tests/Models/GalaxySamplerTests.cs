using Oort.Definitions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Models;

/// <summary>What holds of any draw: seeds, threads, prefixes, shares, a model in closed form, and what is refused.</summary>
public class GalaxySamplerTests
{
    private const double GM = 1e5, Scale = 3, Power = 4, Spin = 0.4;

    private static readonly PolytropeInIsochrone Polytrope = new(GM, Scale, Power, Spin);

    // A sphere whose mass is known by integration, and a static disc beside it.
    private static readonly GalaxyComponent[] Components =
    [
        new("sphere", ComponentKind.Stars, new Weighed(Polytrope, Mass(1e3))),
        new("gas", ComponentKind.Gas, DiskDensity.FromMass(0.25 * Mass(1e3), 3, -0.2, 1)),
    ];

    private static readonly Galaxy Galaxy = new(Polytrope.Potential, Components);

    [Fact]
    public void A_model_in_closed_form_is_drawn_as_it_is()
    {
        const int N = 100_000;
        ParticleChunk stars = new GalaxySampler(Galaxy).Draw(0, N, seed: 9);
        double[] edges = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 15, 30, 1e5];
        int bins = edges.Length - 1;
        double[] count = new double[bins], up = new double[bins];
        double[][] sums = [.. Enumerable.Range(0, bins).Select(_ => new double[8])];
        for (int i = 0; i < N; i++)
        {
            double R2 = stars.X[i] * stars.X[i] + stars.Y[i] * stars.Y[i], r = Math.Sqrt(R2 + stars.Z[i] * stars.Z[i]);
            int bin = Array.FindLastIndex(edges, e => e <= r);
            count[bin]++;
            up[bin] += stars.Z[i] > 0 ? 1 : 0;
            // Each velocity component over its own dispersion there, and the streaming over the model's.
            double square = Polytrope.MeanSquare(Math.Sqrt(R2), stars.Z[i]), R = Math.Sqrt(R2);
            double[] terms =
            [
                stars.VX[i] * stars.VX[i] / square, stars.VY[i] * stars.VY[i] / square, stars.VZ[i] * stars.VZ[i] / square,
                (stars.VY[i] * stars.X[i] - stars.VX[i] * stars.Y[i]) / R / Polytrope.MeanVphi(R, stars.Z[i]),
            ];
            for (int k = 0; k < 4; k++)
            {
                sums[bin][k] += terms[k];
                sums[bin][k + 4] += terms[k] * terms[k];
            }
        }

        double total = Mass(1e3), chi2 = 0, sides = 0;
        double[] velocity = new double[4];
        for (int b = 0; b < bins; b++)
        {
            double expected = N * (Mass(edges[b + 1]) - Mass(edges[b])) / total;
            chi2 += Math.Pow(count[b] - expected, 2) / expected;
            sides += Math.Pow(up[b] - 0.5 * count[b], 2) / (0.25 * count[b]);
            for (int k = 0; k < 4; k++)
            {
                double mean = sums[b][k] / count[b], error2 = (sums[b][k + 4] / count[b] - mean * mean) / count[b];
                velocity[k] += Math.Pow(mean - 1, 2) / error2;
            }
        }

        Assert.InRange(Statistics.ChiSquared(chi2, bins - 1), 1e-3, 0.999);
        Assert.InRange(Statistics.ChiSquared(sides, bins), 1e-3, 0.999);
        Assert.All(velocity, v => Assert.InRange(Statistics.ChiSquared(v, bins), 1e-3, 0.999));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_same_stars_whatever_the_threads(int component)
    {
        const int N = 80_000;
        ParticleChunk one = new GalaxySampler(Galaxy, threads: 1).Draw(component, N, seed: 3);
        foreach (int threads in (int[])[2, 3])
        {
            AssertSame(one, new GalaxySampler(Galaxy, threads: threads).Draw(component, N, seed: 3), N);
        }

        ParticleChunk other = new GalaxySampler(Galaxy, threads: 2).Draw(component, 1000, seed: 4);
        Assert.DoesNotContain(other.X, x => one.X.AsSpan().Contains(x));
    }

    [Fact]
    public void A_draw_begins_as_any_larger_one_and_does_not_depend_on_other_components()
    {
        GalaxySampler sampler = new(Galaxy, threads: 2);
        ParticleChunk large = sampler.Draw(1, 50_000, seed: 8), small = sampler.Draw(1, 12_345, seed: 8);
        AssertSame(large, small, 12_345);
        IParticleSource both = sampler.Particles([10, 40_000], seed: 8);
        ParticleChunk chunk = new(both.ChunkSize);
        both.Fill(1, 1, chunk);
        Assert.Equal(40_000 - both.ChunkSize, chunk.Count);
        Assert.Equal(large.VZ.AsSpan(both.ChunkSize, chunk.Count), chunk.VZ.AsSpan(0, chunk.Count));
        both.Fill(0, 0, chunk);
        Assert.Equal(10, chunk.Count);
        AssertSame(sampler.Draw(0, 10, seed: 8), chunk, 10);
    }

    [Fact]
    public void Exact_actions_do_not_depend_on_threads_either()
        => AssertSame(
            new GalaxySampler(Galaxy, SamplingActions.Exact, threads: 1).Draw(0, 5000, seed: 3),
            new GalaxySampler(Galaxy, SamplingActions.Exact, threads: 2).Draw(0, 5000, seed: 3), 5000);

    [Fact]
    public void Many_stars_are_worth_tables()
    {
        Assert.Equal(SamplingActions.Fudge, GalaxySampler.SoonestActions([900_000, 100_000]));
        Assert.Equal(SamplingActions.Interpolated, GalaxySampler.SoonestActions([0, 300_000_000]));
    }

    [Fact]
    public void Stars_are_shared_by_mass()
    {
        GalaxySampler sampler = new(Galaxy);
        Assert.Equal([800, 200], sampler.Allot(1000));
        Assert.Equal([1, 0], sampler.Allot(1));
        Assert.Equal([0, 7], sampler.Allot(7, c => c.Kind == ComponentKind.Gas));
        Assert.Throws<InputException>(() => sampler.Allot(7, c => c.Kind == ComponentKind.Dark));
        IParticleSource source = sampler.Particles([800, 0], seed: 1);
        Assert.Equal(Components[0].Mass / 800, source.Components[0].ParticleMass, 1e-9 * Components[0].Mass);
        Assert.Equal([("sphere", ParticleType.Stars, 800L), ("gas", ParticleType.Gas, 0L)], source.Components.Select(c => (c.Name, c.Type, c.Count)));
    }

    [Fact]
    public void An_infinite_mass_and_an_empty_place_are_refused()
    {
        Galaxy endless = new(Polytrope.Potential, [new("endless", ComponentKind.Dark, new SpheroidDensity(1e6, 1, 3, scaleRadius: 10))]);
        Assert.Contains("endless", Assert.Throws<InputException>(() => new GalaxySampler(endless).Draw(0, 10, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new GalaxySampler(endless).Allot(10));
        Assert.Throws<InputException>(() => new GalaxySampler(Galaxy).DrawVelocities(1, 500, 400, 10, 1));
        Assert.Throws<ParameterException>(() => new GalaxySampler(Galaxy).DrawVelocities(0, -1, 0, 10, 1));
    }

    private static void AssertSame(ParticleChunk a, ParticleChunk b, int count)
    {
        foreach ((double[] x, double[] y) in new[] { (a.X, b.X), (a.Y, b.Y), (a.Z, b.Z), (a.VX, b.VX), (a.VY, b.VY), (a.VZ, b.VZ) })
        {
            Assert.True(x.AsSpan(0, count).SequenceEqual(y.AsSpan(0, count)));
        }
    }

    /// <summary>Mass of the polytrope within r, Msun.</summary>
    private static double Mass(double r)
        => r == 0 ? 0 : MathNet.Numerics.Integration.GaussLegendreRule.Integrate(t => 4 * Math.PI * Math.Exp(3 * t) * Polytrope.Density(Math.Exp(t), 0), Math.Log(1e-5), Math.Log(r), 200);

    private sealed class Weighed(DistributionFunction f, double mass) : DistributionFunction
    {
        public override double TotalMass => mass;

        public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> values)
        {
            // The polytrope is not made for stars that are not bound.
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = double.IsNaN(Jr[i]) ? double.NaN : f.At(Jr[i], Jz[i], Jphi[i]);
            }
        }
    }
}
