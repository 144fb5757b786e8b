using System.Globalization;
using Oort.Models;
using Spectre.Console;

namespace Oort.Cli.Output;

/// <summary>The summary of a build for people.</summary>
internal static class SummaryTable
{
    /// <summary>Writes it as plain text.</summary>
    public static void Write(TextWriter writer, BuildSummary s, string directory)
    {
        writer.WriteLine($"{directory}: {(s.Converged ? "converged" : "NOT CONVERGED")} after {s.Iterations} iterations, "
            + Text($"residual {s.Residual:0.##e+0}, {s.Seconds:F1} s on {s.Threads} threads"));
        writer.WriteLine();
        writer.WriteLine(Text($"At the Sun (R = {s.SunRadius:0.###} kpc, z = 0): circular speed {s.CircularSpeed:F1} km/s"));
        Table sun = Plain("", "density (Msun/pc^3)", "within 1.1 kpc of the plane (Msun/pc^2)");
        foreach (ComponentKind kind in Enum.GetValues<ComponentKind>())
        {
            sun.AddRow(kind.ToString().ToLowerInvariant(), Text($"{s.Rho(kind):F5}"), Text($"{s.Sigma(kind):F2}"));
        }

        sun.AddRow("total", Text($"{s.Components.Sum(c => c.Rho):F5}"), Text($"{s.Components.Sum(c => c.Sigma):F2}"));
        sun.AddRow("|Kz|/2 pi G", "", Text($"{s.VerticalForce:F2}"));
        Print(writer, sun);
        Table components = Plain("component", "mass (Msun)", "density at the Sun (Msun/pc^3)");
        foreach (var c in s.Components)
        {
            components.AddRow(c.Name.EscapeMarkup(), double.IsFinite(c.Mass) ? Text($"{c.Mass:0.####e+0}") : "infinite", Text($"{c.Rho:0.####e+0}"));
        }

        Print(writer, components);
    }

    internal static Table Plain(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(columns[i]) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        return table;
    }

    internal static void Print(TextWriter writer, Table table)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 100;
        console.Write(table);
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteLine(line.TrimEnd());
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
