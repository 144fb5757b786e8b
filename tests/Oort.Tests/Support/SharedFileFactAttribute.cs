namespace Oort.Tests.Support;

/// <summary>
/// A test that needs a file which is not part of the repository, by its path below the folder <c>shared</c>
/// beside it. Where the file is absent, the test is skipped and says which file it misses.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFileFactAttribute : FactAttribute
{
    public SharedFileFactAttribute(string path)
    {
        if (!File.Exists(SharedFile.Path(path)))
        {
            Skip = $"needs shared/{path}, which is not here";
        }
    }
}

public static class SharedFile
{
    /// <summary>Where a file of the folder <c>shared</c> beside the repository would be.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Repository.Root, "..", "shared", path);
}

public static class Repository
{
    /// <summary>The repository's root: the nearest folder above the test assembly that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "Oort.slnx")))
            {
                return d.FullName;
            }
        }

        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
