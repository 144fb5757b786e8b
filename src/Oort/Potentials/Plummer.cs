using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// Plummer's sphere, Phi = -G M / sqrt(r^2 + b^2) (Binney and Tremaine 2008, eq. 2.44).
/// </summary>
public sealed class Plummer : Potential
{
    private readonly Profile profile;

    /// <summary>A sphere of total mass <paramref name="mass"/> (Msun) and scale radius <paramref name="scaleRadius"/> (kpc).</summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public Plummer(double mass, double scaleRadius)
    {
        Mass = ParameterException.Check(nameof(Plummer), "mass", mass, mass >= 0, ">= 0 (Msun)");
        ScaleRadius = ParameterException.Check(nameof(Plummer), "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
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
        private readonly double gm = Units.G * mass, b2 = b * b, rho0 = 3 * mass * b * b / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(Vector<double> r2, bool derivatives, out Vector<double> phi, out Vector<double> s, out Vector<double> q)
        {
            Vector<double> u = Vector<double>.One / (r2 + new Vector<double>(b2));
            Vector<double> p = new Vector<double>(gm) * Vector.SquareRoot(u);
            phi = -p;
            s = p * u;
            q = new Vector<double>(-3) * r2 * u * s;
        }

        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> u = R * R + z * z + new Vector<double>(b2);
            return new Vector<double>(rho0) / (u * u * Vector.SquareRoot(u));
        }
    }
}
