using MathNet.Numerics.LinearAlgebra;

namespace Oort.Numerics;

/// <summary>
/// Anderson (Pulay) acceleration of a fixed-point iteration y = g(x): the next x is the combination of the latest y whose
/// residuals, combined with the same weights, are smallest in the mean square (Anderson 1965; Walker &amp; Ni 2011).
/// </summary>
/// <param name="depth">How many earlier steps are combined with the latest.</param>
/// <param name="largestCorrection">Bound on how far any element moves from the plain step: guards the first, far-away steps.</param>
internal sealed class AndersonMixing(int depth, double largestCorrection)
{
    private readonly List<(double[] Image, double[] Residual)> history = [];

    /// <summary>The next argument.</summary>
    /// <param name="image">y = g(x) of the latest step.</param>
    /// <param name="residual">Its residual, in whatever scaled form measures convergence.</param>
    public double[] Next(double[] image, double[] residual)
    {
        history.Add((image, residual));
        if (history.Count > depth + 1)
        {
            history.RemoveAt(0);
        }

        double[] next = (double[])image.Clone();
        int older = history.Count - 1;
        if (older == 0)
        {
            return next;
        }

        // With weights that add up to 1: r + sum c_i (r_i - r) smallest. The damping keeps c finite for parallel residuals.
        Matrix<double> differences = Matrix<double>.Build.Dense(residual.Length, older, (k, i) => history[i].Residual[k] - residual[k]);
        Matrix<double> normal = differences.TransposeThisAndMultiply(differences);
        double damping = 1e-10 * normal.Diagonal().Maximum();
        if (damping == 0)
        {
            return next; // The residuals are all equal: nothing to be learnt from them.
        }

        for (int i = 0; i < older; i++)
        {
            normal[i, i] += damping;
        }

        Vector<double> weights = normal.Solve(-differences.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(residual)));
        for (int k = 0; k < next.Length; k++)
        {
            double correction = 0;
            for (int i = 0; i < older; i++)
            {
                correction += weights[i] * (history[i].Image[k] - image[k]);
            }

            next[k] += Math.Clamp(correction, -largestCorrection, largestCorrection);
        }

        return next;
    }
}
