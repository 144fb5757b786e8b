using MathNet.Numerics.Distributions;
using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Surveys;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// Points in the phase space of a region of the sky, their actions in one potential, and where in its histograms stars there are seen, errors included. The integral over the region is over the nodes of
/// <see cref="RegionNodes"/>; over velocities it is a mean over points of an additive sequence (generalised golden ratios; Roberts 2018), each a pair (v_R, v_z), (-v_R, -v_z) of the same actions, drawn about
/// the reference galaxy's components from logistic distributions, whose tails are wider than those of warmer discs. Immutable and safe to share between threads.
/// </summary>
internal sealed class RegionPoints
{
    // Points are spread as widely as discs that are so many times as hot as the reference galaxy's.
    private const double Wider = 1.3;

    // The share of points that are spread evenly over the nodes, for galaxies with stars elsewhere; the others follow the reference galaxy's.
    private const double EvenShare = 0.3;

    // Components with a smaller share of the density are without points of their own.
    private const double LeastShare = 1e-6;
    private const int Chunk = 4096, Velocities = 3;

    private readonly IReadOnlyList<HistogramAxis> axes;
    private readonly int[] firsts;
    private readonly double[] R, z;
    private readonly double[] Jr, Jz, Jphi, weights;

    // Of both points of a pair, quantity by quantity: the cell, -1 outside the edges, and what the velocity is, NaN where the survey has no such stars; the errors' squares by node and quantity.
    private readonly int[] cells;
    private readonly double[] seen, errors;

    /// <summary>Chooses points and finds their actions.</summary>
    /// <param name="region">Number of the region.</param>
    /// <param name="axes">Cells of its histograms.</param>
    /// <param name="shells">Its nodes.</param>
    /// <param name="moments">Moments of each component seen at each node, in the reference galaxy.</param>
    /// <param name="conditions">What stars the survey has, and how it measures them.</param>
    /// <param name="finder">Finds actions.</param>
    /// <param name="count">Number of points, about.</param>
    public RegionPoints(int region, IReadOnlyList<HistogramAxis> axes, IReadOnlyList<RegionShell> shells, Moments[][] moments, RegionConditions conditions, StaeckelFudgeFinder finder, int count)
    {
        (RegionNode Node, double Distance)[] nodes = [.. shells.SelectMany(s => s.Nodes.Select(n => (n, s.Distance)))];
        Spread[][] spreads = [.. moments.Select(Spread.Of)];
        int[] own = Counts(nodes, moments, spreads, count);
        this.axes = axes;
        firsts = new int[nodes.Length + 1];
        for (int k = 0; k < own.Length; k++)
        {
            firsts[k + 1] = firsts[k] + own[k];
        }

        int n = firsts[^1], q = axes.Count;
        (R, z) = ([.. nodes.Select(x => x.Node.R)], [.. nodes.Select(x => Math.Abs(x.Node.Z))]);
        (Jr, Jz, Jphi, weights) = (new double[n], new double[n], new double[n], new double[n]);
        (cells, seen, errors) = (new int[2 * q * n], new double[2 * q * n], new double[q * nodes.Length]);
        double[] atR = new double[n], atZ = new double[n], vR = new double[n], vz = new double[n], vphi = new double[n], steps = Steps(Velocities + q), noise = new double[q];
        for (int k = 0; k < nodes.Length; k++)
        {
            (RegionNode node, double distance) = nodes[k];
            for (int a = 0; a < q; a++)
            {
                double error = conditions.Error(axes[a].Quantity, distance);
                errors[k * q + a] = error * error;
            }

            for (int i = firsts[k]; i < firsts[k + 1]; i++)
            {
                Spread from = spreads[k][(i - firsts[k]) % spreads[k].Length];
                (vR[i], vz[i], vphi[i]) = (from.R.At(Place(steps, 0, i, region)), from.Z.At(Place(steps, 1, i, region)), from.Phi.At(Place(steps, 2, i, region)));
                double density = spreads[k].Average(s => s.R.Density(vR[i]) * s.Z.Density(vz[i]) * s.Phi.Density(vphi[i]));
                weights[i] = 0.5 * node.Weight / (own[k] * density);
                (atR[i], atZ[i]) = (node.R, node.Z);
                for (int a = 0; a < q; a++)
                {
                    noise[a] = Math.Sqrt(errors[k * q + a]) * Normal.InvCDF(0, 1, Place(steps, Velocities + a, i, region));
                }

                See(i, 0, node, distance, vR[i], vz[i], vphi[i], noise, 1, conditions.Limits);
                See(i, 1, node, distance, -vR[i], -vz[i], vphi[i], noise, -1, conditions.Limits);
            }
        }

        for (int first = 0; first < n; first += Chunk)
        {
            int m = Math.Min(Chunk, n - first);
            finder.Actions(new() { R = atR.AsSpan(first, m), z = atZ.AsSpan(first, m), vR = vR.AsSpan(first, m), vz = vz.AsSpan(first, m), vphi = vphi.AsSpan(first, m) },
                new() { Jr = Jr.AsSpan(first, m), Jz = Jz.AsSpan(first, m), Jphi = Jphi.AsSpan(first, m) });
        }
    }

    /// <summary>Bytes that are kept.</summary>
    public long Bytes => sizeof(double) * (4L * Jr.Length + seen.Length + errors.Length + 2L * R.Length) + sizeof(int) * ((long)cells.Length + firsts.Length);

    /// <summary>What a survey sees of stars with some distribution functions: R, |z|, and of each quantity the mean, the dispersion and the probability of each cell; NaN where there are none.</summary>
    public (double R, double Z, (double Mean, double Dispersion)[] Moments, double[][] Cells) Predict(IReadOnlyList<DistributionFunction> dfs)
    {
        int n = Jr.Length, q = axes.Count;
        double[] f = new double[n], value = new double[Chunk];
        for (int first = 0; first < n; first += Chunk)
        {
            int m = Math.Min(Chunk, n - first);
            foreach (DistributionFunction df in dfs)
            {
                df.Evaluate(Jr.AsSpan(first, m), Jz.AsSpan(first, m), Jphi.AsSpan(first, m), value.AsSpan(0, m));
                for (int i = 0; i < m; i++)
                {
                    // Unbound stars have no actions.
                    f[first + i] += double.IsFinite(value[i]) ? weights[first + i] * value[i] : 0;
                }
            }
        }

        double mass = 0, sumR = 0, sumZ = 0;
        double[] mean = new double[q], square = new double[q];
        double[][] share = [.. axes.Select(a => new double[a.Count])];
        for (int k = 0; k < R.Length; k++)
        {
            double here = 0;
            for (int i = firsts[k]; i < firsts[k + 1]; i++)
            {
                for (int at = 2 * q * i, side = 0; side < 2; side++, at += q)
                {
                    if (double.IsNaN(seen[at]))
                    {
                        continue;
                    }

                    here += f[i];
                    for (int a = 0; a < q; a++)
                    {
                        mean[a] += f[i] * seen[at + a];
                        square[a] += f[i] * (seen[at + a] * seen[at + a] + errors[k * q + a]);
                        if (cells[at + a] >= 0)
                        {
                            share[a][cells[at + a]] += f[i];
                        }
                    }
                }
            }

            (mass, sumR, sumZ) = (mass + here, sumR + here * R[k], sumZ + here * z[k]);
        }

        for (int a = 0; a < q; a++)
        {
            for (int i = 0; i < share[a].Length; i++)
            {
                share[a][i] /= mass;
            }
        }

        return (sumR / mass, sumZ / mass, [.. Enumerable.Range(0, q).Select(a => (mean[a] / mass, Math.Sqrt(Math.Max(0, square[a] / mass - mean[a] * mean[a] / (mass * mass)))))], share);
    }

    /// <summary>Points at each node: as many for each component there.</summary>
    private static int[] Counts((RegionNode Node, double Distance)[] nodes, Moments[][] moments, Spread[][] spreads, int count)
    {
        double[] masses = [.. nodes.Select((x, k) => spreads[k].Length == 0 ? 0 : x.Node.Weight * moments[k].Sum(m => m.Rho > 0 ? m.Rho : 0))];
        double all = masses.Sum();
        int used = masses.Count(m => m > 0);
        return [.. masses.Select((m, k) => m > 0 ? spreads[k].Length * (int)Math.Ceiling(count * ((1 - EvenShare) * m / all + EvenShare / used) / spreads[k].Length) : 0)];
    }

    /// <summary>Steps of the additive sequence in so many dimensions: powers of the inverse of the root of x^(d + 1) = x + 1.</summary>
    private static double[] Steps(int dimensions)
    {
        double root = 1.5;
        for (int i = 0; i < 100; i++)
        {
            root = Math.Pow(1 + root, 1.0 / (dimensions + 1));
        }

        return [.. Enumerable.Range(1, dimensions).Select(k => Math.Pow(root, -k))];
    }

    /// <summary>A coordinate of a point of the sequence, in the open interval from 0 to 1; each region has an own stretch of it.</summary>
    private static double Place(double[] steps, int dimension, int point, int region)
    {
        double x = 0.5 + (point + 1.0 + 1e6 * region) * steps[dimension];
        return Math.Clamp(x - Math.Floor(x), 1e-9, 1 - 1e-9);
    }

    private void See(int point, int side, RegionNode node, double distance, double vR, double vz, double vphi, double[] noise, int sign, VelocityLimits? limits)
    {
        int q = axes.Count, at = (2 * point + side) * q;
        bool isThere = limits?.Contains(vR, vphi, vz) ?? true;
        for (int a = 0; a < q; a++)
        {
            (SkyDirection n, double unit) = RegionIntegrator.Measured(axes[a], node, distance);
            double v = (n.R * vR + n.Z * vz + n.Phi * vphi - n.Sun) / unit;
            (seen[at + a], cells[at + a]) = isThere ? (v, axes[a].Find(v + sign * noise[a])) : (double.NaN, -1);
        }
    }

    /// <summary>A logistic distribution.</summary>
    private readonly record struct Logistic(double Centre, double Scale)
    {
        public double At(double share) => Centre + Scale * Math.Log(share / (1 - share));

        public double Density(double v)
        {
            double e = Math.Exp(-Math.Abs(v - Centre) / Scale);
            return e / (Scale * (1 + e) * (1 + e));
        }
    }

    /// <summary>How points are spread about a component.</summary>
    private readonly record struct Spread(Logistic R, Logistic Z, Logistic Phi)
    {
        // Of the standard deviation of a logistic distribution of unit scale.
        private static readonly double PerDeviation = Wider * Math.Sqrt(3) / Math.PI;

        public static Spread[] Of(Moments[] components)
        {
            double all = components.Sum(m => m.Rho > 0 ? m.Rho : 0);
            return [.. components.Where(m => m.Rho > LeastShare * all && m is { SigmaR: > 0, SigmaZ: > 0, SigmaPhi: > 0 })
                .Select(m => new Spread(new(0, PerDeviation * m.SigmaR), new(0, PerDeviation * m.SigmaZ), new(m.MeanVphi, PerDeviation * m.SigmaPhi)))];
        }
    }
}
