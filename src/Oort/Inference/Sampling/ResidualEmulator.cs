using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Statistics;
using Oort.Inference.Optimisers;
using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// What a misfit that is a sum of squares would be at points where no model has been solved: each of the residuals is a polynomial of the second degree in the parameters, found from models by least squares, so that
/// the misfit is one of the fourth degree that is nowhere negative and knows how a valley bends. Models far above the best count less, and the coefficients of the second degree are held back
/// by as much as predicts best each model from the others. Immutable.
/// </summary>
public sealed class ResidualEmulator
{
    // Of a walk: at least, and for each dimension.
    private const int LeastSteps = 4000, StepsEach = 400;

    private const int StepsOfPopulation = 3000, StepsApart = 250, StepsOfMoments = 25, MostBatches = 2000;
    private const ulong PopulationStream = 0x9091a7e;
    private const double LeastTolerance = 1e-3;

    // The emulated density is as much wider in variance: so that a chain does not wait where that is too narrow, and models are known to beyond where a chain goes.
    private const double Proposing = 1.1, Exploring = 1.6;

    // A step of a walk is up to so long in standard coordinates, times 1/sqrt(D) (Roberts, Gelman & Gilks 1997), and down to a part of it.
    private const double LongestStep = 2.38, ShortestPart = 0.1;

    // A misfit so far above the least, for each parameter, halves a model's weight.
    private const double HalfWeight = 2, LeastRest = 1e-6;

    // Of the second degree, in units of what one model at a standard deviation tells of a coefficient; those of the first need it only where models are few.
    private static readonly double[] Ridges = [1e-6, 1e-4, 1e-3, 1e-2, 0.1, 1, 10];
    private const double LinearRidge = 1e-9;

    // The standard deviation of a coefficient of the second degree that no model tells of, over all residuals, for which those of the first degree are 1.
    private const double Bend = 0.1;

    private readonly ParameterSet parameters;
    private readonly NormalApproximation near;
    private readonly double broadening;
    private readonly double[][] residuals, population;

    /// <summary>An emulator.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="near">About where the density is, in the parameters' coordinates.</param>
    /// <param name="models">Models and their residuals.</param>
    /// <param name="explores">Whether it is to say where to solve further models, not to propose points to a chain: the density is wider then, and ends where models no longer tell.</param>
    internal ResidualEmulator(ParameterSet parameters, NormalApproximation near, ResidualProducts models, bool explores = false)
    {
        (this.parameters, this.near, broadening) = (parameters, near, explores ? Exploring : Proposing);
        int n = parameters.Count;
        double[] misfits = [.. models.Misfits.Zip(models.Points, (m, p) => m + parameters.PriorSquares(parameters.Values(p)))];
        double least = misfits.Min();
        Models = models.Count;
        Fingerprint = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>((double[])[.. models.Points.Zip(models.Misfits, (p, m) => p.Append(m)).SelectMany(p => p)])));
        Matrix<double> products = DenseMatrix.Create(Models, Models, (i, j) => models[i, j]);
        Vector<double> weights = DenseVector.OfEnumerable(misfits.Select(m => 1 / (1 + Math.Pow((m - least) / (HalfWeight * n), 2))));
        Matrix<double> features = DenseMatrix.Build.DenseOfRowArrays(models.Points.Select(p => Features(p)));
        Matrix<double> weighted = features.MapIndexed((i, _, f) => weights[i] * f, Zeros.Include), normal = features.TransposeThisAndMultiply(weighted);
        (Error, double variance, double ridge) = Ridges.Select(r =>
        {
            (double error, double square) = ErrorWithout(features * Held(r).Inverse() * weighted.Transpose(), products, weights);
            return (error, square, r);
        }).MinBy(e => e.error);
        Matrix<double> coefficients = Held(ridge).Inverse() * weighted.Transpose();
        Matrix<double> squares = coefficients * products * coefficients.Transpose() + (explores ? variance : 0) * Held(Math.Max(ridge, variance / (Bend * Bend))).Inverse();

        Matrix<double> Held(double ridge) => normal + DenseMatrix.OfDiagonalArray([.. Enumerable.Range(0, normal.RowCount).Select(k => k == 0 ? 0 : k <= n ? LinearRidge : ridge)]);

        // As many residuals as there are coefficients, with the same sum of squares.
        Evd<double> parts = squares.Evd(Symmetricity.Symmetric);
        residuals = [.. parts.EigenVectors.EnumerateColumns().Zip(parts.EigenValues, (v, l) => (v * Math.Sqrt(Math.Max(0, l.Real))).ToArray())];
        (population, Moments) = Populate();
    }

    /// <summary>How many models it rests on.</summary>
    public int Models { get; }

    /// <summary>Standard deviation of the error of ln L at these models, each predicted from the others.</summary>
    public double Error { get; }

    /// <summary>Mean and standard deviation of each parameter's values in the emulated posterior density, its likelihood made a tenth wider in variance, from draws that are not many: good to some percent, but where a valley bends nearer than errors from the curvature at the best point.</summary>
    public IReadOnlyList<(double Mean, double StandardDeviation)> Moments { get; }

    /// <summary>Names these models.</summary>
    internal string Fingerprint { get; }

    /// <summary>The misfit at a point, in the parameters' coordinates.</summary>
    internal double Misfit(ReadOnlySpan<double> point)
    {
        double[] features = Features(point);
        double sum = 0;
        foreach (double[] coefficients in residuals)
        {
            double residual = ScalarProduct.Of(coefficients, features);
            sum += residual * residual;
        }

        return sum;
    }

    /// <summary>Where, from a point on, the misfit is least, priors counted in (<see cref="ParameterSet.PriorResiduals"/>).</summary>
    /// <param name="from">The point.</param>
    /// <param name="steps">A length scale for each coordinate.</param>
    /// <param name="bounds">Bounds.</param>
    internal double[] Least(double[] from, double[] steps, (double Low, double High)[] bounds)
    {
        GaussNewton search = new(from, steps, bounds, LeastTolerance);
        foreach (IReadOnlyList<Question> batch in search.Batches().Take(MostBatches))
        {
            foreach (Question question in batch)
            {
                double[] features = Features(question.Point);
                question.Residuals = [.. residuals.Select(c => ScalarProduct.Of(c, features)), .. parameters.PriorResiduals(parameters.Values(question.Point))];
                question.Answer = question.Residuals.Sum(r => r * r);
            }
        }

        return search.Best;
    }

    /// <summary>Logarithm of the density that walks are in.</summary>
    internal double LogDensity(ReadOnlySpan<double> point)
    {
        double prior = parameters.LogPrior(point);
        return double.IsFinite(prior) ? prior - 0.5 / broadening * Misfit(point) : double.NegativeInfinity;
    }

    /// <summary>Steps after which a walk has nearly forgotten where it began.</summary>
    internal int WalkLength => Math.Max(LeastSteps, StepsEach * near.Dimensions);

    /// <summary>A point of the emulated density.</summary>
    internal double[] Draw(ref Xoshiro256 random) => Walk(Any(ref random), ref random, WalkLength);

    /// <summary>
    /// Where Metropolis' algorithm is after many steps in the emulated density, each by a part of the difference of two points of the population, which leads along a valley, or the same way in all standard coordinates. Which of both is
    /// left to chance: all steps are alike then, and as each of them is reversible, so is the walk. In turns it would not be.
    /// </summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="steps">How many.</param>
    internal double[] Walk(ReadOnlySpan<double> from, ref Xoshiro256 random, int steps)
    {
        (double[] here, double[] next, double[] deviations) = (from.ToArray(), new double[from.Length], new double[from.Length]);
        double log = LogDensity(here), longest = LongestStep / Math.Sqrt(from.Length);
        for (int step = 0; step < steps; step++)
        {
            here.CopyTo(next, 0);
            double length = longest * Math.Pow(ShortestPart, random.Uniform());
            if (random.Uniform() < 0.5)
            {
                (double[] one, double[] other) = (Any(ref random), Any(ref random));
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] += length / Math.Sqrt(2) * (one[i] - other[i]);
                }
            }
            else
            {
                for (int i = 0; i < deviations.Length; i++)
                {
                    deviations[i] = random.Normal().X;
                }

                near.Move(next, deviations, length);
            }

            double there = LogDensity(next);
            if (Math.Log(1 - random.Uniform()) < there - log)
            {
                ((here, next), log) = ((next, here), there);
            }
        }

        return here;
    }

    private double[] Any(ref Xoshiro256 random) => population[(int)(random.Uniform() * population.Length)];

    /// <summary>Points all over the emulated density, and moments of more of them.</summary>
    private (double[][] Population, IReadOnlyList<(double Mean, double StandardDeviation)> Moments) Populate()
    {
        EnsembleSampler sampler = new(new Density(this));
        Xoshiro256 random = new(PopulationStream);
        Ensemble start = sampler.Start([.. Enumerable.Range(0, Math.Max(16, 4 * near.Dimensions)).Select(_ => parameters.Coordinates(parameters.Values(near.Draw(ref random))))]);
        List<double[]> points = [], values = [];
        foreach (Ensemble step in sampler.Steps(start).Take(StepsOfPopulation).Where(e => e.Number > StepsOfPopulation / 2 && e.Number % StepsOfMoments == 0))
        {
            values.AddRange(step.Positions.Select(p => parameters.Values(p)));
            points.AddRange(step.Number % StepsApart == 0 ? step.Positions : []);
        }

        return ([.. points], [.. Enumerable.Range(0, near.Dimensions).Select(i => values.Select(v => v[i]).MeanStandardDeviation())]);
    }

    /// <summary>1, the standard coordinates, and the products of two of them.</summary>
    private double[] Features(ReadOnlySpan<double> point)
    {
        int n = point.Length;
        double[] features = new double[1 + n + n * (n + 1) / 2];
        features[0] = 1;
        Span<double> standard = features.AsSpan(1, n);
        near.Standardise(point, standard);
        int k = 1 + n;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                features[k++] = standard[i] * standard[j];
            }
        }

        return features;
    }

    /// <summary>The standard deviation of the error of ln L, and the mean sum of squares of residuals' errors, at models that are each left out in turn, from the matrix that makes predictions of residuals (the rule for linear smoothers; Hastie, Tibshirani &amp; Friedman 2009, section 7.10.1).</summary>
    private static (double Error, double Square) ErrorWithout(Matrix<double> predicts, Matrix<double> products, Vector<double> weights)
    {
        int n = predicts.RowCount;
        Matrix<double> misses = DenseMatrix.Create(n, n, (i, j) => ((i == j ? 1 : 0) - predicts[i, j]) / Math.Max(LeastRest, 1 - predicts[i, i]));
        Matrix<double> crossed = misses * products;
        Vector<double> squares = DenseVector.Create(n, i => Math.Max(0, crossed.Row(i).DotProduct(misses.Row(i)))), errors = 0.5 * squares - crossed.Diagonal();
        double mean = errors.DotProduct(weights) / weights.Sum();
        return (Math.Sqrt((errors - mean).PointwisePower(2).DotProduct(weights) / weights.Sum()), squares.DotProduct(weights) / weights.Sum());
    }

    private sealed class Density(ResidualEmulator emulator) : ILogDensity
    {
        public int Dimensions => emulator.near.Dimensions;

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default) => [.. points.Select(p => emulator.LogDensity(p))];
    }
}
