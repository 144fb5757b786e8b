using MathNet.Numerics;
using Oort.Models;

namespace Oort.Tests.Models;

/// <summary>Distributions along directions from values on a box, against those that are known.</summary>
public class BoxProjectionTests
{
    // Of the cold discs for which the box's nodes are made (docs/performance.md), tilted: v_R and v_z are correlated.
    private const double SigmaR = 30, SigmaZ = 13, SigmaPhi = 21, Correlation = 0.2, Streaming = 218;

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(-0.9, 0.2, 0.387)]
    [InlineData(0.1, 0.05, -0.9937)]
    [InlineData(0.6, -0.1, 0.7937)]
    [InlineData(0.1, 0.99, 0.0995)]
    [InlineData(-0.3, -0.9, -0.316)]
    public void Of_a_normal_distribution_they_are_normal(double nR, double nZ, double nPhi)
    {
        double length = Math.Sqrt(nR * nR + nZ * nZ + nPhi * nPhi);
        (nR, nZ, nPhi) = (nR / length, nZ / length, nPhi / length);
        VelocityBox box = new(200, 150, 100, 350, 225);
        foreach (bool below in (bool[])[false, true])
        {
            BoxProjection projection = Filled(box, below);
            double sign = below ? -1 : 1, variance = nR * nR * SigmaR * SigmaR + nZ * nZ * SigmaZ * SigmaZ + nPhi * nPhi * SigmaPhi * SigmaPhi + 2 * sign * Correlation * nR * nZ * SigmaR * SigmaZ;
            double mean = nPhi * Streaming, deviation = Math.Sqrt(variance);
            Assert.Equal(1, projection.Density, 2e-5);
            Assert.Equal(Streaming, projection.MeanPhi, 2e-3);
            Assert.Equal(1, projection.MeanSquare(nR, nZ, nPhi) / (variance + mean * mean), 3e-5);
            double[] limits = [.. Enumerable.Range(-60, 121).Select(i => mean + 0.1 * i * deviation)], values = new double[limits.Length];
            projection.Add(nR, nZ, nPhi, limits, 0.5, values);
            projection.Add(nR, nZ, nPhi, limits, 1.5, values);

            // Of a total of 2.
            Assert.All(values.Zip(limits), v => Assert.Equal(2 * 0.5 * SpecialFunctions.Erfc((mean - v.Second) / (deviation * Constants.Sqrt2)), v.First, 6e-5));
        }
    }

    /// <summary>A distribution that is cut off at the sides of the box: lines of nodes, none of them shifted, and a sum over all nodes.</summary>
    [Theory]
    [InlineData(0.8, 0.1, 0.59)]
    [InlineData(0.1, 0.2, -0.97)]
    [InlineData(0.2, 0.97, 0.1)]
    public void Cuts_stay_sharp(double nR, double nZ, double nPhi)
    {
        VelocityBox box = new(100, 60, 150, 300, 225), fine = new(100, 60, 150, 300, 225, 0.25);
        double[] limits = [.. Enumerable.Range(-70, 141).Select(i => 5.0 * i)], values = new double[limits.Length], expected = new double[limits.Length];
        BoxProjection projection = Filled(box, false);
        projection.Add(nR, nZ, nPhi, limits, 1, values);
        foreach (int node in Enumerable.Range(0, fine.Count))
        {
            (double vR, double vz, double vphi) = fine.At(node);
            double w = Density(vR, vz, vphi) * fine.R.Weights[node % fine.R.Count] * fine.Z.Weights[fine.Z.Count / 2 + node / fine.R.Count % fine.HalfZ] * fine.Phi.Weights[node / fine.R.Count / fine.HalfZ];
            double x = nR * vR + nZ * vz, y = nPhi * vphi;
            foreach (double v in vz == 0 ? (double[])[x + y] : [x + y, -x + y])
            {
                // Half of a node that is just at a limit, as wide as a node is.
                for (int m = 0; m < limits.Length; m++)
                {
                    expected[m] += w * Math.Clamp(0.5 + (limits[m] - v) / 4, 0, 1);
                }
            }
        }

        Assert.All(values.Zip(expected), v => Assert.Equal(v.Second, v.First, 2e-3));
        Assert.Equal(expected[^1], values[^1], 1e-4);
        Assert.Equal(0, values[0]);
    }

    private static BoxProjection Filled(VelocityBox box, bool below)
    {
        BoxProjection projection = new(box);
        for (int i = 0; i < box.Count; i++)
        {
            (double vR, double vz, double vphi) = box.At(i);
            projection.F[i] = Density(vR, vz, vphi);
        }

        projection.Loaded(below);
        return projection;
    }

    private static double Density(double vR, double vz, double vphi)
    {
        double a = vR / SigmaR, b = vz / SigmaZ, c = (vphi - Streaming) / SigmaPhi, rest = 1 - Correlation * Correlation;
        return Math.Exp(-0.5 * ((a * a - 2 * Correlation * a * b + b * b) / rest + c * c)) / (Math.Pow(2 * Math.PI, 1.5) * SigmaR * SigmaZ * SigmaPhi * Math.Sqrt(rest));
    }
}
