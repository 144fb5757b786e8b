using Oort.DistributionFunctions;

namespace Oort.Tests.Support;

/// <summary>
/// Brute-force integrals over action space: the trapezoidal rule in ln Jr, ln Jz and ln |Jphi|, either sign of Jphi.
/// It knows nothing of the function but that it varies on a logarithmic scale between the limits.
/// </summary>
public static class ActionGrid
{
    /// <summary>(2 pi)^3 times the integral of f, for Jr, Jz, |Jphi| from e^low to e^high kpc km/s.</summary>
    public static double Mass(DistributionFunction df, double low, double high, double step)
    {
        int n = (int)Math.Ceiling((high - low) / step) + 1;
        double[] J = new double[n];
        for (int i = 0; i < n; i++)
        {
            J[i] = Math.Exp(low + i * step);
        }

        double[] Jr = new double[2 * n], Jz = new double[2 * n], Jphi = new double[2 * n], f = new double[2 * n];
        J.CopyTo(Jphi, 0);
        for (int i = 0; i < n; i++)
        {
            Jphi[n + i] = -J[i];
        }

        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            Array.Fill(Jr, J[i]);
            for (int j = 0; j < n; j++)
            {
                Array.Fill(Jz, J[j]);
                df.Evaluate(Jr, Jz, Jphi, f);
                double line = 0;
                for (int k = 0; k < f.Length; k++)
                {
                    line += f[k] * Math.Abs(Jphi[k]);
                }

                sum += line * J[i] * J[j];
            }
        }

        return sum * Math.Pow(2 * Math.PI * step, 3);
    }
}
