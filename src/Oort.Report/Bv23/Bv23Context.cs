using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>What all figures of a report share.</summary>
internal sealed class Bv23Context(Bv23Results results)
{
    // Which section quotes a number that the paper prints in its text, by words of it; what nobody takes stands with Table 4.
    private static readonly (string Section, string[] Words)[] Quotations =
    [
        ("table-3", ["mass of", "of the gas at R0"]),
        ("figure-15", ["circular speed", "dVc/dR at", "contribute", "force of"]),
        ("figure-16", ["asymmetric drift", "stellar halo", "over stars"]),
        ("figure-17", ["scale length"]),
        ("figure-18", ["sigma_R"]),
    ];

    /// <summary>The results.</summary>
    public Bv23Results Results { get; } = results;

    /// <summary>The model's components in its order.</summary>
    public IReadOnlyList<ShownComponent> Components { get; } = ComponentStyles.Of(results.Model.Setup.Components);

    /// <summary>What the model predicts.</summary>
    public GalaxyPredictions Predictions => Results.Predictions;

    /// <summary>The Sun's distance from the centre, kpc, as markup.</summary>
    public string SunRadius => Markup.Plain(Results.Model.SunRadius);

    /// <summary>A component as it is shown.</summary>
    public ShownComponent Shown(GalaxyComponent component) => Components.First(c => c.Name == component.Name);

    /// <summary>The numbers of the paper's text that belong to a section.</summary>
    public IReadOnlyList<Comparison> Quoted(string section)
        => [.. Predictions.Quoted.Where(n => SectionOf(n.Quantity) == section).Select(Of)];

    /// <summary>A number of the library beside the paper's.</summary>
    public static Comparison Of(ComparedNumber number)
        => new(PlainText.Quantity(number.Quantity), PlainText.Unit(number.Unit), number.Value, number.Paper) { Note = PlainText.Quantity(number.Note) };

    private static string SectionOf(string quantity)
        => Quotations.Where(q => q.Words.Any(w => quantity.Contains(w, StringComparison.OrdinalIgnoreCase))).Select(q => q.Section).FirstOrDefault() ?? "table-4";
}
