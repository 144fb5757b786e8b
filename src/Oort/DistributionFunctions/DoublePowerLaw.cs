using System.Numerics;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// The double power law of Posti et al. (2015, MNRAS 447, 3060) in AGAMA's form: with h and g linear in
/// (Jr, Jz, |Jphi|), their coefficients adding up to 3,
/// f = norm/(2 pi J0)^3 (1+(J0/h)^eta)^(slopeIn/eta) (1+(g/J0)^eta)^(-slopeOut/eta) exp(-(g/Jcutoff)^cutoffStrength)
/// [1 + (Jcore/h)(Jcore/h - zeta)]^(-slopeIn/2) (1 + rotFrac tanh(Jphi/Jphi0)).
/// </summary>
/// <remarks>
/// With a core (or slopeIn = 0) f is finite at J = 0; without, it goes as h^-slopeIn and is infinity at J = 0.
/// </remarks>
public sealed class DoublePowerLaw : DistributionFunction
{
    private static readonly KnownIntegrals<DoublePowerLawParameters> Units = new();

    private readonly Kernel kernel;

    /// <summary>The double power law with these parameters.</summary>
    /// <exception cref="ParameterException">A parameter is out of its range, or the core too large for a zeta.</exception>
    public DoublePowerLaw(DoublePowerLawParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
        Zeta = parameters.Profile.FindZeta(nameof(DoublePowerLaw));
        double unit = Math.Pow(2 * Math.PI, 3) * Units.Of(parameters with { Mass = 1, Norm = null }, UnitIntegral);
        (double norm, TotalMass) = Normalisation.Resolve(nameof(DoublePowerLaw), parameters.Mass, parameters.Norm, unit);
        kernel = new Kernel(parameters, Zeta, norm, parameters.RotFrac);
    }

    /// <summary>The parameters as given.</summary>
    public DoublePowerLawParameters Parameters { get; }

    /// <summary>Coefficient of the core: as given, or found so that the core conserves the integral of f h^2 dh.</summary>
    public double Zeta { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    internal override object Shape => Parameters with { Mass = 1, Norm = null };

    /// <inheritdoc/>
    internal override DistributionFunction OfUnitMass() => new DoublePowerLaw(Parameters with { Mass = 1, Norm = null });

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
        DoublePowerLawParameters p = Parameters;
        SpheroidProfile profile = p.Profile;
        double rate = Math.Min(1, p.Steepness);
        (double low, double high, double step) = profile.LogRange(profile.InnermostSlope, rate, rate, Zeta);
        // h and g lie between the smallest and the largest coefficient times T: 0.05 and 2.9.
        return 2 * ActionSpaceIntegral.Octant(
            new Kernel(p, Zeta, 1, 0), low - Math.Log(3), high + Math.Log(20), step, 3 - profile.InnermostSlope,
            profile.IsCut ? double.PositiveInfinity : p.SlopeOut - 3);
    }

    private readonly struct Kernel : IBlockFunction3
    {
        private readonly double amplitude, hr, hz, hphi, gr, gz, gphi, eta, slopeIn, slopeOut;
        private readonly double core, coreZeta, cutoff, cutoffStrength, rotation, inverseJphi0;

        public Kernel(DoublePowerLawParameters p, double zeta, double norm, double rotFrac)
        {
            amplitude = norm / Math.Pow(2 * Math.PI * p.J0, 3);
            (hr, hz, hphi) = (p.CoefJrIn / p.J0, p.CoefJzIn / p.J0, (3 - p.CoefJrIn - p.CoefJzIn) / p.J0);
            (gr, gz, gphi) = (p.CoefJrOut / p.J0, p.CoefJzOut / p.J0, (3 - p.CoefJrOut - p.CoefJzOut) / p.J0);
            (eta, slopeIn, slopeOut) = (p.Steepness, p.SlopeIn, p.SlopeOut);
            core = p.Jcore / p.J0 * (p.Jcore / p.J0);
            coreZeta = -zeta * p.Jcore / p.J0;
            cutoff = p.Profile.IsCut ? p.J0 / p.Jcutoff : 0;
            cutoffStrength = p.CutoffStrength;
            rotation = rotFrac;
            inverseJphi0 = Rotation.Inverse(p.Jphi0);
        }

        public static int Rows => 3;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            Span<double> u = scratch[..f.Length], v = scratch[f.Length..(2 * f.Length)], logs = scratch[(2 * f.Length)..];
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> radial = ActionBounds.Clamp(VectorMath.Load(Jr, i));
                Vector<double> vertical = ActionBounds.Clamp(VectorMath.Load(Jz, i));
                Vector<double> magnitude = ActionBounds.Magnitude(VectorMath.Load(Jphi, i));
                VectorMath.Store(VectorMath.AtMost(ActionBounds.Most, radial * hr + vertical * hz + magnitude * hphi), u, i);
                VectorMath.Store(VectorMath.AtMost(ActionBounds.Most, radial * gr + vertical * gz + magnitude * gphi), v, i);
            }

            // The powers of h of the inner slope and of the core cancel, which leaves the quadratic and 1 + u^eta.
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> x = VectorMath.Load(u, i);
                VectorMath.Store(core != 0 ? x * (x + new Vector<double>(coreZeta)) + new Vector<double>(core) : x, f, i);
            }

            VectorMath.LogInPlace(f);
            LogOnePlusPower(u, logs);
            // No inner slope, no infinity: 0 times the logarithm of 0 would be NaN.
            double inner = core != 0 ? -slopeIn / 2 : -slopeIn;
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> logarithm = slopeIn == 0 ? Vector<double>.Zero : VectorMath.Load(f, i) * inner;
                VectorMath.Store(VectorMath.Load(logs, i) * (slopeIn / eta) + logarithm, f, i);
            }

            v.CopyTo(u);
            LogOnePlusPower(u, logs);
            if (cutoff != 0)
            {
                for (int i = 0; i < f.Length; i += Vector<double>.Count)
                {
                    VectorMath.Store(VectorMath.Load(v, i) * cutoff, v, i);
                }

                if (cutoffStrength is not (1 or 2))
                {
                    VectorMath.PowInPlace(v, cutoffStrength);
                }
            }

            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> exponent = VectorMath.Load(f, i) - VectorMath.Load(logs, i) * (slopeOut / eta);
                if (cutoff != 0)
                {
                    Vector<double> x = VectorMath.Load(v, i);
                    exponent -= cutoffStrength == 2 ? x * x : x;
                }

                VectorMath.Store(exponent, f, i);
            }

            VectorMath.ExpInPlace(f);
            Rotation.Apply(Jphi, f, amplitude, rotation, inverseJphi0);
        }

        /// <summary>logs = ln(1 + x^eta); x is overwritten.</summary>
        private void LogOnePlusPower(Span<double> x, Span<double> logs)
        {
            if (eta != 1)
            {
                VectorMath.PowInPlace(x, eta);
            }

            for (int i = 0; i < x.Length; i += Vector<double>.Count)
            {
                VectorMath.Store(
                    VectorMath.AtMost(double.MaxValue, VectorMath.Load(x, i) + Vector<double>.One), logs, i);
            }

            VectorMath.LogInPlace(logs);
        }
    }
}
