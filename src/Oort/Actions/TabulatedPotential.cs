using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Any potential, from a bicubic B-spline of Phi on a grid uniform in asinh(R/h) and asinh(z/h): a value costs the same however complex
/// the potential is. Values are within 1e-6 of |Phi| and gradients within 1e-4 between the smallest cells and the largest radius;
/// outside, the potential itself is called. Second derivatives are not offered.
/// </summary>
internal sealed class TabulatedPotential : Potential
{
    private const int Chunk = 128;

    private readonly Potential potential;
    private readonly double inverseScale, cellsPerUnit, largest;
    private readonly int n, stride;
    private readonly double[] coefficients;

    /// <summary>Tabulates a potential.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="scale">h, kpc: below it the grid is linear; half the height of the thinnest disc will do.</param>
    /// <param name="largest">Largest R and |z|, kpc.</param>
    /// <param name="cells">Number of cells in each direction.</param>
    /// <param name="threads">Threads that fill the table.</param>
    internal TabulatedPotential(Potential potential, double scale, double largest, int cells, int threads)
    {
        this.potential = potential;
        this.largest = largest;
        (inverseScale, n, stride) = (1 / scale, cells + 1, cells + 3);
        cellsPerUnit = cells / Math.Asinh(largest / scale);
        double[,] phi = new double[n, n];
        double[] at = [.. Enumerable.Range(0, n).Select(i => scale * Math.Sinh(i / cellsPerUnit))];
        // A singular centre is replaced by a point in the first cell.
        at[0] = double.IsFinite(potential.Phi(0, 0)) ? 0 : 0.1 * at[1];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            double[] R = new double[n], row = new double[n];
            Array.Fill(R, at[i]);
            potential.Evaluate(R, at, new() { Phi = row });
            for (int j = 0; j < n; j++)
            {
                phi[i, j] = row[j];
            }
        });
        coefficients = UniformSurface.Coefficients(phi, symmetricRows: true);
    }

    public override bool HasEscapeSpeed => potential.HasEscapeSpeed;

    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        if (result.WantsHessian)
        {
            throw new NotSupportedException("a tabulated potential has no second derivatives");
        }

        Span<double> x = stackalloc double[Chunk], y = stackalloc double[Chunk];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, R.Length - start);
            R.Slice(start, count).CopyTo(x);
            z.Slice(start, count).CopyTo(y);
            ToGrid(x, count);
            ToGrid(y, count);
            PotentialDerivatives part = result.Slice(start, count);
            if (result.WantsGradient)
            {
                Gradients(R.Slice(start, count), z.Slice(start, count), x, y, part);
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    part.Phi[i] = x[i] <= n - 1 && y[i] <= n - 1 ? Value(x[i], y[i]) : potential.Phi(R[start + i], z[start + i]);
                }
            }
        }
    }

    private void ToGrid(Span<double> values, int count)
    {
        Vector<double> one = Vector<double>.One, inverse = new(inverseScale), cells = new(cellsPerUnit);
        for (int i = 0; i < count; i += Vector<double>.Count)
        {
            Vector<double> t = Vector.Abs(new Vector<double>(values[i..])) * inverse;
            (cells * Vector.Log(t + Vector.SquareRoot(t * t + one))).CopyTo(values[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Value(double x, double y)
    {
        int i = Math.Min((int)x, n - 2), j = Math.Min((int)y, n - 2);
        Vector256<double> wx = UniformSurface.Weights(x - i);
        ref double corner = ref coefficients[i * stride + j];
        Vector256<double> sum = Vector256.LoadUnsafe(ref corner) * wx.GetElement(0)
            + Vector256.LoadUnsafe(ref corner, (nuint)stride) * wx.GetElement(1)
            + Vector256.LoadUnsafe(ref corner, (nuint)(2 * stride)) * wx.GetElement(2)
            + Vector256.LoadUnsafe(ref corner, (nuint)(3 * stride)) * wx.GetElement(3);
        return Vector256.Dot(sum, UniformSurface.Weights(y - j));
    }

    private void Gradients(ReadOnlySpan<double> R, ReadOnlySpan<double> z, ReadOnlySpan<double> x, ReadOnlySpan<double> y, PotentialDerivatives result)
    {
        for (int k = 0; k < R.Length; k++)
        {
            double phi, phiR, phiZ;
            if (x[k] <= n - 1 && y[k] <= n - 1)
            {
                int i = Math.Min((int)x[k], n - 2), j = Math.Min((int)y[k], n - 2);
                Vector256<double> wx = UniformSurface.Weights(x[k] - i), dx = UniformSurface.Slopes(x[k] - i);
                Vector256<double> wy = UniformSurface.Weights(y[k] - j), dy = UniformSurface.Slopes(y[k] - j);
                Vector256<double> sum = Vector256<double>.Zero, slope = Vector256<double>.Zero;
                for (int a = 0; a < 4; a++)
                {
                    Vector256<double> row = Vector256.LoadUnsafe(ref coefficients[(i + a) * stride + j]);
                    sum += row * wx[a];
                    slope += row * dx[a];
                }

                // dx/dR = cells/(h^2 + R^2)^(1/2)
                double h2 = 1 / (inverseScale * inverseScale);
                phi = Vector256.Dot(sum, wy);
                phiR = Vector256.Dot(slope, wy) * cellsPerUnit / Math.Sqrt(h2 + R[k] * R[k]);
                phiZ = Vector256.Dot(sum, dy) * cellsPerUnit / Math.Sqrt(h2 + z[k] * z[k]) * Math.Sign(z[k]);
            }
            else
            {
                PotentialPoint p = potential.At(R[k], z[k]);
                (phi, phiR, phiZ) = (p.Phi, p.PhiR, p.PhiZ);
            }

            Set(result.Phi, k, phi);
            Set(result.PhiR, k, phiR);
            Set(result.PhiZ, k, phiZ);
        }
    }

    private static void Set(Span<double> values, int i, double value)
    {
        if (!values.IsEmpty)
        {
            values[i] = value;
        }
    }
}
