using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// How far apart two potentials' forces are, at 40 radii from 0.2 to 100 kpc at z = 0, 1 and 3 kpc: |F_new - F| / |F|.
/// </summary>
internal sealed class ForceResidual
{
    private const int Radii = 40;
    private static readonly double[] Heights = [0, 1, 3];

    private readonly double[] R, z;

    public ForceResidual()
    {
        R = new double[Radii * Heights.Length];
        z = new double[R.Length];
        for (int i = 0; i < R.Length; i++)
        {
            R[i] = 0.2 * Math.Pow(500, i / Heights.Length / (Radii - 1.0));
            z[i] = Heights[i % Heights.Length];
        }
    }

    /// <summary>Components of (F_new - F) / |F| at all points, R components first.</summary>
    public double[] Between(Potential old, Potential updated)
    {
        int n = R.Length;
        double[] oldR = new double[n], oldZ = new double[n], newR = new double[n], newZ = new double[n], result = new double[2 * n];
        old.Evaluate(R, z, new() { PhiR = oldR, PhiZ = oldZ });
        updated.Evaluate(R, z, new() { PhiR = newR, PhiZ = newZ });
        for (int i = 0; i < n; i++)
        {
            double size = Math.Sqrt(oldR[i] * oldR[i] + oldZ[i] * oldZ[i]);
            result[i] = (newR[i] - oldR[i]) / size;
            result[n + i] = (newZ[i] - oldZ[i]) / size;
        }

        return result;
    }

    /// <summary>The largest length of the vectors that <see cref="Between"/> gives.</summary>
    public static double Largest(ReadOnlySpan<double> residual)
    {
        int n = residual.Length / 2;
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, Math.Sqrt(residual[i] * residual[i] + residual[n + i] * residual[n + i]));
        }

        return largest;
    }
}
