using System.Runtime.CompilerServices;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Phi(R, 0) from piecewise cubics through values and slopes on a grid uniform in ln R: within 1e-9 of |Phi|. Outside the grid it is NaN.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class PlanePotential
{
    private const int Cells = 2048;

    private readonly double[] cubics = new double[4 * Cells];

    internal PlanePotential(Potential potential, double smallest, double largest)
    {
        double step = Math.Log(largest / smallest) / Cells;
        (First, CellsPerLog) = (Math.Log(smallest), 1 / step);
        double[] R = new double[Cells + 1], z = new double[Cells + 1], phi = new double[Cells + 1], slope = new double[Cells + 1];
        for (int i = 0; i <= Cells; i++)
        {
            R[i] = Math.Exp(First + i * step);
        }

        potential.Evaluate(R, z, new() { Phi = phi, PhiR = slope });
        for (int i = 0; i < Cells; i++)
        {
            double a = slope[i] * R[i] * step, b = slope[i + 1] * R[i + 1] * step, secant = phi[i + 1] - phi[i];
            Span<double> c = cubics.AsSpan(4 * i, 4);
            (c[0], c[1], c[2], c[3]) = (phi[i], a, 3 * secant - 2 * a - b, a + b - 2 * secant);
        }
    }

    /// <summary>ln R where the grid begins.</summary>
    internal double First { get; }

    /// <summary>Cells in a unit of ln R.</summary>
    internal double CellsPerLog { get; }

    /// <summary>Phi where (ln R - First) CellsPerLog is <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Value(double x)
    {
        if (!(x >= 0 && x < Cells))
        {
            return double.NaN;
        }

        int i = double.ConvertToIntegerNative<int>(x);
        double t = x - i;
        ReadOnlySpan<double> c = cubics.AsSpan(4 * i, 4);
        return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
    }
}
