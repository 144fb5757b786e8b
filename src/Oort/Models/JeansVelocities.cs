using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Velocities of a static density in a potential: those of an isotropic rotator, which Jeans' equations determine (Binney and Tremaine 2008,
/// eqs 4.221 to 4.223 with sigma_R = sigma_z = sigma_phi): rho sigma^2 = P(R, z) = int_z^inf rho dPhi/dz dz and
/// mean v_phi^2 = R dPhi/dR + (R/rho) dP/dR. Where that is negative there is no streaming, and sigma_phi^2 is smaller by as much, but not below 0.
/// For gas sigma stands for what holds it up: turbulence and pressure. Safe to share between threads.
/// </summary>
/// <param name="potential">The potential.</param>
/// <param name="density">The density, which need not generate it.</param>
internal sealed class JeansVelocities(Potential potential, Density density)
{
    // Relative step of the derivative in R: errors of its square times the third logarithmic derivative, 1e-4 in a disc.
    private const double RelativeStep = 0.01;
    private const int Nodes = 40;

    /// <summary>Dispersion squared and squared mean v_phi (negative where there is none), (km/s)^2.</summary>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="scale">A length, kpc, of the order of that on which the density falls with height.</param>
    /// <returns>NaN where the density vanishes.</returns>
    public (double Square, double Streaming) At(double R, double z, double scale)
    {
        double rho = density.At(R, z), step = RelativeStep * R;
        double pressure = Pressure(R, z, scale), slope = (Pressure(R + step, z, scale) - Pressure(R - step, z, scale)) / (2 * step);
        return rho > 0 ? (pressure / rho, R * (potential.At(R, z).PhiR + slope / rho)) : (double.NaN, double.NaN);
    }

    private double Pressure(double R, double z, double scale)
    {
        // Beyond 50 scales, or 20 radii for what falls as a power of the height, nothing is left.
        Span<double> height = stackalloc double[Nodes], weight = stackalloc double[Nodes], rho = stackalloc double[Nodes], force = stackalloc double[Nodes];
        Span<double> radius = stackalloc double[Nodes];
        SinhMap.Nodes(z, z + Math.Max(50 * scale, 20 * Math.Sqrt(R * R + z * z)), scale, height, weight);
        radius.Fill(R);
        density.Evaluate(radius, height, rho);
        potential.Evaluate(radius, height, new() { PhiZ = force });
        double sum = 0;
        for (int i = 0; i < Nodes; i++)
        {
            sum += weight[i] * rho[i] * force[i];
        }

        return sum;
    }
}
