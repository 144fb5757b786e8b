using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Exact actions, angles and frequencies in any spherical potential: Jz = L - |Jphi|, Jr = int v_r dr / pi by Chebyshev quadrature
/// in ln r, converged to 1e-11 (Binney and Tremaine 2008, eqs. 3.217 to 3.229). For the conventions see <see cref="StaeckelFudgeFinder"/>.
/// The potential is evaluated in the plane: that it is spherical is up to the caller.
/// </summary>
public sealed class SphericalActionFinder : ActionFinder
{
    private const int Shortest = 32, Longest = 1024;

    private readonly Potential potential;

    /// <summary>A finder for a spherical potential.</summary>
    public SphericalActionFinder(Potential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        this.potential = potential;
    }

    /// <inheritdoc/>
    public override void Actions(PhaseSpaceBatch stars, ActionBatch actions) => Run(stars, actions, default, false);

    /// <inheritdoc/>
    public override void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles) => Run(stars, actions, angles, true);

    private void Run(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles, bool withAngles)
    {
        double[] r = new double[Longest], zero = new double[Longest], phi = new double[Longest], h = new double[Longest], weights = new double[Longest];
        for (int i = 0; i < stars.Count; i++)
        {
            double vR = stars.vR[i], vz = stars.vz[i], vphi = stars.vphi[i];
            OrbitalPlane plane = OrbitalPlane.Of(stars.R[i], stars.z[i], withAngles ? stars.phi[i] : 0, vR, vz, vphi);
            double energy = 0.5 * (vR * vR + vz * vz + vphi * vphi) + potential.Phi(plane.Radius, 0);
            if (!double.IsFinite(energy) || (energy >= 0 && potential.HasEscapeSpeed))
            {
                actions.Jr[i] = actions.Jz[i] = actions.Jphi[i] = double.NaN;
                if (withAngles)
                {
                    angles.ThetaR[i] = angles.ThetaZ[i] = angles.ThetaPhi[i] = angles.OmegaR[i] = angles.OmegaZ[i] = angles.OmegaPhi[i] = double.NaN;
                }

                continue;
            }

            // Radial orbits are the limit of nearly radial ones.
            double L = Math.Max(plane.L, 1e-9 * plane.Radius * Math.Sqrt(plane.RadialVelocity * plane.RadialVelocity + Math.Abs(energy)));
            (double middle, double half) = Range(energy, L, plane.Radius);
            if (half < 3e-5 && withAngles)
            {
                // Nearly circular: phase and frequencies of a slightly wider orbit.
                (middle, half) = Range(energy, L *= 1 - 2e-9, plane.Radius);
            }

            double Jr = 0, last = double.NaN;
            int n = Shortest / 2;
            for (bool converged = false; !converged && n < Longest; last = Jr)
            {
                n *= 2;
                CosineSeries series = CosineSeries.OfLength(n);
                for (int k = 0; k < n; k++)
                {
                    r[k] = Math.Exp(middle - half * series.Cosine(k));
                }

                potential.Evaluate(r.AsSpan(0, n), zero.AsSpan(0, n), new() { Phi = phi.AsSpan(0, n) });
                Jr = 0;
                for (int k = 0; k < n; k++)
                {
                    // h = dt/dtheta
                    double square = Math.Max(2 * r[k] * r[k] * (energy - phi[k]) - L * L, 1e-300), measure = half * series.Sine(k);
                    Jr += Math.Sqrt(square) * measure / n;
                    h[k] = r[k] * r[k] * measure / Math.Sqrt(square);
                }

                converged = Math.Abs(Jr - last) < 1e-11 * (Jr + 1e-3 * L);
            }

            actions.Jr[i] = half > 0 ? Jr : 0;
            actions.Jz[i] = Math.Max(0, plane.L - Math.Abs(plane.Lz));
            actions.Jphi[i] = plane.Lz;
            if (withAngles)
            {
                Angles(plane, L, middle, half, n, r, h, weights, angles, i);
            }
        }
    }

    private static void Angles(
        OrbitalPlane plane, double L, double middle, double half, int n, double[] r, double[] h, double[] weights, AngleFrequencyBatch angles, int i)
    {
        CosineSeries series = CosineSeries.OfLength(n);
        double cosine = Math.Clamp((middle - Math.Log(plane.Radius)) / half, -1, 1);
        series.ValueKernel(Math.Acos(cosine), weights);
        double rate = 0;
        for (int k = 0; k < n; k++)
        {
            rate += weights[k] * h[k];
        }

        // Close to a turning point the velocity, not the position, tells the phase: dr/dtheta = v_r dt/dtheta = r half sin(theta).
        double theta = Math.Atan2(plane.RadialVelocity * rate / (plane.Radius * half), cosine);
        series.IntegralKernel(theta < 0 ? theta + 2 * Math.PI : theta, weights);
        double time = 0, swept = 0, period = 0, turn = 0;
        for (int k = 0; k < n; k++)
        {
            double sweep = h[k] * L / (r[k] * r[k]);
            (time, swept, period, turn) = (time + weights[k] * h[k], swept + weights[k] * sweep, period + h[k] / n, turn + sweep / n);
        }

        double omegaR = 1 / period, omegaL = turn / period;
        plane.Set(angles, i, omegaR * time, plane.Psi + omegaL * time - swept, omegaR, omegaL);
    }

    /// <summary>Middle and half width of the range of ln r.</summary>
    private (double Middle, double Half) Range(double energy, double L, double radius)
    {
        double inner = Turning(energy, L, radius, -1), outer = Turning(energy, L, radius, 1);
        double middle = 0.5 * (Math.Log(inner) + Math.Log(outer)), half = 0.5 * Math.Log(outer / inner);
        return (middle, half);
    }

    /// <summary>Turning point on one side of the star, by Newton's method within a bracket in ln r on 2 r^2 (E - Phi) - L^2.</summary>
    private double Turning(double energy, double L, double radius, int side)
    {
        double inside = radius, outside = double.NaN, r = radius * (1 + 0.01 * side);
        for (int iteration = 0; iteration < 200; iteration++)
        {
            PotentialPoint p = potential.At(r, 0);
            double value = 2 * r * r * (energy - p.Phi) - L * L, slope = 4 * r * (energy - p.Phi) - 2 * r * r * p.PhiR;
            if (value > 0)
            {
                inside = r;
            }
            else
            {
                outside = r;
            }

            double next = r - value / slope;
            bool right = slope * side < 0;
            if (double.IsNaN(outside))
            {
                next = side > 0 ? Math.Clamp(right ? next : 2 * r, r, 3 * r) : Math.Clamp(right ? next : r / 2, r / 10, r);
            }
            else if (!right || next <= Math.Min(inside, outside) || next >= Math.Max(inside, outside))
            {
                next = 0.5 * (inside + outside);
            }

            if (Math.Abs(next - r) < 3e-16 * r || Math.Abs(outside - inside) < 3e-16 * r)
            {
                return next;
            }

            r = next;
        }

        return r;
    }
}
