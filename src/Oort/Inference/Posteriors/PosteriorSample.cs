using Oort.Inference.Chains;
using Oort.Inference.Sampling;

namespace Oort.Inference.Posteriors;

/// <summary>The draws of a chain after its burn-in: values of the parameters in the units of the model file, by parameter, and by walker and step for traces. Immutable.</summary>
public sealed class PosteriorSample
{
    // As many steps as ChainSummary uses, and as many numbers as 128 MiB hold.
    private const int MostSteps = 4096, MostNumbers = 1 << 24;
    private const double GoldenRatio = 0.6180339887498949;

    private readonly ChainStore chain;
    private readonly double[][][] coordinates;

    private PosteriorSample(ChainStore chain, ChainSummary summary, int every, double[][][] coordinates)
    {
        (this.chain, Summary, Every, this.coordinates) = (chain, summary, every, coordinates);
        Values = [.. coordinates.Select((walkers, i) => walkers.SelectMany(w => w).Select(u => chain.Value(i, u)).ToArray())];
        Intervals = [.. Values.Select(CredibleInterval.Of)];
    }

    /// <summary>What the chain says as a whole: medians, best values, autocorrelation times.</summary>
    public ChainSummary Summary { get; }

    /// <summary>Names of the parameters.</summary>
    public IReadOnlyList<string> Names => chain.Names;

    /// <summary>Every so many steps one is kept here.</summary>
    public int Every { get; }

    /// <summary>Steps that are kept.</summary>
    public int Steps => coordinates[0][0].Length;

    /// <summary>Draws of each parameter: those of the first walker, step by step, then those of the next.</summary>
    public IReadOnlyList<double[]> Values { get; }

    /// <summary>Median and credible intervals of each parameter.</summary>
    public IReadOnlyList<CredibleInterval> Intervals { get; }

    /// <summary>How many draws count for one parameter: its effective sample size; all draws where that is not known.</summary>
    /// <param name="parameter">Which parameter, from 0.</param>
    public double EffectiveSize(int parameter)
        => Summary.Parameters[parameter].EffectiveSize is double size && double.IsFinite(size) ? Math.Min(size, Values[parameter].Length) : Values[parameter].Length;

    /// <summary>Whether the chain moves the logarithm of a parameter.</summary>
    /// <param name="parameter">Which parameter, from 0.</param>
    public bool IsLogarithmic(int parameter) => chain.ScaleOf(parameter) == ParameterScale.Logarithmic;

    /// <summary>Number of a step that is kept.</summary>
    /// <param name="kept">Which one, from 0.</param>
    public int StepNumber(int kept) => Summary.BurnIn + (kept + 1) * Every;

    /// <summary>The values that a walker had of a parameter, kept step by kept step.</summary>
    /// <param name="parameter">Which parameter, from 0.</param>
    /// <param name="walker">Which walker, from 0.</param>
    public double[] Trace(int parameter, int walker) => [.. coordinates[parameter][walker].Select(u => chain.Value(parameter, u))];

    /// <summary>Median and intervals of a parameter over the walkers at a kept step.</summary>
    /// <param name="parameter">Which parameter, from 0.</param>
    /// <param name="kept">Which step, from 0.</param>
    public CredibleInterval At(int parameter, int kept) => CredibleInterval.Of(coordinates[parameter].Select(w => chain.Value(parameter, w[kept])));

    /// <summary>The autocorrelation function of a parameter, of the coordinate in which it is moved, at lags of 0, <see cref="Every"/>, ... steps (<see cref="Autocorrelation.Function"/>).</summary>
    /// <param name="parameter">Which parameter, from 0.</param>
    public double[] AutocorrelationFunction(int parameter) => Autocorrelation.Function(coordinates[parameter]);

    /// <summary>Some draws, each with all parameters, evenly spread over steps and walkers: the same ones for the same chain.</summary>
    /// <param name="count">How many; all there are if these are fewer.</param>
    public IReadOnlyList<double[]> Draws(int count)
    {
        int walkers = coordinates[0].Length, wanted = Math.Min(count, walkers * Steps);
        double[][] draws = new double[wanted][];
        HashSet<int> taken = [];
        for (int k = 0; k < wanted; k++)
        {
            int step = (int)((k + 0.5) / wanted * Steps), walker = (int)(k * GoldenRatio % 1 * walkers), place = walker * Steps + step;
            while (!taken.Add(place))
            {
                place = (place + 1) % (walkers * Steps);
            }

            draws[k] = [.. Values.Select(v => v[place])];
        }

        return draws;
    }

    /// <summary>The linear correlation of two parameters.</summary>
    /// <param name="a">One, from 0.</param>
    /// <param name="b">The other.</param>
    public double Correlation(int a, int b)
    {
        double[] x = Values[a], y = Values[b];
        double meanX = x.Average(), meanY = y.Average(), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : 0;
    }

    /// <summary>Reads a chain.</summary>
    /// <param name="chain">The chain; others may append to it meanwhile. What it gives is read as long as it is open.</param>
    /// <param name="burnIn">Steps at the start that do not count; by default a fifth of all.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">No step is left.</exception>
    public static PosteriorSample Of(ChainStore chain, int? burnIn = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ChainSummary summary = ChainSummary.Of(chain, burnIn, cancellation);
        int after = summary.Steps - summary.BurnIn;
        if (after < 1)
        {
            throw new InputException("the chain has no step yet after the start: there is nothing to show");
        }

        int most = Math.Clamp(MostNumbers / (summary.Walkers * chain.Dimensions), 1, MostSteps), every = (after + most - 1) / most;
        List<IReadOnlyList<double[]>> kept = [];
        foreach (Ensemble step in chain.Read(summary.BurnIn + every, every).TakeWhile(s => s.Number <= summary.Steps))
        {
            cancellation.ThrowIfCancellationRequested();
            kept.Add(step.Positions);
        }

        return new(chain, summary, every, [.. Enumerable.Range(0, chain.Dimensions).Select(i =>
            Enumerable.Range(0, chain.Walkers).Select(w => kept.Select(p => p[w][i]).ToArray()).ToArray())]);
    }
}
