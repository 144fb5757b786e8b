using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

internal sealed partial class ActionTable
{
    private const double SmallestMomentum = 3e-3, LargestMomentum = 1e-3; // of the coordinate's ends, where the limits are taken
    private const double SmallestLevel = 1e-3, LargestLevel = 1 - 1e-5;
    private const double Negligible = 2e-4; // of an action plus 1 kpc km/s

    private static readonly LineRule RadialRule = new(RadialLines), VerticalRule = new(VerticalLines);

    /// <summary>Tabulates the actions.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="settings">Size of the table.</param>
    /// <param name="threads">Threads to use; the table does not depend on it.</param>
    internal ActionTable(Potential potential, FocalDistances focalDistances, ActionTableSettings settings, int threads)
    {
        (energies, momenta, levels) = (settings.Energies, settings.Momenta, settings.Levels);
        FirstLogRadius = Math.Log(settings.SmallestRadius);
        double step = Math.Log(settings.LargestRadius / settings.SmallestRadius) / (energies - 1);
        EnergiesPerLog = 1 / step;
        int columns = energies * momenta;
        Values values = new(columns, levels);
        int done = 0;
        Parallel.For(0, Math.Min(threads, energies), new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            Builder builder = new(potential, focalDistances, values, momenta, levels);
            for (int i = Interlocked.Increment(ref done) - 1; i < energies; i = Interlocked.Increment(ref done) - 1)
            {
                builder.Fill(i, Math.Exp(FirstLogRadius + i * step));
            }
        });
        radialGroups = new byte[(energies - 1) * (momenta - 1) * (levels - 1)];
        verticalGroups = new byte[radialGroups.Length];
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = threads }, k =>
        {
            if (k == 0)
            {
                CountGroups(values.Radial, RadialLines, values.RadialScale, settings.Tolerance, radialGroups);
            }
            else
            {
                CountGroups(values.Vertical, VerticalLines, values.VerticalScale, settings.Tolerance, verticalGroups);
            }
        });
        foreach ((double[] table, int period) in new[] { (values.Shape, ShapeTerms), (values.Radial, RadialLines), (values.Vertical, VerticalLines) })
        {
            FillGaps(table, period);
        }

        shape = Single(Surface(values.Shape, ShapeTerms));
        float[][] splines = new float[2][];
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = threads }, k =>
        {
            int lines = k == 0 ? RadialLines : VerticalLines;
            double[] along = UniformSplines.Coefficients(k == 0 ? values.Radial : values.Vertical, columns, levels, lines);
            splines[k] = Grouped(Surface(along, (levels + 2) * lines), lines);
        });
        (radial, vertical) = (splines[0], splines[1]);
    }

    /// <summary>Slots of <see cref="Shape"/>: smooth functions of energy and angular momentum.</summary>
    internal enum Scale
    {
        /// <summary>Pm / (Lcirc^2 (1 - x)).</summary>
        Largest,

        /// <summary>Largest |cos v| over (1 - x)^(1/2).</summary>
        Top,

        /// <summary>Mean of the turning points' s^(1/2) over Rcirc.</summary>
        Middle,

        /// <summary>Half their distance over Rcirc (1 - x)^(1/2).</summary>
        HalfRange,
    }

    private double[] Surface(double[] values, int inner)
        => UniformSplines.QuadraticCoefficients(UniformSplines.QuadraticCoefficients(values, energies, momenta, inner), 1, energies, (momenta + 2) * inner);

    private static float[] Single(double[] values)
    {
        float[] result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i] = (float)values[i];
        }

        return result;
    }

    /// <summary>Groups of polynomials one after the other, in single precision.</summary>
    private static float[] Grouped(double[] values, int lines)
    {
        // Vectors of four levels may reach beyond the end.
        int nodes = values.Length / lines;
        float[] result = new float[values.Length + 4 * Group];
        for (int g = 0, to = 0; g < lines; g += Group)
        {
            for (int i = 0; i < nodes; i++)
            {
                for (int q = 0; q < Group; q++)
                {
                    result[to++] = (float)values[i * lines + g + q];
                }
            }
        }

        return result;
    }

    /// <summary>Values that could not be found become those of a neighbour, in a cell that is marked, so that splines exist.</summary>
    private static void FillGaps(double[] table, int period)
    {
        for (int i = period; i < table.Length; i++)
        {
            table[i] = double.IsFinite(table[i]) ? table[i] : table[i - period];
        }

        for (int i = table.Length - period - 1; i >= 0; i--)
        {
            table[i] = double.IsFinite(table[i]) ? table[i] : table[i + period];
        }
    }

    /// <summary>
    /// How many groups of polynomials the actions in a cell need for what is left out to be negligible; none where the interpolation error estimated
    /// from fourth differences (of a cubic B-spline: one part in 384; quadratic ones in energy and angular momentum are no worse where it matters) and from the last Chebyshev coefficients is above the tolerance.
    /// </summary>
    private void CountGroups(double[] values, int lines, double[] scale, double tolerance, byte[] groups)
    {
        byte[] needed = new byte[energies * momenta * levels];
        int columnStride = levels * lines, rowStride = momenta * columnStride;
        for (int i = 0; i < energies; i++)
        {
            for (int j = 0; j < momenta; j++)
            {
                for (int k = 0; k < levels; k++)
                {
                    int at = i * rowStride + j * columnStride + k * lines;
                    double sum = Fourth(values, at, lines, i, energies, rowStride) + Fourth(values, at, lines, j, momenta, columnStride) + Fourth(values, at, lines, k, levels, lines);
                    sum = sum / 384 + Math.Abs(values[at + lines - 1]) + 0.5 * Math.Abs(values[at + lines - 2]);
                    int node = (i * momenta + j) * levels + k, count = lines;
                    double amplitude = scale[node], J = Math.Abs(values[at]) * amplitude, relative = amplitude / (J + 1), rest = 0;
                    while (count > 1 && (rest += Math.Abs(values[at + count - 1])) * relative < Negligible)
                    {
                        count--;
                    }

                    needed[node] = sum * relative <= tolerance ? (byte)((count + Group - 1) / Group) : byte.MaxValue;
                }
            }
        }

        for (int i = 0; i < energies - 1; i++)
        {
            for (int j = 0; j < momenta - 1; j++)
            {
                for (int k = 0; k < levels - 1; k++)
                {
                    byte most = 0;
                    for (int corner = 0; corner < 8; corner++)
                    {
                        most = Math.Max(most, needed[((i + (corner & 1)) * momenta + j + ((corner >> 1) & 1)) * levels + k + (corner >> 2)]);
                    }

                    groups[(i * (momenta - 1) + j) * (levels - 1) + k] = most == byte.MaxValue ? (byte)0 : most;
                }
            }
        }
    }

    /// <summary>Largest fourth difference over the polynomials, at the nearest node that has one.</summary>
    private static double Fourth(double[] values, int at, int lines, int k, int n, int stride)
    {
        int shift = k < 2 ? 2 - k : k > n - 3 ? n - 3 - k : 0;
        at += shift * stride;
        double sum = 0;
        for (int q = 0; q < lines; q++)
        {
            double d = values[at + q - 2 * stride] - 4 * values[at + q - stride] + 6 * values[at + q] - 4 * values[at + q + stride] + values[at + q + 2 * stride];
            sum += d * d;
        }

        return Math.Sqrt(sum);
    }

    private sealed class Values(int columns, int levels)
    {
        internal readonly double[] Shape = new double[columns * ShapeTerms];
        internal readonly double[] Radial = new double[columns * levels * RadialLines], Vertical = new double[columns * levels * VerticalLines];
        internal readonly double[] RadialScale = new double[columns * levels], VerticalScale = new double[columns * levels]; // Lm - L, L - Lz
    }

    private sealed class Builder(Potential potential, FocalDistances focalDistances, Values values, int momenta, int levels)
    {
        private readonly RadialCurve radial = new(potential);
        private readonly VerticalCurve vertical = new(potential);
        private readonly double[] quotient = new double[levels * VerticalLines];

        internal void Fill(int row, double Rc)
        {
            Span<double> phi = stackalloc double[1], force = stackalloc double[1];
            potential.Evaluate([Rc], [0], new() { Phi = phi, PhiR = force });
            double E = phi[0] + 0.5 * Rc * force[0], circular = Rc * Math.Sqrt(Rc * force[0]);
            for (int j = 0; j < momenta; j++)
            {
                FillColumn(row * momenta + j, Math.Clamp((double)j / (momenta - 1), LargestMomentum, 1 - SmallestMomentum), E, Rc, circular);
            }
        }

        private void FillColumn(int column, double m, double E, double Rc, double circular)
        {
            double x = ActionTableMaps.Momentum(m), Lz = x * circular, delta = focalDistances.At(E, Lz), D2 = delta * delta, rest = Math.Sqrt(1 - x);
            bool found = radial.MoveTo(E, Lz, D2, 0, Rc * Rc);
            double shell = radial.Centre, largest = radial.Largest;
            found &= largest > 0 && radial.Tabulate(1.02 * largest);
            (double inner, double outer) = found ? radial.Turns(largest) : (double.NaN, double.NaN);
            (inner, outer) = (Math.Exp(0.5 * inner), Math.Exp(0.5 * outer));
            double middle = 0.5 * (inner + outer), half = 0.5 * (outer - inner), top = double.NaN;
            if (found && vertical.MoveTo(E, Lz, D2, shell, 1.1 * largest))
            {
                top = Math.Sqrt(vertical.Top(largest));
            }

            Span<double> slots = values.Shape.AsSpan(column * ShapeTerms + FirstScale, 4);
            // Close to circular orbits P/F does not depend on Delta, which is not smooth.
            double F = 1 + D2 / (Rc * Rc);
            slots[(int)Scale.Largest] = largest / (F * circular * circular * (1 - x));
            slots[(int)Scale.Top] = top / rest;
            slots[(int)Scale.Middle] = middle / Rc;
            slots[(int)Scale.HalfRange] = half / (Rc * rest);
            double most = Math.Sqrt(Lz * Lz + largest / F);
            Span<double> shape = values.Shape.AsSpan(column * ShapeTerms, ShapeTerms);
            Span<double> centre = stackalloc double[RadialLines], separatrix = stackalloc double[VerticalLines], line = stackalloc double[VerticalLines];
            double guess = shell;
            for (int k = 0; k < RadialLines; k++)
            {
                double c = Math.Min(top * ActionTableMaps.Height(RadialRule.Points[k]), 0.9999);
                line[k] = c * c;
                guess = radial.MoveTo(E, Lz, D2, line[k], guess) ? radial.Centre : guess;
                centre[k] = Math.Log(guess / (Rc * Rc));
                separatrix[k] = (most * most - radial.Separatrix / F) / (most * most);
            }

            RadialRule.Fit(centre, shape[..RadialLines]);
            RadialRule.Fit(separatrix[..RadialLines], shape.Slice(RadialLines, RadialLines));
            for (int k = 0; k < RadialLines; k++)
            {
                bool right = radial.MoveTo(E, Lz, D2, line[k], Rc * Rc * Math.Exp(centre[k])) && radial.Tabulate(1.001 * largest);
                double at = ActionTableMaps.Separatrix(separatrix[k], Lz / most), t = 0;
                for (int p = 0; p < levels; p++)
                {
                    t = ActionTableMaps.Spread((double)p / (levels - 1), at, x, t);
                    double L = Lz + Math.Min(t, LargestLevel) * (most - Lz);
                    quotient[p * RadialLines + k] = right ? radial.Action(F * (most - L) * (most + L)) / (most - L) : double.NaN;
                    values.RadialScale[column * levels + p] = most - L;
                }
            }

            Store(RadialRule, values.Radial, column);
            for (int k = 0; k < VerticalLines; k++)
            {
                // The actions are even in s^(1/2), and go on beyond the axis.
                double q = Math.Max(Math.Abs(middle + half * ActionTableMaps.Radius(VerticalRule.Points[k])), 1e-6 * Rc);
                line[k] = q * q;
                separatrix[k] = (Lz * Lz + vertical.SeparatrixOf(E, Lz, D2, line[k]) / F) / (most * most);
            }

            VerticalRule.Fit(separatrix, shape.Slice(2 * RadialLines, SeparatrixTerms));
            for (int k = 0; k < VerticalLines; k++)
            {
                bool right = vertical.MoveTo(E, Lz, D2, line[k], 1.2 * largest);
                double at = ActionTableMaps.Vertical(ActionTableMaps.Separatrix(separatrix[k], Lz / most)), t = 0;
                for (int p = 0; p < levels; p++)
                {
                    t = ActionTableMaps.Spread((double)p / (levels - 1), at, x, t);
                    double L = Lz + ActionTableMaps.FromVertical(Math.Max(t, SmallestLevel)) * (most - Lz);
                    quotient[p * VerticalLines + k] = right ? vertical.Action(F * (L - Lz) * (L + Lz)) / (L - Lz) : double.NaN;
                    values.VerticalScale[column * levels + p] = L - Lz;
                }
            }

            Store(VerticalRule, values.Vertical, column);
        }

        private void Store(LineRule rule, double[] table, int column)
        {
            int n = rule.Points.Length;
            for (int p = 0; p < levels; p++)
            {
                rule.ToPolynomials(quotient.AsSpan(p * n, n), table.AsSpan((column * levels + p) * n, n));
            }
        }
    }

    /// <summary>Chebyshev-Lobatto points in [0, 1], and from values there to coefficients of polynomials.</summary>
    private sealed class LineRule
    {
        private readonly double[] transform, polynomials;

        internal LineRule(int n)
        {
            int last = n - 1;
            Points = [.. Enumerable.Range(0, n).Select(k => 0.5 - 0.5 * Math.Cos(Math.PI * k / last))];
            transform = new double[n * n];
            polynomials = new double[n * n];
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    // T_j at -cos(pi k / last); the ends count half.
                    double t = Math.Cos(Math.PI * j * (last - k) / last);
                    polynomials[j * n + k] = t;
                    transform[j * n + k] = t * (k == 0 || k == last ? 0.5 : 1) * (j == 0 || j == last ? 1 : 2) / last;
                }
            }
        }

        internal double[] Points { get; }

        /// <summary>The first few polynomials; the values become those of their sum.</summary>
        internal void Fit(Span<double> values, Span<double> coefficients)
        {
            int n = Points.Length;
            Span<double> all = stackalloc double[n];
            ToPolynomials(values, all);
            all[..coefficients.Length].CopyTo(coefficients);
            for (int k = 0; k < n; k++)
            {
                double sum = 0;
                for (int j = 0; j < coefficients.Length; j++)
                {
                    sum += coefficients[j] * polynomials[j * n + k];
                }

                values[k] = sum;
            }
        }

        internal void ToPolynomials(ReadOnlySpan<double> values, Span<double> coefficients)
        {
            int n = Points.Length;
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                {
                    sum += transform[j * n + k] * values[k];
                }

                coefficients[j] = sum;
            }
        }
    }
}

/// <summary>Size of an <see cref="ActionTable"/>.</summary>
internal sealed record ActionTableSettings
{
    internal int Energies { get; init; } = 80;

    internal int Momenta { get; init; } = 36;

    internal int Levels { get; init; } = 32;

    /// <summary>Radii of the circular orbits with the lowest and the highest energy, kpc.</summary>
    internal double SmallestRadius { get; init; } = 0.03;

    internal double LargestRadius { get; init; } = 600;

    /// <summary>Estimated error |dJ|/(J + 1 kpc km/s) above which a cell is not used.</summary>
    internal double Tolerance { get; init; } = 5e-3;
}
