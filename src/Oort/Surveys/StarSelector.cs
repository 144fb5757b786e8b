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

    private readonly CatalogueLayout layout;
    private readonly Survey survey;
    private readonly GalactocentricTransform transform;
    private readonly int parallax, parallaxError, overError, distance;
    private readonly long[] rejected;
    private readonly double[] row;
    private readonly double[][] sky = [.. Enumerable.Range(0, 6).Select(_ => Array.Empty<double>())], stars = [.. Enumerable.Range(0, 6).Select(_ => Array.Empty<double>())];

    public StarSelector(CatalogueLayout layout, Survey survey)
    {
        (this.layout, this.survey) = (layout, survey);
        transform = new(survey.Sun);
        Counter = new(survey.Bins, survey.Axes);
        (parallax, parallaxError, overError, distance) = (layout.IndexOf("parallax"), layout.IndexOf("parallax_error"), layout.IndexOf("parallax_over_error"), layout.IndexOf("distance"));
        row = new double[layout.Columns.Count];
        rejected = new long[layout.Columns.Count + 4];
    }

    /// <summary>The stars counted.</summary>
    public HistogramCounter Counter { get; }

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that were not counted, by the first reason that applies: all reasons, in the order they are looked at.</summary>
    public IEnumerable<(string Reason, long Count)> Rejected
        => layout.Meanings.Select(m => "no " + m).Append(CutReason).Append("distance not positive").Append("velocity above that of light").Append("outside all bins").Zip(rejected);

    private string CutReason => FormattableString.Invariant($"parallax_over_error not above {survey.LeastParallaxOverError ?? double.NegativeInfinity:R}");

    private int Cut => layout.Columns.Count;

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
            transform.FromSky(
                new() { Ra = sky[0].AsSpan(0, used), Dec = sky[1], Distance = sky[2], PmRa = sky[3], PmDec = sky[4], LineOfSightVelocity = sky[5] }, GalacticFrame.Model, model);
        }

        for (int i = 0; i < used; i++)
        {
            CylindricalPoint star = CylindricalPoint.FromCartesian(model.x[i], model.y[i], model.z[i], model.vx[i], model.vy[i], model.vz[i]);
            bool possible = star.vR * star.vR + star.vz * star.vz + star.vphi * star.vphi <= SpeedOfLight * SpeedOfLight;
            if (!possible || Counter.Add(star) == 0)
            {
                rejected[possible ? Cut + 3 : Cut + 2]++;
            }
        }
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
            if (double.IsNaN(row[c]))
            {
                return c;
            }
        }

        if (survey.LeastParallaxOverError is double least && (overError >= 0 || parallaxError >= 0)
            && !((overError >= 0 ? row[overError] : row[parallax] / row[parallaxError]) > least))
        {
            return Cut;
        }

        if (layout.IsCartesian)
        {
            double sign = layout.Frame == GalacticFrame.Model ? 1 : -1;
            (stars[0][to], stars[1][to], stars[2][to]) = (sign * row[0], row[1], row[2]);
            (stars[3][to], stars[4][to], stars[5][to]) = (sign * row[3], row[4], row[5]);
            return -1;
        }

        double d = distance >= 0 ? row[distance] : 1 / (row[parallax] - survey.ParallaxZeroPoint);
        if (!(d > 0 && double.IsFinite(d)))
        {
            return Cut + 1;
        }

        (sky[0][to], sky[1][to], sky[2][to]) = (row[0], row[1], d);
        (sky[3][to], sky[4][to], sky[5][to]) = (row[2], row[3], row[4]);
        return -1;
    }

    private void Reserve(int count)
    {
        if (sky[0].Length < count)
        {
            for (int c = 0; c < sky.Length; c++)
            {
                (sky[c], stars[c]) = (new double[count], new double[count]);
            }
        }
    }
}
