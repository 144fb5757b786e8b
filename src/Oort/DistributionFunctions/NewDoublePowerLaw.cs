using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// The spheroid of Binney &amp; Vasiliev (2023, equations 8-15): a double power law in one action
/// h = Jr/e + (1 + c xi)/2 e scriptL, with e = exp(beta sin(pi c/2)), c = L/(L+Jr), L = Jz + |Jphi|,
/// xi = jt^alpha/(1+jt^alpha), jt = (1.5 Jr + L)/L0, k = (1-xi) Fin + xi Fout,
/// scriptL = (k+1)/2 Jz + (k-1)/2 Jz |Jphi|/L + |Jphi|:
/// f = M/(2 pi J0)^3 (1+J0/h)^slopeIn (1+h/J0)^-slopeOut exp(-(h/Jcutoff)^cutoffStrength)
/// [1 + (Jcore/h)(Jcore/h - zeta)]^(-slopeIn/2) (1 + rotFrac tanh(Jphi/Jphi0)).
/// The core is that of Cole &amp; Binney (2017).
/// </summary>
/// <remarks>
/// With a core (or slopeIn = 0) f is finite at J = 0; without, it goes as h^-slopeIn and is infinity at J = 0.
/// </remarks>
public sealed class NewDoublePowerLaw : DistributionFunction
{
    private readonly Kernel kernel;

    /// <summary>The spheroid with these parameters.</summary>
    /// <exception cref="ParameterException">A parameter is out of its range, or the core too large for a zeta.</exception>
    public NewDoublePowerLaw(NewDoublePowerLawParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
        Zeta = parameters.Profile.FindZeta(nameof(NewDoublePowerLaw));
        double unit = Math.Pow(2 * Math.PI, 3) * UnitIntegral();
        (double norm, TotalMass) = Normalisation.Resolve(nameof(NewDoublePowerLaw), parameters.Mass, parameters.Norm, unit);
        kernel = new Kernel(parameters, Zeta, norm, parameters.RotFrac);
    }

    /// <summary>The parameters as given.</summary>
    public NewDoublePowerLawParameters Parameters { get; }

    /// <summary>Coefficient of the core: as given, or found so that the core conserves the integral of f h^2 dh.</summary>
    public double Zeta { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override bool VanishesForRetrograde => Parameters.RotFrac == 1 && Parameters.Jphi0 == 0;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    /// <summary>Integral of f over the actions for norm = 1. The rotation is odd in Jphi and adds nothing.</summary>
    private double UnitIntegral()
    {
        NewDoublePowerLawParameters p = Parameters;
        SpheroidProfile profile = p.Profile;
        // xi adds powers of (T/L0)^alpha to the tails, and poles at pi/alpha.
        double rate = Math.Min(1, p.Alpha);
        (double low, double high, double step) = profile.LogRange(profile.InnermostSlope, rate, rate, Zeta);
        low -= Math.Max(0, Math.Log(p.J0 / p.L0));
        if (!profile.IsCut)
        {
            high += Math.Max(0, Math.Log(p.L0 / p.J0));
        }

        // h/T lies between the reciprocals of these in every direction.
        double small = Math.Exp(Math.Abs(p.Beta)) * 2 * Math.Max(1, 2 / (1 + Math.Min(p.Fin, p.Fout)));
        double large = Math.Exp(Math.Abs(p.Beta)) * Math.Max(1, (1 + Math.Max(p.Fin, p.Fout)) / 2);
        return 2 * ActionSpaceIntegral.Octant(
            new Kernel(p, Zeta, 1, 0), low - Math.Log(large), high + Math.Log(small),
            Math.Min(step, 0.6 / p.Alpha), 3 - profile.InnermostSlope,
            profile.IsCut ? double.PositiveInfinity : p.SlopeOut - 3);
    }

    private readonly struct Kernel : IVectorFunction3
    {
        private readonly double amplitude, inverseL0, inverseJ0, alpha, beta, FinLess1, FoutLessFin;
        private readonly double outerPower, innerPower, core, coreZeta, cutoff, cutoffStrength, rotation, inverseJphi0;

        public Kernel(NewDoublePowerLawParameters p, double zeta, double norm, double rotFrac)
        {
            amplitude = norm / Math.Pow(2 * Math.PI * p.J0, 3);
            (inverseL0, inverseJ0) = (1 / p.L0, 1 / p.J0);
            (alpha, beta) = (p.Alpha, p.Beta);
            (FinLess1, FoutLessFin) = (p.Fin - 1, p.Fout - p.Fin);
            outerPower = p.SlopeIn - p.SlopeOut;
            innerPower = -p.SlopeIn / 2;
            core = p.Jcore / p.J0 * (p.Jcore / p.J0);
            coreZeta = -zeta * p.Jcore / p.J0;
            cutoff = p.Profile.IsCut ? p.J0 / p.Jcutoff : 0;
            cutoffStrength = p.CutoffStrength;
            rotation = rotFrac;
            inverseJphi0 = Math.Min(1 / p.Jphi0, ActionBounds.Most);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Evaluate(Vector<double> Jr, Vector<double> Jz, Vector<double> Jphi)
        {
            Vector<double> one = Vector<double>.One;
            Jr = ActionBounds.Clamp(Jr);
            Jz = ActionBounds.Clamp(Jz);
            Vector<double> magnitude = ActionBounds.Magnitude(Jphi);
            Vector<double> L = Jz + magnitude;
            Vector<double> c = L / VectorMath.AtLeast(ActionBounds.Least, L + Jr);
            Vector<double> power = VectorMath.Exp(VectorMath.Log((L + Jr * 1.5) * inverseL0) * alpha);
            Vector<double> xi = one - one / (one + power);
            // (k+1)/2 Jz + (k-1)/2 Jz |Jphi|/L + |Jphi|, rewritten for one product with k.
            Vector<double> kLess1 = xi * FoutLessFin + new Vector<double>(FinLess1);
            Vector<double> scriptL = L + kLess1 * Jz * (L + magnitude) / VectorMath.AtLeast(ActionBounds.Least, L + L);
            Vector<double> angular = (c * xi + one) * 0.5 * scriptL;
            Vector<double> h = Jr + angular;
            if (beta != 0)
            {
                Vector<double> e = VectorMath.Exp(VectorMath.SinHalfPi(c) * beta);
                h = Jr / e + e * angular;
            }

            // The powers of h of the inner slope and of the core cancel: u = h/J0 = 0 is harmless where there is a core.
            Vector<double> u = VectorMath.AtMost(ActionBounds.Most, h * inverseJ0);
            Vector<double> exponent = VectorMath.Log(u + one) * outerPower;
            if (core != 0)
            {
                exponent += VectorMath.Log(u * (u + new Vector<double>(coreZeta)) + new Vector<double>(core)) * innerPower;
            }
            else if (innerPower != 0)
            {
                exponent += VectorMath.Log(u) * (2 * innerPower);
            }

            if (cutoff != 0)
            {
                Vector<double> v = u * cutoff;
                exponent -= cutoffStrength == 2 ? v * v : cutoffStrength == 1 ? v : VectorMath.Exp(VectorMath.Log(v) * cutoffStrength);
            }

            Vector<double> f = VectorMath.Exp(exponent) * amplitude;
            if (rotation != 0)
            {
                f *= one + VectorMath.Tanh(ActionBounds.Signed(Jphi) * inverseJphi0) * rotation;
            }

            return f;
        }
    }
}
