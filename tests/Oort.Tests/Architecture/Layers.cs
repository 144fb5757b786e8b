namespace Oort.Tests.Architecture;

/// <summary>That code in <paramref name="User"/> uses <paramref name="Used"/>, both namespaces, and where.</summary>
public sealed record Dependency(string User, string Used, string Where);

/// <summary>
/// The folders of src/Oort: each may use itself and those before it, and all may throw the exceptions of the namespace Oort.
/// So Numerics, the first, uses nothing else of ours.
/// </summary>
public static class Layers
{
    /// <summary>From the bottom up. A folder that is not here may not exist: put a new one where it belongs.</summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        "Numerics", "Tables", "Coordinates", "Potentials", "Orbits", "Actions", "DistributionFunctions", "Models",
        "Chemistry", "Surveys", "Inference", "Definitions",
    ];

    /// <summary>What the dependencies break, a line each.</summary>
    /// <param name="dependencies">Dependencies between namespaces.</param>
    /// <param name="root">Namespace whose children are the layers of the users; what they use lies in <c>Oort</c>.</param>
    public static string[] Violations(IEnumerable<Dependency> dependencies, string root = "Oort")
        => [.. dependencies.Select(d => Violation(d, root)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static string? Violation(Dependency d, string root)
    {
        string? user = Child(d.User, root), used = Child(d.Used, "Oort");
        if (user is null || used is null || user == used)
        {
            return null;
        }

        int from = Rank(user), to = Rank(used);
        return from < 0 || to < 0 ? $"{d.Where}: {(from < 0 ? user : used)} is none of the layers"
            : to > from ? $"{d.Where}: {user} uses {used}, which is above it"
            : null;
    }

    private static int Rank(string layer) => Order.ToList().IndexOf(layer);

    /// <summary>X of <c>root.X</c> and <c>root.X.Y</c>; null for <paramref name="root"/> itself and what lies elsewhere.</summary>
    private static string? Child(string name, string root)
        => name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;
}
