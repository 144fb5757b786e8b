using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// The halo of Navarro, Frenk and White (1997): Phi = -(G M/r) ln(1 + r/a), rho = M / (4 pi r (r + a)^2)
/// (Binney and Tremaine 2008, eq. 2.67, with M = 4 pi rho0 a^3).
/// </summary>
/// <remarks>The total mass is infinite: M is that inside 5.3054 a, where ln(1 + x) - x/(1 + x) = 1.</remarks>
public sealed class NFW : Potential
{
    private readonly Profile profile;

    /// <summary>A halo of characteristic mass <paramref name="mass"/> (Msun) and scale radius <paramref name="scaleRadius"/> (kpc).</summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public NFW(double mass, double scaleRadius)
    {
        Mass = ParameterException.Check(nameof(NFW), "mass", mass, mass >= 0, ">= 0 (Msun)");
        ScaleRadius = ParameterException.Check(nameof(NFW), "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
        profile = new(mass, scaleRadius);
    }

    /// <summary>Characteristic mass M = 4 pi rho0 a^3, Msun: that inside 5.3054 scale radii.</summary>
    public double Mass { get; }

    /// <summary>Scale radius a, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>The halo whose density is <paramref name="densityNorm"/> (r/a)^-1 (1 + r/a)^-2, Msun/kpc^3.</summary>
    public static NFW FromDensityNorm(double densityNorm, double scaleRadius)
    {
        ParameterException.Check(nameof(NFW), "densityNorm", densityNorm, densityNorm >= 0, ">= 0 (Msun/kpc^3)");
        return new(4 * Math.PI * densityNorm * scaleRadius * scaleRadius * scaleRadius, scaleRadius);
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(new SphericalKernel<Profile>(profile), R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(profile, R, z, rho);

    private readonly struct Profile(double mass, double a) : ISphericalProfile, IDensityKernel
    {
        private readonly double gm = Units.G * mass, a = a, rho0 = mass / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(Vector<double> r2, bool derivatives, out Vector<double> phi, out Vector<double> s, out Vector<double> q)
        {
            Vector<double> one = Vector<double>.One, r = Vector.SquareRoot(r2), overR = one / r, x = r * new Vector<double>(1 / a);
            Vector<double> log = VectorMath.Log1p(x), p = new Vector<double>(gm) * overR;
            phi = -p * log;
            s = q = Vector<double>.Zero;
            if (derivatives)
            {
                Vector<double> t = one / (one + x);
                // M(<r)/M = ln(1+x) - x/(1+x) cancels for small x: there the series in y = x/(2+x) of ln(1+x) = 2 artanh y.
                Vector<double> y = x / (x + one + one), y2 = y * y;
                Vector<double> series = new Vector<double>(1 / 17.0) * y2 + new Vector<double>(1 / 15.0);
                series = series * y2 + new Vector<double>(1 / 13.0);
                series = series * y2 + new Vector<double>(1 / 11.0);
                series = series * y2 + new Vector<double>(1 / 9.0);
                series = series * y2 + new Vector<double>(1 / 7.0);
                series = series * y2 + new Vector<double>(1 / 5.0);
                series = series * y2 + new Vector<double>(1 / 3.0);
                Vector<double> small = (one + one) * y2 * (one / (one + y) + y * series);
                Vector<double> m = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<double>(0.2)), small, log - x * t);
                Vector<double> p2 = p * overR;
                s = p2 * m * overR;
                q = p2 * t * t * x * x * overR - new Vector<double>(3) * s;
            }
        }

        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> r = Vector.SquareRoot(R * R + z * z), ra = r + new Vector<double>(a);
            return new Vector<double>(rho0) / (r * ra * ra);
        }
    }
}
