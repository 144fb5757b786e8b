using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>
/// The quasi-isothermal disc (Binney &amp; McMillan 2011, equations 4 to 8; Sun et al. 2025, equation 10, where two signs and
/// two symbols are misprinted):
/// f = Sigma Omega/(2 pi^2 kappa^2) kappa/sr^2 exp(-kappa Jr/sr^2) nu/sz^2 exp(-nu Jz/sz^2), times exp(2 Omega Jphi/sr^2) for
/// Jphi &lt; 0, with Sigma = Sigma0 exp(-Rc/Rdisk) and s^2 = s0^2 exp(-2 Rc/Rs) + smin^2.
/// Rc, Omega, kappa and nu are those of the circular orbit of angular momentum |Jphi| + coefJr Jr + coefJz Jz in a potential that
/// is given once: f depends on the actions alone afterwards, whatever the potential it is used in.
/// </summary>
/// <remarks>
/// The frequencies are found for angular momenta from 1e-4 to 1e6 kpc km/s, 16 to an e-fold, and interpolated: f errs by less
/// than 5e-6 where it is above 1e-12 of its largest value (tested). With coefJr = coefJz = 0 it is the form of the papers; AGAMA's 1
/// and 0.25, the defaults, keep hot orbits of small Jphi out of the centre, where the dispersions are largest.
/// </remarks>
public sealed class QuasiIsothermal : DistributionFunction
{
    private readonly Kernel kernel;

    /// <summary>The disc with these parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="potential">Gives the circular orbits and their frequencies.</param>
    /// <exception cref="ParameterException">A parameter is out of its range.</exception>
    /// <exception cref="NumericalException">The potential has no stable circular orbits of some angular momentum.</exception>
    public QuasiIsothermal(QuasiIsothermalParameters parameters, Potential potential)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(potential);
        parameters.Check();
        Parameters = parameters;
        CircularOrbitTable table = new(parameters, potential);
        kernel = new Kernel(parameters, table);
        TotalMass = QuasiIsothermalMass.Of(parameters, table);
    }

    /// <summary>The parameters as given.</summary>
    public QuasiIsothermalParameters Parameters { get; }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    private readonly struct Kernel(QuasiIsothermalParameters p, CircularOrbitTable orbits) : IBlockFunction3
    {
        private readonly QuinticTable table = orbits.Table;
        private readonly double coefJr = p.CoefJr, coefJz = p.CoefJz;

        public static int Rows => 6;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            int n = f.Length;
            Span<double> cell = scratch[..n], place = scratch[n..(2 * n)], rows = scratch[(2 * n)..];
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> J = ActionBounds.Magnitude(VectorMath.Load(Jphi, i))
                    + ActionBounds.Clamp(VectorMath.Load(Jr, i)) * coefJr + ActionBounds.Clamp(VectorMath.Load(Jz, i)) * coefJz;
                VectorMath.Store(VectorMath.AtMost(CircularOrbitTable.Largest, VectorMath.AtLeast(CircularOrbitTable.Smallest, J)), f, i);
            }

            VectorMath.LogInPlace(f);
            Vector<double> last = new(CircularOrbitTable.Cells - 1);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> at = (VectorMath.Load(f, i) - new Vector<double>(CircularOrbitTable.First)) * CircularOrbitTable.PerUnit;
                // A comparison with NaN is false: its cell is the first, its place NaN.
                Vector<double> inside = Vector.ConditionalSelect(Vector.GreaterThan(at, Vector<double>.Zero), Vector.Floor(at), Vector<double>.Zero);
                inside = Vector.ConditionalSelect(Vector.LessThan(inside, last), inside, last);
                VectorMath.Store(inside, cell, i);
                VectorMath.Store(at - inside, place, i);
            }

            table.Evaluate(cell, place, rows, n, 0);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> backwards = VectorMath.AtLeast(0, -ActionBounds.Signed(VectorMath.Load(Jphi, i)));
                VectorMath.Store(
                    VectorMath.Load(rows, i)
                    - VectorMath.Load(rows, n + i) * ActionBounds.Clamp(VectorMath.Load(Jr, i))
                    - VectorMath.Load(rows, 2 * n + i) * ActionBounds.Clamp(VectorMath.Load(Jz, i))
                    - VectorMath.Load(rows, 3 * n + i) * backwards,
                    f,
                    i);
            }

            VectorMath.ExpInPlace(f);
        }
    }
}
