using Oort.Models;
using Oort.Numerics;
using Oort.Tables;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

/// <summary>Stars drawn from the BV23 model against what its distribution functions predict, component by component.</summary>
public class SampledMomentsTests(ITestOutputHelper output)
{
    private const int Stars = 100_000;
    private static readonly Galaxy Galaxy = SolvedBv23.Result.Galaxy;
    private static readonly GalaxySampler Sampler = new(Galaxy);

    private static readonly double[] DiscR = [3, 5, 7, 9, 12], DiscZ = [0, 0.1, 0.3, 0.8];
    private static readonly double[] BulgeR = [0.1, 0.4, 1, 2.5], BulgeZ = [0, 0.2, 0.6, 1.5];
    private static readonly double[] HaloR = [1, 4, 9, 20, 50], HaloZ = [0, 2, 8, 30];

    [Theory]
    [InlineData("bulge")]
    [InlineData("young disk")]
    [InlineData("middle disk")]
    [InlineData("old disk")]
    [InlineData("thick disk")]
    [InlineData("stellar halo")]
    [InlineData("dark halo")]
    public void Density_streaming_and_dispersions_are_those_of_the_model(string name)
    {
        (double[] R, double[] z) = name.EndsWith("disk", StringComparison.Ordinal) ? (DiscR, DiscZ) : name == "bulge" ? (BulgeR, BulgeZ) : (HaloR, HaloZ);
        int component = SolvedBv23.Index(Galaxy, name);
        ParticleChunk stars = Sampler.Draw(component, Stars, seed: 20);
        Bin[,] found = Collect(stars, R, z);
        (double Mass, double[] Means)[,] expected = Expect(component, R, z);
        double counts = 0;
        double[] means = new double[5];
        int bins = 0;
        for (int i = 0; i < R.Length - 1; i++)
        {
            for (int j = 0; j < z.Length - 1; j++)
            {
                double wanted = Stars * expected[i, j].Mass / Galaxy.Components[component].Mass;
                if (wanted < 100)
                {
                    continue;
                }

                bins++;
                counts += Square(found[i, j].Count - wanted) / wanted;
                for (int k = 0; k < means.Length; k++)
                {
                    means[k] += Square(found[i, j].Mean(k) - expected[i, j].Means[k]) / found[i, j].MeanError2(k);
                }
            }
        }

        Assert.True(bins >= 6, $"{bins} bins");
        double[] p = [Statistics.ChiSquared(counts, bins), .. means.Select(m => Statistics.ChiSquared(m, bins))];
        output.WriteLine($"{name}: {bins} bins, p of density, <vphi>, <vR^2>, <vz^2>, <vphi^2>, <vR vz>: {string.Join(' ', p.Select(x => x.ToString("F4")))}");
        Assert.All(p, x => Assert.InRange(x, 1e-3, 0.9999));
    }

    [Fact]
    public void Proposals_are_accepted_and_add_up_to_the_mass()
    {
        for (int c = 0; c < Galaxy.Components.Count; c++)
        {
            if (Sampler.Sampler(c) is not DistributionSampler sampler)
            {
                continue;
            }

            Xoshiro256 random = new(4, (ulong)c);
            ParticleChunk chunk = new(40_000);
            sampler.Fill(chunk, 40_000, ref random, out SamplingTally tally);
            double accepted = tally.Sum / tally.Proposals, mass = sampler.ProposedMass * accepted / Galaxy.Components[c].Mass;
            output.WriteLine($"{Galaxy.Components[c].Name}: {accepted:F3} accepted, {tally.Excess / tally.Sum:E1} twins, mass {mass:F4}");
            Assert.InRange(accepted, 0.6, 1);
            Assert.InRange(tally.Excess / tally.Sum, 0, 2e-3);

            // The fudge's actions are not quite canonical: the bulge holds 1.3e-3 more than its mass.
            Assert.Equal(1, mass, 5e-3);
        }
    }

    [Theory]
    [InlineData(SamplingActions.Exact)]
    [InlineData(SamplingActions.Interpolated)]
    public void Other_actions_make_the_same_model(SamplingActions actions)
    {
        // A bin's count may differ by the noise of both draws; the actions differ by less.
        int c = SolvedBv23.Index(Galaxy, "old disk");
        const int N = 40_000;
        Bin[,] fast = Collect(Sampler.Draw(c, N, seed: 1), DiscR, DiscZ), other = Collect(new GalaxySampler(Galaxy, actions).Draw(c, N, seed: 2), DiscR, DiscZ);
        double chi2 = 0;
        foreach ((Bin a, Bin b) in fast.Cast<Bin>().Zip(other.Cast<Bin>()))
        {
            chi2 += Square(a.Count - b.Count) / (a.Count + b.Count) + Square(a.Mean(2) - b.Mean(2)) / (a.MeanError2(2) + b.MeanError2(2));
        }

        Assert.InRange(Statistics.ChiSquared(chi2, 2 * fast.Length), 1e-3, 0.999);
    }

    private static double Square(double x) => x * x;

    private static Bin[,] Collect(ParticleChunk stars, double[] edgesR, double[] edgesZ)
    {
        Bin[,] bins = new Bin[edgesR.Length - 1, edgesZ.Length - 1];
        for (int n = 0; n < stars.Count; n++)
        {
            double R = Math.Sqrt(stars.X[n] * stars.X[n] + stars.Y[n] * stars.Y[n]), cos = stars.X[n] / R, sin = stars.Y[n] / R;
            int i = Array.FindLastIndex(edgesR, e => e <= R), j = Array.FindLastIndex(edgesZ, e => e <= Math.Abs(stars.Z[n]));
            if (i < 0 || i >= bins.GetLength(0) || j < 0 || j >= bins.GetLength(1))
            {
                continue;
            }

            double vR = stars.VX[n] * cos + stars.VY[n] * sin, vphi = stars.VY[n] * cos - stars.VX[n] * sin, vz = stars.VZ[n];
            bins[i, j] ??= new();
            bins[i, j].Add([vphi, vR * vR, vz * vz, vphi * vphi, vR * vz * Math.Sign(stars.Z[n])]);
        }

        return bins;
    }

    /// <summary>Mass in each bin, and means of what <see cref="Collect"/> adds up, by Gauss-Legendre quadrature of the model's moments.</summary>
    private static (double Mass, double[] Means)[,] Expect(int component, double[] edgesR, double[] edgesZ)
    {
        GaussLegendre inR = GaussLegendre.Rule(4), inZ = GaussLegendre.Rule(5);
        List<double> R = [], z = [], weight = [];
        (double, double[])[,] expected = new (double, double[])[edgesR.Length - 1, edgesZ.Length - 1];
        for (int i = 0; i < edgesR.Length - 1; i++)
        {
            for (int j = 0; j < edgesZ.Length - 1; j++)
            {
                double halfR = 0.5 * (edgesR[i + 1] - edgesR[i]), halfZ = 0.5 * (edgesZ[j + 1] - edgesZ[j]);
                for (int a = 0; a < 4; a++)
                {
                    for (int b = 0; b < 5; b++)
                    {
                        R.Add(edgesR[i] + halfR * (1 + inR.Nodes[a]));
                        z.Add(edgesZ[j] + halfZ * (1 + inZ.Nodes[b]));
                        weight.Add(4 * Math.PI * R[^1] * halfR * halfZ * inR.Weights[a] * inZ.Weights[b]);
                    }
                }
            }
        }

        Moments[,] moments = Galaxy.Moments([.. R], [.. z]);
        for (int bin = 0, n = 0; bin < expected.Length; bin++)
        {
            double mass = 0;
            double[] sums = new double[5];
            for (int k = 0; k < 20; k++, n++)
            {
                Moments m = moments[n, component];
                double share = weight[n] * m.Rho;
                mass += share;
                double[] values = [m.MeanVphi, m.VR2, m.Vz2, m.Vphi2, m.VRvz];
                for (int q = 0; q < 5; q++)
                {
                    sums[q] += share * values[q];
                }
            }

            expected[bin / (edgesZ.Length - 1), bin % (edgesZ.Length - 1)] = (mass, [.. sums.Select(s => s / mass)]);
        }

        return expected;
    }

    private sealed class Bin
    {
        private readonly double[] sums = new double[5], squares = new double[5];

        public int Count { get; private set; }

        public void Add(ReadOnlySpan<double> values)
        {
            Count++;
            for (int k = 0; k < values.Length; k++)
            {
                sums[k] += values[k];
                squares[k] += values[k] * values[k];
            }
        }

        public double Mean(int k) => sums[k] / Count;

        public double MeanError2(int k) => (squares[k] / Count - Square(Mean(k))) / Count;
    }
}
