namespace Oort.Inference.Posteriors;

/// <summary>The median of draws from a posterior and the central intervals that hold 68.27 and 95.45 % of them, as many as within 1 and 2 standard deviations of a normal distribution.</summary>
/// <param name="Median">Half of the draws are below.</param>
/// <param name="Low68">Lower end of the central interval that holds 68.27 %.</param>
/// <param name="High68">Its upper end.</param>
/// <param name="Low95">Lower end of the central interval that holds 95.45 %.</param>
/// <param name="High95">Its upper end.</param>
public readonly record struct CredibleInterval(double Median, double Low68, double High68, double Low95, double High95)
{
    /// <summary>Share of a normal distribution within one standard deviation of its mean.</summary>
    public const double Share68 = 0.6826894921370859;

    /// <summary>Share of a normal distribution within two standard deviations of its mean.</summary>
    public const double Share95 = 0.9544997361036416;

    /// <summary>The interval of some draws; NaN for none, and where one is no number.</summary>
    /// <param name="draws">The draws, in any order.</param>
    public static CredibleInterval Of(IEnumerable<double> draws)
    {
        double[] sorted = [.. draws.Order()];
        return sorted.Length == 0 || double.IsNaN(sorted[0]) ? new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
            : new(Quantile(sorted, 0.5), Quantile(sorted, 0.5 - 0.5 * Share68), Quantile(sorted, 0.5 + 0.5 * Share68), Quantile(sorted, 0.5 - 0.5 * Share95), Quantile(sorted, 0.5 + 0.5 * Share95));
    }

    /// <summary>A quantile of sorted numbers, linear between two of them.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
