using System.Globalization;

namespace Oort.Tables;

/// <summary>
/// Typed reading of one INI section. Remembers which keys it was asked for, so that <see cref="Done"/> can refuse
/// the ones that mean nothing. Every error names file, line, section, key, value and what is allowed.
/// </summary>
internal sealed class SectionReader
{
    private readonly IReadOnlyDictionary<string, string> aliases, foreign;
    private readonly List<string> known = [];

    /// <summary>Reads <paramref name="section"/>.</summary>
    /// <param name="section">The section.</param>
    /// <param name="aliases">Second names of keys: key -> its other name. Its comparer must ignore case.</param>
    /// <param name="foreign">Keys that other programs understand and we do not -> why. Its comparer must ignore case.</param>
    public SectionReader(
        IniSection section, IReadOnlyDictionary<string, string>? aliases = null, IReadOnlyDictionary<string, string>? foreign = null)
        => (Section, this.aliases, this.foreign) = (section, aliases ?? new Dictionary<string, string>(), foreign ?? new Dictionary<string, string>());

    /// <summary>The section read.</summary>
    public IniSection Section { get; }

    /// <summary>Whether the key is given; it counts as known from now on.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Text of a key that must be given and not be empty.</summary>
    public string Text(string key) => Find(key) is IniEntry e ? NotEmpty(e).Value : throw Missing(key);

    /// <summary>Text of a key, or <paramref name="otherwise"/> where it is not given.</summary>
    public string Text(string key, string otherwise) => Find(key) is IniEntry e ? NotEmpty(e).Value : otherwise;

    /// <summary>A finite number that must be given.</summary>
    public double Number(string key) => Find(key) is IniEntry e ? ParseNumber(e) : throw Missing(key);

    /// <summary>A finite number, or <paramref name="otherwise"/> where it is not given.</summary>
    public double Number(string key, double otherwise) => Find(key) is IniEntry e ? ParseNumber(e) : otherwise;

    /// <summary>A finite number, or null where it is not given.</summary>
    public double? NumberOrNull(string key) => Find(key) is IniEntry e ? ParseNumber(e) : null;

    /// <summary>A finite number above zero, or <paramref name="otherwise"/> where it is not given.</summary>
    public double Positive(string key, double otherwise)
        => Number(key, otherwise) is double x and > 0 ? x : throw Error(key, "must be > 0");

    /// <summary>An integer from <paramref name="low"/> to <paramref name="high"/>, or <paramref name="otherwise"/>.</summary>
    public int Integer(string key, int otherwise, int low, int high)
    {
        if (Find(key) is not IniEntry e)
        {
            return otherwise;
        }

        return int.TryParse(e.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int n) && n >= low && n <= high
            ? n : throw Error(key, $"must be an integer from {low} to {high}");
    }

    /// <summary>true or false (also yes/no, on/off, 1/0), or <paramref name="otherwise"/>.</summary>
    public bool Flag(string key, bool otherwise)
        => Find(key) is not IniEntry e ? otherwise : e.Value.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" or "1" or "T" or "Y" => true,
            "FALSE" or "NO" or "OFF" or "0" or "F" or "N" => false,
            _ => throw Error(key, "must be true or false"),
        };

    /// <summary>Names separated by commas; empty where the key is not given.</summary>
    public string[] List(string key)
    {
        if (Find(key) is not IniEntry e)
        {
            return [];
        }

        string[] names = [.. NotEmpty(e).Value.Split(',').Select(n => n.Trim())];
        return names.Contains("") ? throw Error(key, "must be names separated by commas, none of them empty") : names;
    }

    /// <summary>One of a set of words, case ignored, that must be given.</summary>
    public T Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        List<string> words = [];
        foreach ((string word, _) in choices)
        {
            words.Add(word);
        }

        if (Find(key) is not IniEntry e)
        {
            throw Error(key, $"missing; it must be one of {string.Join(", ", words)}");
        }

        int i = words.FindIndex(w => Same(w, e.Value));
        return i >= 0 ? choices[i].Value : throw Error(key, $"must be one of {string.Join(", ", words)}{Suggestion.Hint(e.Value, words)}");
    }

    /// <summary>Refuses every key that nobody asked for.</summary>
    public void Done()
    {
        foreach (IniEntry e in Section.Entries)
        {
            bool isKnown = known.Exists(k => Same(k, e.Key) || (aliases.TryGetValue(k, out string? alias) && Same(alias, e.Key)));
            if (!isKnown)
            {
                if (foreign.TryGetValue(e.Key, out string? why))
                {
                    throw new InputException($"{Where(e.Line)} {e.Key} = {e.Value}: {why}");
                }

                throw new InputException(
                    $"{Where(e.Line)} {e.Key} = {e.Value}: unknown key{(Suggestion.Nearest(e.Key, known) is string s ? $"; did you mean {s}?" : ".")} Known here: {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>
    /// Runs a constructor on what was read, and tells where an error about a parameter comes from.
    /// </summary>
    public T Make<T>(Func<T> construct)
    {
        try
        {
            return construct();
        }
        catch (ParameterException e)
        {
            throw new InputException($"{Where(Find(e.Key)?.Line ?? Section.Line)} {e.Message}", e);
        }
        catch (NumericalException e)
        {
            throw new NumericalException($"{Where(Section.Line)} {e.Message}");
        }
    }

    /// <summary>An error about a key that is given: names file, line, section, key and value.</summary>
    public InputException Error(string key, string what)
        => Find(key) is IniEntry e
            ? new($"{Where(e.Line)} {e.Key} = {e.Value}: {what}")
            : new($"{Where(Section.Line)} {key}: {what}");

    /// <summary>An error about the section as a whole.</summary>
    public InputException Error(string what) => new($"{Where(Section.Line)} {what}");

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private string Where(int line) => line > 0 ? $"{Section.Source}:{line}: [{Section.Header}]" : $"{Section.Source}: [{Section.Header}]";

    private IniEntry? Find(string key)
    {
        if (!known.Exists(k => Same(k, key)))
        {
            known.Add(key);
        }

        IniEntry? main = Section.Find(key);
        IniEntry? other = aliases.TryGetValue(key, out string? alias) ? Section.Find(alias) : null;
        return main is not null && other is not null
            ? throw new InputException($"{Where(other.Value.Line)} {other.Value.Key} = {other.Value.Value}: a second name of {key}, which is given too; give one of them")
            : main ?? other;
    }

    private IniEntry NotEmpty(IniEntry e)
        => e.Value.Length > 0 ? e : throw new InputException($"{Where(e.Line)} {e.Key}: has no value");

    private InputException Missing(string key)
    {
        foreach (IniEntry e in Section.Entries)
        {
            if (!known.Exists(k => Same(k, e.Key)) && Suggestion.Nearest(e.Key, [key]) is not null)
            {
                return new($"{Where(e.Line)} {e.Key} = {e.Value}: unknown key; did you mean {key}?");
            }
        }

        return new($"{Where(Section.Line)} {key}: missing; it must be given");
    }

    private double ParseNumber(IniEntry e)
        => Numbers.TryParseFinite(e.Value, out double x)
            ? x
            : throw new InputException($"{Where(e.Line)} {e.Key} = {e.Value}: must be a finite number, such as 2.5 or 1e10");
}
