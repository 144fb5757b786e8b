using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Which columns of a catalogue are read, what they mean and what their numbers are to be multiplied by. Sky coordinates are used where they are
/// complete and the survey names no frame, else Galactocentric ones.
/// </summary>
internal sealed class CatalogueLayout
{
    private static readonly string[] SkyMeanings = ["ra", "dec", "pmra", "pmdec", "radial_velocity"], CartesianMeanings = ["x", "y", "z", "vx", "vy", "vz"];

    private readonly TableStream table;
    private readonly Survey survey;
    private readonly List<string> meanings = [], notes = [];
    private readonly List<int> columns = [];
    private readonly List<double> factors = [];

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InputException">Some are missing, or have a unit that cannot be converted.</exception>
    public CatalogueLayout(TableStream table, Survey survey)
    {
        (this.table, this.survey) = (table, survey);
        foreach (string named in survey.Columns.Named.Keys)
        {
            Find(named);
        }

        bool sky = SkyMeanings.All(Has) && (Has("distance") || Has("parallax")), cartesian = CartesianMeanings.All(Has);
        if (survey.Columns.Frame is not null ? !cartesian : !(sky || cartesian))
        {
            bool wantsCartesian = survey.Columns.Frame is not null || CartesianMeanings.Count(Has) > SkyMeanings.Count(Has);
            throw Missing(wantsCartesian ? CartesianMeanings : [.. SkyMeanings, "distance"]);
        }

        IsCartesian = survey.Columns.Frame is not null || !sky;
        Frame = survey.Columns.Frame ?? GalacticFrame.Sky;
        if (IsCartesian)
        {
            AddCartesian();
        }
        else
        {
            AddSky();
        }

        AddCut();
    }

    /// <summary>Whether positions and velocities are Galactocentric.</summary>
    public bool IsCartesian { get; }

    /// <summary>Frame of Galactocentric ones.</summary>
    public GalacticFrame Frame { get; }

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
        notes.Add($"positions and velocities are x, y, z, vx, vy, vz in the {(Frame == GalacticFrame.Sky ? "sky frame (the Sun at x = -R0)" : "model frame (the Sun at x = +R0)")}"
            + (survey.Columns.Frame is null ? "; the key frame in [Columns] of the survey says otherwise" : ""));
    }

    private void AddSky()
    {
        Array.ForEach(SkyMeanings, Add);
        if (Has("distance"))
        {
            Add("distance");
            notes.Add($"distances are those of column {table.Columns[Find("distance")!.Value].Name}");
        }
        else
        {
            Add("parallax");
            notes.Add(survey.ParallaxZeroPoint == 0 ? "there are no distances: they are 1/parallax"
                : FormattableString.Invariant($"there are no distances: they are 1/(parallax {(survey.ParallaxZeroPoint < 0 ? "+" : "-")} {Math.Abs(survey.ParallaxZeroPoint):R} mas)"));
        }
    }

    private void AddCut()
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
            meanings.Add(meaning);
            columns.Add(column);
            factors.Add(Factor(meaning, table.Columns[column]));
        }
    }

    /// <summary>Index of a meaning's column. A column that the survey names must be there.</summary>
    private int? Find(string meaning)
    {
        if (survey.Columns.Named.TryGetValue(meaning, out CatalogueColumn? named))
        {
            return Find(named) ?? throw new InputException($"{table.Name}: no column {named.Name}, which {survey.Name} names for {meaning}{Suggestion.Hint(named.Name, table.Columns.Select(c => c.Name))}. It has: {Names}");
        }

        return CatalogueColumns.Known.First(k => k.Meaning == meaning).Names.Select(Find).FirstOrDefault(i => i is not null);
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
        (_, string unit, CatalogueColumn[] names) = CatalogueColumns.Known.First(k => k.Meaning == meaning);
        CatalogueColumn known = survey.Columns.Named.GetValueOrDefault(meaning) ?? names.First(n => n.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        string? stated = string.IsNullOrEmpty(column.Unit) ? null : column.Unit;
        if (stated is not null && survey.Columns.Named.ContainsKey(meaning) && known.Unit is string expected && UnitText.Factor(stated, expected) != 1)
        {
            throw new InputException($"{table.Name}: column {column.Name} is in {stated}, not in {expected} as {survey.Name} says");
        }

        string from = stated ?? known.Unit ?? unit;
        return UnitText.Factor(from, unit) ?? throw new InputException(
            $"{table.Name}: column {column.Name} ({meaning}) is in '{from}', which is not {(unit.Length > 0 ? $"a unit that can be converted to {unit}" : "a pure number")}");
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
