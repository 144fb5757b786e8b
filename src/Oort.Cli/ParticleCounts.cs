using System.Globalization;
using Oort.Models;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>
/// The options --count and --component of <c>oort sample</c>: a total that is shared by mass, or numbers for components or kinds.
/// </summary>
internal static class ParticleCounts
{
    private const double Most = 1e15;

    private static readonly (string Name, ComponentKind Kind)[] Kinds = [("stars", ComponentKind.Stars), ("dark", ComponentKind.Dark), ("gas", ComponentKind.Gas)];

    /// <summary>What is wrong with a value of --count, whatever the galaxy; null if nothing is.</summary>
    public static string? Error(string[] counts)
    {
        foreach (string count in counts)
        {
            (string? name, string number) = Split(count);
            if (name is "")
            {
                return $"--count {count}: there is no name before the =";
            }

            if (!TryNumber(number, out _))
            {
                return $"--count {count}: {(name is null && number.Any(char.IsLetter) && !number.Contains('e', StringComparison.OrdinalIgnoreCase) ? "must be N or NAME=N, N being" : "must be")} a whole number from 1 to 1e15";
            }

            if (name is null && counts.Length > 1)
            {
                return $"--count {count}: a total goes alone; with several --count each is NAME=N";
            }
        }

        return null;
    }

    /// <summary>Particles of each component, in the order of <see cref="Galaxy.Components"/>.</summary>
    /// <param name="sampler">Shares a number by mass.</param>
    /// <param name="counts">Values of --count.</param>
    /// <param name="component">Value of --component.</param>
    public static long[] Of(GalaxySampler sampler, string[] counts, string? component)
    {
        Galaxy galaxy = sampler.Galaxy;
        int? only = component is null ? null : ComponentChoice.Find(galaxy, component);
        long[] all = new long[galaxy.Components.Count];
        foreach (string count in counts)
        {
            (string? name, string number) = Split(count);
            TryNumber(number, out long n);
            long[] some = new long[all.Length];
            if (name is null && only is int one)
            {
                some[one] = n;
            }
            else if (name is null)
            {
                some = sampler.Allot(n);
            }
            else if (only is not null)
            {
                throw new InputException($"--count {count}: with --component give the number alone: --count {number}");
            }
            else
            {
                some = Named(sampler, count, name, n);
            }

            for (int c = 0; c < all.Length; c++)
            {
                if (all[c] > 0 && some[c] > 0)
                {
                    throw new InputException($"--count {count}: another --count gives component '{galaxy.Components[c].Name}' particles already");
                }

                all[c] += some[c];
            }
        }

        return all;
    }

    private static long[] Named(GalaxySampler sampler, string count, string name, long n)
    {
        IReadOnlyList<GalaxyComponent> components = sampler.Galaxy.Components;
        long[] counts = new long[components.Count];
        for (int c = 0; c < counts.Length; c++)
        {
            if (components[c].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                counts[c] = n;
                return counts;
            }
        }

        string[] known = [.. Kinds.Select(k => k.Name), .. components.Select(c => c.Name)];
        int kind = Array.FindIndex(Kinds, k => k.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (kind < 0)
        {
            throw new InputException($"--count {count}: there is no component or kind {name}{(Suggestion.Nearest(name, known) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", known)}");
        }

        return components.Any(c => c.Kind == Kinds[kind].Kind) ? sampler.Allot(n, c => c.Kind == Kinds[kind].Kind)
            : throw new InputException($"--count {count}: the model has no component of this kind. There are: {string.Join(", ", components.Select(c => c.Name))}");
    }

    private static (string? Name, string Number) Split(string count)
        => count.LastIndexOf('=') is int i and >= 0 ? (count[..i].Trim(), count[(i + 1)..].Trim()) : (null, count.Trim());

    /// <summary>A whole number; 3e8 is one, too.</summary>
    /// <summary>Reads a whole number of particles, also written 3e8.</summary>
    public static bool TryNumber(string text, out long n)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out n))
        {
            return n is > 0 and <= (long)Most;
        }

        bool whole = Numbers.TryParseFinite(text, out double x) && x is >= 1 and <= Most && x == (long)x;
        n = whole ? (long)x : 0;
        return whole;
    }
}
