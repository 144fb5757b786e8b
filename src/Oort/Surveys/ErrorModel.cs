namespace Oort.Surveys;

/// <summary>Uncertainties (standard deviations) of what is measured of a star.</summary>
/// <param name="Parallax">Of the parallax, mas.</param>
/// <param name="PmRa">Of the proper motion in right ascension, mas/yr.</param>
/// <param name="PmDec">Of the proper motion in declination, mas/yr.</param>
/// <param name="RadialVelocity">Of the line-of-sight velocity, km/s.</param>
/// <param name="LogDistance">
/// Of the natural logarithm of a distance that is not 1/parallax: its relative error. Photometric distances have errors of distance moduli, 5/ln 10 = 2.17 times as large in magnitudes.
/// </param>
public readonly record struct Uncertainties(double Parallax, double PmRa, double PmDec, double RadialVelocity, double LogDistance = 0);

/// <summary>
/// Mean uncertainties of the stars of a survey in equally wide bins of the distance (Binney and Vasiliev 2023, section 4.2: 50 bins out to 3 kpc); stars farther away have those of the
/// last bin. Immutable and safe to share between threads.
/// </summary>
public sealed class ErrorModel
{
    private readonly Uncertainties[] bins;

    /// <summary>Uncertainties bin by bin.</summary>
    /// <param name="farthest">Where the last bin ends, kpc.</param>
    /// <param name="bins">Uncertainties of each bin from the Sun outwards, not negative.</param>
    /// <exception cref="ParameterException">A value is out of its range, or there is none.</exception>
    public ErrorModel(double farthest, IReadOnlyList<Uncertainties> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        ParameterException.Check(nameof(ErrorModel), "largest distance", farthest, farthest > 0 && double.IsFinite(farthest), "> 0 (kpc)");
        ParameterException.Check(nameof(ErrorModel), "number of bins", bins.Count, bins.Count > 0, "at least 1");
        foreach (Uncertainties u in bins)
        {
            foreach (double value in (ReadOnlySpan<double>)[u.Parallax, u.PmRa, u.PmDec, u.RadialVelocity, u.LogDistance])
            {
                ParameterException.Check(nameof(ErrorModel), "uncertainty", value, value >= 0 && double.IsFinite(value), ">= 0");
            }
        }

        (Farthest, this.bins) = (farthest, [.. bins]);
    }

    /// <summary>Uncertainties that are smooth functions of the distance, taken in the middle of each bin.</summary>
    /// <param name="farthest">Where the last bin ends, kpc.</param>
    /// <param name="bins">Number of bins.</param>
    /// <param name="at">The uncertainties at a distance, kpc.</param>
    public static ErrorModel FromLaw(double farthest, int bins, Func<double, Uncertainties> at)
    {
        ArgumentNullException.ThrowIfNull(at);
        return new(farthest, [.. Enumerable.Range(0, bins).Select(i => at(farthest * (i + 0.5) / bins))]);
    }

    /// <summary>Where the last bin ends, kpc.</summary>
    public double Farthest { get; }

    /// <summary>Uncertainties of each bin, from the Sun outwards.</summary>
    public IReadOnlyList<Uncertainties> Bins => bins;

    /// <summary>The bin of a distance, kpc.</summary>
    public int BinOf(double distance) => Math.Clamp((int)(distance / Farthest * bins.Length), 0, bins.Length - 1);

    /// <summary>Uncertainties of a star at a distance, kpc.</summary>
    public Uncertainties At(double distance) => bins[BinOf(distance)];

    /// <summary>
    /// The distance, kpc, from which on exact parallaxes fail the cut parallax_over_error &gt; <paramref name="least"/>; infinite where none fails.
    /// It assumes that the uncertainty does not fall so fast with distance that stars farther away would pass again.
    /// </summary>
    /// <param name="least">What parallax_over_error must exceed.</param>
    /// <param name="zeroPoint">Zero point of the catalogue's parallaxes, mas, which is in them when they are cut.</param>
    public double DistanceLimit(double least, double zeroPoint = 0)
    {
        for (int i = 0; i < bins.Length; i++)
        {
            double needed = least * bins[i].Parallax - zeroPoint, limit = needed > 0 ? 1 / needed : double.PositiveInfinity;
            if (limit < Farthest * (i + 1) / bins.Length || i == bins.Length - 1)
            {
                return Math.Max(limit, Farthest * i / bins.Length);
            }
        }

        return double.PositiveInfinity;
    }
}
