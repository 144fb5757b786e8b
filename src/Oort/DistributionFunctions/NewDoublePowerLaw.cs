using System.Numerics;
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
    private static readonly KnownIntegrals<NewDoublePowerLawParameters> Units = new();

    private readonly Kernel kernel;

    /// <summary>The spheroid with these parameters.</summary>
    /// <exception cref="ParameterException">A parameter is out of its range, or the core too large for a zeta.</exception>
    public NewDoublePowerLaw(NewDoublePowerLawParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
        Zeta = parameters.Profile.FindZeta(nameof(NewDoublePowerLaw));
        double unit = Math.Pow(2 * Math.PI, 3) * Units.Of(parameters with { Mass = 1, Norm = null }, UnitIntegral);
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
    internal override object Shape => Parameters with { Mass = 1, Norm = null };

    /// <inheritdoc/>
    internal override DistributionFunction OfUnitMass() => new NewDoublePowerLaw(Parameters with { Mass = 1, Norm = null });

    /// <inheritdoc/>
    public override bool VanishesForRetrograde => Parameters.RotFrac == 1 && Parameters.Jphi0 == 0;

    /// <inheritdoc/>
    public override bool IsEvenInJphi => Parameters.RotFrac == 0;

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

    private readonly struct Kernel : IBlockFunction3
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
            inverseJphi0 = Rotation.Inverse(p.Jphi0);
        }

        public static int Rows => 2;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            Span<double> u = scratch[..f.Length], e = scratch[f.Length..];
            Vector<double> one = Vector<double>.One;
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> radial = ActionBounds.Clamp(VectorMath.Load(Jr, i));
                Vector<double> L = ActionBounds.Clamp(VectorMath.Load(Jz, i)) + ActionBounds.Magnitude(VectorMath.Load(Jphi, i));
                VectorMath.Store((L + radial * 1.5) * inverseL0, u, i);
                if (beta != 0)
                {
                    Vector<double> c = L / VectorMath.AtLeast(ActionBounds.Least, L + radial);
                    VectorMath.Store(VectorMath.SinHalfPi(c) * beta, e, i);
                }
            }

            VectorMath.PowInPlace(u, alpha);
            if (beta != 0)
            {
                VectorMath.ExpInPlace(e);
            }

            StoreAction(Jr, Jz, Jphi, u, e);
            // The powers of h of the inner slope and of the core cancel: u = h/J0 = 0 is harmless where there is a core.
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> x = VectorMath.Load(u, i);
                VectorMath.Store(x + one, f, i);
                VectorMath.Store(core != 0 ? x * (x + new Vector<double>(coreZeta)) + new Vector<double>(core) : x, e, i);
            }

            VectorMath.LogInPlace(f);
            if (innerPower != 0)
            {
                VectorMath.LogInPlace(e);
            }
            else
            {
                e.Clear();
            }

            double inner = core != 0 ? innerPower : 2 * innerPower;
            bool otherPower = cutoffStrength is not (1 or 2);
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                VectorMath.Store(VectorMath.Load(f, i) * outerPower + VectorMath.Load(e, i) * inner, f, i);
                VectorMath.Store(VectorMath.Load(u, i) * cutoff, u, i);
            }

            if (cutoff != 0)
            {
                if (otherPower)
                {
                    VectorMath.PowInPlace(u, cutoffStrength);
                }

                for (int i = 0; i < f.Length; i += Vector<double>.Count)
                {
                    Vector<double> v = VectorMath.Load(u, i);
                    VectorMath.Store(VectorMath.Load(f, i) - (cutoffStrength == 2 ? v * v : v), f, i);
                }
            }

            VectorMath.ExpInPlace(f);
            Rotation.Apply(Jphi, f, amplitude, rotation, inverseJphi0);
        }

        /// <summary>u = h/J0, given jt^alpha in u and, where beta is not 0, e.</summary>
        private void StoreAction(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> u, ReadOnlySpan<double> e)
        {
            Vector<double> one = Vector<double>.One;
            for (int i = 0; i < u.Length; i += Vector<double>.Count)
            {
                Vector<double> radial = ActionBounds.Clamp(VectorMath.Load(Jr, i));
                Vector<double> vertical = ActionBounds.Clamp(VectorMath.Load(Jz, i));
                Vector<double> magnitude = ActionBounds.Magnitude(VectorMath.Load(Jphi, i));
                Vector<double> L = vertical + magnitude;
                Vector<double> c = L / VectorMath.AtLeast(ActionBounds.Least, L + radial);
                Vector<double> xi = one - one / (one + VectorMath.Load(u, i));
                // (k+1)/2 Jz + (k-1)/2 Jz |Jphi|/L + |Jphi|, rewritten for one product with k - 1.
                Vector<double> kLess1 = xi * FoutLessFin + new Vector<double>(FinLess1);
                Vector<double> scriptL = L
                    + kLess1 * vertical * ((L + magnitude) * 0.5 / VectorMath.AtLeast(ActionBounds.Least, L));
                Vector<double> angular = (c * xi + one) * 0.5 * scriptL;
                Vector<double> h = radial + angular;
                if (beta != 0)
                {
                    Vector<double> anisotropy = VectorMath.Load(e, i);
                    h = radial / anisotropy + anisotropy * angular;
                }

                VectorMath.Store(VectorMath.AtMost(ActionBounds.Most, h * inverseJ0), u, i);
            }
        }
    }
}
