namespace Oort.Inference.Sampling;

/// <summary>When a chain is long enough.</summary>
public sealed record ChainLengthSettings
{
    /// <summary>Steps after which the chain ends at the latest.</summary>
    public int MostSteps { get; init; } = 1_000_000;

    /// <summary>Autocorrelation times that the chain has to have after its beginning is left out; null if only <see cref="MostSteps"/> is to end it.</summary>
    public double? Times { get; init; } = 50;

    /// <summary>By what part of itself the autocorrelation time may have changed since the chain was a sixth shorter.</summary>
    public double Stability { get; init; } = 0.05;

    /// <summary>Part of the chain that is left out as its beginning.</summary>
    public double BurnIn { get; init; } = 0.2;
}

/// <summary>
/// Watches a chain and says when it is long enough: when it has 50 autocorrelation times of its slowest coordinate, and these do not grow any more (Foreman-Mackey et al. 2013, PASP 125, 306, section 3). It looks whenever
/// the chain has grown by a fifth. What it says follows from the steps alone, from the first on: a chain that goes on has to show the stored ones again (<see cref="Stored"/>). It keeps every step at first, later every second,
/// every fourth and so on, 2048 at most, which is as good for times of which the chain has not many. Mutable.
/// </summary>
public sealed class ChainLength
{
    private const int MostKept = 2048, FirstLook = 64;
    private const double Growth = 1.2;

    private readonly ChainLengthSettings settings;
    private readonly List<IReadOnlyList<double[]>> kept = [];
    private int stride = 1, nextLook = FirstLook;

    /// <summary>A watch that has seen nothing.</summary>
    /// <param name="settings">When a chain is long enough; if null, the usual.</param>
    /// <exception cref="ParameterException">A setting is not allowed.</exception>
    public ChainLength(ChainLengthSettings? settings = null)
    {
        this.settings = settings ?? new();
        ParameterException.Check("chain", "times", this.settings.Times ?? 1, this.settings.Times is not <= 0, "above 0");
        ParameterException.Check("chain", "stability", this.settings.Stability, this.settings.Stability > 0, "above 0");
        ParameterException.Check("chain", "burn_in", this.settings.BurnIn, this.settings.BurnIn is >= 0 and < 1, "between 0 and 1, and below 1");
        ParameterException.Check("chain", "steps", this.settings.MostSteps, this.settings.MostSteps >= 0, "0 or more");
    }

    /// <summary>Steps that are stored and only shown again: of its looks among them it takes the last two alone, on which all depends that it says after them.</summary>
    public int Stored { get; init; }

    /// <summary>Steps seen.</summary>
    public int Steps { get; private set; }

    /// <summary>The autocorrelation time of each coordinate when it last looked; empty before.</summary>
    public IReadOnlyList<double> LastTimes { get; private set; } = [];

    /// <summary>Steps after the beginning, in autocorrelation times of the slowest coordinate; 0 before it has looked.</summary>
    public double LengthInTimes => LastTimes.Count == 0 ? 0 : (1 - settings.BurnIn) * Steps / Slowest;

    /// <summary>Whether the chain has its autocorrelation times, and these are stable.</summary>
    public bool IsLongEnough { get; private set; }

    /// <summary>Whether the chain ends: it is long enough, or has as many steps as it may.</summary>
    public bool IsEnd => IsLongEnough || Steps >= settings.MostSteps;

    private double Slowest => LastTimes.Max();

    /// <summary>Sees the next step; the start, step 0, is not one.</summary>
    /// <param name="step">The walkers after it.</param>
    /// <exception cref="InputException">It is not the step after the last one.</exception>
    public void Add(Ensemble step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Number == 0)
        {
            return;
        }

        if (step.Number != Steps + 1)
        {
            throw new InputException(FormattableString.Invariant($"step {step.Number} of a chain comes after step {Steps}"));
        }

        Steps++;
        if (Steps % stride == 0)
        {
            kept.Add(step.Positions);
        }

        if (kept.Count == MostKept)
        {
            stride *= 2;
            for (int i = 0; i < MostKept / 2; i++)
            {
                kept[i] = kept[2 * i + 1];
            }

            kept.RemoveRange(MostKept / 2, MostKept / 2);
        }

        if (Steps == nextLook)
        {
            nextLook = After(nextLook);
            if (After(nextLook) > Stored)
            {
                Look(step);
            }
        }
    }

    private static int After(int look) => (int)Math.Ceiling(Growth * look);

    private void Look(Ensemble step)
    {
        int first = (int)(settings.BurnIn * kept.Count);
        double[] times = new double[step.Dimensions];
        for (int k = 0; k < times.Length; k++)
        {
            times[k] = stride * Autocorrelation.Time([.. Enumerable.Range(0, step.Walkers).Select(w => kept.Skip(first).Select(p => p[w][k]).ToArray())]);
        }

        bool isStable = LastTimes.Count > 0 && Math.Abs(times.Max() - Slowest) <= settings.Stability * times.Max();
        LastTimes = times;
        IsLongEnough = isStable && LengthInTimes >= settings.Times;
    }
}
