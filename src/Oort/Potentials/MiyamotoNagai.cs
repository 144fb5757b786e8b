using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// The flattened potential of Miyamoto and Nagai (1975), Phi = -G M / sqrt(R^2 + (a + sqrt(z^2 + b^2))^2)
/// (Binney and Tremaine 2008, eq. 2.69). The mass may be negative: sums of three such discs stand for an exponential one.
/// </summary>
public sealed class MiyamotoNagai : Potential
{
    private readonly Kernel kernel;

    /// <summary>
    /// A disc of total mass <paramref name="mass"/> (Msun, either sign), scale radius a = <paramref name="scaleRadius"/>
    /// and scale height b = <paramref name="scaleHeight"/> (kpc).
    /// </summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public MiyamotoNagai(double mass, double scaleRadius, double scaleHeight)
    {
        Mass = ParameterException.Check(nameof(MiyamotoNagai), "mass", mass, true, "a number (Msun)");
        ScaleRadius = ParameterException.Check(nameof(MiyamotoNagai), "scaleRadius", scaleRadius, scaleRadius >= 0, ">= 0 (kpc)");
        ScaleHeight = ParameterException.Check(nameof(MiyamotoNagai), "scaleHeight", scaleHeight, scaleHeight > 0, "> 0 (kpc)");
        kernel = new(mass, scaleRadius, scaleHeight);
    }

    /// <summary>Total mass, Msun.</summary>
    public double Mass { get; }

    /// <summary>Scale radius a, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>Scale height b, kpc.</summary>
    public double ScaleHeight { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(kernel, R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    private readonly struct Kernel(double mass, double a, double b) : IPotentialKernel, IDensityKernel
    {
        private readonly double gm = Units.G * mass, a = a, b2 = b * b, rho0 = mass * b * b / (4 * Math.PI);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(
            Vector<double> R, Vector<double> z, bool gradient, bool hessian,
            out Vector<double> phi, out Vector<double> phiR, out Vector<double> phiZ,
            out Vector<double> phiRR, out Vector<double> phiRZ, out Vector<double> phiZZ)
        {
            Vector<double> B = Vector.SquareRoot(z * z + new Vector<double>(b2));
            Vector<double> A = new Vector<double>(a) + B;
            Vector<double> u = Vector<double>.One / (R * R + A * A);
            Vector<double> p = new Vector<double>(gm) * Vector.SquareRoot(u);
            phi = -p;
            phiR = phiZ = phiRR = phiRZ = phiZZ = Vector<double>.Zero;
            if (gradient)
            {
                Vector<double> overB = Vector<double>.One / B;
                Vector<double> s = p * u, zA = z * A * overB;
                phiR = R * s;
                phiZ = zA * s;
                if (hessian)
                {
                    Vector<double> t = new Vector<double>(3) * s * u;
                    phiRR = s - R * R * t;
                    phiRZ = -R * zA * t;
                    phiZZ = s * (Vector<double>.One + new Vector<double>(a * b2) * overB * overB * overB) - zA * zA * t;
                }
            }
        }

        // Binney and Tremaine (2008), eq. 2.69b.
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> va = new(a);
            Vector<double> B = Vector.SquareRoot(z * z + new Vector<double>(b2)), A = va + B;
            Vector<double> u = R * R + A * A;
            return new Vector<double>(rho0) * (va * R * R + (va + new Vector<double>(3) * B) * A * A)
                / (u * u * Vector.SquareRoot(u) * B * B * B);
        }
    }
}
