using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// A disc, rho = Sigma(R) h(z), Sigma = Sigma0 exp[-(R/Rd)^(1/n) - Rin/R] (Dehnen and Binney 1998, eq. 1, with n = 1).
/// The scale height chooses the vertical profile: exp(-|z|/s)/(2 s) where it is positive, sech^2(z/2s)/(4 s), s its absolute
/// value, where it is negative; 0 is a razor-thin disc, whose density is 0 off the plane and is given as 0 in it too.
/// </summary>
public sealed class DiskDensity : Density
{
    private const string Model = "Disk";
    private readonly Kernel kernel;

    /// <summary>The disc of normalisation Sigma0 = <paramref name="surfaceDensity"/> (Msun/kpc^2).</summary>
    /// <param name="surfaceDensity">Sigma0, Msun/kpc^2: the central surface density where there is no hole.</param>
    /// <param name="scaleRadius">Rd, kpc.</param>
    /// <param name="scaleHeight">Scale height, kpc, with the meaning of its sign as above.</param>
    /// <param name="innerCutoffRadius">Rin, kpc; 0 for no hole.</param>
    /// <param name="sersicIndex">n; 1 for an exponential disc.</param>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public DiskDensity(double surfaceDensity, double scaleRadius, double scaleHeight, double innerCutoffRadius = 0, double sersicIndex = 1)
    {
        SurfaceDensityNorm = ParameterException.Check(Model, "surfaceDensity", surfaceDensity, surfaceDensity >= 0, ">= 0 (Msun/kpc^2)");
        ScaleRadius = ParameterException.Check(Model, "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
        ScaleHeight = ParameterException.Check(Model, "scaleHeight", scaleHeight, true, "a number (kpc): > 0 exponential, < 0 sech^2, 0 razor-thin");
        InnerCutoffRadius = ParameterException.Check(Model, "innerCutoffRadius", innerCutoffRadius, innerCutoffRadius >= 0, ">= 0 (kpc)");
        SersicIndex = ParameterException.Check(Model, "sersicIndex", sersicIndex, sersicIndex > 0, "> 0");
        Radial = new(surfaceDensity, scaleRadius, innerCutoffRadius, sersicIndex);
        Vertical = new(scaleHeight);
        kernel = new(Radial, Vertical);
        TotalMass = surfaceDensity == 0 ? 0 : surfaceDensity * UnitMass();
    }

    /// <summary>Sigma0, Msun/kpc^2.</summary>
    public double SurfaceDensityNorm { get; }

    /// <summary>Scale radius Rd, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>Scale height, kpc: positive exponential, negative sech^2, 0 razor-thin.</summary>
    public double ScaleHeight { get; }

    /// <summary>Rin of the hole in the centre, kpc; 0 for none.</summary>
    public double InnerCutoffRadius { get; }

    /// <summary>Sersic index n.</summary>
    public double SersicIndex { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    internal DiskRadialProfile Radial { get; }

    internal DiskVerticalProfile Vertical { get; }

    /// <summary>The disc whose total mass is <paramref name="mass"/> (Msun); the other parameters as in the constructor.</summary>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public static DiskDensity FromMass(double mass, double scaleRadius, double scaleHeight, double innerCutoffRadius = 0, double sersicIndex = 1)
    {
        ParameterException.Check(Model, "mass", mass, mass >= 0, ">= 0 (Msun)");
        double unit = new DiskDensity(1, scaleRadius, scaleHeight, innerCutoffRadius, sersicIndex).TotalMass;
        return new(mass / unit, scaleRadius, scaleHeight, innerCutoffRadius, sersicIndex);
    }

    /// <summary>Surface density Sigma(R), Msun/kpc^2, at R in kpc.</summary>
    public double SurfaceDensity(double R)
        => SurfaceDensityNorm * Math.Exp(-Math.Pow(R / ScaleRadius, 1 / SersicIndex) - (InnerCutoffRadius == 0 ? 0 : InnerCutoffRadius / R));

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    // Mass for Sigma0 = 1: 2 pi times the integral of R Sigma(R).
    private double UnitMass()
    {
        double n = SersicIndex, d = ScaleRadius, inner = InnerCutoffRadius;
        return inner == 0
            ? 2 * Math.PI * d * d * n * SpecialFunctions.Gamma(2 * n)
            : 2 * Math.PI * HalfLineQuadrature.Integrate(
                t => Math.Exp(2 * t - Math.Exp((t - Math.Log(d)) / n) - inner * Math.Exp(-t)), Math.Min(d, inner), Math.Max(d, inner), 0.05 * Math.Min(1, n));
    }

    private readonly struct Kernel(DiskRadialProfile radial, DiskVerticalProfile vertical) : IDensityKernel
    {
        private readonly DiskRadialProfile radial = radial;
        private readonly DiskVerticalProfile vertical = vertical;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Density(Vector<double> R, Vector<double> z)
            => radial.Evaluate(R + new Vector<double>(1e-50)) * vertical.Evaluate(z);
    }
}
