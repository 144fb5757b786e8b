using MathNet.Numerics.LinearAlgebra;

namespace Oort.Potentials;

/// <summary>
/// Phi = sum over l of c_l (r0/r)^(l+1) P_l(cos theta): the potential outside all mass. Decays, harmonic. With
/// w_l = P_l / r^(l+1) and v_l = P_l' / r^(l+2), d(w_l)/dz = -(l+1) w_(l+1) and d(w_l)/dR = -R v_(l+1).
/// </summary>
internal sealed class OuterHarmonics : Potential
{
    private readonly double[] c;
    private readonly double r0;

    /// <param name="coefficients">c_l, l = 0, 1, ..., (km/s)^2.</param>
    /// <param name="r0">Radius of reference, kpc.</param>
    public OuterHarmonics(double[] coefficients, double r0) => (c, this.r0) = (coefficients, r0);

    /// <summary>G times the total mass, kpc (km/s)^2.</summary>
    public double GM => -c[0] * r0;

    /// <summary>
    /// Least squares fit to values on the boundary of a cylindrical grid.
    /// </summary>
    /// <param name="R">Radii of the boundary's points, kpc.</param>
    /// <param name="z">Heights, kpc.</param>
    /// <param name="phi">Values, (km/s)^2.</param>
    /// <param name="lmax">Largest l; lower where there are not points enough.</param>
    /// <param name="even">Whether Phi is even in z, so that only even l occur.</param>
    public static OuterHarmonics Fit(ReadOnlySpan<double> R, ReadOnlySpan<double> z, ReadOnlySpan<double> phi, int lmax, bool even)
    {
        int step = even ? 2 : 1, terms = Math.Min(lmax / step + 1, R.Length);
        double r0 = double.PositiveInfinity;
        for (int i = 0; i < R.Length; i++)
        {
            r0 = Math.Min(r0, Math.Sqrt(R[i] * R[i] + z[i] * z[i]));
        }

        Matrix<double> design = Matrix<double>.Build.Dense(R.Length, terms);
        for (int i = 0; i < R.Length; i++)
        {
            double inverse = r0 / Math.Sqrt(R[i] * R[i] + z[i] * z[i]), x = z[i] / r0 * inverse * inverse;
            double w = inverse, previous = 0;
            for (int l = 0; l <= (terms - 1) * step; l++)
            {
                if (l % step == 0)
                {
                    design[i, l / step] = w;
                }

                (previous, w) = (w, ((2 * l + 1) * x * w - l * inverse * inverse * previous) / (l + 1));
            }
        }

        Vector<double> fit = design.QR().Solve(Vector<double>.Build.Dense(phi.ToArray()));
        double[] c = new double[(terms - 1) * step + 1];
        for (int k = 0; k < terms; k++)
        {
            c[k * step] = fit[k];
        }

        return new(c, r0);
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        for (int i = 0; i < R.Length; i++)
        {
            PotentialPoint p = Point(R[i], z[i]);
            Store(result.Phi, i, p.Phi);
            Store(result.PhiR, i, p.PhiR);
            Store(result.PhiZ, i, p.PhiZ);
            Store(result.PhiRR, i, p.PhiRR);
            Store(result.PhiRZ, i, p.PhiRZ);
            Store(result.PhiZZ, i, p.PhiZZ);
        }
    }

    private static void Store(Span<double> to, int i, double value)
    {
        if (!to.IsEmpty)
        {
            to[i] = value;
        }
    }

    private PotentialPoint Point(double R, double z)
    {
        double s = r0 / Math.Sqrt(R * R + z * z), square = s * s, x = z / r0 * square;
        double w0 = s, w1 = x * s, v1 = s * square, v2 = 3 * v1 * x;
        double phi = 0, phiZ = 0, phiZZ = 0, overR = 0, cross = 0;
        for (int l = 0; l < c.Length; l++)
        {
            double w2 = ((2 * l + 3) * x * w1 - (l + 1) * square * w0) / (l + 2);
            phi += c[l] * w0;
            phiZ -= c[l] * (l + 1) * w1;
            phiZZ += c[l] * (l + 1) * (l + 2) * w2;
            overR -= c[l] * v1;
            cross += c[l] * (l + 1) * v2;
            (w0, w1) = (w1, w2);
            (v1, v2) = (v2, square * (v1 + (2 * l + 5) * w1));
        }

        overR /= r0 * r0;
        phiZZ /= r0 * r0;
        return new(phi, R * overR, phiZ / r0, -phiZZ - overR, R * cross / (r0 * r0 * r0), phiZZ);
    }
}
