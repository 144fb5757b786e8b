using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// A double power law on spheroids with an outer cutoff,
/// rho = rho0 (m/a)^-gamma [1 + (m/a)^alpha]^((gamma - beta)/alpha) exp(-(m/rcut)^xi), m^2 = R^2 + (z/q)^2
/// (Zhao 1996, eq. 1, times the cutoff; McMillan 2017, eqs 1 and 2, are special cases).
/// </summary>
public sealed class SpheroidDensity : Density
{
    private const string Model = "Spheroid";
    private readonly Kernel kernel;

    /// <summary>The density of normalisation rho0 = <paramref name="densityNorm"/> (Msun/kpc^3).</summary>
    /// <param name="densityNorm">rho0, Msun/kpc^3.</param>
    /// <param name="gamma">Central slope, below 3.</param>
    /// <param name="beta">Outer slope.</param>
    /// <param name="alpha">Steepness of the transition, above 0.</param>
    /// <param name="scaleRadius">a, kpc.</param>
    /// <param name="axisRatioZ">q, the axis ratio z/R of the spheroids.</param>
    /// <param name="outerCutoffRadius">rcut, kpc, or infinity for none.</param>
    /// <param name="cutoffStrength">xi, above 0.</param>
    /// <exception cref="ParameterException">A parameter is out of range.</exception>
    public SpheroidDensity(
        double densityNorm, double gamma, double beta, double alpha = 1, double scaleRadius = 1,
        double axisRatioZ = 1, double outerCutoffRadius = double.PositiveInfinity, double cutoffStrength = 2)
    {
        DensityNorm = ParameterException.Check(Model, "densityNorm", densityNorm, densityNorm >= 0, ">= 0 (Msun/kpc^3)");
        Gamma = ParameterException.Check(Model, "gamma", gamma, gamma < 3, "< 3");
        Beta = ParameterException.Check(Model, "beta", beta, true, "a number");
        Alpha = ParameterException.Check(Model, "alpha", alpha, alpha > 0, "> 0");
        ScaleRadius = ParameterException.Check(Model, "scaleRadius", scaleRadius, scaleRadius > 0, "> 0 (kpc)");
        AxisRatioZ = ParameterException.Check(Model, "axisRatioZ", axisRatioZ, axisRatioZ > 0, "> 0");
        OuterCutoffRadius = double.IsPositiveInfinity(outerCutoffRadius)
            ? outerCutoffRadius
            : ParameterException.Check(Model, "outerCutoffRadius", outerCutoffRadius, outerCutoffRadius > 0, "> 0 (kpc) or infinite");
        CutoffStrength = ParameterException.Check(Model, "cutoffStrength", cutoffStrength, cutoffStrength > 0, "> 0");
        kernel = new(this);
        TotalMass = densityNorm == 0 ? 0 : densityNorm * UnitMass();
    }

    /// <summary>rho0, Msun/kpc^3: 2^((beta - gamma)/alpha) times the density at m = a without cutoff.</summary>
    public double DensityNorm { get; }

    /// <summary>Central slope.</summary>
    public double Gamma { get; }

    /// <summary>Outer slope.</summary>
    public double Beta { get; }

    /// <summary>Steepness of the transition between the slopes.</summary>
    public double Alpha { get; }

    /// <summary>Scale radius a, kpc.</summary>
    public double ScaleRadius { get; }

    /// <summary>Axis ratio q.</summary>
    public double AxisRatioZ { get; }

    /// <summary>Cutoff radius, kpc; infinite for none.</summary>
    public double OuterCutoffRadius { get; }

    /// <summary>Exponent xi of the cutoff.</summary>
    public double CutoffStrength { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <summary>The density whose total mass is <paramref name="mass"/> (Msun); the other parameters as in the constructor.</summary>
    /// <exception cref="ParameterException">A parameter is out of range, or the mass is infinite whatever the normalisation.</exception>
    public static SpheroidDensity FromMass(
        double mass, double gamma, double beta, double alpha = 1, double scaleRadius = 1,
        double axisRatioZ = 1, double outerCutoffRadius = double.PositiveInfinity, double cutoffStrength = 2)
    {
        ParameterException.Check(Model, "mass", mass, mass >= 0, ">= 0 (Msun)");
        SpheroidDensity unit = new(1, gamma, beta, alpha, scaleRadius, axisRatioZ, outerCutoffRadius, cutoffStrength);
        return double.IsFinite(unit.TotalMass)
            ? new(mass / unit.TotalMass, gamma, beta, alpha, scaleRadius, axisRatioZ, outerCutoffRadius, cutoffStrength)
            : throw new ParameterException(Model, "beta", beta, "> 3 for a finite mass, unless outerCutoffRadius is given");
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    // Mass for rho0 = 1: 4 pi q times the integral of m^2 rho(m).
    private double UnitMass()
    {
        double a = ScaleRadius, cut = OuterCutoffRadius;
        if (double.IsPositiveInfinity(cut))
        {
            return Beta <= 3
                ? double.PositiveInfinity
                : 4 * Math.PI * AxisRatioZ * a * a * a / Alpha * SpecialFunctions.Beta((3 - Gamma) / Alpha, (Beta - 3) / Alpha);
        }

        double step = 0.2 / Math.Max(1, Math.Max(Alpha, CutoffStrength));
        return 4 * Math.PI * AxisRatioZ * HalfLineQuadrature.Integrate(
            t =>
            {
                double log = t - Math.Log(a), y = Alpha * log;
                double transition = Math.Max(y, 0) + Math.Log(1 + Math.Exp(-Math.Abs(y)));
                double cutoff = Math.Exp(CutoffStrength * (t - Math.Log(cut)));
                return Math.Exp(3 * t + (Gamma - Beta) / Alpha * transition - Gamma * log - cutoff);
            },
            Math.Min(a, cut),
            Math.Max(a, cut),
            step);
    }

    private readonly struct Kernel(SpheroidDensity d) : IDensityKernel
    {
        private readonly double rho0 = d.DensityNorm, gamma = d.Gamma, alpha = d.Alpha, slope = (d.Gamma - d.Beta) / d.Alpha,
            overA2 = 1 / (d.ScaleRadius * d.ScaleRadius), overQ2 = 1 / (d.AxisRatioZ * d.AxisRatioZ),
            cut = double.IsPositiveInfinity(d.OuterCutoffRadius) ? 0 : Math.Pow(d.ScaleRadius / d.OuterCutoffRadius, d.CutoffStrength),
            strength = d.CutoffStrength;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            // All in the exponent; ln(m/a) is kept finite in the centre.
            Vector<double> one = Vector<double>.One;
            Vector<double> x2 = (R * R + z * z * new Vector<double>(overQ2)) * new Vector<double>(overA2) + new Vector<double>(PotentialKernel.Tiny);
            Vector<double> log = new Vector<double>(0.5) * Vector.Log(x2), exponent = new Vector<double>(-gamma) * log;
            if (slope != 0)
            {
                Vector<double> transition;
                if (alpha == 1)
                {
                    transition = Vector.Log(one + Vector.SquareRoot(x2));
                }
                else
                {
                    Vector<double> y = new Vector<double>(alpha) * log;
                    transition = Vector.Max(y, Vector<double>.Zero) + Vector.Log(one + VectorMath.Exp(-Vector.Abs(y)));
                }

                exponent += new Vector<double>(slope) * transition;
            }

            if (cut != 0)
            {
                exponent -= new Vector<double>(cut) * (strength == 2 ? x2 : VectorMath.Exp(new Vector<double>(strength) * log));
            }

            return new Vector<double>(rho0) * VectorMath.Exp(exponent);
        }
    }
}
