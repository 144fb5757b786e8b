using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// Henon's isochrone, Phi = -G M / (b + sqrt(b^2 + r^2)) (Binney and Tremaine 2008, eq. 2.47); its actions are elementary.
/// </summary>
public sealed class Isochrone : Potential
{
    private readonly Profile profile;

    /// <summary>A sphere of total mass <paramref name="mass"/> (Msun) and scale radius <paramref name="scaleRadius"/> (kpc).</summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public Isochrone(double mass, double scaleRadius)
    {
        Mass = ParameterException.Check(nameof(Isochrone), "mass", mass, mass >= 0, ">= 0 (Msun)");
        ScaleRadius = ParameterException.Check(nameof(Isochrone), "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
        profile = new(mass, scaleRadius);
    }

    /// <summary>Total mass, Msun.</summary>
    public double Mass { get; }

    /// <summary>Scale radius b, kpc.</summary>
    public double ScaleRadius { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(new SphericalKernel<Profile>(profile), R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(profile, R, z, rho);

    private readonly struct Profile(double mass, double b) : ISphericalProfile, IDensityKernel
    {
        private readonly double gm = Units.G * mass, b = b, rho0 = mass * b / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(Vector<double> r2, bool derivatives, out Vector<double> phi, out Vector<double> s, out Vector<double> q)
        {
            Vector<double> vb = new(b);
            Vector<double> w = Vector.SquareRoot(r2 + vb * vb);
            Vector<double> c = Vector<double>.One / (vb + w), p = new Vector<double>(gm) * c;
            phi = -p;
            s = q = Vector<double>.Zero;
            if (derivatives)
            {
                Vector<double> overW = Vector<double>.One / w;
                s = p * c * overW;
                q = -s * r2 * (vb + new Vector<double>(3) * w) * overW * overW * c;
            }
        }

        // Equation 2.49 with numerator and denominator divided by b + w, which removes the cancellation at large r.
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> vb = new(b);
            Vector<double> w = Vector.SquareRoot(R * R + z * z + vb * vb), c = vb + w;
            return new Vector<double>(rho0) * (c + w) / (w * w * w * c * c);
        }
    }
}
