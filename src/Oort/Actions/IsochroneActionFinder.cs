using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Exact actions, angles and frequencies in the isochrone potential, in closed form: Binney and Tremaine 2008, section 3.5.2,
/// eqs. 3.226 to 3.242 with their misprints checked against the equations of motion. For the conventions see <see cref="StaeckelFudgeFinder"/>.
/// </summary>
public sealed class IsochroneActionFinder : ActionFinder
{
    private readonly Isochrone potential;

    /// <summary>A finder for an isochrone potential.</summary>
    public IsochroneActionFinder(Isochrone potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        this.potential = potential;
    }

    /// <inheritdoc/>
    public override void Actions(PhaseSpaceBatch stars, ActionBatch actions)
    {
        for (int i = 0; i < stars.Count; i++)
        {
            Find(stars, i, 0, actions, out _, out _);
        }
    }

    /// <inheritdoc/>
    public override void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles)
    {
        double b = potential.ScaleRadius, gm = Units.G * potential.Mass;
        for (int i = 0; i < stars.Count; i++)
        {
            Find(stars, i, stars.phi[i], actions, out OrbitalPlane plane, out double energy);
            double L = plane.L, root = Math.Sqrt(L * L + 4 * gm * b), omegaR = Math.Pow(-2 * energy, 1.5) / gm, omegaL = 0.5 * omegaR * (1 + L / root);
            // With q = sqrt(b^2 + r^2) - b: q = c (1 - e cos eta), r v_r = sqrt(GM/(b + c)) c e sin eta.
            double c = gm / (-2 * energy) - b, q = plane.Radius * plane.Radius / (Math.Sqrt(b * b + plane.Radius * plane.Radius) + b);
            double eCosine = 1 - q / c, eSine = plane.Radius * plane.RadialVelocity * Math.Sqrt((b + c) / gm) / c;
            double e = Math.Sqrt(eCosine * eCosine + eSine * eSine), eta = Math.Atan2(eSine, eCosine);
            eta = eta < 0 ? eta + 2 * Math.PI : eta;
            double thetaR = eta - c / (b + c) * eSine;
            double swept = Swept(1 + e, 1 - e, eta) + L / root * Swept(1 + e + 2 * b / c, 1 - e + 2 * b / c, eta);
            plane.Set(angles, i, thetaR, plane.Psi + omegaL / omegaR * thetaR - swept, omegaR, omegaL);
        }
    }

    /// <summary>arctan(sqrt(a/b) tan(eta/2)), growing with eta from 0 to pi.</summary>
    private static double Swept(double a, double b, double eta)
        => Math.Atan2(Math.Sqrt(Math.Max(a, 0)) * Math.Sin(0.5 * eta), Math.Sqrt(Math.Max(b, 0)) * Math.Cos(0.5 * eta));

    private void Find(PhaseSpaceBatch stars, int i, double phi, ActionBatch actions, out OrbitalPlane plane, out double energy)
    {
        double vR = stars.vR[i], vz = stars.vz[i], vphi = stars.vphi[i], b = potential.ScaleRadius, gm = Units.G * potential.Mass;
        plane = OrbitalPlane.Of(stars.R[i], stars.z[i], phi, vR, vz, vphi);
        energy = 0.5 * (vR * vR + vz * vz + vphi * vphi) - gm / (b + Math.Sqrt(b * b + plane.Radius * plane.Radius));
        energy = energy < 0 ? energy : double.NaN;
        double Jr = gm / Math.Sqrt(-2 * energy) - 0.5 * (plane.L + Math.Sqrt(plane.L * plane.L + 4 * gm * b));
        actions.Jr[i] = double.IsNaN(Jr) ? Jr : Math.Max(0, Jr);
        actions.Jz[i] = double.IsNaN(Jr) ? Jr : Math.Max(0, plane.L - Math.Abs(plane.Lz));
        actions.Jphi[i] = double.IsNaN(Jr) ? Jr : plane.Lz;
    }
}
