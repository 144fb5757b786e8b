using System.Globalization;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>What the section [Cuts] of a survey file says.</summary>
internal sealed record SurveyCuts(
    double? LeastParallaxOverError, double ParallaxZeroPoint, bool ParallaxZeroPoint2021, IReadOnlyList<ColumnCut> Columns, IReadOnlyList<GiantBox> Giants, VelocityLimits? Limits);

/// <summary>Sections of survey files: cuts, corrections, regions of the sky and their histograms.</summary>
internal static class SurveySections
{
    private const string Lindegren = "Lindegren2021";

    private static readonly string[] LimitKeys = ["VR", "Vphi", "Vz", "Vtot"];

    public static SurveyCuts ReadCuts(SectionReader r)
    {
        const string quality = "parallax_over_error", zeroPoint = "parallax_zero_point";
        bool of2021 = r.Has(zeroPoint) && r.Text(zeroPoint).Equals(Lindegren, StringComparison.OrdinalIgnoreCase);
        double? least = r.Has(quality) && r.Text(quality).Equals("none", StringComparison.OrdinalIgnoreCase) ? null : r.NumberOrNull(quality);
        double constant = of2021 ? 0 : r.Has(zeroPoint) && !Numbers.TryParseFinite(r.Text(zeroPoint), out _)
            ? throw r.Error(zeroPoint, $"must be a finite number (mas) or {Lindegren}") : r.Number(zeroPoint, 0);
        ValueRange Limit(string key) => r.Has(key) ? Range(r, key) : ValueRange.All;
        ColumnCut[] columns = [.. CatalogueColumns.CutMeanings.Where(r.Has).Select(m => new ColumnCut(m, Range(r, m)))];
        GiantBox[] giants = [.. r.List("giants").Select(text => Box(r, text))];
        VelocityLimits? limits = LimitKeys.Any(r.Has) ? new() { VR = Limit("VR"), Vphi = Limit("Vphi"), Vz = Limit("Vz"), Vtot = Limit("Vtot") } : null;
        Array.ForEach(LimitKeys, k => r.Has(k));
        return new(least, constant, of2021, columns, giants, limits);
    }

    public static CatalogueCorrections ReadCorrections(SectionReader r) => new()
    {
        LineOfSightVelocity = r.Number("radial_velocity", 0),
        DistanceRatio = r.Positive("distance_ratio", 1),
        PoleDistanceRatio = r.Positive("pole_distance_ratio", r.Positive("distance_ratio", 1)),
        PoleLatitude = r.Number("pole_latitude", 80) is var latitude && Math.Abs(latitude) <= 90 ? latitude : throw r.Error("pole_latitude", "must be from -90 to 90 (degrees)"),
    };

    public static ErrorResampling ReadResampling(SectionReader r)
    {
        double? Error(string key) => r.NumberOrNull(key) is double x ? x >= 0 ? x : throw r.Error(key, "must be >= 0") : null;
        return new()
        {
            Resamples = r.Integer("resamples", 1000, 2, 1_000_000),
            Seed = (ulong)r.Integer("seed", 1, 0, int.MaxValue),
            LineOfSightVelocityError = Error("radial_velocity_error"),
            PmRaError = Error("pmra_error"),
            PmDecError = Error("pmdec_error"),
        };
    }

    /// <summary>Regions, NUMBER = longitudes, latitudes, distances, group; and their cells: those of [Histograms NUMBER], else [Histograms GROUP], else [Histograms].</summary>
    public static SkyRegions ReadRegions(SectionReader r, IReadOnlyList<IniSection> histograms)
    {
        SkyRegion[] regions = [.. r.Section.Entries.Select(e => Region(r, e.Key))];
        Dictionary<string, (SectionReader Reader, HistogramAxis[] Axes)> cells = new(StringComparer.OrdinalIgnoreCase);
        foreach (IniSection section in histograms)
        {
            SectionReader reader = new(section);
            string name = section.Header["Histograms".Length..].Trim();
            if (name.Length > 0 && !regions.Any(q => q.Group.Equals(name, StringComparison.OrdinalIgnoreCase) || Number(q) == name))
            {
                throw reader.Error($"{name} is neither a group of [Regions] nor the number of a region");
            }

            cells.Add(name, (reader, ReadAxes(reader, SkyRegions.Quantities)));
        }

        HistogramAxis[] Axes(SkyRegion region) => [.. SkyRegions.Quantities.Select(quantity => ((string[])[Number(region), region.Group, ""])
            .Select(name => cells.TryGetValue(name, out var c) ? c.Axes.FirstOrDefault(a => a.Quantity == quantity) : null).FirstOrDefault(a => a is not null)).OfType<HistogramAxis>()];
        HistogramAxis[][] axes = [.. regions.Select(Axes)];
        if (regions.Length == 0 || axes.Any(a => a.Length == 0))
        {
            throw regions.Length == 0 ? r.Error("names no region; give NUMBER = first longitude, last, first latitude, last (degrees), nearest, farthest (kpc), group")
                : new InputException($"{r.Section.Source}: [Histograms] names no histogram; give {string.Join(", ", SkyRegions.Quantities)}, one of them at least, as low, high, width");
        }

        try
        {
            return new(regions, axes);
        }
        catch (ParameterException e)
        {
            throw r.Error(e.Message);
        }
        catch (InputException e)
        {
            throw r.Error(e.Message);
        }
    }

    /// <summary>Cells of histograms of some quantities, those that the section has.</summary>
    public static HistogramAxis[] ReadAxes(SectionReader r, IReadOnlyList<string> quantities)
    {
        List<HistogramAxis> axes = [];
        foreach (string quantity in quantities)
        {
            if (r.Has(quantity))
            {
                double[] x = SurveyFile.NumbersOf(r, quantity);
                try
                {
                    axes.Add(x.Length == 3 ? new(quantity, x[0], x[1], x[2]) : throw new InputException("must be three numbers: where the first cell begins, where the last one ends, the width of a cell (km/s or mas/yr)"));
                }
                catch (InputException e)
                {
                    throw r.Error(quantity, e.Message);
                }
            }
        }

        // An unknown name says more than that there is none.
        r.Done();
        return [.. axes];
    }

    private static string Number(SkyRegion region) => region.Number.ToString(CultureInfo.InvariantCulture);

    private static SkyRegion Region(SectionReader r, string key)
    {
        const string form = "must be NUMBER = first longitude, last, first latitude, last (degrees), nearest, farthest (kpc), and a group if need be";
        string[] words = r.List(key);
        double[] x = new double[6];
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || words.Length is not (6 or 7))
        {
            throw r.Error(key, form);
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!Numbers.TryParseFinite(words[i], out x[i]))
            {
                throw r.Error(key, form);
            }
        }

        SkyRegion region = new(number, new(x[0], x[1], x[2], x[3]), x[4], x[5], words.Length > 6 ? words[6] : "");
        try
        {
            return region.Checked();
        }
        catch (ParameterException e)
        {
            throw r.Error(key, e.Message);
        }
    }

    /// <summary>Comparisons with numbers between commas: <c>&gt; -200, &lt; 200</c>.</summary>
    private static ValueRange Range(SectionReader r, string key)
    {
        ValueRange range = ValueRange.All;
        foreach (string text in r.List(key))
        {
            int length = text.StartsWith(">=", StringComparison.Ordinal) || text.StartsWith("<=", StringComparison.Ordinal) ? 2 : 1;
            if (text[0] is not ('<' or '>') || !Numbers.TryParseFinite(text.AsSpan(length), out double x) || double.IsFinite(text[0] == '>' ? range.Low : range.High))
            {
                throw r.Error(key, "must be >, >=, < or <= and a number, or a lower and an upper limit between a comma: > -200, < 200");
            }

            range = text[0] == '>' ? range with { Low = x, WithLow = length == 2 } : range with { High = x, WithHigh = length == 2 };
        }

        return range.Low < range.High ? range : throw r.Error(key, "no number is within these limits");
    }

    /// <summary>Lowest and highest temperature and highest log g, between blanks.</summary>
    private static GiantBox Box(SectionReader r, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] x = [.. words.Select(w => Numbers.TryParseFinite(w, out double v) ? v : double.NaN)];
        return x.Length == 3 && x.All(double.IsFinite) && x[0] < x[1] ? new(x[0], x[1], x[2])
            : throw r.Error("giants", "must be lowest and highest effective temperature (K) and highest log g between blanks, several such boxes between commas: 4000 4600 3.5, 4600 5600 4");
    }
}
