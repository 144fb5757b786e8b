using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Takes rows of a catalogue to histograms, one thread's share of them: rejects what cannot be used, counting why, and turns the rest into positions and
/// velocities of the model frame.
/// </summary>
internal sealed class StarSelector
{
    /// <summary>km/s: what is faster is an error of the catalogue's, and would spoil means.</summary>
    private const double SpeedOfLight = 299_792.458;

    private static readonly string[] SkyMeanings = ["ra", "dec", "distance", "pmra", "pmdec", "radial_velocity"];

    private readonly CatalogueLayout layout;
    private readonly Survey survey;
    private readonly GalactocentricTransform transform;
    private readonly int parallax, parallaxError, overError, distance, temperature, gravity, magnitude, colour, pseudocolour, eclipticLatitude, solution;
    private readonly int[] skyColumns, cutColumns, quantities, errorColumns;
    private readonly double[] errorsOtherwise;
    private readonly bool needsLatitude;
    private readonly bool[] isError;
    private readonly List<string> reasons;
    private readonly int noDeclination, tooInaccurate, firstCut, notGiant, noZeroPoint, notPositive, tooFast, outsideLimits, outsideBins;
    private readonly long[] rejected;
    private readonly double[] row, values, starErrors;
    private readonly double[][] sky = [.. Enumerable.Range(0, 6).Select(_ => Array.Empty<double>())], stars = [.. Enumerable.Range(0, 6).Select(_ => Array.Empty<double>())], errors;
    private readonly IStarSink? sink;
    private readonly int[] keptColumns;
    private readonly double[][] kept;
    private double[] longitude = [], latitude = [], zeroPoints = [];

    /// <summary>Takes stars to histograms, or to something else.</summary>
    /// <param name="layout">The catalogue's columns.</param>
    /// <param name="survey">Corrections and cuts.</param>
    /// <param name="sink">Receives the stars of regions that are left by the cuts on columns, whatever their velocities; they go to histograms if null.</param>
    /// <param name="keep">Meanings of columns that the sink wants as they are in the catalogue.</param>
    public StarSelector(CatalogueLayout layout, Survey survey, IStarSink? sink = null, IReadOnlyList<string>? keep = null)
    {
        (this.layout, this.survey, this.sink) = (layout, survey, sink);
        isError = [.. layout.Meanings.Select(m => m.EndsWith("_error", StringComparison.Ordinal) && m != "parallax_over_error")];
        keptColumns = [.. (keep ?? []).Select(layout.IndexOf)];
        kept = [.. keptColumns.Select(_ => Array.Empty<double>())];
        transform = new(survey.Sun);
        (parallax, parallaxError, overError, distance) = (layout.IndexOf("parallax"), layout.IndexOf("parallax_error"), layout.IndexOf("parallax_over_error"), layout.IndexOf("distance"));
        (temperature, gravity, magnitude, colour) = (layout.IndexOf("teff"), layout.IndexOf("logg"), layout.IndexOf("phot_g_mean_mag"), layout.IndexOf("nu_eff_used_in_astrometry"));
        (pseudocolour, eclipticLatitude, solution) = (layout.IndexOf("pseudocolour"), layout.IndexOf("ecl_lat"), layout.IndexOf("astrometric_params_solved"));
        skyColumns = [.. SkyMeanings.Select(layout.IndexOf)];
        cutColumns = [.. layout.Cuts.Select(c => layout.IndexOf(c.Meaning))];
        string[] names = layout.Regions is null ? [] : [.. layout.Regions.AxesOf(1).Select(a => a.Quantity)];
        quantities = [.. names.Select(q => Array.IndexOf(SkyMeanings, CatalogueLayout.MeaningOf(q)))];
        errorColumns = [.. names.Select(q => layout.IndexOf(CatalogueLayout.MeaningOf(q) + "_error"))];
        errorsOtherwise = [.. names.Select(q => survey.Resampling?.ErrorOf(q) ?? 0)];
        errors = [.. names.Select(_ => Array.Empty<double>())];
        (values, starErrors) = (new double[names.Length], new double[names.Length]);
        needsLatitude = !layout.IsCartesian && (layout.Regions is not null || survey.Corrections.ChangeDistances);
        row = new double[layout.Columns.Count];
        if (layout.Regions is null)
        {
            Counter = new(survey.Bins, survey.Axes);
        }
        else
        {
            InRegions = new(layout.Regions);
        }

        // In the order in which they are looked at.
        reasons = [.. layout.Meanings.Select(m => "no " + m)];
        noDeclination = Reason("dec not from -90 to 90 degrees");
        tooInaccurate = Reason(FormattableString.Invariant($"parallax_over_error not above {survey.LeastParallaxOverError ?? double.NegativeInfinity:R}"));
        firstCut = reasons.Count;
        foreach (ColumnCut cut in layout.Cuts)
        {
            Reason($"{cut.Meaning} not {cut.Range}");
        }

        notGiant = Reason("not among the giants by teff and logg");
        noZeroPoint = Reason("no zero point of the parallax");
        notPositive = Reason("distance not positive");
        tooFast = Reason("velocity above that of light");
        outsideLimits = Reason("velocity outside the limits on VR, Vphi, Vz and Vtot");
        outsideBins = Reason(layout.Regions is null ? "outside all bins" : "outside all regions");
        rejected = new long[reasons.Count];
    }

    /// <summary>The stars counted in bins of R and |z|; null where the survey has regions.</summary>
    public HistogramCounter? Counter { get; }

    /// <summary>The stars in regions of the sky; null where the survey has bins.</summary>
    public RegionStars? InRegions { get; }

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that were not counted, by the first reason that applies: all reasons, in the order they are looked at.</summary>
    public IEnumerable<(string Reason, long Count)> Rejected => reasons.Zip(rejected);

    /// <summary>Takes rows into account.</summary>
    public void Add(TableBlock block)
    {
        Reserve(block.Count);
        Rows += block.Count;
        int used = 0;
        for (int i = 0; i < block.Count; i++)
        {
            int reason = Take(block, i, used);
            if (reason < 0)
            {
                used++;
            }
            else
            {
                rejected[reason]++;
            }
        }

        CartesianBatch model = Cartesian(stars, used);
        if (!layout.IsCartesian)
        {
            Span<double> d = sky[2].AsSpan(0, used);
            if (needsLatitude)
            {
                GalacticCoordinates.FromIcrs(sky[0].AsSpan(0, used), sky[1].AsSpan(0, used), longitude, latitude);
            }

            for (int i = 0; distance >= 0 && survey.Corrections.ChangeDistances && i < used; i++)
            {
                d[i] = survey.Corrections.Distance(d[i], latitude[i]);
            }

            transform.FromSky(
                new() { Ra = sky[0].AsSpan(0, used), Dec = sky[1], Distance = d, PmRa = sky[3], PmDec = sky[4], LineOfSightVelocity = sky[5] }, GalacticFrame.Model, model);
        }

        if (sink is not null)
        {
            sink.Add(new() { Model = model, Longitude = longitude.AsSpan(0, used), Latitude = latitude, Distance = sky[2], ZeroPoint = zeroPoints, Kept = kept });
            return;
        }

        for (int i = 0; i < used; i++)
        {
            int reason = Count(i, CylindricalPoint.FromCartesian(model.x[i], model.y[i], model.z[i], model.vx[i], model.vy[i], model.vz[i]));
            if (reason >= 0)
            {
                rejected[reason]++;
            }
        }
    }

    /// <summary>Counts a star.</summary>
    /// <returns>Why it is not, -1 where it is.</returns>
    private int Count(int i, in CylindricalPoint star)
    {
        for (int q = 0; q < quantities.Length; q++)
        {
            (values[q], starErrors[q]) = (sky[quantities[q]][i], errors[q][i]);
            if (!(Math.Abs(values[q]) < SpeedOfLight))
            {
                return tooFast;
            }
        }

        if (layout.HasVelocities && !(star.vR * star.vR + star.vz * star.vz + star.vphi * star.vphi <= SpeedOfLight * SpeedOfLight))
        {
            return tooFast;
        }

        if (layout.Limits is VelocityLimits limits && !limits.Contains(star.vR, star.vphi, star.vz))
        {
            return outsideLimits;
        }

        bool counted = InRegions is null ? Counter!.Add(star) > 0
            : InRegions.Add(longitude[i], latitude[i], sky[2][i], star.R, star.z, values, starErrors);
        return counted ? -1 : outsideBins;
    }

    private static CartesianBatch Cartesian(double[][] c, int count) => new()
    {
        x = c[0].AsSpan(0, count),
        y = c[1],
        z = c[2],
        vx = c[3],
        vy = c[4],
        vz = c[5],
    };

    /// <summary>Takes one row over.</summary>
    /// <returns>Why it is rejected, -1 where it is not.</returns>
    private int Take(TableBlock block, int i, int to)
    {
        for (int c = 0; c < row.Length; c++)
        {
            row[c] = block.Columns[c][i] * layout.Factors[c];
            if (isError[c] && row[c] < 0)
            {
                // LAMOST's tables have -9999 where there is none.
                row[c] = double.NaN;
            }

            if (double.IsNaN(row[c]) && !layout.MayBeMissing(c))
            {
                return c;
            }
        }

        if (!layout.IsCartesian && !(Math.Abs(row[skyColumns[1]]) <= 90))
        {
            return noDeclination;
        }

        if (survey.LeastParallaxOverError is double least && (overError >= 0 || parallaxError >= 0)
            && !((overError >= 0 ? row[overError] : row[parallax] / row[parallaxError]) > least))
        {
            return tooInaccurate;
        }

        for (int c = 0; c < cutColumns.Length; c++)
        {
            if (!layout.Cuts[c].Range.Contains(row[cutColumns[c]]))
            {
                return firstCut + c;
            }
        }

        if (layout.Giants.Count > 0 && !layout.Giants.Any(g => g.Contains(row[temperature], row[gravity])))
        {
            return notGiant;
        }

        if (layout.IsCartesian)
        {
            double sign = layout.Frame == GalacticFrame.Model ? 1 : -1;
            (stars[0][to], stars[1][to], stars[2][to]) = (sign * row[0], row[1], row[2]);
            (stars[3][to], stars[4][to], stars[5][to]) = (sign * row[3], row[4], row[5]);
            return -1;
        }

        double zeroPoint = layout.HasZeroPoints ? ZeroPoint() : survey.ParallaxZeroPoint;
        double d = distance >= 0 ? row[distance] : 1 / (row[parallax] - zeroPoint);
        if (distance < 0 && double.IsNaN(zeroPoint))
        {
            return noZeroPoint;
        }

        if (!(d > 0 && double.IsFinite(d)))
        {
            return notPositive;
        }

        for (int c = 0; c < skyColumns.Length; c++)
        {
            sky[c][to] = skyColumns[c] >= 0 ? row[skyColumns[c]] : double.NaN;
        }

        for (int k = 0; k < kept.Length; k++)
        {
            kept[k][to] = keptColumns[k] >= 0 ? row[keptColumns[k]] : double.NaN;
        }

        zeroPoints[to] = zeroPoint;
        sky[2][to] = d;
        sky[5][to] += survey.Corrections.LineOfSightVelocity;
        for (int q = 0; q < errors.Length; q++)
        {
            double error = errorColumns[q] >= 0 ? row[errorColumns[q]] : errorsOtherwise[q];
            errors[q][to] = double.IsNaN(error) ? errorsOtherwise[q] : error;
        }

        return -1;
    }

    /// <summary>Zero point of the row's parallax, mas; NaN where what it depends on is missing.</summary>
    private double ZeroPoint()
    {
        double Value(int column) => column >= 0 ? row[column] : double.NaN;
        double effective = Value(colour), pseudo = Value(pseudocolour), solved = Value(solution), beta = Value(eclipticLatitude);
        beta = double.IsNaN(beta) ? EclipticCoordinates.Latitude(row[skyColumns[0]], row[skyColumns[1]]) : beta;

        // Five parameters are solved for where the colour is known from photometry, else it is the sixth.
        bool five = solved == 31 || (double.IsNaN(solved) && !double.IsNaN(effective)), six = solved == 95 || (double.IsNaN(solved) && double.IsNaN(effective));
        return five ? ParallaxZeroPoint.FiveParameters.At(row[magnitude], effective, beta)
            : six ? ParallaxZeroPoint.SixParameters.At(row[magnitude], pseudo, beta) : double.NaN;
    }

    private int Reason(string text)
    {
        reasons.Add(text);
        return reasons.Count - 1;
    }

    private void Reserve(int count)
    {
        if (sky[0].Length < count)
        {
            for (int c = 0; c < sky.Length; c++)
            {
                (sky[c], stars[c]) = (new double[count], new double[count]);
            }

            (longitude, latitude, zeroPoints) = (new double[count], new double[count], new double[count]);
            for (int k = 0; k < kept.Length; k++)
            {
                kept[k] = new double[count];
            }

            for (int q = 0; q < errors.Length; q++)
            {
                errors[q] = new double[count];
            }
        }
    }
}
