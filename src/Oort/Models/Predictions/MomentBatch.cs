namespace Oort.Models.Predictions;

/// <summary>Positions that several figures ask for, whose moments are found together.</summary>
internal sealed class MomentBatch
{
    private readonly List<double> R = [], z = [];

    /// <summary>Adds positions.</summary>
    /// <returns>The row of the first.</returns>
    public int Add(ReadOnlySpan<double> radii, ReadOnlySpan<double> heights)
    {
        int first = R.Count;
        R.AddRange(radii);
        z.AddRange(heights);
        return first;
    }

    /// <summary>Moments at all positions: [position, component].</summary>
    public Moments[,] Find(Galaxy galaxy, IProgress<double>? progress, CancellationToken cancellation)
        => galaxy.Moments([.. R], [.. z], progress is null ? null : new Share(progress, R.Count), cancellation);

    private sealed class Share(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
