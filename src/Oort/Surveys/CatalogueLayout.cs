using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Which columns of a catalogue are read, what they mean and what their numbers are to be multiplied by. Sky coordinates are used where they are
/// complete and the survey names no frame, else Galactocentric ones.
/// </summary>
internal sealed class CatalogueLayout
{
    private static readonly string[] SkyMeanings = ["ra", "dec", "pmra", "pmdec", "radial_velocity"], CartesianMeanings = ["x", "y", "z", "vx", "vy", "vz"],
        ZeroPointMeanings = ["phot_g_mean_mag", "nu_eff_used_in_astrometry", "pseudocolour", "ecl_lat", "astrometric_params_solved"];

    private readonly TableStream table;
    private readonly Survey survey;
    private readonly List<string> meanings = [], notes = [];
    private readonly List<int> columns = [];
    private readonly List<double> factors = [];
    private readonly List<ColumnCut> cuts = [];
    private readonly HashSet<string> optional = [];

    /// <summary>Finds the columns.</summary>
    /// <param name="table">The catalogue.</param>
    /// <param name="survey">What is needed of it.</param>
    /// <param name="also">Meanings of columns that are read where they are there, and in which a star may lack the number.</param>
    /// <exception cref="InputException">Some are missing, or have a unit that cannot be converted.</exception>
    public CatalogueLayout(TableStream table, Survey survey, IReadOnlyList<string>? also = null)
    {
        (this.table, this.survey) = (table, survey);
        foreach (string named in survey.Columns.Named.Keys)
        {
            Find(named);
        }

        bool distance = Has("distance") || Has("parallax"), sky = SkyMeanings.All(Has) && distance, cartesian = CartesianMeanings.All(Has);
        if (survey.Regions is not null)
        {
            AddRegions(survey.Regions, distance);
        }
        else if (survey.Columns.Frame is not null ? !cartesian : !(sky || cartesian))
        {
            bool wantsCartesian = survey.Columns.Frame is not null || CartesianMeanings.Count(Has) > SkyMeanings.Count(Has);
            throw Missing(wantsCartesian ? CartesianMeanings : [.. SkyMeanings, "distance"]);
        }
        else
        {
            IsCartesian = survey.Columns.Frame is not null || !sky;
            HasVelocities = true;
            if (IsCartesian)
            {
                AddCartesian();
            }
            else
            {
                Array.ForEach(SkyMeanings, Add);
                AddDistance();
            }
        }

        Frame = survey.Columns.Frame ?? GalacticFrame.Sky;
        AddParallaxCut();
        AddCuts();
        foreach (string meaning in also ?? [])
        {
            if (Has(meaning) && !meanings.Contains(meaning))
            {
                Add(meaning);
                optional.Add(meaning);
            }
        }

        // Those of parallaxes that are used beside distances.
        if (meanings.Contains("parallax") && meanings.Contains("distance"))
        {
            AddZeroPoints();
        }
    }

    /// <summary>Whether the catalogue is one that <c>oort mock</c> wrote: no catalogue of observed stars names their components.</summary>
    public static bool IsMock(TableStream table) => table.Columns.Any(c => c.Name == "component");

    /// <summary>Whether positions and velocities are Galactocentric.</summary>
    public bool IsCartesian { get; }

    /// <summary>Frame of Galactocentric ones.</summary>
    public GalacticFrame Frame { get; }

    /// <summary>Whether all three components of the velocity are known.</summary>
    public bool HasVelocities { get; private set; }

    /// <summary>The survey's regions with the quantities that the catalogue has columns for; null where the survey has none.</summary>
    public SkyRegions? Regions { get; private set; }

    /// <summary>Cuts on columns that the catalogue has.</summary>
    public IReadOnlyList<ColumnCut> Cuts => cuts;

    /// <summary>Boxes of temperature and gravity, where the catalogue has both.</summary>
    public IReadOnlyList<GiantBox> Giants { get; private set; } = [];

    /// <summary>Limits on velocities, where these are known.</summary>
    public VelocityLimits? Limits { get; private set; }

    /// <summary>Whether each parallax has a zero point of its own.</summary>
    public bool HasZeroPoints { get; private set; }

    /// <summary>Whether a star may lack the number in a column that is read.</summary>
    public bool MayBeMissing(int column) => optional.Contains(meanings[column]);

    /// <summary>Meanings of the columns that are read.</summary>
    public IReadOnlyList<string> Meanings => meanings;

    /// <summary>The columns that are read, by their indices in the table.</summary>
    public IReadOnlyList<int> Columns => columns;

    /// <summary>What each column's numbers are multiplied by.</summary>
    public IReadOnlyList<double> Factors => factors;

    /// <summary>What was assumed, a line each.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Position of a meaning among the columns that are read, -1 where it is not.</summary>
    public int IndexOf(string meaning) => meanings.IndexOf(meaning);

    private void AddCartesian()
    {
        Array.ForEach(CartesianMeanings, Add);
        notes.Add($"positions and velocities are x, y, z, vx, vy, vz in the {((survey.Columns.Frame ?? GalacticFrame.Sky) == GalacticFrame.Sky ? "sky frame (the Sun at x = -R0)" : "model frame (the Sun at x = +R0)")}"
            + (survey.Columns.Frame is null ? "; the key frame in [Columns] of the survey says otherwise" : ""));
        if (survey.Corrections.ChangeDistances || survey.Corrections.LineOfSightVelocity != 0)
        {
            notes.Add("the corrections of distances and line-of-sight velocities are not applied to positions and velocities that are Galactocentric");
        }
    }

    /// <summary>The measurement that a quantity of regions is, and its column.</summary>
    public static string MeaningOf(string quantity) => quantity == "vlos" ? "radial_velocity" : quantity;

    private void AddRegions(SkyRegions regions, bool distance)
    {
        string[] quantities = [.. regions.AxesOf(1).Select(a => a.Quantity)], found = [.. quantities.Where(q => Has(MeaningOf(q)))];
        if (survey.Columns.Frame is not null || !distance || !Has("ra") || !Has("dec") || found.Length == 0)
        {
            throw survey.Columns.Frame is not null ? new InputException($"{survey.Name}: [Columns] frame: regions of the sky need ra, dec and distance, not x, y, z")
                : Missing(["ra", "dec", "distance", .. found.Length == 0 ? quantities.Select(MeaningOf) : []]);
        }

        Regions = found.Length < quantities.Length ? regions.WithQuantities(found) : regions;
        Add("ra");
        Add("dec");
        AddDistance();
        foreach (string q in quantities)
        {
            if (!found.Contains(q))
            {
                notes.Add($"there is no column for {MeaningOf(q)}: no histograms of {q}");
                continue;
            }

            Add(MeaningOf(q));
            AddError(q);
        }

        HasVelocities = SkyMeanings.All(Has);
        if (HasVelocities && survey.Limits is not null)
        {
            // Needed for the limits even where they have no histograms.
            Array.ForEach(SkyMeanings, Add);
        }
    }

    /// <summary>The column of a measurement's errors, for the resampling.</summary>
    private void AddError(string quantity)
    {
        if (survey.Resampling is not ErrorResampling resampling)
        {
            return;
        }

        string meaning = MeaningOf(quantity) + "_error";
        double? otherwise = resampling.ErrorOf(quantity);
        if (Has(meaning))
        {
            Add(meaning);
            if (otherwise is not null)
            {
                optional.Add(meaning);
            }
        }
        else
        {
            notes.Add(otherwise is double error
                ? FormattableString.Invariant($"there is no column for {meaning}: it is {error:R} for all stars")
                : $"there is no column for {meaning}, nor that key in [Resampling]: {quantity} is not perturbed");
        }
    }

    private void AddDistance()
    {
        if (Has("distance"))
        {
            Add("distance");
            notes.Add($"distances are those of column {table.Columns[Find("distance")!.Value].Name}"
                + (survey.Corrections.ChangeDistances ? ", over the ratios of [Corrections]" : ""));
            return;
        }

        Add("parallax");
        string correction = survey.ParallaxZeroPoint == 0 ? "" : FormattableString.Invariant($" {(survey.ParallaxZeroPoint < 0 ? "+" : "-")} {Math.Abs(survey.ParallaxZeroPoint):R} mas");
        AddZeroPoints();
        correction = HasZeroPoints ? " - zero point of Lindegren et al. 2021" : correction;
        notes.Add(correction.Length == 0 ? "there are no distances: they are 1/parallax" : $"there are no distances: they are 1/(parallax{correction})");
    }

    /// <summary>The columns that the zero points of parallaxes depend on, where the survey wants them.</summary>
    private void AddZeroPoints()
    {
        if (!survey.Corrections.ParallaxZeroPoint2021)
        {
            return;
        }

        string[] missing = [.. ((string[])["phot_g_mean_mag", .. Has("nu_eff_used_in_astrometry") || Has("pseudocolour") ? (string[])[] : ["nu_eff_used_in_astrometry"]]).Where(m => !Has(m))];
        HasZeroPoints = missing.Length == 0;
        foreach (string meaning in HasZeroPoints ? ZeroPointMeanings.Where(Has) : [])
        {
            Add(meaning);
            optional.Add(meaning);
        }

        if (!HasZeroPoints)
        {
            notes.Add($"there is no column for {string.Join(", ", missing)}: the zero points of parallaxes are not corrected");
        }
    }

    private void AddCuts()
    {
        foreach (ColumnCut cut in survey.Cuts)
        {
            if (Has(cut.Meaning))
            {
                Add(cut.Meaning);
                cuts.Add(cut);
            }
            else
            {
                notes.Add($"there is no column for {cut.Meaning}: the cut {cut.Meaning} {cut.Range} is not applied");
            }
        }

        string[] missing = [.. ((string[])["teff", "logg"]).Where(m => !Has(m))];
        if (survey.Giants.Count > 0 && missing.Length == 0)
        {
            Add("teff");
            Add("logg");
            Giants = survey.Giants;
        }
        else if (survey.Giants.Count > 0)
        {
            notes.Add($"there is no column for {string.Join(", ", missing)}: giants are not selected");
        }

        if (survey.Limits is not null && !HasVelocities)
        {
            notes.Add($"there is no column for {string.Join(", ", SkyMeanings.Where(m => !Has(m)))}: the limits on VR, Vphi, Vz and Vtot are not applied");
        }

        Limits = HasVelocities ? survey.Limits : null;
    }

    private void AddParallaxCut()
    {
        if (survey.LeastParallaxOverError is null)
        {
            return;
        }

        if (Has("parallax_over_error"))
        {
            Add("parallax_over_error");
        }
        else if (Has("parallax"))
        {
            if (!Has("parallax_error"))
            {
                throw new InputException($"{table.Name}: has parallax but neither parallax_over_error nor parallax_error, which the cut parallax_over_error of {survey.Name} needs; name the column in [Columns] or set the cut to none");
            }

            Add("parallax");
            Add("parallax_error");
        }
        else
        {
            notes.Add("there are no parallaxes: the cut in parallax_over_error is not applied");
        }
    }

    private bool Has(string meaning) => Find(meaning) is not null;

    private void Add(string meaning)
    {
        if (!meanings.Contains(meaning))
        {
            int column = Find(meaning)!.Value;
            string name = table.Columns[column].Name;
            if (table.Columns.Count(c => c.Name == name) is > 1 and int many)
            {
                throw new InputException($"{table.Name}: has {many} columns named {name}; which one is meant cannot be told");
            }

            meanings.Add(meaning);
            columns.Add(column);
            factors.Add(Factor(meaning, table.Columns[column]));
        }
    }

    /// <summary>Index of a meaning's column. One of the columns that the survey names must be there.</summary>
    private int? Find(string meaning)
    {
        if (!survey.Columns.Named.TryGetValue(meaning, out IReadOnlyList<CatalogueColumn>? named))
        {
            return CatalogueColumns.Known.First(k => k.Meaning == meaning).Names.Select(Find).FirstOrDefault(i => i is not null);
        }

        string names = string.Join(" or ", named.Select(n => n.Name));
        return named.Select(Find).FirstOrDefault(i => i is not null)
            ?? throw new InputException($"{table.Name}: no column {names}, which {survey.Name} names for {meaning}{(Suggestion.Nearest(named[0].Name, table.Columns.Select(c => c.Name)) is string near ? $"; did you mean {near}?" : ".")} It has: {Names}");
    }

    private int? Find(CatalogueColumn column)
    {
        int found = -1;
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == column.Name)
            {
                return i;
            }

            if (found < 0 && table.Columns[i].Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
            {
                found = i;
            }
        }

        return found < 0 ? null : found;
    }

    private double Factor(string meaning, StreamColumn column)
    {
        (_, string? unit, CatalogueColumn[] names) = CatalogueColumns.Known.First(k => k.Meaning == meaning);
        bool isNamed = survey.Columns.Named.TryGetValue(meaning, out IReadOnlyList<CatalogueColumn>? named);
        CatalogueColumn known = (named ?? names).First(n => n.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        if (unit is null)
        {
            return isNamed && known.Unit is not null ? throw new InputException($"{survey.Name}: [Columns] {meaning}: its numbers are taken as they stand; the unit [{known.Unit}] cannot be converted") : 1;
        }

        string? stated = string.IsNullOrEmpty(column.Unit) ? null : column.Unit;
        if (stated is not null && isNamed && known.Unit is string expected && UnitText.Factor(stated, expected) != 1)
        {
            throw new InputException($"{table.Name}: column {column.Name} is in {stated}, not in {expected} as {survey.Name} says");
        }

        string from = stated ?? known.Unit ?? unit;
        return UnitText.Factor(from, unit) ?? throw new InputException(
            $"{table.Name}: column {column.Name}{(column.Name == meaning ? "" : $" ({meaning})")} is in '{from}', which is not {(unit.Length > 0 ? $"a unit that can be converted to {unit}" : "a pure number")}");
    }

    private string Names => string.Join(", ", table.Columns.Take(40).Select(c => c.Name)) + (table.Columns.Count > 40 ? ", ..." : "");

    private InputException Missing(IEnumerable<string> wanted)
    {
        string[] missing = [.. wanted.Where(m => !Has(m) && !(m == "distance" && Has("parallax")))];
        string what = string.Join(", ", missing.Select(m => m == "distance" ? "distance or parallax" : m));
        string? near = missing.Select(m => Suggestion.Nearest(m, table.Columns.Select(c => c.Name))).FirstOrDefault(s => s is not null);
        return new($"{table.Name}: no column for {what}{(near is null ? "." : $"; is {near} one of them?")} Name {(missing.Length == 1 ? "it" : "them")} in [Columns] of {survey.Name}. The catalogue has: {Names}");
    }
}
