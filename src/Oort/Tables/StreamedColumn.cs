namespace Oort.Tables;

/// <summary>A column of a table that is written while its rows are made.</summary>
/// <typeparam name="T">A chunk of rows.</typeparam>
internal sealed record StreamedColumn<T>
{
    /// <summary>Name, one word.</summary>
    public required string Name { get; init; }

    /// <summary>Unit as ECSV writes it (<c>mas / yr</c>), empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it is, in a few words.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The number in a row of a chunk; null for columns of text or whole numbers.</summary>
    public Func<T, int, double>? Number { get; init; }

    /// <summary>The whole number in a row of a chunk; null for others.</summary>
    public Func<T, int, long>? Whole { get; init; }

    /// <summary>Which of <see cref="Words"/> is in a row of a chunk; null for others.</summary>
    public Func<T, int, int>? Word { get; init; }

    /// <summary>The texts of a column of text.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
