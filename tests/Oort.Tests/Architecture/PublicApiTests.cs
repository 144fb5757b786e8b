using System.Text.RegularExpressions;
using Oort.Models;
using Oort.Tests.Support;

namespace Oort.Tests.Architecture;

/// <summary>
/// docs/public-api.txt is the library's public surface: whoever changes the surface changes that file, and a reviewer sees it.
/// To write it anew: <c>OORT_WRITE_PUBLIC_API=1 dotnet test -c Release --filter FullyQualifiedName~PublicApi</c>.
/// </summary>
public sealed class PublicApiTests
{
    private const string Variable = "OORT_WRITE_PUBLIC_API";

    private const string Regenerate = Variable + "=1 dotnet test -c Release --filter FullyQualifiedName~PublicApi";

    private const string Heading = "The public surface of the library Oort. A test compares it with the code; to write it anew:\n" + Regenerate + "\n";

    private static readonly string Listing = Path.Combine(Repository.Root, "docs", "public-api.txt");

    [Fact]
    public void The_public_surface_is_the_reviewed_one()
    {
        string actual = Heading + PublicApi.Of(typeof(Galaxy).Assembly);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(Listing, actual);
        }

        string[] expected = File.ReadAllLines(Listing), found = actual.Split('\n')[..^1];
        string[] added = [.. found.Except(expected)], removed = [.. expected.Except(found)];
        Assert.True(expected.SequenceEqual(found),
            $"the public surface is not that of docs/public-api.txt. Only in the code:\n{string.Join('\n', added)}\nonly in the file:\n{string.Join('\n', removed)}\n"
            + $"If that is meant, write the file anew and have it reviewed:\n{Regenerate}");
    }

    [Fact]
    public void The_listing_speaks_CSharp()
    {
        string text = PublicApi.Of(typeof(Galaxy).Assembly);
        Assert.Contains("\n    double[,] VelocityDistribution(double R, double z, VelocityAxis axis, ReadOnlySpan<double> velocities)\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    static ModelDefinition Parse(string text, string name = \"text\")\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    DistributionFunction? DistributionFunction { get; }\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"`\d|\binternal\b|<Clone>|op_Equality"), text);
    }
}
