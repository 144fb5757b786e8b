using Oort.Surveys;

namespace Oort.Tests.Support;

/// <summary>Histograms of stars drawn from predicted ones: what a catalogue that knows the model would give.</summary>
internal static class DrawnHistograms
{
    /// <summary>Counts of so many stars in each bin, each quantity drawn for itself.</summary>
    /// <param name="prediction">The model's histograms: their p.</param>
    /// <param name="stars">Stars in a bin, by its number.</param>
    /// <param name="random">The draw.</param>
    public static HistogramSet Of(HistogramSet prediction, Func<int, int> stars, Random random)
    {
        List<Histogram> drawn = [];
        foreach (Histogram h in prediction.Histograms)
        {
            double[] count = new double[h.Cells];
            for (int s = 0; s < stars(h.Bin); s++)
            {
                double u = random.NextDouble();
                for (int i = 0; i < count.Length; i++)
                {
                    u -= h.P[i] * (h.Edges[i + 1] - h.Edges[i]);
                    if (u < 0)
                    {
                        count[i]++;
                        break;
                    }
                }
            }

            drawn.Add(Histogram.OfCounts(h.Bin, h.Quantity, h.Edges, count, stars(h.Bin)));
        }

        return new([.. prediction.Bins.Select(b => b with { Stars = stars(b.Bin) })], drawn);
    }
}
