using System.Numerics;

namespace Oort.Surveys;

/// <summary>
/// Number, mean and dispersion of values rounded to multiples of 2^-20, summed as integers: exactly, so that neither the order of the values nor
/// which thread has added them matters. In km/s or kpc the rounding is 1e-6.
/// </summary>
internal struct ExactMoments
{
    // Squares of 1e10 values of up to 1e6 fit.
    private const double Scale = 1 << 20;

    private Int128 sum, squares;

    public void Add(double value)
    {
        long rounded = (long)Math.Round(value * Scale);
        sum += rounded;
        squares += (Int128)rounded * rounded;
    }

    public void Add(in ExactMoments other)
    {
        sum += other.sum;
        squares += other.squares;
    }

    /// <summary>The mean of <paramref name="count"/> values; NaN for none.</summary>
    public readonly double Mean(long count) => count > 0 ? (double)sum / Scale / count : double.NaN;

    /// <summary>Root of the mean square deviation from the mean of <paramref name="count"/> values; NaN for none.</summary>
    public readonly double Dispersion(long count)
    {
        BigInteger variance = (BigInteger)squares * count - (BigInteger)sum * (BigInteger)sum;
        return count > 0 ? Math.Sqrt((double)variance) / count / Scale : double.NaN;
    }
}
