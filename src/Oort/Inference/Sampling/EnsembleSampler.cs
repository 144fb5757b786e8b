using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>
/// Draws from a density by an ensemble of walkers that learn its shape from each other (Goodman &amp; Weare 2010). In each step the walkers are split in two halves at random; all of one half are
/// proposed points by means of the other half, which is one batch for the density, then the other way round. A step's random numbers follow from seed, step and walker alone: a chain that goes on
/// from any of its steps is the same chain.
/// With a screen the sampler is that of Christen &amp; Fox (2005, J. Comput. Graph. Stat. 14, 795): a cheap density, which may be wrong, decides first, and only what it accepts is asked of the
/// density, accepted then with a probability that takes the screen's error out. The density of the chain is exact whatever the screen, as long as the screen is above zero wherever the density is.
/// </summary>
public sealed class EnsembleSampler
{
    private const ulong WalkerStream = 0xe45e3b1e, SplitStream = 0x5b1175, StartStream = 0x57a127;
    private const int MostTries = 200;

    private readonly ILogDensity density;
    private readonly ILogDensity? screen;
    private readonly ulong seed;

    /// <summary>A sampler.</summary>
    /// <param name="density">The density to draw from.</param>
    /// <param name="moves">How walkers are moved; the default mixture if null.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="screen">A cheap density of the same coordinates that proposals have to pass first; null for none.</param>
    /// <exception cref="InputException">The screen has other dimensions than the density.</exception>
    public EnsembleSampler(ILogDensity density, MoveMixture? moves = null, ulong seed = 1, ILogDensity? screen = null)
    {
        ArgumentNullException.ThrowIfNull(density);
        if (screen is not null && screen.Dimensions != density.Dimensions)
        {
            throw new InputException(FormattableString.Invariant($"the screen of a sampler has {screen.Dimensions} dimensions, its density {density.Dimensions}"));
        }

        (this.density, Moves, this.seed, this.screen) = (density, moves ?? MoveMixture.Default, seed, screen);
    }

    /// <summary>How walkers are moved.</summary>
    public MoveMixture Moves { get; }

    /// <summary>The ensemble before the first step.</summary>
    /// <param name="positions">Where walkers begin; an even number of them, <see cref="MoveMixture.LeastWalkers"/> at least.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Too few walkers, or one where the density is zero.</exception>
    public Ensemble Start(IReadOnlyList<double[]> positions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(positions);
        Check(positions.Count);
        return WithScreen(new(0, positions, density.Evaluate(positions, cancellation), evaluations: positions.Count), cancellation);
    }

    /// <summary>The ensemble before the first step: walkers normally distributed about a point, as far as there the density is not zero.</summary>
    /// <param name="centre">The point.</param>
    /// <param name="spread">Standard deviation in each coordinate.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Too few walkers, or the density is zero nearly everywhere about the point.</exception>
    public Ensemble StartAround(IReadOnlyList<double> centre, IReadOnlyList<double> spread, int walkers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(spread);
        return StartAt((ref Xoshiro256 random) =>
        {
            double[] point = [.. centre];
            for (int k = 0; k < point.Length; k++)
            {
                point[k] += spread[k] * random.Normal().X;
            }

            return point;
        }, walkers, cancellation);
    }

    /// <summary>The ensemble before the first step: walkers drawn from an approximation of the density, as far as there the density is not zero.</summary>
    /// <param name="approximation">The approximation.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Too few walkers, or the density is zero nearly everywhere.</exception>
    public Ensemble StartFrom(NormalApproximation approximation, int walkers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(approximation);
        return StartAt(approximation.Draw, walkers, cancellation);
    }

    /// <summary>The ensemble before the first step: walkers at the ends of walks in an emulated density, as far as there the density is not zero.</summary>
    /// <param name="emulator">What emulates the density.</param>
    /// <param name="walkers">How many.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">Too few walkers, or the density is zero nearly everywhere.</exception>
    public Ensemble StartFrom(ResidualEmulator emulator, int walkers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        return StartAt(emulator.Draw, walkers, cancellation);
    }

    private Ensemble StartAt(Draw draw, int walkers, CancellationToken cancellation)
    {
        Check(walkers);
        (double[][] positions, double[] logs) = (new double[walkers][], new double[walkers]);
        Array.Fill(logs, double.NegativeInfinity);
        int evaluations = 0;
        int[] missing = [.. Enumerable.Range(0, walkers)];
        for (int attempt = 0; missing.Length > 0; attempt++)
        {
            if (attempt == MostTries)
            {
                throw new InputException(FormattableString.Invariant($"no start for walker {missing[0] + 1}: the density is zero at each of {MostTries} points; they may be spread too far"));
            }

            foreach (int w in missing)
            {
                Xoshiro256 random = new(seed, StartStream, (ulong)attempt, (ulong)w);
                positions[w] = draw(ref random);
            }

            double[] found = density.Evaluate([.. missing.Select(w => positions[w])], cancellation);
            double[]? cheap = screen?.Evaluate([.. missing.Select(w => positions[w])], cancellation);
            evaluations += missing.Length;
            for (int i = 0; i < missing.Length; i++)
            {
                logs[missing[i]] = cheap is null || double.IsFinite(cheap[i]) ? found[i] : double.NegativeInfinity;
            }

            missing = [.. missing.Where(w => !double.IsFinite(logs[w]))];
        }

        return WithScreen(new(0, positions, logs, evaluations: evaluations), cancellation);
    }

    /// <summary>The steps after a given one, without end.</summary>
    /// <param name="from">The start, or the last step of a chain that goes on.</param>
    /// <param name="cancellation">Stops the work: the step that is under way is lost.</param>
    public IEnumerable<Ensemble> Steps(Ensemble from, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        Ensemble last = from;
        while (true)
        {
            last = Next(last, cancellation);
            yield return last;
        }
    }

    /// <summary>The next step.</summary>
    /// <param name="last">The step before it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">The density is infinite somewhere.</exception>
    public Ensemble Next(Ensemble last, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(last);
        Check(last.Walkers);
        last = WithScreen(last, cancellation);
        int number = last.Number + 1;
        Walkers walkers = new([.. last.Positions], [.. last.LogDensities], [.. last.Screened ?? []], new bool[last.Walkers], new int[last.Walkers]);
        int[] order = Split(last.Walkers, number);
        int half = order.Length / 2;
        int evaluations = MoveHalf(walkers, order[..half], order[half..], number, cancellation) + MoveHalf(walkers, order[half..], order[..half], number, cancellation);
        return new(number, walkers.Positions, walkers.Logs, walkers.Accepted, walkers.Moves, evaluations) { Screened = screen is null ? null : walkers.Screened };
    }

    /// <summary>Moves some walkers by means of the others.</summary>
    /// <returns>Evaluations of the density.</returns>
    private int MoveHalf(Walkers walkers, int[] moving, int[] still, int number, CancellationToken cancellation)
    {
        Companions others = new([.. still.Select(w => walkers.Positions[w])]);
        Candidate[] candidates = new Candidate[moving.Length];
        for (int i = 0; i < moving.Length; i++)
        {
            int w = moving[i];
            Xoshiro256 random = new(seed, WalkerStream, (ulong)number, (ulong)w);
            int move = walkers.Moves[w] = Moves.Choose(ref random);
            Proposal proposal = Moves.Moves[move].Propose(walkers.Positions[w], others, ref random);
            candidates[i] = new(w, proposal.Point, proposal.LogFactor, Threshold(ref random), Threshold(ref random));
        }

        // What the ratio of densities is multiplied by: Hastings' factor, or with a screen the inverse of the screen's ratio, as its first decision had the factor.
        if (screen is not null)
        {
            double[] cheap = Finite(screen.Evaluate([.. candidates.Select(c => c.Point)], cancellation), candidates);
            candidates = [.. candidates.Select((c, i) => c with { Screened = cheap[i] }).Where(c => c.FirstThreshold < c.LogFactor + c.Screened - walkers.Screened[c.Walker])
                .Select(c => c with { LogFactor = walkers.Screened[c.Walker] - c.Screened })];
        }

        double[] logs = candidates.Length == 0 ? [] : Finite(density.Evaluate([.. candidates.Select(c => c.Point)], cancellation), candidates);
        for (int i = 0; i < candidates.Length; i++)
        {
            Candidate c = candidates[i];
            if ((screen is null ? c.FirstThreshold : c.SecondThreshold) < c.LogFactor + logs[i] - walkers.Logs[c.Walker])
            {
                (walkers.Positions[c.Walker], walkers.Logs[c.Walker], walkers.Accepted[c.Walker]) = (c.Point, logs[i], true);
                if (screen is not null)
                {
                    walkers.Screened[c.Walker] = c.Screened;
                }
            }
        }

        return candidates.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Threshold(ref Xoshiro256 random) => Math.Log(1 - random.Uniform());

    private static double[] Finite(double[] logs, Candidate[] candidates)
        => Array.FindIndex(logs, double.IsPositiveInfinity) is int i and >= 0
            ? throw new NumericalException($"the density is infinite at ({string.Join(", ", candidates[i].Point.Select(x => x.ToString("g6", System.Globalization.CultureInfo.InvariantCulture)))})")
            : logs;

    /// <summary>Two halves, drawn anew in each step.</summary>
    private int[] Split(int walkers, int number)
    {
        Xoshiro256 random = new(seed, SplitStream, (ulong)number);
        int[] order = [.. Enumerable.Range(0, walkers)];
        for (int i = walkers - 1; i > 0; i--)
        {
            int j = (int)(random.Uniform() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>The same ensemble with the screen's log densities, which a stored one has not.</summary>
    private Ensemble WithScreen(Ensemble e, CancellationToken cancellation)
    {
        if (screen is null || e.Screened is not null)
        {
            return e;
        }

        double[] cheap = screen.Evaluate(e.Positions, cancellation);
        return Array.FindIndex(cheap, l => !double.IsFinite(l)) is int w and >= 0
            ? throw new InputException(FormattableString.Invariant($"the screen's log density of walker {w + 1} is {cheap[w]}, where the density is not zero: proposals cannot be screened by it"))
            : new(e.Number, e.Positions, e.LogDensities, e.Accepted, e.Moves, e.Evaluations) { Screened = cheap };
    }

    private void Check(int walkers)
    {
        int least = Moves.LeastWalkers(density.Dimensions);
        if (walkers < least || walkers % 2 != 0)
        {
            throw new InputException(FormattableString.Invariant($"{walkers} walkers: an ensemble in {density.Dimensions} dimensions needs an even number of them, {least} at least"));
        }
    }

    private delegate double[] Draw(ref Xoshiro256 random);

    private sealed record Walkers(double[][] Positions, double[] Logs, double[] Screened, bool[] Accepted, int[] Moves);

    private readonly record struct Candidate(int Walker, double[] Point, double LogFactor, double FirstThreshold, double SecondThreshold, double Screened = 0);
}
