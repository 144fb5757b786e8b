using Oort.DistributionFunctions;
using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Surveys;
using Oort.Tests.Surveys;

namespace Oort.Tests.Inference.Recovery;

/// <summary>
/// The model of Binney &amp; Vasiliev (2023) in its own potential, with some numbers of its discs free: what its velocity histograms are, and mock ones. Parameters are multiples of the paper's values.
/// </summary>
internal sealed class FixedDiscs : IGalaxySource
{
    private readonly (string Disc, string Key)[] free;
    private readonly KeptActionHistograms predictor;
    private readonly HistogramSet bins;

    /// <param name="bins">Numbers of bins of the survey.</param>
    /// <param name="refinement">Of the velocities' lattice, as a multiple of the usual one.</param>
    /// <param name="threads">For a prediction.</param>
    /// <param name="free">Discs and keys of their sections.</param>
    public FixedDiscs(IEnumerable<int> bins, double refinement, int threads, params (string Disc, string Key)[] free)
    {
        this.free = free;
        this.bins = new([.. bins.Select(b => new HistogramBin(b, 1, 0.5 * (MockBv23.Bins[b].RLow + MockBv23.Bins[b].RHigh), 0.5 * (MockBv23.Bins[b].ZLow + MockBv23.Bins[b].ZHigh), []))], []);
        predictor = new(this.bins, MockBv23.Survey, MockBv23.Galaxy, PredictionPlace.Barycentre, threads, refinement);
        _ = predictor.Predict(MockBv23.Galaxy);
    }

    public int Count => free.Length;

    public string Name(int i) => $"{free[i].Disc} {free[i].Key}";

    /// <inheritdoc/>
    public Galaxy At(IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        Galaxy reference = MockBv23.Galaxy;
        GalaxyComponent[] components = [.. reference.Components.Select(c => c.DistributionFunction is NewExponential disc ? new GalaxyComponent(c.Name, c.Kind, With(c.Name, disc, values)) : c)];
        return new(reference.Potential, components, focalDistances: reference.FocalDistances, threads: 1);
    }

    /// <summary>The misfit to some data.</summary>
    public IObjective Objective(HistogramSet data) => new HistogramObjective(this, predictor, new(data, MisfitStatistic.Likelihood));

    /// <summary>Stars drawn from a model, as many in each bin: the three velocities of each independently, as the likelihood has them.</summary>
    public HistogramSet Draw(IReadOnlyList<double> values, int stars, Random random)
    {
        HistogramSet prediction = predictor.Predict(At(values));
        List<Histogram> drawn = [];
        foreach (Histogram h in prediction.Histograms)
        {
            double[] count = new double[h.Cells], below = new double[h.Cells];
            double sum = 0;
            for (int i = 0; i < below.Length; i++)
            {
                below[i] = sum += h.P[i] * (h.Edges[i + 1] - h.Edges[i]);
            }

            for (int s = 0; s < stars; s++)
            {
                int cell = Array.BinarySearch(below, random.NextDouble());
                cell = cell < 0 ? ~cell : cell;
                if (cell < count.Length)
                {
                    count[cell]++;
                }
            }

            drawn.Add(Histogram.OfCounts(h.Bin, h.Quantity, h.Edges, count, stars));
        }

        return new([.. bins.Bins.Select(b => b with { Stars = stars })], drawn);
    }

    private NewExponential With(string disc, NewExponential df, IReadOnlyList<double> values)
    {
        NewExponentialParameters p = df.Parameters;
        for (int i = 0; i < free.Length; i++)
        {
            if (free[i].Disc == disc)
            {
                p = free[i].Key switch
                {
                    "mass" => p with { Mass = p.Mass * values[i] },
                    "Jphi0" => p with { Jphi0 = p.Jphi0 * values[i] },
                    "Jr0" => p with { Jr0 = p.Jr0 * values[i] },
                    "Jz0" => p with { Jz0 = p.Jz0 * values[i] },
                    string other => throw new ArgumentException(other),
                };
            }
        }

        return new(p);
    }
}
