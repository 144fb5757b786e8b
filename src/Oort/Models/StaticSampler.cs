using Oort.Actions;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Models;

/// <summary>
/// Draws particles from a static density: positions by rejection from a density that is bilinear in ln r and a height that crowds
/// towards the plane, velocities from the Gaussians of <see cref="JeansVelocities"/>, tabulated on the same coordinates. What is said of
/// proposals in <see cref="DistributionSampler"/> holds here. Safe to share between threads.
/// </summary>
internal sealed class StaticSampler : ComponentSampler
{
    private const int Radii = 80, Heights = 25;
    private const double Smallest = 1e-3, Largest = 2e4, LeastShare = 1e-9, Margin = 1.1;

    private readonly Potential potential;
    private readonly Density density;
    private readonly double firstLog, step;
    private readonly double[] kappa;
    private readonly MultilinearDensity proposals;
    private readonly UniformSurface logSquare, streaming;

    public StaticSampler(Potential potential, Density density)
    {
        (this.potential, this.density) = (potential, density);
        double[] trial = [.. Enumerable.Range(0, 120).Select(i => Smallest * Math.Pow(Largest / Smallest, i / 119.0))];
        double[] mass = [.. trial.Select(r => density.At(r, 0) * r * r * ScaleHeight(density, r))];
        double most = mass.Max();
        if (!(most > 0) || !double.IsFinite(most))
        {
            throw new InputException("the density of a static component is zero, or not finite, all over the plane: particles cannot be drawn from it");
        }

        double first = trial[Array.FindIndex(mass, m => m > LeastShare * most)], last = trial[Array.FindLastIndex(mass, m => m > LeastShare * most)];
        (firstLog, step) = (Math.Log(first), Math.Log(last / first) / (Radii - 1));
        kappa = [.. Enumerable.Range(0, Radii).Select(i => Math.Exp(firstLog + i * step)).Select(r => Math.Asinh(r / (0.5 * ScaleHeight(density, r))))];

        JeansVelocities jeans = new(potential, density);
        float[] values = new float[Radii * Heights];
        double[,] logs = new double[Radii, Heights], means = new double[Radii, Heights];
        for (int i = 0; i < Radii; i++)
        {
            double r = Math.Exp(firstLog + i * step);
            for (int j = 0; j < Heights; j++)
            {
                (double R, double z, double weight) = Position(i, j);
                values[i * Heights + j] = (float)(Margin * weight * density.At(R, z));
                (double square, double mean) = jeans.At(R, z, Math.Min(r, 2 * ScaleHeight(density, r)));
                // Where there is nothing, whatever is found below it.
                bool found = square > 0 && double.IsFinite(mean);
                (logs[i, j], means[i, j]) = found ? (Math.Log(square), mean)
                    : j > 0 ? (logs[i, j - 1], means[i, j - 1]) : i > 0 ? (logs[i - 1, j], means[i - 1, j]) : (0, 0);
            }
        }

        proposals = new([Radii, Heights], values);
        (logSquare, streaming) = (new(logs), new(means));
    }

    /// <inheritdoc/>
    public override void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random)
    {
        const int Batch = 256;
        Span<double> q = stackalloc double[2 * Batch], envelope = stackalloc double[Batch], R = stackalloc double[Batch], z = stackalloc double[Batch];
        Span<double> weight = stackalloc double[Batch], rho = stackalloc double[Batch];
        while (chunk.Count < count)
        {
            proposals.Draw(ref random, q, envelope);
            for (int i = 0; i < Batch; i++)
            {
                (R[i], z[i], weight[i]) = Position(q[i], q[Batch + i]);
            }

            density.Evaluate(R, z, rho);
            for (int i = 0; i < Batch; i++)
            {
                for (int copy = (int)(rho[i] * weight[i] / envelope[i] + random.Uniform()); copy > 0 && chunk.Count < count; copy--)
                {
                    double square = Math.Exp(logSquare.Value(q[i], q[Batch + i])), mean = streaming.Value(q[i], q[Batch + i]);
                    Move(chunk, R[i], z[i], square, mean, false, ref random);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override ComponentSampler At(double R, double z, int threads)
    {
        double scale = ScaleHeight(density, Math.Sqrt(R * R + z * z));
        (double square, double mean) = new JeansVelocities(potential, density).At(R, z, scale);
        return double.IsFinite(mean) ? new OnePlace(R, z, square, mean)
            : throw new InputException(FormattableString.Invariant($"there is nothing at R = {R}, z = {z} kpc whose velocities could be drawn"));
    }

    /// <summary>Adds a particle with a velocity of Gaussian distribution.</summary>
    private static void Move(ParticleChunk chunk, double R, double z, double square, double mean, bool here, ref Xoshiro256 random)
    {
        (double x, double y) = random.Normal();
        (double w, _) = random.Normal();
        double sigma = Math.Sqrt(square), sigmaPhi = Math.Sqrt(Math.Max(0, square + Math.Min(0, mean)));
        Place(chunk, R, z, sigma * x, sigma * y, Math.Sqrt(Math.Max(0, mean)) + sigmaPhi * w, double.NaN, double.NaN, here, ref random);
    }

    /// <summary>Radius and height of a place on the grid, and the volume, kpc^3, of both hemispheres per unit of its area.</summary>
    private (double R, double Z, double Weight) Position(double a, double b)
    {
        int cell = Math.Min((int)a, Radii - 2);
        double k = kappa[cell] + (a - cell) * (kappa[cell + 1] - kappa[cell]), r = Math.Exp(firstLog + a * step);
        double t = k * b / (Heights - 1), over = 1 / Math.Sinh(k), mu = Math.Min(1, Math.Sinh(t) * over);
        return (r * Math.Max(1e-5, Math.Sqrt(1 - mu * mu)), r * mu, 4 * Math.PI * step * r * r * r * Math.Cosh(t) * over * k / (Heights - 1));
    }

    /// <summary>Height at which the density is 1/e of that in the plane, but no more than the radius.</summary>
    private static double ScaleHeight(Density density, double r)
    {
        double plane = density.At(r, 0), low = 0, high = r;
        for (int i = 0; i < 40 && plane > 0 && density.At(r, high) < plane / Math.E; i++)
        {
            double middle = low == 0 && i < 20 ? 0.5 * high : 0.5 * (low + high);
            bool falls = density.At(r, middle) < plane / Math.E;
            if (!falls && high - middle < 0.05 * high)
            {
                break;
            }

            (low, high) = falls ? (low, middle) : (middle, high);
            if (low > 0 && high - low < 0.05 * high)
            {
                break;
            }
        }

        return high;
    }

    /// <summary>Velocities at one place.</summary>
    private sealed class OnePlace(double R, double z, double square, double mean) : ComponentSampler
    {
        public override ComponentSampler At(double R, double z, int threads) => this;

        public override void Fill(ParticleChunk chunk, int count, ref Xoshiro256 random)
        {
            while (chunk.Count < count)
            {
                Move(chunk, R, z, square, mean, true, ref random);
            }
        }
    }
}
