using System.Text;
using Oort.DistributionFunctions;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Potentials and distribution functions of a model file that are handed on to the next reading of the file with other numbers, where their sections are the same to the letter: inversions for spheroids and
/// expansions of potentials take a hundred times as long as the rest. Safe to share between threads.
/// </summary>
internal sealed class KnownParts
{
    private readonly Lock gate = new();
    private string potentialText = "";
    private NamedPotentials? potentials;
    private Dictionary<string, DistributionFunction> last = [];

    /// <summary>The potentials of a file.</summary>
    public NamedPotentials Potentials(IniFile file)
    {
        string text = Text(Sections.Of(file, Sections.Potential).Select(s => s.Section));
        lock (gate)
        {
            if (potentials is null || text != potentialText)
            {
                (potentials, potentialText, last) = (new(file), text, []);
            }

            return potentials;
        }
    }

    /// <summary>The distribution function of a section; those of one reading are kept until the next but one.</summary>
    /// <param name="section">The section.</param>
    /// <param name="those">The potentials of its file.</param>
    /// <param name="seen">What this reading has seen, which is added to.</param>
    public DistributionFunction Function(IniSection section, NamedPotentials those, Dictionary<string, DistributionFunction> seen)
    {
        string text = Text([section]);
        lock (gate)
        {
            if (those == potentials && last.TryGetValue(text, out DistributionFunction? known))
            {
                return seen[text] = known;
            }
        }

        return seen[text] = DistributionFunctionTypes.Read(section, those);
    }

    /// <summary>Ends a reading.</summary>
    /// <param name="those">The potentials of its file.</param>
    /// <param name="seen">What it has seen.</param>
    public void Done(NamedPotentials those, Dictionary<string, DistributionFunction> seen)
    {
        lock (gate)
        {
            last = those == potentials ? seen : last;
        }
    }

    private static string Text(IEnumerable<IniSection> sections)
    {
        StringBuilder text = new();
        foreach (IniSection section in sections)
        {
            text.Append('[').Append(section.Header).Append("]\n");
            foreach (IniEntry entry in section.Entries)
            {
                text.Append(entry.Key).Append('=').Append(entry.Value).Append('\n');
            }

            foreach (string line in section.Coefficients ?? [])
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
