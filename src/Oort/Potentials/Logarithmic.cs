using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// The logarithmic potential, Phi = (v0^2/2) ln(Rc^2 + R^2 + z^2/q^2) with lengths in kpc
/// (Binney and Tremaine 2008, eq. 2.71a). Its circular speed tends to v0; nothing escapes from it.
/// </summary>
public sealed class Logarithmic : Potential
{
    private readonly Kernel kernel;

    /// <summary>
    /// Asymptotic circular speed <paramref name="v0"/> (km/s), core radius Rc = <paramref name="scaleRadius"/> (kpc, may be 0),
    /// axis ratio q = <paramref name="axisRatioZ"/> of the equipotentials.
    /// </summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public Logarithmic(double v0, double scaleRadius, double axisRatioZ = 1)
    {
        V0 = ParameterException.Check(nameof(Logarithmic), "v0", v0, v0 >= 0, ">= 0 (km/s)");
        ScaleRadius = ParameterException.Check(nameof(Logarithmic), "scaleRadius", scaleRadius, scaleRadius >= 0, ">= 0 (kpc)");
        AxisRatioZ = ParameterException.Check(nameof(Logarithmic), "axisRatioZ", axisRatioZ, axisRatioZ > 0, "> 0");
        kernel = new(v0, scaleRadius, axisRatioZ);
    }

    /// <summary>Circular speed far out, km/s.</summary>
    public double V0 { get; }

    /// <summary>Core radius Rc, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>Axis ratio z/R of the equipotentials.</summary>
    public double AxisRatioZ { get; }

    /// <inheritdoc/>
    public override bool HasEscapeSpeed => false;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(kernel, R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    private readonly struct Kernel(double v0, double core, double q) : IPotentialKernel, IDensityKernel
    {
        private readonly double v2 = v0 * v0, core2 = core * core, overQ2 = 1 / (q * q),
            rho0 = v0 * v0 / (4 * Math.PI * Units.G);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(
            Vector<double> R, Vector<double> z, bool gradient, bool hessian,
            out Vector<double> phi, out Vector<double> phiR, out Vector<double> phiZ,
            out Vector<double> phiRR, out Vector<double> phiRZ, out Vector<double> phiZZ)
        {
            Vector<double> w = new(overQ2), zq = z * w;
            Vector<double> u = R * R + z * zq + new Vector<double>(core2 + PotentialKernel.Tiny);
            phi = new Vector<double>(v2 / 2) * Vector.Log(u);
            Vector<double> overU = Vector<double>.One / u, s = new Vector<double>(v2) * overU;
            phiR = R * s;
            phiZ = zq * s;
            phiRR = phiRZ = phiZZ = Vector<double>.Zero;
            if (hessian)
            {
                Vector<double> t = (s + s) * overU;
                phiRR = s - R * R * t;
                phiRZ = -R * zq * t;
                phiZZ = s * w - zq * zq * t;
            }
        }

        // Binney and Tremaine (2008), eq. 2.71c.
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> u = R * R + z * z * new Vector<double>(overQ2) + new Vector<double>(core2);
            return new Vector<double>(rho0)
                * (new Vector<double>((2 + overQ2) * core2) + R * R * new Vector<double>(overQ2)
                    + z * z * new Vector<double>((2 - overQ2) * overQ2)) / (u * u);
        }
    }
}
