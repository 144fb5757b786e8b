using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Oort.Numerics;

namespace Oort.Inference.Optimisers;

/// <summary>
/// Covariance matrix adaptation: points are drawn from a normal distribution that is shifted, stretched and turned to where the better ones were (Hansen 2016, The CMA Evolution Strategy: A Tutorial,
/// arXiv:1604.00772; equations and default parameters are those of its appendix A, with negative weights for the worse half). Only the order of values matters. A generation is one batch. There
/// are no bounds: whoever has them reflects points into them, as <see cref="FitParameter"/> does.
/// </summary>
internal sealed class CmaEs : IOptimiser
{
    private const ulong Stream = 0xc3a35;

    // Standard deviations, in first steps, at which a distribution has shrunk to a point, and the condition number at which it has collapsed.
    private const double Tiny = 1e-7, Collapsed = 1e14;

    private readonly double[] start, steps;
    private readonly double tolerance;
    private readonly ulong seed, round;

    /// <summary>A search.</summary>
    /// <param name="start">Mean of the first generation.</param>
    /// <param name="steps">Its standard deviations.</param>
    /// <param name="tolerance">Difference of values that does not matter.</param>
    /// <param name="seed">Names the random numbers, with <paramref name="round"/>.</param>
    /// <param name="round">Number of this search among several of one seed.</param>
    /// <param name="population">Points of a generation; 4 + 3 ln n if 0.</param>
    public CmaEs(double[] start, double[] steps, double tolerance, ulong seed, int round = 0, int population = 0)
    {
        (this.start, this.steps, this.tolerance, this.seed, this.round) = (start, [.. steps.Select(Math.Abs)], tolerance, seed, (ulong)round);
        Population = population > 0 ? population : UsualPopulation(start.Length);
    }

    /// <summary>Points of a generation.</summary>
    public int Population { get; }

    /// <inheritdoc/>
    public double[] Best { get; private set; } = [];

    /// <inheritdoc/>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool Converged { get; private set; }

    /// <summary>4 + 3 ln n.</summary>
    public static int UsualPopulation(int dimensions) => 4 + (int)(3 * Math.Log(dimensions));

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        int n = start.Length, lambda = Population, mu = lambda / 2;
        Weights w = new(n, lambda);
        double damping = 1 + 2 * Math.Max(0, Math.Sqrt((w.Mass - 1) / (n + 1)) - 1) + w.PathRate, length = Math.Sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n)), sigma = 1;
        Vector<double> mean = Vector<double>.Build.Dense(n, i => start[i] / steps[i]), path = Vector<double>.Build.Dense(n), rankOnePath = path.Clone();
        Matrix<double> covariance = Matrix<double>.Build.DenseIdentity(n);
        int history = 10 + (int)Math.Ceiling(30.0 * n / lambda), most = 100 + (int)(150 * Math.Pow(n + 3, 2) / Math.Sqrt(lambda));
        Queue<double> bests = new();

        // The start itself is a point like others: where nothing is better, it is not lost.
        Question first = new(start);
        yield return [first];
        Note(first);
        for (int generation = 0; generation < most; generation++)
        {
            Evd<double> evd = covariance.Evd(Symmetricity.Symmetric);
            Vector<double> axes = Vector<double>.Build.Dense(n, i => Math.Sqrt(Math.Max(evd.EigenValues[i].Real, 1e-300)));
            Question[] questions = new Question[lambda];
            for (int k = 0; k < lambda; k++)
            {
                Xoshiro256 random = new(seed, Stream, round, (ulong)generation, (ulong)k);
                double[] z = new double[n];
                for (int i = 0; i < n; i++)
                {
                    z[i] = axes[i] * random.Normal().X;
                }

                Vector<double> drawn = mean + sigma * (evd.EigenVectors * Vector<double>.Build.Dense(z));
                questions[k] = new([.. drawn.Select((x, i) => x * steps[i])]);
            }

            yield return questions;
            Array.ForEach(questions, Note);
            Question[] ranked = [.. questions.OrderBy(q => q.Answer)];
            if (!double.IsFinite(ranked[0].Answer))
            {
                // None is a model: nearer to the mean there may be one.
                sigma *= 0.5;
                continue;
            }

            // Equations 38-47 of the tutorial.
            Vector<double>[] y = [.. ranked.Select(q => (Vector<double>.Build.Dense(n, i => q.Point[i] / steps[i]) - mean) / sigma)];
            Vector<double> shift = Vector<double>.Build.Dense(n);
            for (int k = 0; k < mu; k++)
            {
                shift += w.Of[k] * y[k];
            }

            mean += sigma * shift;
            Vector<double> Whitened(Vector<double> v) => evd.EigenVectors * evd.EigenVectors.TransposeThisAndMultiply(v).PointwiseDivide(axes);
            path = (1 - w.PathRate) * path + Math.Sqrt(w.PathRate * (2 - w.PathRate) * w.Mass) * Whitened(shift);
            bool isShort = path.L2Norm() / Math.Sqrt(1 - Math.Pow(1 - w.PathRate, 2 * (generation + 1))) < (1.4 + 2 / (n + 1.0)) * length;
            sigma *= Math.Exp(Math.Min(1, w.PathRate / damping * (path.L2Norm() / length - 1)));
            rankOnePath = (1 - w.RankOnePathRate) * rankOnePath + (isShort ? Math.Sqrt(w.RankOnePathRate * (2 - w.RankOnePathRate) * w.Mass) * shift : 0 * shift);
            double kept = 1 + (isShort ? 0 : w.RankOne * w.RankOnePathRate * (2 - w.RankOnePathRate)) - w.RankOne - w.RankMu * w.Of.Sum();
            covariance = kept * covariance + w.RankOne * rankOnePath.OuterProduct(rankOnePath);
            for (int k = 0; k < lambda; k++)
            {
                double weight = w.Of[k] >= 0 ? w.Of[k] : w.Of[k] * n / Math.Max(1e-12, Math.Pow(Whitened(y[k]).L2Norm(), 2));
                covariance += w.RankMu * weight * y[k].OuterProduct(y[k]);
            }

            covariance = 0.5 * (covariance + covariance.Transpose());
            bests.Enqueue(ranked[0].Answer);
            if (bests.Count > history)
            {
                bests.Dequeue();
            }

            double widest = sigma * axes.Maximum();
            bool isFlat = bests.Count == history && Math.Max(bests.Max(), ranked[^1].Answer) - bests.Min() <= tolerance;
            if (isFlat || widest < Tiny)
            {
                Converged = true;
                yield break;
            }

            if (!double.IsFinite(widest) || axes.Maximum() > Math.Sqrt(Collapsed) * axes.Minimum())
            {
                yield break;
            }
        }
    }

    private void Note(Question asked)
    {
        if (asked.Answer < BestValue || Best.Length == 0)
        {
            (Best, BestValue) = (asked.Point, asked.Answer);
        }
    }

    /// <summary>Weights of a generation's points by their rank, and rates (equations 49-58 and table 1 of the tutorial).</summary>
    private sealed class Weights
    {
        public Weights(int n, int lambda)
        {
            double[] raw = [.. Enumerable.Range(1, lambda).Select(i => Math.Log((lambda + 1) / 2.0) - Math.Log(i))];
            int mu = lambda / 2;
            static double MassOf(IEnumerable<double> w) => Math.Pow(w.Sum(), 2) / w.Sum(x => x * x);
            Mass = MassOf(raw[..mu]);
            double negativeMass = MassOf(raw[mu..]);
            PathRate = (Mass + 2) / (n + Mass + 5);
            RankOnePathRate = (4 + Mass / n) / (n + 4 + 2 * Mass / n);
            RankOne = 2 / (Math.Pow(n + 1.3, 2) + Mass);
            RankMu = Math.Min(1 - RankOne, 2 * (0.25 + Mass + 1 / Mass - 2) / (Math.Pow(n + 2, 2) + Mass));
            double most = Math.Min(1 + RankOne / RankMu, Math.Min(1 + 2 * negativeMass / (Mass + 2), (1 - RankOne - RankMu) / (n * RankMu)));
            double positive = raw.Where(x => x > 0).Sum(), negative = -raw.Where(x => x < 0).Sum();
            Of = [.. raw.Select(x => x >= 0 ? x / positive : most * x / negative)];
        }

        public double[] Of { get; }

        /// <summary>Variance-effective size of the better half.</summary>
        public double Mass { get; }

        public double PathRate { get; }

        public double RankOnePathRate { get; }

        public double RankOne { get; }

        public double RankMu { get; }
    }
}
