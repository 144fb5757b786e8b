namespace Oort.Inference.Likelihoods;

/// <summary>
/// Nodes of a mean over the normal distribution of a star's true velocity: its centre, with a weight of 2/5, and the corners of an icosahedron at sqrt(5) standard deviations, with 1/20 each: exact for polynomials of the
/// fifth degree (Stroud &amp; Secrest 1963, Math. Comp. 17, 105). NaN, of velocities that are not bound, counts as nothing.
/// </summary>
internal static class ErrorNodes
{
    private const double Centre = 0.4, Corner = 0.05;

    private static readonly double[][] Corners = Icosahedron();

    /// <summary>Number of nodes.</summary>
    public const int Count = 13;

    /// <summary>The velocities of the nodes; one node is the measured velocity.</summary>
    /// <param name="star">The star's numbers (<see cref="Surveys.StarVelocities"/>).</param>
    /// <param name="vR">Receives v_R.</param>
    /// <param name="vz">Receives v_z.</param>
    /// <param name="vphi">Receives v_phi.</param>
    public static void Velocities(ReadOnlySpan<double> star, Span<double> vR, Span<double> vz, Span<double> vphi)
    {
        (vR[0], vz[0], vphi[0]) = (star[2], star[3], star[4]);
        if (vR.Length == 1)
        {
            return;
        }

        // Cholesky's factor of the covariance.
        double a = Root(star[5]), b = a > 0 ? star[6] / a : 0, c = a > 0 ? star[7] / a : 0, d = Root(star[8] - b * b), e = d > 0 ? (star[9] - b * c) / d : 0, g = Root(star[10] - c * c - e * e);
        for (int k = 0; k < Corners.Length; k++)
        {
            double[] u = Corners[k];
            vR[k + 1] = star[2] + a * u[0];
            vz[k + 1] = star[3] + b * u[0] + d * u[1];
            vphi[k + 1] = star[4] + c * u[0] + e * u[1] + g * u[2];
        }
    }

    /// <summary>The mean of values at the nodes.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        if (values.Length == 1)
        {
            return double.IsFinite(values[0]) ? values[0] : 0;
        }

        double sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            sum += double.IsFinite(values[k]) ? (k == 0 ? Centre : Corner) * values[k] : 0;
        }

        return sum;
    }

    private static double Root(double x) => Math.Sqrt(Math.Max(0, x));

    private static double[][] Icosahedron()
    {
        double golden = 0.5 * (1 + Math.Sqrt(5)), scale = Math.Sqrt(5 / (1 + golden * golden));
        List<double[]> corners = [];
        foreach (double first in new[] { -1, 1 })
        {
            foreach (double second in new[] { -golden, golden })
            {
                corners.AddRange([[0, first * scale, second * scale], [first * scale, second * scale, 0], [second * scale, 0, first * scale]]);
            }
        }

        return [.. corners];
    }
}
