namespace Oort.Surveys;

/// <summary>The cells of a histogram of one quantity: all of one width, from <see cref="Low"/> to <see cref="High"/>.</summary>
public sealed class HistogramAxis
{
    private readonly double[] edges;

    /// <summary>Cells of one width.</summary>
    /// <param name="quantity">Name of the quantity, for instance <c>VR</c>.</param>
    /// <param name="low">Where the first cell begins.</param>
    /// <param name="high">Where the last cell ends.</param>
    /// <param name="width">Width of a cell; a whole number of them fits.</param>
    /// <exception cref="InputException">It is not so, or there would be more than 100,000 cells.</exception>
    public HistogramAxis(string quantity, double low, double high, double width)
    {
        double cells = Math.Round((high - low) / width);
        if (!(width > 0 && cells is >= 1 and <= 100_000 && Math.Abs(cells * width - (high - low)) < 1e-9 * (high - low)))
        {
            throw new InputException(FormattableString.Invariant($"{quantity}: cells from {low:R} to {high:R} of width {width:R}: a whole number of them, 1 to 100000, must fit"));
        }

        (Quantity, Low, High, Width) = (quantity, low, high, width);
        edges = [.. Enumerable.Range(0, (int)cells + 1).Select(i => (low * (cells - i) + high * i) / cells)];

        // Not to rounding: a value between the last edge and High would lie in a cell that is not there.
        (edges[0], edges[^1]) = (low, high);
    }

    /// <summary>Name of the quantity.</summary>
    public string Quantity { get; }

    /// <summary>Where the first cell begins.</summary>
    public double Low { get; }

    /// <summary>Where the last cell ends.</summary>
    public double High { get; }

    /// <summary>Width of a cell.</summary>
    public double Width { get; }

    /// <summary>Number of cells.</summary>
    public int Count => edges.Length - 1;

    /// <summary>Boundaries of the cells, one more than there are cells.</summary>
    public IReadOnlyList<double> Edges => edges;

    /// <summary>The cell with edges[cell] &lt;= value &lt; edges[cell + 1], or -1 where the value lies outside.</summary>
    public int Find(double value)
    {
        if (!(value >= Low && value < High))
        {
            return -1;
        }

        // The quotient may be off by rounding; the edges decide.
        int cell = Math.Min((int)((value - Low) / Width), Count - 1);
        return value < edges[cell] ? cell - 1 : value >= edges[cell + 1] ? cell + 1 : cell;
    }
}
