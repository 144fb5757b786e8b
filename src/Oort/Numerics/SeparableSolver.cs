using System.Numerics;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Matrix<double>;
using Symmetricity = MathNet.Numerics.LinearAlgebra.Symmetricity;

namespace Oort.Numerics;

/// <summary>
/// Solves Kx C My + Mx C Ky = F for the matrix C, where all four are symmetric with half bandwidth 5, Mx and My positive
/// definite, Kx and Ky at least semi-definite: the Galerkin equations of a separable elliptic operator in a tensor-product
/// basis, natural conditions on the near sides, C given in the last row and column (Dirichlet). Fast diagonalisation (Lynch, Rice and
/// Thomas 1964): with Ux' Mx Ux = 1 and Ux' Kx Ux = Lambda each row of Ux' C obeys a banded equation of its own, so that a solve
/// of n x n unknowns costs O(n^3), the factorisation too, against O(n^4) for a band solver on the whole matrix.
/// </summary>
internal sealed class SeparableSolver
{
    private const int Half = 5;

    private readonly double[,] kx, mx, ky, my;
    private readonly int nx, ny, lanes;
    private readonly double[] modes;
    private readonly double[] factors;

    /// <param name="kx">Band of Kx, element [i, d] couples i and i + d - 5 (<see cref="EvenQuinticBasis.Gram"/>).</param>
    /// <param name="mx">Band of Mx.</param>
    /// <param name="ky">Band of Ky.</param>
    /// <param name="my">Band of My.</param>
    public SeparableSolver(double[,] kx, double[,] mx, double[,] ky, double[,] my)
    {
        (this.kx, this.mx, this.ky, this.my) = (kx, mx, ky, my);
        nx = kx.GetLength(0);
        ny = ky.GetLength(0);
        int inner = nx - 1, width = Vector<double>.Count;
        lanes = (inner + width - 1) / width * width;
        modes = new double[inner * lanes];
        double[] eigenvalues = Diagonalise(inner);
        factors = Factorise(eigenvalues);
    }

    /// <summary>Rows of C.</summary>
    public int Rows => nx;

    /// <summary>Columns of C.</summary>
    public int Columns => ny;

    /// <summary>
    /// Fills the rows and columns of <paramref name="c"/> (row after row) but the last ones, which are given, so that the
    /// equations hold in all but the last rows and columns. One step of iterative refinement removes the rounding errors of the
    /// eigenvectors, which reach the ratio of the largest to the smallest eigenvalue.
    /// </summary>
    public void Solve(ReadOnlySpan<double> f, Span<double> c)
    {
        for (int i = 0; i < nx - 1; i++)
        {
            c.Slice(i * ny, ny - 1).Clear();
        }

        double[] residual = new double[nx * ny], scratch = new double[2 * nx * ny], spectral = new double[ny * lanes];
        for (int step = 0; step < 2; step++)
        {
            Apply(c, residual, scratch);
            for (int i = 0; i < residual.Length; i++)
            {
                residual[i] = f[i] - residual[i];
            }

            Correct(residual, spectral, c);
        }
    }

    /// <summary>Kx C My + Mx C Ky.</summary>
    public void Apply(ReadOnlySpan<double> c, Span<double> result, Span<double> scratch)
    {
        Span<double> cm = scratch[..(nx * ny)], ck = scratch.Slice(nx * ny, nx * ny);
        for (int i = 0; i < nx; i++)
        {
            ReadOnlySpan<double> row = c.Slice(i * ny, ny);
            for (int j = 0; j < ny; j++)
            {
                double m = 0, k = 0;
                int from = Math.Max(0, j - Half), to = Math.Min(ny - 1, j + Half);
                for (int l = from; l <= to; l++)
                {
                    m += my[j, l - j + Half] * row[l];
                    k += ky[j, l - j + Half] * row[l];
                }

                cm[i * ny + j] = m;
                ck[i * ny + j] = k;
            }
        }

        for (int i = 0; i < nx; i++)
        {
            Span<double> row = result.Slice(i * ny, ny);
            row.Clear();
            for (int l = Math.Max(0, i - Half); l <= Math.Min(nx - 1, i + Half); l++)
            {
                AddScaled(kx[i, l - i + Half], cm.Slice(l * ny, ny), row);
                AddScaled(mx[i, l - i + Half], ck.Slice(l * ny, ny), row);
            }
        }
    }

    private double[] Diagonalise(int inner)
    {
        // Scaled so that Mx has a unit diagonal: its elements span many orders of magnitude.
        double[] scale = new double[inner];
        for (int i = 0; i < inner; i++)
        {
            scale[i] = 1 / Math.Sqrt(mx[i, Half]);
        }

        DenseMatrix Dense(double[,] band) => DenseMatrix.Build.Dense(inner, inner,
            (i, j) => Math.Abs(i - j) <= Half ? band[i, j - i + Half] * scale[i] * scale[j] : 0);
        DenseMatrix lower = Dense(mx).Cholesky().Factor;
        DenseMatrix reduced = lower.Solve(lower.Solve(Dense(kx)).Transpose());
        var eigen = ((reduced + reduced.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        DenseMatrix u = lower.Transpose().Solve(eigen.EigenVectors);
        double[] values = new double[lanes];
        Array.Fill(values, 1);
        for (int k = 0; k < inner; k++)
        {
            values[k] = eigen.EigenValues[k].Real;
            for (int i = 0; i < inner; i++)
            {
                modes[i * lanes + k] = scale[i] * u[i, k];
            }
        }

        return values;
    }

    /// <summary>
    /// Band Cholesky factors of lambda_k My + Ky for all k at once: element [(j * 6 + d) * lanes + k] is L[j, j - d],
    /// for d = 0 its inverse.
    /// </summary>
    private double[] Factorise(double[] eigenvalues)
    {
        int rows = ny - 1;
        double[] l = new double[rows * (Half + 1) * lanes];
        for (int k = 0; k < lanes; k++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int d = Math.Min(Half, j); d >= 0; d--)
                {
                    double sum = eigenvalues[k] * my[j, Half - d] + ky[j, Half - d];
                    for (int e = d + 1; e <= Math.Min(Half, j); e++)
                    {
                        sum -= l[(j * (Half + 1) + e) * lanes + k] * l[((j - d) * (Half + 1) + e - d) * lanes + k];
                    }

                    if (d == 0 && !(sum > 0))
                    {
                        throw new NumericalException("the equations of a potential on a cylindrical grid are not positive definite");
                    }

                    l[(j * (Half + 1) + d) * lanes + k] = d == 0 ? 1 / Math.Sqrt(sum) : sum * l[(j - d) * (Half + 1) * lanes + k];
                }
            }
        }

        return l;
    }

    private void Correct(ReadOnlySpan<double> residual, Span<double> spectral, Span<double> c)
    {
        int inner = nx - 1, rows = ny - 1;
        spectral.Clear();
        for (int j = 0; j < rows; j++)
        {
            Span<double> row = spectral.Slice(j * lanes, lanes);
            for (int i = 0; i < inner; i++)
            {
                AddScaled(residual[i * ny + j], modes.AsSpan(i * lanes, lanes), row);
            }
        }

        for (int j = 0; j < rows; j++)
        {
            Span<double> row = spectral.Slice(j * lanes, lanes);
            for (int d = 1; d <= Math.Min(Half, j); d++)
            {
                SubtractProduct(factors.AsSpan((j * (Half + 1) + d) * lanes, lanes), spectral.Slice((j - d) * lanes, lanes), row);
            }

            Multiply(factors.AsSpan(j * (Half + 1) * lanes, lanes), row);
        }

        for (int j = rows - 1; j >= 0; j--)
        {
            Span<double> row = spectral.Slice(j * lanes, lanes);
            for (int d = 1; d <= Math.Min(Half, rows - 1 - j); d++)
            {
                SubtractProduct(factors.AsSpan(((j + d) * (Half + 1) + d) * lanes, lanes), spectral.Slice((j + d) * lanes, lanes), row);
            }

            Multiply(factors.AsSpan(j * (Half + 1) * lanes, lanes), row);
        }

        for (int i = 0; i < inner; i++)
        {
            ReadOnlySpan<double> mode = modes.AsSpan(i * lanes, lanes);
            for (int j = 0; j < rows; j++)
            {
                c[i * ny + j] += Dot(mode, spectral.Slice(j * lanes, lanes));
            }
        }
    }

    private static void AddScaled(double factor, ReadOnlySpan<double> from, Span<double> to)
    {
        Vector<double> a = new(factor);
        int i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(a, new(from[i..]), new(to[i..])).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] = Math.FusedMultiplyAdd(factor, from[i], to[i]);
        }
    }

    // The next three run over whole vectors: rows of lanes are padded.
    private static void SubtractProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> to)
    {
        for (int i = 0; i < to.Length; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(-new Vector<double>(a[i..]), new(b[i..]), new(to[i..])).CopyTo(to[i..]);
        }
    }

    private static void Multiply(ReadOnlySpan<double> a, Span<double> to)
    {
        for (int i = 0; i < to.Length; i += Vector<double>.Count)
        {
            (new Vector<double>(a[i..]) * new Vector<double>(to[i..])).CopyTo(to[i..]);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector<double> sum = Vector<double>.Zero;
        for (int i = 0; i < a.Length; i += Vector<double>.Count)
        {
            sum = Vector.FusedMultiplyAdd(new(a[i..]), new(b[i..]), sum);
        }

        return Vector.Sum(sum);
    }
}
