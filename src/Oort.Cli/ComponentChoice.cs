using Oort.Models;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>The option --component: which components of a galaxy are wanted.</summary>
internal static class ComponentChoice
{
    /// <summary>The galaxy as it is, or with the one component called <paramref name="name"/> only, in the same potential.</summary>
    public static Galaxy Of(Galaxy galaxy, string? name, int threads)
        => name is null ? galaxy : new(galaxy.Potential, [galaxy.Components[Find(galaxy, name)]], focalDistances: galaxy.FocalDistances, threads: threads);

    /// <summary>Position in <see cref="Galaxy.Components"/> of the one called <paramref name="name"/>.</summary>
    public static int Find(Galaxy galaxy, string name)
    {
        string[] names = [.. galaxy.Components.Select(c => c.Name)];
        int i = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return i >= 0 ? i : throw new InputException(
            $"--component {name}: there is no such component{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", names)}");
    }
}
