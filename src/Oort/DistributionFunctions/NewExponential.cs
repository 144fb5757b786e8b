using System.Numerics;
using System.Runtime.CompilerServices;
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
    public override bool VanishesForRetrograde => true;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    private readonly struct Kernel : IVectorFunction3
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Evaluate(Vector<double> Jr, Vector<double> Jz, Vector<double> Jphi)
        {
            Jr = ActionBounds.Clamp(Jr);
            Jz = ActionBounds.Clamp(Jz);
            Vector<double> prograde = ActionBounds.Clamp(Jphi);
            Vector<double> log = VectorMath.Log((prograde + new Vector<double>(addJvel)) * inverseJphi0);
            Vector<double> xr = VectorMath.AtMost(ActionBounds.Most, VectorMath.Exp(log * pr) * inverseJr0);
            Vector<double> xz = pz == pr
                ? xr * (inverseJz0 / inverseJr0)
                : VectorMath.AtMost(ActionBounds.Most, VectorMath.Exp(log * pz) * inverseJz0);
            Vector<double> exponent = -prograde * inverseJphi0 - xr * Jr - xz * Jz;
            // Exp first: xr xz may be huge where it is zero.
            Vector<double> f = VectorMath.Exp(exponent) * (prograde * amplitude) * xr * xz;
            // The sum carries a NaN of Jr or Jz into lanes that are 0 otherwise.
            Vector<double> zero = (Jr + Jz) * 0.0;
            return Vector.ConditionalSelect(Vector.LessThanOrEqual(Jphi, Vector<double>.Zero), zero, f);
        }
    }
}
