using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>Mass inside spheres, and the speed of escape.</summary>
public static class EnclosedMass
{
    private const int AngleNodes = 64, PanelNodes = 8, Panels = 24;

    /// <summary>
    /// Mass inside the sphere of radius <paramref name="r"/> (kpc), Msun, by Gauss's law: r^2/G times the mean over the sphere
    /// of dPhi/dr. 64 nodes between plane and pole, crowded at the plane: exact for spheres, to 1e-6 for a disc
    /// whose thickness is a hundredth of r.
    /// </summary>
    public static double Within(Potential potential, double r)
    {
        Span<double> R = stackalloc double[AngleNodes], z = stackalloc double[AngleNodes], weight = stackalloc double[AngleNodes];
        Span<double> phiR = stackalloc double[AngleNodes], phiZ = stackalloc double[AngleNodes];
        Sphere(r, R, z, weight);
        potential.Evaluate(R, z, new() { PhiR = phiR, PhiZ = phiZ });
        double mean = 0;
        for (int i = 0; i < AngleNodes; i++)
        {
            mean += weight[i] * (R[i] * phiR[i] + z[i] * phiZ[i]);
        }

        return mean * r / Units.G;
    }

    /// <summary>
    /// Mass inside the sphere of radius <paramref name="r"/> (kpc), Msun, by quadrature of a density: panels in ln r down to
    /// 4e-11 r, and a power law inside. For densities smooth on the scale of the radius; that of a disc thinner than r/100
    /// loses accuracy.
    /// </summary>
    public static double Within(Density density, double r)
    {
        GaussLegendre rule = GaussLegendre.Rule(PanelNodes);
        double mass = 0, log = Math.Log(r), shell = 0, previous = 0;
        for (int panel = 0; panel < Panels; panel++)
        {
            double top = log - panel;
            mass += rule.Integrate(t => Shell(density, Math.Exp(t)), top - 1, top);
        }

        shell = Shell(density, Math.Exp(log - Panels));
        previous = Shell(density, Math.Exp(log - Panels + 1));
        return mass + (shell > 0 && previous > shell ? shell / Math.Log(previous / shell) : 0);
    }

    /// <summary>Speed with which a body at (R, z) just escapes, sqrt(-2 Phi), km/s.</summary>
    /// <exception cref="InputException">Nothing escapes from this potential.</exception>
    public static double EscapeSpeed(Potential potential, double R, double z)
        => potential.HasEscapeSpeed
            ? Math.Sqrt(-2 * potential.Phi(R, z))
            : throw new InputException("nothing escapes from this potential: it has a part without an escape speed, such as Logarithmic");

    // dM/d ln r.
    private static double Shell(Density density, double r) => 4 * Math.PI * r * r * r * MeanDensity(density, r);

    /// <summary>A density averaged over the sphere of radius r, Msun/kpc^3.</summary>
    internal static double MeanDensity(Density density, double r)
    {
        Span<double> R = stackalloc double[AngleNodes], z = stackalloc double[AngleNodes], weight = stackalloc double[AngleNodes];
        Span<double> rho = stackalloc double[AngleNodes];
        Sphere(r, R, z, weight);
        density.Evaluate(R, z, rho);
        double mean = 0;
        for (int i = 0; i < AngleNodes; i++)
        {
            mean += weight[i] * rho[i];
        }

        return mean;
    }

    // Points on the upper half of a sphere and weights of the mean over it; with z/r = t^3 they crowd at the plane.
    private static void Sphere(double r, Span<double> R, Span<double> z, Span<double> weight)
    {
        GaussLegendre.Rule(AngleNodes).Map(0, 1, z, weight);
        for (int i = 0; i < AngleNodes; i++)
        {
            double t = z[i], cosine = t * t * t;
            weight[i] *= 3 * t * t;
            z[i] = r * cosine;
            R[i] = r * Math.Sqrt((1 - cosine) * (1 + cosine));
        }
    }
}
