using Oort.Models;
using Oort.Potentials;

namespace Oort.Tests.Models;

public class HaloSamplingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reproduces_a_density_of_its_degree(bool collocation)
    {
        Density density = new Pinched(0.3, 2);
        Density found = Sampled(density, collocation);
        foreach (double u in (double[])[0, 0.2, 0.7, 1])
        {
            Assert.Equal(density.At(8 * Math.Sqrt(1 - u * u), 8 * u), found.At(8 * Math.Sqrt(1 - u * u), 8 * u), 1e-6 * found.At(8, 0));
        }
    }

    [Fact]
    public void Projection_keeps_a_pinch_out_of_the_mean_and_collocation_reproduces_it_in_the_plane()
    {
        // A layer that no expansion to degree 4 resolves: |u|^-0.4 has mean 1.67 and is large at the plane.
        Pinched density = new(1, -0.4);
        double mean = density.Amplitude(8) * (1 + 1 / 0.6);
        Assert.Equal(mean, Mean(Sampled(density, false)), 0.03 * mean);
        Density collocated = Sampled(density, true);
        Assert.True(Mean(collocated) > 1.3 * mean);
        Assert.Equal(density.At(8, 0), collocated.At(8, 0), 1e-6 * density.At(8, 0));
    }

    [Fact]
    public void Collocation_samples_the_nodes_of_the_whole_sphere()
    {
        DensitySampling sampling = DensitySampling.For(new HaloGrid(1, 100, 5, 4, Collocation: true));
        double[] cos = [.. sampling.Z.Take(3)];
        Assert.Equal(5 * 3, sampling.R.Length);
        // The zeros of P_5: 0 and sqrt(5 -+ 2 sqrt(10/7)) / 3.
        Assert.Equal(0, cos[0]);
        Assert.Equal(Math.Sqrt(5 - 2 * Math.Sqrt(10.0 / 7)) / 3, cos[1], 1e-13);
        Assert.Equal(Math.Sqrt(5 + 2 * Math.Sqrt(10.0 / 7)) / 3, cos[2], 1e-13);
        Assert.All(sampling.R.Zip(sampling.Z), p => Assert.True(p.First > 0));
    }

    private static Density Sampled(Density density, bool collocation)
    {
        DensitySampling sampling = DensitySampling.For(new HaloGrid(0.5, 128, 49, 4, collocation));
        double[] rho = new double[sampling.R.Length];
        density.Evaluate(sampling.R, sampling.Z, rho);
        return sampling.Interpolate(rho);
    }

    private static double Mean(Density density)
        => Enumerable.Range(0, 1000).Average(i => (i + 0.5) / 1000 is double u ? density.At(8 * Math.Sqrt(1 - u * u), 8 * u) : 0);

    /// <summary>(1 + a |u|^n) 1e7 (1 + r/10)^-4, u = z/r, held constant below u = 1e-3.</summary>
    private sealed class Pinched(double a, double n) : Density
    {
        public override double TotalMass => double.NaN;

        public double Amplitude(double r) => 1e7 * Math.Pow(1 + r / 10, -4);

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        {
            for (int i = 0; i < R.Length; i++)
            {
                double r = Math.Sqrt(R[i] * R[i] + z[i] * z[i]);
                rho[i] = Amplitude(r) * (1 + a * Math.Pow(n > 0 ? z[i] / r : Math.Max(1e-3, Math.Abs(z[i]) / r), n));
            }
        }
    }
}
