namespace Oort.Report;

/// <summary>A figure or table of the paper.</summary>
/// <param name="Id">Its name in the page's addresses.</param>
/// <param name="Number">What the paper calls it: Figure 14.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Caption">What is shown, as markup.</param>
/// <param name="Blocks">What is drawn.</param>
internal sealed record Section(string Id, string Number, string Title, string Caption, IReadOnlyList<Block> Blocks)
{
    /// <summary>Numbers beside the paper's.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>What has the numbers beside the paper's.</summary>
    public string Compared { get; init; } = "This model";

    /// <summary>What the paper shows and is not here, with the reason, as markup; empty if nothing is missing.</summary>
    public string Missing { get; init; } = "";
}

/// <summary>A number beside the paper's.</summary>
/// <param name="Quantity">What it is, as markup.</param>
/// <param name="Unit">Its unit, as markup.</param>
/// <param name="Ours">The model's.</param>
/// <param name="Paper">The paper's; NaN where it gives none.</param>
internal sealed record Comparison(string Quantity, string Unit, double Ours, double Paper)
{
    /// <summary>A word on the difference, as markup.</summary>
    public string Note { get; init; } = "";
}
