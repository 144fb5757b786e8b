namespace Oort.Models.Predictions;

/// <summary>A number of a model beside the one that a paper prints of its own.</summary>
/// <param name="Where">Where the paper prints it: "Table 4".</param>
/// <param name="Quantity">What it is, in words.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Value">The model's.</param>
/// <param name="Paper">The paper's; NaN where it says it in words.</param>
public sealed record ComparedNumber(string Where, string Quantity, string Unit, double Value, double Paper)
{
    /// <summary>What explains a difference, or what the paper says in words; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>(ours - paper's)/paper's; NaN where the paper has no number.</summary>
    public double RelativeDifference => Value / Paper - 1;
}
