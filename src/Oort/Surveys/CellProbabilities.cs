using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Surveys;

/// <summary>
/// Probabilities of the cells of velocity histograms at one place: f integrated over the other two velocities at some speeds, a spline of its logarithm between them, integrated over each cell. Keeps
/// scratch space: one instance serves one thread.
/// </summary>
internal sealed class CellProbabilities
{
    // Speeds crowd where cold discs have their v_R and v_z; streaming discs have v_phi anywhere.
    private const double CrowdingR = 15, CrowdingZ = 6, PhiStep = 7.5, LongestPiece = 5;
    private const int SpeedCount = 30;
    private const double Least = 1e-25;

    // Instead of v_phi = 0, where discs have nothing: what is less than this share of what there is at the next speed vanishes in proportion to v_phi.
    private const double LeastVphi = 1e-3, VanishingShare = 0.02;

    // Towards the escape speed the other velocities have less and less room, in proportion to v_esc^2 - v^2, and f falls itself: about as this power of it. The last speed is as close to it.
    private const double EscapePower = 1.5, LastShare = 0.998;

    private readonly ProjectedVelocities projection;
    private readonly IReadOnlyList<DistributionFunction> dfs;
    private readonly IReadOnlyList<HistogramAxis> axes;
    private readonly int refinement;

    /// <summary>Cells of some axes.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="dfs">Distribution functions of its components.</param>
    /// <param name="axes">The cells.</param>
    /// <param name="accuracy">Of the integrals over the other velocities.</param>
    /// <param name="refinement">How many times as many speeds as usual.</param>
    public CellProbabilities(Galaxy galaxy, IReadOnlyList<DistributionFunction> dfs, IReadOnlyList<HistogramAxis> axes, ModelAccuracy accuracy, int refinement = 1)
    {
        projection = new(galaxy.Potential, galaxy.FocalDistances, accuracy);
        (this.dfs, this.axes, this.refinement) = (dfs, axes, refinement);
    }

    /// <summary>The velocity component that a quantity of histograms is.</summary>
    public static VelocityAxis AxisOf(string quantity) => quantity switch
    {
        "VR" => VelocityAxis.R,
        "Vz" => VelocityAxis.Z,
        "Vphi" => VelocityAxis.Phi,
        _ => throw new InputException($"{quantity}: not a velocity that a model predicts; there are: {string.Join(", ", HistogramCounter.Quantities)}"),
    };

    /// <summary>Integrals of f over the other velocities and each cell, Msun/kpc^3.</summary>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="cells">Receives them by axis, distribution function and cell.</param>
    public void Evaluate(double R, double z, double[][][] cells)
    {
        double escape = projection.EscapeSpeed(R, z);
        for (int a = 0; a < axes.Count; a++)
        {
            double[] v = Speeds(axes[a], escape), plus = new double[dfs.Count * v.Length], minus = new double[plus.Length];
            VelocityAxis axis = AxisOf(axes[a].Quantity);
            projection.Evaluate(R, z, axis, v, dfs, plus, minus);
            for (int d = 0; d < dfs.Count; d++)
            {
                Integrate(v, plus.AsSpan(d * v.Length, v.Length), minus.AsSpan(d * v.Length, v.Length), axis != VelocityAxis.Phi, escape, axes[a], cells[a][d]);
            }
        }
    }

    private double[] Speeds(HistogramAxis axis, double escape)
    {
        VelocityAxis velocity = AxisOf(axis.Quantity);
        double last = Math.Min(Math.Max(Math.Abs(axis.Low), Math.Abs(axis.High)), LastShare * escape);
        if (velocity == VelocityAxis.Phi)
        {
            int steps = Math.Max(4, (int)Math.Ceiling(refinement * last / PhiStep));
            return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Max(LeastVphi, i) * last / steps)];
        }

        double scale = velocity == VelocityAxis.R ? CrowdingR : CrowdingZ, full = Math.Asinh(last / scale);
        int count = refinement * SpeedCount;
        return [.. Enumerable.Range(0, count + 1).Select(i => i == count ? last : scale * Math.Sinh(full * i / count))];
    }

    private static void Integrate(double[] v, ReadOnlySpan<double> plus, ReadOnlySpan<double> minus, bool even, double escape, HistogramAxis axis, double[] cells)
    {
        Array.Clear(cells);
        Curve? forwards = Curve.Through(v, plus, even, escape), backwards = even ? forwards : Curve.Through(v, minus, even, escape);
        double piece = axis.Width / Math.Ceiling(axis.Width / LongestPiece);
        GaussLegendre rule = GaussLegendre.Rule(3);
        for (int i = 0; i < axis.Count; i++)
        {
            int pieces = (int)Math.Round((axis.Edges[i + 1] - axis.Edges[i]) / piece);
            for (int p = 0; p < pieces; p++)
            {
                double half = 0.5 * (axis.Edges[i + 1] - axis.Edges[i]) / pieces, middle = axis.Edges[i] + (2 * p + 1) * half;
                for (int k = 0; k < rule.Count; k++)
                {
                    double at = middle + half * rule.Nodes[k];
                    if ((at >= 0 ? forwards : backwards) is { } curve)
                    {
                        cells[i] += half * rule.Weights[k] * curve.Value(Math.Abs(at));
                    }
                }
            }
        }
    }

    /// <summary>
    /// f of a speed, between those at which it is known: a spline of the logarithm of f over what falls to 0 as it does, at the escape speed, and of discs in v_phi at rest.
    /// </summary>
    private readonly record struct Curve(CubicSpline Logarithm, bool VanishesAtRest, double Escape)
    {
        /// <summary>The curve through f at some speeds, down to where f is nothing; null where there is nothing at all.</summary>
        public static Curve? Through(double[] v, ReadOnlySpan<double> f, bool even, double escape)
        {
            double most = 0;
            foreach (double x in f)
            {
                most = Math.Max(most, x);
            }

            if (!(most > 0))
            {
                return null;
            }

            bool vanishes = !even && f[0] < VanishingShare * f[1];
            double[] logs = new double[v.Length];
            for (int i = 0; i < v.Length; i++)
            {
                logs[i] = Math.Log(Math.Max(f[i], Least * most) / Factor(v[i], vanishes, escape));
            }

            return new(even ? CubicSpline.Clamped(v, logs, 0, double.NaN) : CubicSpline.Fitted(v, logs), vanishes, escape);
        }

        public double Value(double v) => v < Escape ? Math.Exp(Logarithm.Value(v)) * Factor(v, VanishesAtRest, Escape) : 0;

        private static double Factor(double v, bool vanishesAtRest, double escape)
            => Math.Pow(1 - v / escape * (v / escape), EscapePower) * (vanishesAtRest ? v : 1);
    }
}
