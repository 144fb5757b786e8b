using Oort.Tests.Support;

namespace Oort.Tests.Docs;

/// <summary>Code in the repository's documents, for tests that run it.</summary>
public static class Markdown
{
    /// <summary>The lines of all blocks of a language in a document, one after the other.</summary>
    /// <param name="document">The document, from the repository's root.</param>
    /// <param name="language">What follows the three backticks.</param>
    public static string[] Code(string document, string language)
    {
        List<string> lines = [];
        bool inside = false;
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && line == "```" + language;
            }
            else if (inside)
            {
                lines.Add(line);
            }
        }

        return [.. lines];
    }
}
