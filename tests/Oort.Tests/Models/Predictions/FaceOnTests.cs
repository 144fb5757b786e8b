using Oort.Models;
using Oort.Models.Predictions;
using Oort.Numerics;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models.Predictions;

public sealed class FaceOnTests(ITestOutputHelper output)
{
    /// <summary>
    /// f = A (-H)^4 in an isochrone: rho ~ Psi^5.5 and sigma^2 = Psi/6.5 in every direction, so that the projections are integrals of powers of Psi.
    /// </summary>
    [Fact]
    public void Projections_of_a_polytrope_in_an_isochrone()
    {
        PolytropeInIsochrone df = new(40000, 2, 4, 0.4);
        Galaxy galaxy = new(df.Potential, [new("polytrope", ComponentKind.Stars, df)]);
        double[] R = [0.3, 1, 3, 8, 20];
        FaceOnProfile seen = Find(galaxy, R, FaceOn.Nodes).Components[0];
        double[] t = new double[200], w = new double[200];
        for (int i = 0; i < R.Length; i++)
        {
            // z = R' tan(t) maps the half line to (0, pi/2).
            double scale = R[i] + 2, mass = 0, height2 = 0, speed2 = 0;
            GaussLegendre.Rule(t.Length).Map(0, Math.PI / 2, t, w);
            for (int k = 0; k < t.Length; k++)
            {
                double z = scale * Math.Tan(t[k]), share = 2 * w[k] * scale / Math.Pow(Math.Cos(t[k]), 2) * df.Density(R[i], z);
                mass += share;
                height2 += share * z * z;
                speed2 += share * df.MeanSquare(R[i], z);
            }

            output.WriteLine($"{R[i]}: {seen.Sigma[i] * 1e6 / mass - 1:e1} {seen.RmsHeight[i] / Math.Sqrt(height2 / mass) - 1:e1} {seen.SigmaLos[i] / Math.Sqrt(speed2 / mass) - 1:e1}");
            Assert.InRange(seen.Sigma[i] * 1e6 / mass, 0.9985, 1.0015);
            Assert.InRange(seen.RmsHeight[i] / Math.Sqrt(height2 / mass), 0.9985, 1.0015);
            Assert.InRange(seen.SigmaLos[i] / Math.Sqrt(speed2 / mass), 0.9985, 1.0015);
        }
    }

    /// <summary>The error that <see cref="FaceOn"/> states: against four times as many heights.</summary>
    [Fact]
    public void The_rule_for_heights_is_as_good_as_stated()
    {
        Galaxy all = SolvedBv23.Result.Galaxy;
        Galaxy galaxy = new(all.Potential, [.. all.Components.Where(c => c.IsDisc)], focalDistances: all.FocalDistances);
        Assert.Equal(4, galaxy.Components.Count);
        double[] R = [0.25, 2, 8.27, 20];
        FaceOn ours = Find(galaxy, R, FaceOn.Nodes), fine = Find(galaxy, R, 4 * FaceOn.Nodes);
        double[] worst = new double[3];
        foreach ((FaceOnProfile a, FaceOnProfile b) in ours.Components.Zip(fine.Components))
        {
            for (int i = 0; i < R.Length; i++)
            {
                worst[0] = Math.Max(worst[0], Math.Abs(a.Sigma[i] / b.Sigma[i] - 1));
                worst[1] = Math.Max(worst[1], Math.Abs(a.RmsHeight[i] / b.RmsHeight[i] - 1));
                worst[2] = Math.Max(worst[2], Math.Abs(a.SigmaLos[i] / b.SigmaLos[i] - 1));
            }
        }

        output.WriteLine(string.Join(" ", worst));
        Assert.InRange(worst[0], 0, 2e-4);
        Assert.InRange(worst[1], 0, 1e-3);
        Assert.InRange(worst[2], 0, 1e-5);
    }

    [Fact]
    public void The_scale_length_of_an_exponential_is_its_own()
    {
        double[] R = [0.1, 0.4, 1, 2, 5, 9, 11, 20];
        FaceOn exponential = new(R, [], [.. R.Select(x => 500 * Math.Exp(-x / 2.6))], []);
        Assert.Equal(2.6, exponential.ScaleLength(0, 20), 1e-12);
        Assert.Equal(2.6, exponential.ScaleLength(1, 9), 1e-12);
        Assert.True(double.IsNaN(exponential.ScaleLength(12, 19)));

        // A kink at 5 kpc: each side has its own.
        FaceOn broken = new(R, [], [.. R.Select(x => x <= 5 ? Math.Exp(-x / 4) : Math.Exp(-5.0 / 4 - (x - 5) / 2))], []);
        Assert.Equal(4, broken.ScaleLength(0, 5), 1e-12);
        Assert.Equal(2, broken.ScaleLength(5, 20), 1e-12);
        Assert.InRange(broken.ScaleLength(0, 20), 2, 4);
    }

    private static FaceOn Find(Galaxy galaxy, double[] R, int nodes)
    {
        MomentBatch batch = new();
        int first = FaceOn.Add(batch, R, nodes);
        return FaceOn.Of(galaxy, R, batch.Find(galaxy, null, CancellationToken.None), first, nodes);
    }
}
