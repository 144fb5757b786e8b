using Oort.Coordinates;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Survey files: INI with the sections [Sun], [Cosmology], [Columns], [Corrections], [Cuts], [Bins] or [Regions], [Histograms], for regions also [Histograms NAME] and
/// [Resampling] and [Mock], and [Selection] and [Errors], each once at most.
/// </summary>
public static class SurveyFile
{
    private const string SunSection = "Sun", Cosmology = "Cosmology", Columns = "Columns", Cuts = "Cuts", Bins = "Bins", Histograms = "Histograms", Selection = "Selection", Errors = "Errors",
        Corrections = "Corrections", Regions = "Regions", Resampling = "Resampling", Mock = "Mock";

    private static readonly string[] Known = [SunSection, Cosmology, Columns, Corrections, Cuts, Bins, Regions, Histograms, Resampling, Selection, Errors, Mock];

    /// <summary>Reads a survey file.</summary>
    /// <exception cref="InputException">Something in it is not allowed; the message names file, line, section, key and value.</exception>
    public static Survey Read(string path) => Read(IniFile.Read(path));

    /// <summary>Reads a survey from text.</summary>
    /// <param name="text">The text of a survey file.</param>
    /// <param name="name">Name for messages.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static Survey Parse(string text, string name = "text") => Read(IniFile.Parse(text, name));

    private static Survey Read(IniFile file)
    {
        Dictionary<string, IniSection> sections = new(StringComparer.OrdinalIgnoreCase);
        foreach (IniSection section in file.Sections)
        {
            if (!Known.Contains(section.Header, StringComparer.OrdinalIgnoreCase) && !section.Header.StartsWith(Histograms + " ", StringComparison.OrdinalIgnoreCase))
            {
                throw new InputException($"{file.Name}:{section.Line}: [{section.Header}]: unknown section{(Suggestion.Nearest(section.Header, Known) is string s ? $"; did you mean {s}?" : ".")} "
                    + $"A survey file has the sections {string.Join(", ", Known.Select(k => $"[{k}]"))}");
            }

            if (!sections.TryAdd(section.Header, section))
            {
                throw new InputException($"{file.Name}:{section.Line}: [{section.Header}]: given twice, first on line {sections[section.Header].Line}");
            }
        }

        // Of a section that is absent all keys have their defaults.
        T Section<T>(string name, Func<SectionReader, T> read)
        {
            SectionReader reader = new(sections.GetValueOrDefault(name) ?? new(name, file.Name));
            T result = read(reader);
            reader.Done();
            return result;
        }

        (Sun sun, double? ownV, bool modelR0) = Section(SunSection, ReadSun);
        SurveyCuts cuts = Section(Cuts, SurveySections.ReadCuts);
        bool hasRegions = sections.ContainsKey(Regions);
        if (hasRegions && sections.TryGetValue(Bins, out IniSection? bins))
        {
            throw new InputException($"{file.Name}:{bins.Line}: [{Bins}]: a survey has bins in R and |z| or [{Regions}] of the sky, not both");
        }

        string[] regionOnly = hasRegions ? [] : [.. sections.Keys.Where(k => k.StartsWith(Histograms + " ", StringComparison.OrdinalIgnoreCase) || ((string[])[Resampling, Mock]).Contains(k, StringComparer.OrdinalIgnoreCase))];
        if (regionOnly.Length > 0)
        {
            throw new InputException($"{file.Name}:{sections[regionOnly[0]].Line}: [{regionOnly[0]}]: only a survey with [{Regions}] has this section");
        }

        SkyRegions? regions = hasRegions ? SurveySections.ReadRegions(new(sections[Regions]), [.. file.Sections.Where(s => s.Is(Histograms, out _))]) : null;
        Survey survey = new()
        {
            Name = file.Name,
            Sun = sun,
            PeculiarV = ownV,
            UsesModelR0 = modelR0,
            HubbleConstant = Section(Cosmology, r => r.Positive("H0", 70)),
            Columns = Section(Columns, ReadColumns),
            LeastParallaxOverError = cuts.LeastParallaxOverError,
            ParallaxZeroPoint = cuts.ParallaxZeroPoint,
            Corrections = Section(Corrections, SurveySections.ReadCorrections) with { ParallaxZeroPoint2021 = cuts.ParallaxZeroPoint2021 },
            Cuts = cuts.Columns,
            Giants = cuts.Giants,
            Limits = cuts.Limits,
            Selection = sections.ContainsKey(Selection) ? Section(Selection, r => ReadLaw(r, "fraction")) : null,
            Errors = sections.ContainsKey(Errors) ? Section(Errors, r => ReadErrors(r, regions)) : null,
        };
        return regions is not null
            ? survey with
            {
                Regions = regions,
                MockStars = sections.ContainsKey(Mock) ? Section(Mock, r => ReadMockStars(r, regions.Count)) : null,
                Resampling = sections.ContainsKey(Resampling) ? Section(Resampling, SurveySections.ReadResampling) : null,
            }
            : survey with { Bins = Section(Bins, r => ReadBins(r, sun)), Axes = Section(Histograms, ReadAxes) };
    }

    private static (Sun Sun, double? PeculiarV, bool ModelR0) ReadSun(SectionReader r)
    {
        Sun otherwise = Sun.Bv23;
        Sun sun = new()
        {
            R0 = r.Number("R0", otherwise.R0),
            Z = r.Number("z", otherwise.Z),
            U = r.Number("U", otherwise.U),
            V = r.Number("V", otherwise.V),
            W = r.Number("W", otherwise.W),
        };
        return (r.Make(sun.Checked), r.NumberOrNull("model_V_minus_vc"), r.Flag("model_R0", false));
    }

    private static CatalogueColumns ReadColumns(SectionReader r)
    {
        Dictionary<string, IReadOnlyList<CatalogueColumn>> named = [];
        foreach (string meaning in CatalogueColumns.Meanings)
        {
            if (r.Has(meaning))
            {
                named.Add(meaning, [.. r.List(meaning).Select(text => Column(r, meaning, text))]);
            }
        }

        GalacticFrame? frame = r.Has("frame") ? r.Choice("frame", ("model", GalacticFrame.Model), ("sky", GalacticFrame.Sky)) : null;
        return new() { Named = named, Frame = frame };
    }

    /// <summary>NAME, or NAME [UNIT].</summary>
    private static CatalogueColumn Column(SectionReader r, string meaning, string text)
    {
        if (!text.EndsWith(']'))
        {
            return new(text);
        }

        int open = text.LastIndexOf('[');
        string name = open < 0 ? "" : text[..open].Trim(), unit = open < 0 ? "" : text[(open + 1)..^1].Trim();
        return name.Length > 0 && unit.Length > 0 ? new(name, unit)
            : throw r.Error(meaning, "must be the name of a column, or the name and its unit in brackets, such as r_med_geo [pc]");
    }

    private static SpatialBins ReadBins(SectionReader r, Sun sun)
    {
        double[] offsets = NumbersOf(r, "R_minus_R0"), heights = NumbersOf(r, "abs_z");
        try
        {
            return new(offsets.Select(x => sun.R0 + x), heights);
        }
        catch (InputException e)
        {
            throw r.Error(e.Message);
        }
    }

    private static HistogramAxis[] ReadAxes(SectionReader r)
    {
        HistogramAxis[] axes = SurveySections.ReadAxes(r, HistogramCounter.Quantities);
        return axes.Length > 0 ? axes : throw r.Error($"names no histogram; give {string.Join(", ", HistogramCounter.Quantities)}, one of them at least, as low, high, width");
    }

    /// <summary>A key's values at the distances of a section.</summary>
    private static DistanceLaw ReadLaw(SectionReader r, string key)
    {
        double[] distances = NumbersOf(r, "distance"), values = NumbersOf(r, key);
        return distances.Length < 2 || distances[0] < 0 || distances.Zip(distances.Skip(1)).Any(d => !(d.Second > d.First))
                ? throw r.Error("distance", "must be two numbers at least, ascending and not below 0 (kpc)")
            : values.Length != distances.Length
                ? throw r.Error(key, FormattableString.Invariant($"must have as many values as distance has, {distances.Length}; it has {values.Length}"))
            : values.Any(v => v < 0) || values.All(v => v == 0)
                ? throw r.Error(key, "must be numbers not below 0, one of them at least above")
            : r.Make(() => new DistanceLaw(distances, values));
    }

    /// <summary>In regions distances have errors of their own, parallaxes are not used, and what there are no histograms of need not have errors.</summary>
    private static ErrorModel ReadErrors(SectionReader r, SkyRegions? regions)
    {
        double farthest = r.Positive("farthest", 3);
        int bins = r.Integer("bins", 50, 1, 10_000);
        DistanceLaw? Law(string key, bool isOptional) => isOptional && !r.Has(key) ? null : ReadLaw(r, key);
        DistanceLaw? OfQuantity(string key, string quantity) => Law(key, regions is not null && regions.AxesOf(1).All(a => a.Quantity != quantity));
        DistanceLaw? parallax = Law("parallax", regions is not null), pmRa = OfQuantity("pmra", "pmra"), pmDec = OfQuantity("pmdec", "pmdec"), velocity = OfQuantity("radial_velocity", "vlos");
        DistanceLaw? distance = regions is null ? null : Law("distance_error", true);

        // Short of the first distance and beyond the last the uncertainties are those there.
        return r.Make(() => ErrorModel.FromLaw(farthest, bins, d =>
        {
            double At(DistanceLaw? law) => law?.At(Math.Clamp(d, law.Nearest, law.Farthest)) ?? 0;
            return new(At(parallax), At(pmRa), At(pmDec), At(velocity), At(distance));
        }));
    }

    private static long[] ReadMockStars(SectionReader r, int regions)
    {
        double[] stars = NumbersOf(r, "stars");
        return stars.Length == regions && stars.All(n => n >= 0 && n <= 1e15 && n == Math.Floor(n)) && stars.Any(n => n > 0) ? [.. stars.Select(n => (long)n)]
            : throw r.Error("stars", FormattableString.Invariant($"must be {regions} whole numbers, one a region, not below 0 and one of them at least above"));
    }

    internal static double[] NumbersOf(SectionReader r, string key)
    {
        r.Text(key);
        return [.. r.List(key).Select(t => Numbers.TryParseFinite(t, out double x) ? x : throw r.Error(key, "must be finite numbers separated by commas"))];
    }
}
