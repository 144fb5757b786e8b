using Oort.Models;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>The option --component: which components of a galaxy are wanted.</summary>
internal static class ComponentChoice
{
    /// <summary>Positions in <see cref="Galaxy.Components"/> of those wanted: the one called <paramref name="name"/>, or all.</summary>
    public static int[] Of(Galaxy galaxy, string? name)
    {
        string[] names = [.. galaxy.Components.Select(c => c.Name)];
        if (name is null)
        {
            return [.. Enumerable.Range(0, names.Length)];
        }

        int i = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return i >= 0 ? [i] : throw new InputException(
            $"--component {name}: there is no such component{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", names)}");
    }
}
