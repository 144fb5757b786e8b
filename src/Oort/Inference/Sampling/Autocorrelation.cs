using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Oort.Inference.Sampling;

/// <summary>The autocorrelation of chains: how many steps count for one independent draw.</summary>
public static class Autocorrelation
{
    /// <summary>Sokal's constant: sums over lags end at the first that is this many times the time found so far.</summary>
    public const double Window = 5;

    /// <summary>
    /// The integrated autocorrelation time in steps, tau = 1 + 2 sum over lags t of rho(t), in the window of Sokal (1997, in Functional Integration, equation 3.16; Goodman &amp; Weare 2010, section 3).
    /// rho is the mean of all walkers' autocovariances about the mean of all, divided by the variance of all: walkers that stay apart from one another count as what they are, slow. At least the
    /// length of the chain if the window does not close in it; it is underestimated if the chain is shorter than about 50 tau.
    /// </summary>
    /// <param name="chains">A walker's series each, all of one length.</param>
    /// <returns>Steps; 1 for independent draws, NaN if all are the same number.</returns>
    public static double Time(IReadOnlyList<double[]> chains)
    {
        double[] rho = Function(chains);
        double tau = 1;
        for (int lag = 1; lag < rho.Length; lag++)
        {
            tau += 2 * rho[lag];
            if (lag >= Window * tau)
            {
                return tau;
            }
        }

        return rho.Length == 0 || double.IsNaN(rho[0]) ? double.NaN : Math.Max(tau, rho.Length);
    }

    /// <summary>The autocorrelation function that <see cref="Time"/> sums: rho at the lags 0, 1, ... steps.</summary>
    /// <param name="chains">A walker's series each, all of one length.</param>
    public static double[] Function(IReadOnlyList<double[]> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        int length = Length(chains);
        double mean = chains.Average(c => c.Average());
        int padded = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * length));
        double[] power = new double[padded];
        Complex[] work = new Complex[padded];

        // Two walkers at a time, as real and imaginary part: the sum of their powers is what is wanted.
        for (int w = 0; w < chains.Count; w += 2)
        {
            Array.Clear(work);
            for (int t = 0; t < length; t++)
            {
                work[t] = new(chains[w][t] - mean, w + 1 < chains.Count ? chains[w + 1][t] - mean : 0);
            }

            Fourier.Forward(work, FourierOptions.AsymmetricScaling);
            for (int k = 0; k < padded; k++)
            {
                power[k] += work[k].Real * work[k].Real + work[k].Imaginary * work[k].Imaginary;
            }
        }

        for (int k = 0; k < padded; k++)
        {
            work[k] = power[k];
        }

        Fourier.Inverse(work, FourierOptions.AsymmetricScaling);
        double[] rho = new double[length];
        for (int t = 0; t < length; t++)
        {
            rho[t] = work[0].Real > 0 ? work[t].Real / work[0].Real : double.NaN;
        }

        return rho;
    }

    /// <summary>The common length of chains.</summary>
    internal static int Length(IReadOnlyList<double[]> chains)
    {
        int length = chains.Count == 0 ? 0 : chains[0].Length;
        return length > 0 && chains.All(c => c.Length == length) ? length : throw new ArgumentException("chains need steps, each as many", nameof(chains));
    }
}
