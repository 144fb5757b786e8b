using System.Numerics;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>
/// The exponential disc of Vasiliev (2019, MNRAS 482, 1525, equation 21) in AGAMA's form: with
/// J = |Jphi| + coefJr Jr + coefJz Jz, Jden = sqrt(J^2 + addJden^2), Jvel = sqrt(J^2 + addJvel^2),
/// f = norm/(2 pi)^3 Jden/Jphi0^2 exp(-Jden/Jphi0) Jvel/Jr0^2 E(Jvel (Jr + max(0, -Jphi))/Jr0^2; qJr)
/// Jvel/Jz0^2 E(Jvel Jz/Jz0^2; qJz), where E(x; q) = (1 + q x)^(-1/q), or exp(-x) for q = 0.
/// </summary>
/// <remarks>f is finite everywhere; it vanishes at J = 0 if addJden or addJvel is 0.</remarks>
public sealed class Exponential : DistributionFunction
{
    private readonly Kernel kernel;

    /// <summary>The disc with these parameters.</summary>
    /// <exception cref="ParameterException">A parameter is out of its range.</exception>
    public Exponential(ExponentialParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Check();
        Parameters = parameters;
        (double norm, TotalMass) = Normalisation.Resolve(
            nameof(Exponential), parameters.Mass, parameters.Norm, ExponentialMass.ForUnitNorm(parameters));
        kernel = new Kernel(parameters, norm);
    }

    /// <summary>The parameters as given.</summary>
    public ExponentialParameters Parameters { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    internal override object Shape => Parameters with { Mass = 1, Norm = null };

    /// <inheritdoc/>
    internal override DistributionFunction OfUnitMass() => new Exponential(Parameters with { Mass = 1, Norm = null });

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    private readonly struct Kernel(ExponentialParameters p, double norm) : IBlockFunction3
    {
        private readonly double amplitude = norm / Math.Pow(2 * Math.PI * p.Jphi0 * p.Jr0 * p.Jz0, 2) / (2 * Math.PI);
        private readonly double coefJr = p.CoefJr, coefJz = p.CoefJz, inverseJphi0 = 1 / p.Jphi0, qJr = p.qJr, qJz = p.qJz;
        private readonly double den2 = p.AddJden * p.AddJden, vel2 = p.AddJvel * p.AddJvel;
        private readonly double inverseJr02 = 1 / (p.Jr0 * p.Jr0), inverseJz02 = 1 / (p.Jz0 * p.Jz0);

        public static int Rows => 4;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            int n = f.Length;
            Span<double> den = scratch[..n], vel = scratch[n..(2 * n)], x = scratch[(2 * n)..(3 * n)], y = scratch[(3 * n)..];
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> radial = ActionBounds.Clamp(VectorMath.Load(Jr, i));
                Vector<double> vertical = ActionBounds.Clamp(VectorMath.Load(Jz, i));
                Vector<double> angular = ActionBounds.Signed(VectorMath.Load(Jphi, i));
                Vector<double> J = Vector.Abs(angular) + radial * coefJr + vertical * coefJz;
                Vector<double> density = Vector.SquareRoot(J * J + new Vector<double>(den2));
                Vector<double> velocity = Vector.SquareRoot(J * J + new Vector<double>(vel2));
                VectorMath.Store(density, den, i);
                VectorMath.Store(velocity, vel, i);
                VectorMath.Store((radial + VectorMath.AtLeast(0, -angular)) * inverseJr02 * velocity, x, i);
                VectorMath.Store(vertical * inverseJz02 * velocity, y, i);
            }

            StoreExponent(x, qJr);
            StoreExponent(y, qJz);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                VectorMath.Store(
                    -VectorMath.Load(den, i) * inverseJphi0 - VectorMath.Load(x, i) - VectorMath.Load(y, i), f, i);
            }

            VectorMath.ExpInPlace(f);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                // The exponential first: the other factors may overflow where it is 0.
                Vector<double> velocity = VectorMath.Load(vel, i);
                VectorMath.Store(VectorMath.Load(f, i) * amplitude * VectorMath.Load(den, i) * velocity * velocity, f, i);
            }
        }

        /// <summary>x = -ln E(x; q) in place.</summary>
        private static void StoreExponent(Span<double> x, double q)
        {
            if (q == 0)
            {
                return;
            }

            Vector<double> one = Vector<double>.One;
            for (int i = 0; i < x.Length; i += Vector<double>.Count)
            {
                Vector<double> t = VectorMath.AtMost(1e300, VectorMath.Load(x, i) * q), u = one + t;
                // The second term restores what a small q loses in 1 + t.
                VectorMath.Store((VectorMath.Log(u) + (t - (u - one)) / u) * (1 / q), x, i);
            }
        }
    }
}
