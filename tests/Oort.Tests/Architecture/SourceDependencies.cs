using System.Text.RegularExpressions;

namespace Oort.Tests.Architecture;

/// <summary>
/// What source files say they use: their <c>using</c> lines and fully qualified names. Sees what a compiled assembly has lost:
/// constants, nameof, usings of which nothing is used.
/// </summary>
public static partial class SourceDependencies
{
    /// <summary>Of all C# files below a folder; a file's own namespace is Oort.FOLDER.</summary>
    public static IEnumerable<Dependency> Of(string folder)
        => Files(folder).SelectMany(file => InText(
            "Oort." + Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0], File.ReadAllText(file), Path.GetRelativePath(folder, file)));

    /// <summary>All C# files below a folder, those of builds left out.</summary>
    public static IEnumerable<string> Files(string folder)
        => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"));

    /// <summary>Of one file's text.</summary>
    public static IEnumerable<Dependency> InText(string user, string text, string where)
        => QualifiedName().Matches(Comment().Replace(text, "")).Select(m => new Dependency(user, m.Value, where));

    /// <summary>The namespace that a file declares.</summary>
    public static string? NamespaceOf(string text) => NamespaceLine().Match(text) is { Success: true } m ? m.Groups[1].Value : null;

    // Oort.X at the start of a name: not in System.Oort.X, not Oort.X inside a longer word.
    [GeneratedRegex(@"(?<![\w.])Oort\.[A-Z]\w*")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"//.*?$|/\*.*?\*/", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
