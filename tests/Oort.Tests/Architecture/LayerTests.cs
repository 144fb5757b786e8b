using System.Reflection;
using Oort.Cli;
using Oort.Models;
using Oort.Report;
using Oort.Tests.Support;

namespace Oort.Tests.Architecture;

/// <summary>The folders of the library depend on each other in one direction, and the command holds no numerics.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Library = typeof(Galaxy).Assembly, Command = typeof(CommandLine).Assembly, Pages = typeof(Page).Assembly;

    private static readonly string LibraryFolder = Path.Combine(Repository.Root, "src", "Oort"), CommandFolder = Path.Combine(Repository.Root, "src", "Oort.Cli"),
        PagesFolder = Path.Combine(Repository.Root, "src", "Oort.Report");

    [Fact]
    public void Sources_use_only_layers_below()
    {
        Dependency[] all = [.. SourceDependencies.Of(LibraryFolder)];
        Assert.Contains(all, d => d is { User: "Oort.Models", Used: "Oort.Actions" });
        Assert.Empty(Layers.Violations(all));
    }

    [Fact]
    public void Compiled_types_use_only_layers_below()
    {
        Dependency[] all = [.. CompiledDependencies.Of(Library.GetTypes())];
        Assert.Contains(all, d => d is { User: "Oort.Models", Used: "Oort.Actions" });
        Assert.Empty(Layers.Violations(all));
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        string[] wrong = [.. SourceDependencies.Files(LibraryFolder).Where(file =>
        {
            string folder = Path.GetRelativePath(LibraryFolder, Path.GetDirectoryName(file)!);
            return SourceDependencies.NamespaceOf(File.ReadAllText(file)) != (folder == "." ? "Oort" : "Oort." + folder.Replace(Path.DirectorySeparatorChar, '.'));
        })];
        Assert.Empty(wrong);
    }

    /// <summary>Progress goes through callbacks and results through return values; pages are made by another project.</summary>
    [Fact]
    public void Library_neither_talks_to_the_console_nor_makes_pages()
    {
        Assert.Empty(Talks(Library.GetTypes()));
        Assert.DoesNotContain(Library.GetReferencedAssemblies(), a => a.Name is "System.Console" or "Spectre.Console" or "System.CommandLine");
    }

    /// <summary>
    /// The command asks the library for numbers, puts them into columns and scales their units. So it refers to nothing of
    /// Oort.Numerics, MathNet or SIMD, and calls no mathematical function but those that lay out grids of output and round.
    /// </summary>
    [Fact]
    public void Command_has_no_numerics()
    {
        Assert.Empty(Numerics(Command.GetTypes()));
        Assert.DoesNotContain(Command.GetReferencedAssemblies(), a => a.Name is "MathNet.Numerics" or "System.Numerics.Tensors" or "System.Numerics.Vectors");
        Assert.DoesNotContain(SourceDependencies.Files(CommandFolder), f => File.ReadAllText(f).Contains("Oort.Numerics", StringComparison.Ordinal));
    }

    /// <summary>
    /// Pages show what the library has computed: they neither compute nor talk, and what they are made of does not know of the command. Beyond
    /// what the command may, they draw straight lines in logarithmic panels.
    /// </summary>
    [Fact]
    public void Pages_have_no_numerics_and_know_the_library_alone()
    {
        Assert.Empty(Numerics(Pages.GetTypes(), "Exp", "Log10"));
        Assert.DoesNotContain(Pages.GetTypes().SelectMany(CompiledDependencies.UsedBy), t => t == typeof(Console));
        Assert.DoesNotContain(SourceDependencies.Files(PagesFolder), f => File.ReadAllText(f).Contains("Oort.Numerics", StringComparison.Ordinal));
        Assert.Equal(["Oort.Core"], Pages.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(Library.GetReferencedAssemblies(), a => a.Name is "Oort.Report" or "oort");
    }

    [Fact]
    public void Namespaces_of_pages_are_folders()
    {
        string[] wrong = [.. SourceDependencies.Files(PagesFolder).Where(file =>
        {
            string folder = Path.GetRelativePath(PagesFolder, Path.GetDirectoryName(file)!);
            return SourceDependencies.NamespaceOf(File.ReadAllText(file)) != (folder == "." ? "Oort.Report" : "Oort.Report." + folder.Replace(Path.DirectorySeparatorChar, '.'));
        })];
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("BreaksInBase", "Potentials uses DistributionFunctions")]
    [InlineData("BreaksInField", "Potentials uses Models")]
    [InlineData("BreaksInSignature", "Potentials uses Actions")]
    [InlineData("BreaksInBody", "Potentials uses Models")]
    [InlineData("BreaksInLambda", "Potentials uses Definitions")]
    [InlineData("BreaksInTypeOf", "Potentials uses Orbits")]
    [InlineData("BreaksInConstraint`1", "Potentials uses Actions")]
    [InlineData("BreaksBySeeingPhysics", "Numerics uses Coordinates")]
    [InlineData("BreaksByBeingNoLayer", "Utilities is none of the layers")]
    public void The_checker_finds_a_made_up_violation(string type, string violation)
        => Assert.Contains(Layers.Violations(CompiledDependencies.Of(MadeUp(type)), "Oort.Tests.Architecture.MadeUp"), v => v.Contains(violation, StringComparison.Ordinal));

    [Theory]
    [InlineData("KeepsToTheRules")]
    [InlineData("MayThrowOurExceptions")]
    public void The_checker_lets_good_code_pass(string type)
        => Assert.Empty(Layers.Violations(CompiledDependencies.Of(MadeUp(type)), "Oort.Tests.Architecture.MadeUp"));

    [Theory]
    [InlineData("Oort.Potentials", "using Oort.Models;\n", 1)]
    [InlineData("Oort.Potentials", "using static Oort.Orbits.DormandPrinceTableau;\n", 1)]
    [InlineData("Oort.Potentials", "const double X = Oort.Definitions.ModelDefinition.DefaultSunRadius;", 1)]
    [InlineData("Oort.Numerics", "using Oort.Coordinates;\n", 1)]
    [InlineData("Oort.Utilities", "using Oort.Coordinates;\n", 1)]
    [InlineData("Oort.Potentials", "using Oort.Numerics;\nusing Oort.Potentials.Parts;\n// as Oort.Models does\n/* Oort.Models */", 0)]
    [InlineData("Oort.Numerics", "using System.Numerics;\nthrow new NumericalException(\"no bracket\");", 0)]
    public void The_checker_reads_sources(string user, string text, int violations)
        => Assert.Equal(violations, Layers.Violations(SourceDependencies.InText(user, text, "made up")).Length);

    [Fact]
    public void The_checker_hears_the_console_and_sees_pages()
    {
        Assert.Equal(2, Talks(MadeUp("BreaksByTalking")).Length);
        Assert.Contains(Numerics([typeof(Numerics.SplineTests)]), n => n.Contains("Sin", StringComparison.Ordinal));
    }

    private static Type[] MadeUp(string name)
    {
        Type[] all = typeof(LayerTests).Assembly.GetTypes();
        Type main = Assert.Single(all, t => t.Namespace?.StartsWith("Oort.Tests.Architecture.MadeUp.", StringComparison.Ordinal) == true && t.Name == name);
        return [.. all.Where(t => t == main || t.DeclaringType == main)];
    }

    /// <summary>Calls of the console, and texts that are pieces of a page.</summary>
    private static string[] Talks(IEnumerable<Type> types)
        => [.. types.SelectMany(t => CompiledDependencies.UsedBy(t).Where(u => u == typeof(Console)).Select(u => $"{t} -> {u}")
            .Concat(CompiledDependencies.TextsOf(t).Where(s => s.Contains("</", StringComparison.Ordinal) || s.Contains("<html", StringComparison.OrdinalIgnoreCase))))
            .Distinct()];

    private static string[] Numerics(IEnumerable<Type> types, params string[] more)
    {
        string[] functions = ["Abs", "Ceiling", "Clamp", "CopySign", "Floor", "Log", "Max", "Min", "Pow", "Round", "Sign", "Sqrt"];
        string[] spaces = ["Oort.Numerics", "MathNet", "System.Numerics", "System.Runtime.Intrinsics"];
        return [.. types.SelectMany(t => CompiledDependencies.UsedBy(t).Where(u => spaces.Any(s => u.Namespace?.StartsWith(s, StringComparison.Ordinal) == true)).Select(u => $"{t} -> {u}")
            .Concat(CompiledDependencies.CalledBy(t).Where(m => m.DeclaringType == typeof(Math) && !functions.Concat(more).Contains(m.Name)).Select(m => $"{t} -> Math.{m.Name}")))
            .Distinct()];
    }
}
