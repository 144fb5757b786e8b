using System.Numerics;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// The disc of Binney &amp; Vasiliev (2023, equations 1-4):
/// f = M/(2 pi)^3 Jphi/Jphi0^2 exp(-Jd/Jphi0) f_r f_z for Jphi &gt; 0, else 0, with
/// f_i = x_i exp(-x_i Ji), x_i = (Jv/Jphi0)^pi / Ji0, Jv = Jphi + addJvel, Jd = Jphi + addJden.
/// As f_r and f_z integrate to 1, the mass is M exp(-addJden/Jphi0) in closed form.
/// </summary>
/// <remarks>
/// f vanishes at Jphi = 0 for every pr + pz &gt; -1 or addJvel &gt; 0; otherwise it diverges as Jphi falls to 0,
/// with a finite mass. Infinite actions give 0.
/// </remarks>
public sealed class NewExponential : DistributionFunction
{
    private readonly Kernel kernel;

    /// <summary>The disc with these parameters.</summary>
    /// <exception cref="ParameterException">A parameter is out of its range.</exception>
    public NewExponential(NewExponentialParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
        (double norm, TotalMass) = Normalisation.Resolve(
            nameof(NewExponential), parameters.Mass, parameters.Norm, Math.Exp(-parameters.AddJden / parameters.Jphi0));
        kernel = new Kernel(parameters, norm);
    }

    /// <summary>The parameters as given.</summary>
    public NewExponentialParameters Parameters { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    internal override object Shape => Parameters with { Mass = 1, Norm = null };

    /// <inheritdoc/>
    internal override DistributionFunction OfUnitMass() => new NewExponential(Parameters with { Mass = 1, Norm = null });

    /// <inheritdoc/>
    public override bool VanishesForRetrograde => true;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    private readonly struct Kernel : IBlockFunction3
    {
        private readonly double amplitude, inverseJphi0, addJvel, pr, pz, inverseJr0, inverseJz0;

        public Kernel(NewExponentialParameters p, double norm)
        {
            inverseJphi0 = 1 / p.Jphi0;
            inverseJr0 = 1 / p.Jr0;
            inverseJz0 = 1 / p.Jz0;
            (pr, pz) = (p.pr, p.pz);
            // Lets x_i be formed from the logarithm at Jphi = 0 too; the result is then replaced by 0.
            addJvel = Math.Max(p.AddJvel, ActionBounds.Least);
            amplitude = norm * Math.Exp(-p.AddJden / p.Jphi0) / Math.Pow(2 * Math.PI, 3)
                * inverseJphi0 * inverseJphi0;
        }

        public static int Rows => 2;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            Span<double> xr = scratch[..f.Length], xz = scratch[f.Length..];
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> prograde = ActionBounds.Clamp(VectorMath.Load(Jphi, i));
                VectorMath.Store((prograde + new Vector<double>(addJvel)) * inverseJphi0, f, i);
            }

            VectorMath.LogInPlace(f);
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> log = VectorMath.Load(f, i);
                VectorMath.Store(log * pr, xr, i);
                VectorMath.Store(log * pz, xz, i);
            }

            VectorMath.ExpInPlace(scratch);
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> x = VectorMath.AtMost(ActionBounds.Most, VectorMath.Load(xr, i) * inverseJr0);
                Vector<double> y = VectorMath.AtMost(ActionBounds.Most, VectorMath.Load(xz, i) * inverseJz0);
                Vector<double> prograde = ActionBounds.Clamp(VectorMath.Load(Jphi, i));
                Vector<double> exponent = -prograde * inverseJphi0
                    - x * ActionBounds.Clamp(VectorMath.Load(Jr, i)) - y * ActionBounds.Clamp(VectorMath.Load(Jz, i));
                VectorMath.Store(exponent, f, i);
                VectorMath.Store(x, xr, i);
                VectorMath.Store(y, xz, i);
            }

            VectorMath.ExpInPlace(f);
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                Vector<double> angular = VectorMath.Load(Jphi, i);
                // The exponential first: xr xz may be huge where it is 0.
                Vector<double> value = VectorMath.Load(f, i) * (ActionBounds.Clamp(angular) * amplitude)
                    * VectorMath.Load(xr, i) * VectorMath.Load(xz, i);
                // The sum carries a NaN of Jr or Jz into lanes that are 0 otherwise.
                Vector<double> zero =
                    (ActionBounds.Clamp(VectorMath.Load(Jr, i)) + ActionBounds.Clamp(VectorMath.Load(Jz, i))) * 0.0;
                VectorMath.Store(
                    Vector.ConditionalSelect(Vector.LessThanOrEqual(angular, Vector<double>.Zero), zero, value), f, i);
            }
        }
    }
}
