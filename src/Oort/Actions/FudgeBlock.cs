using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// The Staeckel fudge for a block of stars at a time: Binney 2012 (MNRAS 426, 1324), in a form that is regular for thin discs
/// and for a vanishing focal distance. With D2 = Delta^2, s >= 0 and v: R^2 = s sin^2 v, z^2 = (s + D2) cos^2 v,
/// p_u^2(s) = p_u0^2 + 2 E (s - s0) - 2 [U(s) - U(s0)] - D2 Lz^2 (1/s - 1/s0), U = (s + D2 sin^2 v0) Phi along the star's hyperbola,
/// p_v^2(v) = p_v0^2 + 2 E D2 (sin^2 v - sin^2 v0) - Lz^2 (1/sin^2 v - 1/sin^2 v0) - 2 [V(v) - V(v0)], V = (s0 + D2 sin^2 v) Phi
/// along its ellipse; du = ds / (2 sqrt(s (s + D2))). In place of v stands xi = cot^2 v. A star's result does not depend
/// on the others'. Not shared between threads.
/// </summary>
internal sealed partial class FudgeBlock
{
    internal const int Capacity = 64;

    // Vectors may reach beyond the last entry.
    private const int Padding = 8;

    // Below these ranges of ln s and of cot v an orbit is an epicycle to better than the quadratures can tell.
    private const double EpicycleRange = 2e-6, EpicycleXi = 1e-9;

    private readonly Potential potential;
    private readonly PlanarProfile plane;
    private readonly ActionAccuracy accuracy;

    // One entry a star.
    private readonly double[] energy = New(), momentum = New(), momentum2 = New(), D2 = New(), s0 = New(), sin2 = New(), cos2 = New();
    private readonly double[] xi0 = New(), eta0 = New(), pu = New(), pv = New(), product = New();
    private readonly double[] slopeU = New(); // d p_u^2 / d ln s at the star
    private readonly double[] bendU = New(); // - d2 p_u^2 / d(ln s)^2 of a flat rotation curve
    private readonly double[] slopeV = New(); // d p_v^2 / d xi at the star
    private readonly double[] lower = New(), upper = New(); // turning points in s
    private readonly double[] top = New(); // turning point in xi
    private readonly double[] bendV = New(); // - d p_v^2 / d xi at the plane
    private readonly double[] rangeU = New(); // first estimate of the range of ln s
    private readonly bool[] bound = new bool[Capacity];
    private readonly double[] phi = New(), phiR = New(), phiZ = New(), starR = New(), starZ = New(), planeProbe = New();

    /// <summary>A block for a potential; <paramref name="plane"/> are where its vertical force saturates.</summary>
    internal FudgeBlock(Potential potential, PlanarProfile plane, ActionAccuracy accuracy)
        => (this.potential, this.plane, this.accuracy) = (potential, plane, accuracy);

    /// <summary>Energies of the stars of the block, (km/s)^2; NaN for a NaN star.</summary>
    internal ReadOnlySpan<double> Energy => energy;

    /// <summary>Angular momenta of the stars of the block.</summary>
    internal ReadOnlySpan<double> Momentum => momentum;

    private static double[] New() => new double[Capacity];

    /// <summary>First half of loading: positions, energies and angular momenta, from which the focal distances follow.</summary>
    internal void LoadEnergies(PhaseSpaceBatch stars, int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double R = Math.Abs(stars.R[start + i]), z = stars.z[start + i];
            bool finite = double.IsFinite(R) && double.IsFinite(z);
            // On the axis the coordinates degenerate: a star there is taken beside it.
            starR[i] = finite ? Math.Max(R, 1e-7 * Math.Abs(z) + 1e-12) : 1;
            // A star in the plane is looked at beside it, for the slope along its ellipse there.
            planeProbe[i] = finite && z != 0 ? 0 : 1e-5 * starR[i];
            starZ[i] = finite && z != 0 ? z : planeProbe[i];
        }

        potential.Evaluate(starR.AsSpan(0, count), starZ.AsSpan(0, count), new() { Phi = phi.AsSpan(0, count), PhiR = phiR.AsSpan(0, count), PhiZ = phiZ.AsSpan(0, count) });
        for (int i = 0; i < count; i++)
        {
            double vR = stars.vR[start + i], vz = stars.vz[start + i], vphi = stars.vphi[start + i];
            phi[i] -= 0.5 * planeProbe[i] * phiZ[i];
            starZ[i] -= planeProbe[i];
            momentum[i] = stars.R[start + i] * vphi;
            energy[i] = phi[i] + 0.5 * (vR * vR + vz * vz + vphi * vphi) + 0 * stars.z[start + i];
            pu[i] = vR;
            pv[i] = vz;
        }
    }

    /// <summary>Second half of loading, given the focal distances.</summary>
    internal void LoadCoordinates(ReadOnlySpan<double> delta, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double d2 = delta[i] * delta[i], E = energy[i];
            bound[i] = double.IsFinite(E) && double.IsFinite(d2) && double.IsFinite(momentum[i]) && (E < 0 || !potential.HasEscapeSpeed);
            if (!bound[i])
            {
                continue;
            }

            double R = starR[i], z = starZ[i], vR = pu[i], vz = pv[i], r2 = R * R + z * z;
            double difference = r2 - d2, root = Math.Sqrt(difference * difference + 4 * R * R * d2);
            double s = difference > 0 ? 0.5 * (difference + root) : 2 * R * R * d2 / (root - difference);
            double w = z * z / (s + d2), sigma = w < 0.5 ? 1 - w : R * R / s;
            double sine = Math.Sqrt(sigma), cosine = Math.CopySign(Math.Sqrt(w), z), a = Math.Sqrt(s + d2), b = Math.Sqrt(s);
            (D2[i], s0[i], sin2[i], cos2[i]) = (d2, s, sigma, w);
            (xi0[i], eta0[i]) = (w / sigma, cosine / sine);
            pu[i] = a * sine * vR + b * cosine * vz;
            pv[i] = b * cosine * vR - a * sine * vz;
            // Orbits through the axis are the limit of those beside it: actions change by less than this much.
            double speed2 = vR * vR + vz * vz + Math.Abs(R * phiR[i] + z * phiZ[i]);
            momentum2[i] = Math.Max(momentum[i] * momentum[i], 2.5e-15 * (r2 + d2) * speed2);
            product[i] = (s + d2 * sigma) * phi[i];
            SlopeAlongHyperbola(i, s, R, z, phi[i], phiR[i], phiZ[i], out double slope);
            slopeU[i] = s * slope;
            bendU[i] = s * Math.Max(R * phiR[i] + z * phiZ[i], 1e-3 * speed2);
            double height = Math.Abs(z) + planeProbe[i];
            slopeV[i] = SlopeAlongEllipse(i, xi0[i], R, height, phi[i], phiR[i], z < 0 ? -phiZ[i] : phiZ[i]);
        }
    }

    /// <summary>d p_u^2/ds at a point of the star's hyperbola.</summary>
    private void SlopeAlongHyperbola(int i, double s, double R, double z, double phi, double phiR, double phiZ, out double slope)
    {
        double d2 = D2[i], U = phi + (s + d2 * sin2[i]) * 0.5 * (phiR * R / s + phiZ * z / (s + d2));
        slope = 2 * (energy[i] - U) + d2 * momentum2[i] / (s * s);
    }

    /// <summary>d p_v^2/d xi at a point of the star's ellipse, z > 0.</summary>
    private double SlopeAlongEllipse(int i, double xi, double R, double z, double phi, double phiR, double phiZ)
    {
        double d2 = D2[i], sigma = 1 / (1 + xi);
        double V = -d2 * sigma * sigma * phi
            + (s0[i] + d2 * sigma) * 0.5 * sigma * (phiZ * (s0[i] + d2) * sigma / z - phiR * R);
        return -2 * energy[i] * d2 * sigma * sigma - momentum2[i] - 2 * V;
    }

    private double SquareU(int i, double s, double phi)
        => pu[i] * pu[i] + 2 * energy[i] * (s - s0[i]) - 2 * ((s + D2[i] * sin2[i]) * phi - product[i])
            - D2[i] * momentum2[i] * (s0[i] - s) / (s * s0[i]);

    private double SquareV(int i, double xi, double phi)
    {
        double sigma = 1 / (1 + xi), rise = xi - xi0[i]; // sin^2 v - sin^2 v0 = - rise sin^2 v sin^2 v0
        return pv[i] * pv[i] - 2 * energy[i] * D2[i] * rise * sigma * sin2[i] - momentum2[i] * rise
            - 2 * ((s0[i] + D2[i] * sigma) * phi - product[i]);
    }
}
