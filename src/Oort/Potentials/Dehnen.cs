using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Spheres of central slope gamma (Dehnen 1993, eqs 1 and 2): rho = (3 - gamma) M a / (4 pi r^gamma (r + a)^(4 - gamma)),
/// Phi = -G M/a [1 - (r/(r+a))^(2-gamma)] / (2 - gamma). Hernquist's is gamma = 1; Jaffe's gamma = 2, Phi = (G M/a) ln(r/(r+a)).
/// </summary>
public sealed class Dehnen : Potential
{
    private readonly Profile profile;

    /// <summary>A sphere of total mass <paramref name="mass"/> (Msun), scale radius <paramref name="scaleRadius"/> (kpc) and central slope <paramref name="gamma"/>.</summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public Dehnen(double mass, double scaleRadius, double gamma = 1)
    {
        Mass = ParameterException.Check(nameof(Dehnen), "mass", mass, mass >= 0, ">= 0 (Msun)");
        ScaleRadius = ParameterException.Check(nameof(Dehnen), "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
        Gamma = ParameterException.Check(nameof(Dehnen), "gamma", gamma, gamma is >= 0 and <= 2, "from 0 to 2");
        profile = new(mass, scaleRadius, gamma);
    }

    /// <summary>Total mass, Msun.</summary>
    public double Mass { get; }

    /// <summary>Scale radius a, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>Logarithmic slope of the density in the centre: rho falls as r^-gamma.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(new SphericalKernel<Profile>(profile), R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(profile, R, z, rho);

    private readonly struct Profile(double mass, double a, double gamma) : ISphericalProfile, IDensityKernel
    {
        private readonly double gm = Units.G * mass, a = a, gamma = gamma, rho0 = (3 - gamma) * mass * a / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(Vector<double> r2, bool derivatives, out Vector<double> phi, out Vector<double> s, out Vector<double> q)
        {
            Vector<double> r = Vector.SquareRoot(r2), va = new(a);
            Vector<double> log = -VectorMath.Log1p(va / r); // ln(r/(r+a))
            Vector<double> y = log * new Vector<double>(2 - gamma), power = VectorMath.Exp(y);
            phi = gamma == 2
                ? new Vector<double>(gm / a) * log
                : new Vector<double>(gm / (a * (2 - gamma))) * VectorMath.Expm1(y, power);
            s = q = Vector<double>.Zero;
            if (derivatives)
            {
                // Phi' = G M r^-2 (r/(r+a))^(3-gamma); Phi'' follows from Poisson's equation.
                Vector<double> c = Vector<double>.One / (r + va);
                s = new Vector<double>(gm) * power * c / r2;
                q = -s * (new Vector<double>(gamma * a) + new Vector<double>(3) * r) * c;
            }
        }

        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> r = Vector.SquareRoot(R * R + z * z), ra = r + new Vector<double>(a), ra2 = ra * ra;
            Vector<double> cusp = gamma == 0 ? Vector<double>.One : VectorMath.Pow(ra / r, gamma);
            return new Vector<double>(rho0) * cusp / (ra2 * ra2);
        }
    }
}
