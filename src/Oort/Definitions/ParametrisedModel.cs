using System.Text;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>A model file some of whose numbers are parameters of a fit: models with other values of them are read from the same text with these numbers replaced.</summary>
internal sealed class ParametrisedModel
{
    // A parameter that changes no distribution function and no density by more than this, relatively, is without effect.
    private const double NoEffect = 1e-9;

    private readonly IniFile file;
    private readonly List<IniEntry[]> entries = [];
    private readonly List<string[]> keys = [];
    private readonly List<(IniEntry[] Entries, (int Parameter, double Factor)[] Terms)> sums = [];

    private readonly KnownParts parts = new();

    // Of the values last checked, which are the same for all parameters.
    private (double[] Values, double[] Signature)? known;

    /// <summary>A model of which nothing is a parameter yet.</summary>
    /// <param name="file">The model file.</param>
    public ParametrisedModel(IniFile file)
    {
        this.file = file;
        (_, List<ComponentGroup> groups, _) = ModelFile.ReadComponents(file);
        ComponentNames = [.. groups.SelectMany(g => g.Members).Select(c => c.Name)];
    }

    /// <summary>Names of the components with a distribution function.</summary>
    public IReadOnlyList<string> ComponentNames { get; }

    /// <summary>Whether the model's distance of the Sun from the centre may be a parameter.</summary>
    public bool MovesSun => entries.Concat(sums.Select(s => s.Entries)).Any(e => e.Any(x => x.Key.Equals("R0", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The keys of each parameter, as SECTION/KEY.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keys => keys;

    /// <summary>For each two distribution functions of one type with the same keys as parameters, these parameters of both: what the two would exchange if each took the other's part.</summary>
    public IReadOnlyList<IReadOnlyList<(int One, int Other)>> Exchanges()
    {
        List<(string Type, SortedDictionary<string, int> Parameters)> components = [];
        foreach (IniSection section in file.Sections.Where(s => s.Is(Sections.DF, out _)))
        {
            SortedDictionary<string, int> own = new(StringComparer.OrdinalIgnoreCase);
            for (int i = 0; i < entries.Count; i++)
            {
                if (entries[i] is [IniEntry entry] && section.Entries.Contains(entry))
                {
                    own[entry.Key] = i;
                }
            }

            if (own.Count > 0)
            {
                components.Add((section.Find("type")?.Value ?? "", own));
            }
        }

        return [.. from a in Enumerable.Range(0, components.Count)
                   from b in Enumerable.Range(0, a)
                   where components[a].Type.Equals(components[b].Type, StringComparison.OrdinalIgnoreCase)
                       && components[a].Parameters.Keys.SequenceEqual(components[b].Parameters.Keys, StringComparer.OrdinalIgnoreCase)
                   select (IReadOnlyList<(int, int)>)[.. components[a].Parameters.Keys.Select(k => (components[a].Parameters[k], components[b].Parameters[k]))]];
    }

    /// <summary>Makes a parameter of one or more keys, which have one value, and gives the value that the file has.</summary>
    /// <param name="r">The section of the fit file, for messages.</param>
    /// <param name="key">Its key, whose value names keys as <c>SECTION/KEY</c>.</param>
    public double Add(SectionReader r, string key)
    {
        r.Text(key);
        IniEntry[] found = [.. r.List(key).Select(name => Find(r, key, name))];
        entries.Add(found);
        keys.Add([.. r.List(key)]);
        return double.Parse(found[0].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Gives keys a value that follows from those of parameters: a sum of multiples.</summary>
    /// <param name="r">The section of the fit file, for messages.</param>
    /// <param name="key">Its key, whose value names keys as <c>SECTION/KEY</c>.</param>
    /// <param name="terms">Parameters and their factors.</param>
    public void AddSum(SectionReader r, string key, (int Parameter, double Factor)[] terms)
    {
        r.Text(key);
        sums.Add(([.. r.List(key).Select(name => Find(r, key, name))], terms));
    }

    /// <summary>The model file with these values of the parameters; what is not a parameter stands as it was, comments too.</summary>
    public string Text(IReadOnlyList<double> values)
    {
        Dictionary<int, (IniEntry Entry, double Value)> replaced = [];
        for (int i = 0; i < entries.Count; i++)
        {
            foreach (IniEntry entry in entries[i])
            {
                replaced.Add(entry.Line, (entry, values[i]));
            }
        }

        StringBuilder text = new(file.Text.Length);
        foreach ((IniEntry[] own, (int Parameter, double Factor)[] terms) in sums)
        {
            foreach (IniEntry entry in own)
            {
                replaced.Add(entry.Line, (entry, terms.Sum(t => t.Factor * values[t.Parameter])));
            }
        }

        int number = 0;
        foreach (ReadOnlySpan<char> line in file.Text.AsSpan().EnumerateLines())
        {
            if (replaced.TryGetValue(++number, out (IniEntry Entry, double Value) by))
            {
                int from = line.IndexOf('=') + 1, at = from + line[from..].IndexOf(by.Entry.Value, StringComparison.Ordinal);
                text.Append(line[..at]).Append(Numbers.Format(by.Value)).Append(line[(at + by.Entry.Value.Length)..]);
            }
            else
            {
                text.Append(line);
            }

            text.Append('\n');
        }

        // The last line of a text that ends with a line's end is empty.
        return text.ToString(0, Math.Max(0, text.Length - 1));
    }

    /// <summary>The model with these values.</summary>
    /// <param name="values">Values of the parameters.</param>
    /// <param name="initial">A potential to begin with.</param>
    public ModelSetup Setup(IReadOnlyList<double> values, Potential initial)
    {
        (_, List<ComponentGroup> groups, List<GalaxyComponent> statics) = Read(values);
        return new(initial, groups, statics);
    }

    /// <summary>The model with these values and the potential that the file says to begin with.</summary>
    public ModelSetup Setup(IReadOnlyList<double> values) => ModelFile.Parse(Text(values), file.Name).Setup;

    /// <summary>The model's distance of the Sun from the centre with these values, kpc.</summary>
    public double SunRadius(IReadOnlyList<double> values) => new GridSections(Sections.Of(IniFile.Parse(Text(values), file.Name), Sections.Grid).FirstOrDefault(g => g.Name.Length == 0).Section).SunRadius;

    /// <summary>Refuses a parameter on which nothing depends that a fit could see.</summary>
    /// <param name="r">The section of the fit file.</param>
    /// <param name="key">The key that names the parameter.</param>
    /// <param name="parameter">Which it is.</param>
    /// <param name="values">Values of all parameters.</param>
    /// <param name="changed">Another value of it.</param>
    /// <param name="isFixed">Whether the potential is fixed, so that only the stars' own distribution functions matter.</param>
    /// <param name="seesSun">Whether the data depend on where the model has the Sun.</param>
    public void CheckEffect(SectionReader r, string key, int parameter, IReadOnlyList<double> values, double changed, bool isFixed, bool seesSun)
    {
        double[] others = [.. values];
        others[parameter] = changed;
        if (seesSun && SunRadius(others) != SunRadius(values))
        {
            return;
        }

        if (known is null || !known.Value.Values.SequenceEqual(values))
        {
            known = ([.. values], Signature(values, isFixed));
        }

        double[] before = known.Value.Signature, after = Signature(others, isFixed);
        if (before.Zip(after).Any(p => Math.Abs(p.First - p.Second) > NoEffect * Math.Abs(p.First)))
        {
            return;
        }

        bool cancels = entries[parameter].All(e => e.Key.Equals("addJden", StringComparison.OrdinalIgnoreCase));
        throw r.Error(key, cancels
            ? "cancels: mass normalises the distribution function, which takes out the factor exp(-addJden/Jphi0); no data can tell its value"
            : isFixed ? "changes no distribution function of stars, and the potential is fixed; no data can tell its value"
            : "changes no distribution function and no static density of the model: it cancels, or nothing uses it; no data can tell its value");
    }

    private (ModelSections Sections, List<ComponentGroup> Groups, List<GalaxyComponent> Statics) Read(IReadOnlyList<double> values)
        => ModelFile.ReadComponents(IniFile.Parse(Text(values), file.Name), parts);

    /// <summary>All distribution functions at some actions and all static densities at some places.</summary>
    private double[] Signature(IReadOnlyList<double> values, bool isFixed)
    {
        double[] actions = [0.5, 20, 300, 4000], momenta = [-700, 200, 1500, 6000], radii = [0.3, 3, 9, 40], heights = [0.02, 0.3, 3];
        (_, List<ComponentGroup> groups, List<GalaxyComponent> statics) = Read(values);
        List<double> signature = [];
        foreach (GalaxyComponent component in groups.SelectMany(g => g.Members).Concat(statics))
        {
            if (isFixed && (component.Kind != ComponentKind.Stars || component.DistributionFunction is null))
            {
                continue;
            }

            if (component.DistributionFunction is DistributionFunction f)
            {
                signature.AddRange(actions.SelectMany(Jr => actions.SelectMany(Jz => momenta.Select(Jphi => f.At(Jr, Jz, Jphi)))));
            }
            else
            {
                signature.AddRange(radii.SelectMany(R => heights.Select(z => component.StaticDensity!.At(R, z))));
            }
        }

        return [.. signature];
    }

    private IniEntry Find(SectionReader r, string key, string name)
    {
        int slash = name.LastIndexOf('/');
        string header = slash > 0 ? Plain(name[..slash]) : "", wanted = slash > 0 ? name[(slash + 1)..].Trim() : "";
        if (header.Length == 0 || wanted.Length == 0)
        {
            throw r.Error(key, "must be SECTION/KEY of the model file, such as DF thin disk/Jr0, or several of these separated by commas");
        }

        IniSection[] sections = [.. file.Sections.Where(s => Plain(s.Header).Equals(header, StringComparison.OrdinalIgnoreCase))];
        if (sections.Length != 1)
        {
            string[] headers = [.. file.Sections.Select(s => Plain(s.Header))];
            throw r.Error(key, sections.Length > 1 ? $"{file.Name} has {sections.Length} sections [{header}]"
                : $"{file.Name} has no section [{header}]{(Suggestion.Nearest(header, headers) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", headers)}");
        }

        if (sections[0].Find(wanted) is not IniEntry entry)
        {
            string[] keys = [.. sections[0].Entries.Select(e => e.Key)];
            throw r.Error(key, $"[{sections[0].Header}] of {file.Name} does not give {wanted}{(Suggestion.Nearest(wanted, keys) is string s ? $"; did you mean {s}?" : ".")} "
                + $"It gives: {string.Join(", ", keys)}");
        }

        if (!Numbers.TryParseFinite(entry.Value, out _))
        {
            throw r.Error(key, $"{entry.Key} = {entry.Value} of [{sections[0].Header}] in {file.Name} is no number");
        }

        return entries.Concat(sums.Select(s => s.Entries)).Any(e => e.Any(x => x.Line == entry.Line)) ? throw r.Error(key, $"{name} is that of another parameter already") : entry;
    }

    private static string Plain(string header) => string.Join(' ', header.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
