using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Oort.Inference.Optimisers;
using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// What a misfit that is a sum of squares would be at points where no model has been solved: each of the residuals is a polynomial of the second degree in the parameters, found from models by least squares, so that
/// the misfit is one of the fourth degree that is nowhere negative and knows how a valley bends. Models far above the best count less, and the coefficients of the second degree are held back
/// by as much as predicts best each model from the others. It is the misfit to be expected: the variance of the residuals adds to it, which is large where models do not tell. Immutable.
/// </summary>
public sealed class ResidualEmulator
{
    /// <summary>Steps of a walk for each dimension.</summary>
    internal const int StepsEach = 400;

    private const int WalksOfDraw = 20, MostBatches = 2000;
    private const double LeastTolerance = 1e-3;

    // The emulated density is as much wider in variance, so that a chain does not wait where that is too narrow. A step of a walk is up to so long in standard coordinates, times 1/sqrt(D) (Roberts, Gelman & Gilks 1997), and down to a part of it.
    private const double Broadening = 1.1, LongestStep = 2.38, ShortestPart = 0.1;

    // A misfit so far above the least, for each parameter, halves a model's weight.
    private const double Near = 2, LeastRest = 1e-6;

    // Of the second degree, in units of what one model at a standard deviation tells of a coefficient; those of the first need it only where models are few.
    private static readonly double[] Ridges = [1e-6, 1e-4, 1e-3, 1e-2, 0.1, 1, 10];
    private const double LinearRidge = 1e-9;

    // At a standard deviation the first degree changes residuals by 1, all together. Of what the second degree does no more than this is left open.
    private const double Bend = 0.1;

    private readonly ParameterSet parameters;
    private readonly NormalApproximation near;
    private readonly double[][] residuals;

    /// <summary>An emulator.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="near">About where the density is, in the parameters' coordinates.</param>
    /// <param name="models">Models and their residuals.</param>
    internal ResidualEmulator(ParameterSet parameters, NormalApproximation near, ResidualProducts models)
    {
        (this.parameters, this.near) = (parameters, near);
        int n = parameters.Count;
        double least = models.Misfits.Min();
        Models = models.Count;
        Fingerprint = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>((double[])[.. models.Points.Zip(models.Misfits, (p, m) => p.Append(m)).SelectMany(p => p)])));
        Matrix<double> products = DenseMatrix.Create(Models, Models, (i, j) => models[i, j]);
        Vector<double> weights = DenseVector.OfEnumerable(models.Misfits.Select(m => 1 / (1 + Math.Pow((m - least) / (Near * n), 2))));
        Matrix<double> features = DenseMatrix.Build.DenseOfRowArrays(models.Points.Select(p => Features(p)));
        Matrix<double> weighted = DenseMatrix.OfDiagonalVector(weights) * features, normal = features.TransposeThisAndMultiply(weighted);
        (Error, double variance, double ridge) = Ridges.Select(r =>
        {
            (double error, double square) = ErrorWithout(features * Held(r).Inverse() * weighted.Transpose(), products, weights);
            return (error, square, r);
        }).MinBy(e => e.error);
        Matrix<double> coefficients = Held(ridge).Inverse() * weighted.Transpose();
        Matrix<double> squares = coefficients * products * coefficients.Transpose() + variance * Held(Math.Max(ridge, variance / (Bend * Bend))).Inverse();

        Matrix<double> Held(double ridge) => normal + DenseMatrix.OfDiagonalArray([.. Enumerable.Range(0, normal.RowCount).Select(k => k == 0 ? 0 : k <= n ? LinearRidge : ridge)]);

        // As many residuals as there are coefficients, with the same sum of squares.
        Evd<double> parts = squares.Evd(Symmetricity.Symmetric);
        residuals = [.. parts.EigenVectors.EnumerateColumns().Zip(parts.EigenValues, (v, l) => (v * Math.Sqrt(Math.Max(0, l.Real))).ToArray())];
    }

    /// <summary>How many models it rests on.</summary>
    public int Models { get; }

    /// <summary>Standard deviation of the error of ln L at these models, each predicted from the others.</summary>
    public double Error { get; }

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

    /// <summary>Where, from a point on, the misfit is least.</summary>
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
                question.Residuals = [.. residuals.Select(c => ScalarProduct.Of(c, features))];
                question.Answer = question.Residuals.Sum(r => r * r);
            }
        }

        return search.Best;
    }

    /// <summary>Logarithm of the density that walks are in.</summary>
    internal double LogDensity(ReadOnlySpan<double> point)
    {
        double prior = parameters.LogPrior(point);
        return double.IsFinite(prior) ? prior - 0.5 / Broadening * Misfit(point) : double.NegativeInfinity;
    }

    /// <summary>A point of about the emulated density.</summary>
    internal double[] Draw(ref Xoshiro256 random)
    {
        double[] point = [.. near.Centre];
        for (int i = 0; i < WalksOfDraw; i++)
        {
            point = Walk(point, ref random);
        }

        return point;
    }

    /// <summary>Where Metropolis' algorithm is after many steps in the emulated density. Going back is as likely as that density has it: the walk is reversible, as each of its steps is.</summary>
    internal double[] Walk(ReadOnlySpan<double> from, ref Xoshiro256 random)
    {
        (double[] here, double[] next, double[] deviations) = (from.ToArray(), new double[from.Length], new double[from.Length]);
        double log = LogDensity(here);
        for (int step = 0; step < StepsEach * from.Length; step++)
        {
            for (int i = 0; i < deviations.Length; i++)
            {
                deviations[i] = random.Normal().X;
            }

            here.CopyTo(next, 0);
            near.Move(next, deviations, LongestStep / Math.Sqrt(from.Length) * Math.Pow(ShortestPart, random.Uniform()));
            double other = LogDensity(next);
            if (Math.Log(1 - random.Uniform()) < other - log)
            {
                ((here, next), log) = ((next, here), other);
            }
        }

        return here;
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
}
