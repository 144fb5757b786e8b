using Oort.Numerics;

namespace Oort.Chemistry;

/// <summary>
/// The distribution of [Fe/H] and [alpha/Fe] of a component's stars, given their actions (Binney &amp; Vasiliev 2023, section 4.6): a Gaussian
/// whose mean moves with Jphi, or two of them between which Jz or Jphi decides. Immutable and safe to share between threads.
/// </summary>
public sealed class AbundanceDistribution
{
    // Between the seed and the other words that name a star's random numbers: those of positions and velocities have other names.
    private const ulong StreamName = 0x6162756e64616e63;

    internal AbundanceDistribution(RotatedGaussian own, HighAlphaSplit? split = null, RotatedGaussian? others = null)
    {
        split?.Check();
        (Own, Split, Others) = (own, split, split is null ? own : others ?? throw new ArgumentNullException(nameof(others)));
    }

    /// <summary>Which stars have the component's own chemistry; null if all have.</summary>
    public HighAlphaSplit? Split { get; }

    internal RotatedGaussian Own { get; }

    internal RotatedGaussian Others { get; }

    /// <summary>
    /// Draws the abundances of stars. Each star's random numbers are named by the seed, the component and the star's number: the same whatever the
    /// order or the batches in which stars are asked for.
    /// </summary>
    /// <param name="Jz">Vertical actions, kpc km/s.</param>
    /// <param name="Jphi">Angular momenta, kpc km/s.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="component">Number of the component.</param>
    /// <param name="first">Number of the first star within the component.</param>
    /// <param name="feH">Receives [Fe/H], dex; NaN where an action it depends on is NaN.</param>
    /// <param name="alphaFe">Receives [alpha/Fe], dex, likewise.</param>
    public void Draw(
        ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, ulong seed, int component, long first, Span<double> feH, Span<double> alphaFe)
    {
        CheckLengths(Jz.Length, Jphi.Length, feH.Length, alphaFe.Length);
        for (int i = 0; i < Jz.Length; i++)
        {
            Xoshiro256 random = new(seed, StreamName, (ulong)component, (ulong)(first + i));
            // Every star takes the same random numbers, whatever becomes of it.
            double probability = Probability(Jz[i], Jphi[i]);
            RotatedGaussian gaussian = random.Uniform() < probability ? Own : Others;
            (double a, double b) = random.Normal();
            double x = gaussian.MeanX(Jphi[i]) + gaussian.Parameters.SigmaX * a, y = gaussian.Parameters.Y + gaussian.Parameters.SigmaY * b;
            (feH[i], alphaFe[i]) = double.IsNaN(probability) ? (double.NaN, double.NaN) : gaussian.ToAbundances(x, y);
        }
    }

    /// <summary>Probability density of abundances of stars of given actions.</summary>
    /// <param name="feH">[Fe/H], dex.</param>
    /// <param name="alphaFe">[alpha/Fe], dex.</param>
    /// <param name="Jz">Vertical actions, kpc km/s.</param>
    /// <param name="Jphi">Angular momenta, kpc km/s.</param>
    /// <param name="density">Receives the density, 1/dex^2; its integral over the plane is 1.</param>
    public void Density(
        ReadOnlySpan<double> feH, ReadOnlySpan<double> alphaFe, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> density)
    {
        CheckLengths(feH.Length, alphaFe.Length, Jz.Length, Jphi.Length, density.Length);
        for (int i = 0; i < feH.Length; i++)
        {
            double own = Probability(Jz[i], Jphi[i]);
            density[i] = own * Own.Density(feH[i], alphaFe[i], Jphi[i]);
            density[i] += Split is null ? 0 : (1 - own) * Others.Density(feH[i], alphaFe[i], Jphi[i]);
        }
    }

    /// <summary>Probability that a star of given actions has less iron than [Fe/H].</summary>
    /// <param name="feH">[Fe/H], dex.</param>
    /// <param name="Jz">Vertical actions, kpc km/s.</param>
    /// <param name="Jphi">Angular momenta, kpc km/s.</param>
    /// <param name="probability">Receives the cumulative distribution, from 0 to 1.</param>
    public void CumulativeFeH(ReadOnlySpan<double> feH, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> probability)
        => Cumulative(feH, Jz, Jphi, probability, m => (m.FeH, m.FeHVariance));

    /// <summary>Probability that a star of given actions has a smaller [alpha/Fe].</summary>
    /// <param name="alphaFe">[alpha/Fe], dex.</param>
    /// <param name="Jz">Vertical actions, kpc km/s.</param>
    /// <param name="Jphi">Angular momenta, kpc km/s.</param>
    /// <param name="probability">Receives the cumulative distribution, from 0 to 1.</param>
    public void CumulativeAlphaFe(ReadOnlySpan<double> alphaFe, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> probability)
        => Cumulative(alphaFe, Jz, Jphi, probability, m => (m.AlphaFe, m.AlphaFeVariance));

    /// <summary>Means, variances and covariance of the abundances of stars of given actions.</summary>
    /// <param name="Jz">Vertical action, kpc km/s.</param>
    /// <param name="Jphi">Angular momentum, kpc km/s.</param>
    public AbundanceMoments Moments(double Jz, double Jphi)
        => Split is null ? Own.Moments(Jphi) : AbundanceMoments.Mix(Own.Moments(Jphi), Others.Moments(Jphi), Probability(Jz, Jphi));

    /// <summary>Probability that a star has the component's own chemistry.</summary>
    internal double Probability(double Jz, double Jphi) => Split?.Probability(Jz, Jphi) ?? 1;

    private void Cumulative(
        ReadOnlySpan<double> at, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> probability, Func<AbundanceMoments, (double Mean, double Variance)> of)
    {
        CheckLengths(at.Length, Jz.Length, Jphi.Length, probability.Length);
        for (int i = 0; i < at.Length; i++)
        {
            double own = Probability(Jz[i], Jphi[i]);
            probability[i] = own * Below(at[i], of(Own.Moments(Jphi[i])));
            probability[i] += Split is null ? 0 : (1 - own) * Below(at[i], of(Others.Moments(Jphi[i])));
        }
    }

    private static double Below(double at, (double Mean, double Variance) normal)
        => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc((normal.Mean - at) / Math.Sqrt(2 * normal.Variance));

    private static void CheckLengths(int length, params ReadOnlySpan<int> others)
    {
        if (others.ContainsAnyExcept(length))
        {
            throw new ArgumentException("the spans must be equally long");
        }
    }
}
