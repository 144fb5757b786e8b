using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>
/// The isotropic distribution function that generates a density in a potential, both averaged over spheres, as a function of the
/// actions: f(J) = f(E), E the energy of the orbit with Jr and L = Jz + |Jphi| in the average potential
/// (Eddington 1916; Vasiliev 2019, section 4.2). Found once; used in another potential it makes another density.
/// </summary>
/// <remarks>
/// ln f is a spline in ln(Jr + L) and sqrt(L/(Jr + L)). f errs by less than 3e-4 (tested), also far
/// below its largest value. It has neither flattening nor rotation.
/// </remarks>
public sealed class QuasiSpherical : DistributionFunction
{
    private const string Model = nameof(QuasiSpherical);
    private const double ActionStep = 0.15, InnermostOrbit = 1e-4, OutermostOrbit = 1e5;
    private const int ShapeCells = 12;

    private readonly Kernel kernel;

    /// <summary>The distribution function of a density.</summary>
    /// <param name="density">The density, of finite mass and without a hole in its centre.</param>
    /// <param name="potential">The potential in which f generates it: that of all masses.</param>
    /// <param name="outerCutoffRadius">Multiplies the density by exp(-(r/outerCutoffRadius)^cutoffStrength); infinity for no cutoff, kpc.</param>
    /// <param name="cutoffStrength">The exponent of the cutoff.</param>
    /// <exception cref="ParameterException">The cutoff is out of range.</exception>
    /// <exception cref="InputException">The density has an infinite mass.</exception>
    /// <exception cref="NumericalException">f would be negative.</exception>
    public QuasiSpherical(
        Density density, Potential potential, double outerCutoffRadius = double.PositiveInfinity, double cutoffStrength = 2)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentNullException.ThrowIfNull(potential);
        if (!double.IsPositiveInfinity(outerCutoffRadius))
        {
            ParameterException.Check(Model, "outerCutoffRadius", outerCutoffRadius, outerCutoffRadius > 0, "> 0 (kpc)");
            ParameterException.Check(Model, "cutoffStrength", cutoffStrength, cutoffStrength > 0, "> 0");
            density = new TruncatedDensity(density, outerCutoffRadius, cutoffStrength);
        }
        else if (!double.IsFinite(density.TotalMass))
        {
            throw new InputException($"{Model}: the mass of its density is infinite; give an outerCutoffRadius (kpc)");
        }

        SphericalPotential average = new(potential);
        EddingtonInversion inversion = new(density, average);
        TotalMass = inversion.Mass;
        kernel = new(inversion, average);
    }

    /// <inheritdoc/>
    public override double TotalMass { get; }

    /// <inheritdoc/>
    public override bool IsEvenInJphi => true;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
        => VectorMath.Map(in kernel, Jr, Jz, Jphi, f);

    private readonly struct Kernel : IBlockFunction3
    {
        private readonly QuinticSpline2D log;
        private readonly double low, high, innerSlope, outerSlope;

        public Kernel(EddingtonInversion inversion, SphericalPotential potential)
        {
            SphericalOrbits orbits = new(potential);
            low = LogCircular(potential, Math.Log(InnermostOrbit));
            int cells = (int)Math.Ceiling((LogCircular(potential, Math.Log(OutermostOrbit)) - low) / ActionStep);
            double[] x = [.. Enumerable.Range(0, cells + 1)], y = [.. Enumerable.Range(0, ShapeCells + 1).Select(i => i / (double)ShapeCells)];
            double[,] value = new double[x.Length, y.Length];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = low + i * ActionStep;
                double T = Math.Exp(x[i]), e = orbits.Circular(T);
                value[i, ShapeCells] = inversion.LogAt(e);
                for (int j = ShapeCells - 1; j >= 0; j--)
                {
                    double L = T * y[j] * y[j];
                    e = orbits.Energy(T - L, L, e);
                    value[i, j] = inversion.LogAt(e);
                }
            }

            high = x[^1];
            double[,] fx = Slopes(x, value, true), fy = Slopes(y, value, false);
            log = new(x, y, value, fx, fy);
            innerSlope = Math.Min(0, fx[0, ShapeCells / 2]);
            outerSlope = Math.Min(0, fx[cells, ShapeCells / 2]);
        }

        public static int Rows => 2;

        public void Evaluate(
            ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f, Span<double> scratch)
        {
            int n = f.Length;
            Span<double> size = scratch[..n], shape = scratch[n..];
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> L = ActionBounds.Clamp(VectorMath.Load(Jz, i)) + ActionBounds.Magnitude(VectorMath.Load(Jphi, i));
                Vector<double> T = VectorMath.AtLeast(ActionBounds.Least, L + ActionBounds.Clamp(VectorMath.Load(Jr, i)));
                VectorMath.Store(T, size, i);
                VectorMath.Store(Vector.SquareRoot(L / T), shape, i);
            }

            VectorMath.LogInPlace(size);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                VectorMath.Store(VectorMath.AtMost(high, VectorMath.AtLeast(low, VectorMath.Load(size, i))), f, i);
            }

            // The spline's argument is where its result goes: the ends' power laws are added from what remains.
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                Vector<double> beyond = VectorMath.Load(size, i) - VectorMath.Load(f, i);
                VectorMath.Store(VectorMath.AtLeast(0, beyond) * outerSlope + VectorMath.AtMost(0, beyond) * innerSlope, size, i);
            }

            log.Evaluate(f, shape, f);
            for (int i = 0; i < n; i += Vector<double>.Count)
            {
                VectorMath.Store(VectorMath.Load(f, i) + VectorMath.Load(size, i), f, i);
            }

            VectorMath.ExpInPlace(f);
        }

        private static double LogCircular(SphericalPotential potential, double x) => x + 0.5 * Math.Log(potential.Gradient(x).Slope);

        private static double[,] Slopes(double[] axis, double[,] value, bool first)
        {
            int n = value.GetLength(0), m = value.GetLength(1);
            double[,] result = new double[n, m];
            double[] line = new double[axis.Length], slope = new double[axis.Length];
            for (int k = 0; k < (first ? m : n); k++)
            {
                for (int i = 0; i < axis.Length; i++)
                {
                    line[i] = first ? value[i, k] : value[k, i];
                }

                SplineLine.EvenSlopes(axis, line, slope);
                for (int i = 0; i < axis.Length; i++)
                {
                    (first ? ref result[i, k] : ref result[k, i]) = slope[i];
                }
            }

            return result;
        }
    }
}
