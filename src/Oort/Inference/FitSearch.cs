using MathNet.Numerics.Statistics;
using Oort.Inference.Optimisers;
using Oort.Inference.Sampling;
using Oort.Numerics;

namespace Oort.Inference;

/// <summary>By which method a fit searches.</summary>
public enum SearchMethod
{
    /// <summary>The simplex method of Nelder &amp; Mead, again with a new simplex until that no longer helps, as in Sun et al. (2025, section 3.1).</summary>
    Simplex,

    /// <summary>Least squares by Gauss and Newton's method: a few models for each parameter, where chi-squared is a sum of squares and has one valley.</summary>
    GaussNewton,

    /// <summary>Covariance matrix adaptation (Hansen 2016), again from elsewhere with twice the population until two searches end at one value: where there may be several valleys, or the misfit is rough.</summary>
    CmaEs,
}

/// <summary>How a fit searches.</summary>
public sealed record SearchSettings
{
    /// <summary>By which method.</summary>
    public SearchMethod Method { get; init; }

    /// <summary>Difference of chi-squared that does not matter.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>How often a search begins anew, at most: simplices from the best point, covariance matrix adaptation from elsewhere. It ends earlier when that no longer finds anything better.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Names the random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether least squares go by what tells the way from afar first (<see cref="Misfit.Guides"/>), for misfits that know such.</summary>
    public bool Approaches { get; init; }

    /// <summary>Whether least squares end by an emulator of the misfit (<see cref="ResidualEmulator"/>): where that is least, and at models drawn from what it knows of the density about there.</summary>
    public bool Emulates { get; init; }
}

/// <summary>
/// The questions of a fit: those of its method (<see cref="SearchMethod"/>), least squares from afar first by what tells the way there, then from where components have taken each other's part and, if wanted, last by what models so far tell of others, and the
/// curvature at the best point.
/// </summary>
internal sealed class FitSearch(ParameterSet parameters, SearchSettings settings)
{
    private const ulong Stream = 0x5e72c4, EmulationStream = 0xe3041a;
    private const string ApproachStage = "approach", GaussNewtonStage = "gauss-newton", ExchangeStage = "exchange", CurvatureStage = "curvature", EmulationStage = "emulation";

    // Squares of guides, each of which is 1 for the right model: below this they have done their work. And a step that gains less than this part shows that they cannot do more.
    private const double NearEnough = 10, LeastGain = 0.1;

    // Models of a round of emulation and of all, for each parameter; and by how much ln L of new models may be missed for an end.
    private const int LeastOfRound = 16, OfRound = 2, OfEmulation = 20;
    private const double EmulatedWell = 1;

    // What a step of least squares has to promise if an emulator comes after them.
    private const double LeftToEmulation = 1;

    // Models for each parameter in which a search from exchanged values has to get below where it came from.
    private const int OfExchange = 4;

    private readonly List<Question> known = [];
    private GaussNewton? leastSquares;
    private Curvature? curvature;

    /// <summary>What the search is at.</summary>
    public string Stage { get; private set; } = "simplex";

    /// <summary>Whether it wants to know what adds up to chi-squared.</summary>
    public bool WantsResiduals => Stage is GaussNewtonStage or ExchangeStage or CurvatureStage or EmulationStage;

    /// <summary>Whether it looks for the best point; if not, points are tried to know more about it.</summary>
    public bool Looks => Stage is not CurvatureStage;

    /// <summary>Whether it goes by what tells the way from afar (<see cref="Misfit.Guides"/>), of which it wants to know the sum of squares.</summary>
    public bool Approaches => Stage == ApproachStage;

    /// <summary>Coordinates of the best point that the method found.</summary>
    public double[] Best { get; private set; } = [];

    /// <summary>Chi-squared and what the priors add, there.</summary>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the method has converged: of several searches, whether the last found nothing better, or none was wanted.</summary>
    public bool Converged { get; private set; }

    /// <summary>Standard errors of the parameters' values; NaN where they have none. And their correlations. Null before the end.</summary>
    public (double[] Errors, double[,] Correlation)? Uncertainty
    {
        get
        {
            if (curvature is null)
            {
                return null;
            }

            int n = parameters.Count;
            (double[] errors, double[,] correlation) = (new double[n], new double[n, n]);
            Array.Fill(errors, double.NaN);
            double[] values = parameters.Values(Best);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    (int a, int b) = (curvature.Free.ToList().IndexOf(i), curvature.Free.ToList().IndexOf(j));
                    bool known = curvature.Covariance is not null && a >= 0 && b >= 0;
                    correlation[i, j] = known ? curvature.Covariance![a, b] / Math.Sqrt(curvature.Covariance[a, a] * curvature.Covariance[b, b]) : double.NaN;
                    errors[i] = known && i == j ? parameters[i].Slope(values[i]) * Math.Sqrt(curvature.Covariance![a, a]) : errors[i];
                }
            }

            return (errors, correlation);
        }
    }

    /// <summary>The normal distribution about the best point, in coordinates, that the curvature implies; null before the end, and if a parameter has no standard error.</summary>
    public NormalApproximation? Approximation
        => curvature is { Covariance: not null } && curvature.Free.Count == parameters.Count ? new(parameters.Coordinates(parameters.Values(Best)), curvature.Covariance) : null;

    /// <summary>The emulator that was wanted; null before there is one, and where the data do not tell the parameters apart.</summary>
    public ResidualEmulator? Emulator { get; private set; }

    /// <summary>The points, in coordinates, at which it wants chi-squared; those of a batch do not depend on each other's answers.</summary>
    public IEnumerable<IReadOnlyList<Question>> Batches()
    {
        foreach (IReadOnlyList<Question> batch in Optimum())
        {
            yield return batch;
            foreach (Question question in batch.Where(q => q.Answer < BestValue && Looks && !Approaches))
            {
                (Best, BestValue) = (question.Point, question.Answer);
            }

            if (settings.Emulates && WantsResiduals && Looks)
            {
                known.AddRange(batch.Where(q => q.Residuals.Count > 0));
            }
        }

        Stage = "done";
    }

    private IEnumerable<IReadOnlyList<Question>> Optimum()
    {
        double[] start = parameters.Coordinates(parameters.Start), steps = parameters.Steps;
        (double Low, double High)[] bounds = [.. Enumerable.Range(0, steps.Length).Select(i => parameters[i].Range)];
        for (int i = 0; i < steps.Length; i++)
        {
            // A step over the bound would be reflected, perhaps onto the start.
            (double low, double high) = bounds[i];
            steps[i] = start[i] + steps[i] > high && start[i] - low > high - start[i] ? -Math.Min(steps[i], start[i] - low) : Math.Min(steps[i], high - start[i]);
        }

        if (settings.Method == SearchMethod.GaussNewton && settings.Approaches)
        {
            Stage = ApproachStage;
            GaussNewton approach = new(start, steps, bounds, settings.Tolerance);
            (double last, int taken, Question least) = (double.PositiveInfinity, 0, new(start));
            foreach (IReadOnlyList<Question> batch in approach.Batches())
            {
                yield return batch;
                least = batch.Append(least).MinBy(q => q.ChiSquared + q.PriorSquares)!;
                Question best = batch.MinBy(q => q.Answer)!;
                bool isStep = approach.StepsTaken > taken, gains = best.Answer < (1 - LeastGain) * last, better = best.Answer < last;
                (last, taken) = (better ? best.Answer : last, approach.StepsTaken);
                if (last < NearEnough * best.Residuals.Count || (isStep && better && !gains))
                {
                    break;
                }
            }

            // Near the end, or where no model is right, guides may lead away.
            start = least.Point;
        }

        // What a parameter is uncertain by before the fit is some times what it is after.
        double[] scales = [.. steps.Select(s => 0.2 * s)];
        List<Question> ends = [];
        int rounds = settings.Method == SearchMethod.GaussNewton ? 0 : settings.Restarts;
        for (int round = 0; round <= rounds && !Converged; round++)
        {
            IOptimiser optimiser = Optimiser(start, steps, bounds, round);
            Stage = round > 0 ? $"restart {round}" : settings.Method switch { SearchMethod.GaussNewton => GaussNewtonStage, SearchMethod.CmaEs => "cma-es", _ => "simplex" };
            foreach (IReadOnlyList<Question> batch in optimiser.Batches())
            {
                yield return batch;
            }

            if (optimiser is GaussNewton first)
            {
                leastSquares = first;
                foreach (IReadOnlyList<Question> batch in Exchanges(steps, bounds))
                {
                    yield return batch;
                }

                optimiser = leastSquares;
            }

            Question end = new(optimiser.Best) { Answer = optimiser.BestValue };
            if (settings.Method == SearchMethod.CmaEs && rounds > 0)
            {
                // Two searches that knew nothing of each other have come to the same: there is no ridge between their ends.
                foreach (Question other in ends.Where(e => Math.Max(e.Answer, end.Answer) - BestValue <= settings.Tolerance).ToList())
                {
                    Question middle = new([.. other.Point.Zip(end.Point, (a, b) => 0.5 * (a + b))]);
                    yield return [middle];
                    Converged |= optimiser.Converged && middle.Answer - BestValue <= 2 * settings.Tolerance;
                }
            }
            else
            {
                Converged = settings.Method == SearchMethod.Simplex ? rounds == 0 || (round > 0 && ends.Min(e => e.Answer) - BestValue <= settings.Tolerance) : optimiser.Converged;
            }

            ends.Add(end);
            scales = leastSquares?.Scales ?? scales;
            if (settings.Emulates && leastSquares is not null)
            {
                // Least squares have stopped early; without a covariance they go on.
                Converged = false;
                GaussNewton rest = new(leastSquares.Best, steps, bounds, settings.Tolerance);
                foreach (IReadOnlyList<Question> batch in leastSquares.Covariance is double[,] covariance ? Emulation(new(leastSquares.Best, covariance), steps, bounds) : rest.Batches())
                {
                    yield return batch;
                }

                Converged |= rest.Converged;
            }
        }

        Stage = CurvatureStage;
        double[] centre = parameters.Coordinates(parameters.Values(Best));
        double[] most = [.. centre.Select((u, i) => Math.Min(u - bounds[i].Low, bounds[i].High - u))];
        Curvature second = new(centre, scales, most);
        foreach (IReadOnlyList<Question> batch in second.Batches())
        {
            yield return batch;
        }

        curvature = second;
    }

    /// <summary>
    /// Components that can take each other's part make valleys that least squares do not see from one another: values of two such components are exchanged, for each two of them, and from the best of these points least
    /// squares are tried once more.
    /// </summary>
    private IEnumerable<IReadOnlyList<Question>> Exchanges(double[] steps, (double Low, double High)[] bounds)
    {
        Stage = ExchangeStage;
        for (int round = 0; round < parameters.Exchanges.Count; round++)
        {
            GaussNewton found = leastSquares!;
            int before = known.Count, asked = 0, most = OfExchange * parameters.Count;
            Question[] exchanged = [.. parameters.Exchanges.Select(e => new Question(parameters.Exchanged(found.Best, e)) { Near = found.Best })];
            yield return exchanged;
            int tried = known.Count;
            Question best = exchanged.MinBy(q => q.Answer)!;
            GaussNewton other = new(best.Point, steps, bounds, found.Tolerance);
            foreach (IReadOnlyList<Question> batch in double.IsFinite(best.Answer) ? other.Batches() : [])
            {
                yield return batch;
                asked += batch.Count;
                if (asked > most && !(other.BestValue < found.BestValue))
                {
                    break;
                }
            }

            // An emulator is of one valley, and exchanged values are in none.
            if (!(other.BestValue < found.BestValue - found.Tolerance))
            {
                known.RemoveRange(before, known.Count - before);
                yield break;
            }

            known.RemoveRange(0, tried);
            leastSquares = other;
        }
    }

    /// <summary>
    /// Rounds of models, one where those before them have the misfit least, the others drawn from the density that they imply, until these are predicted well, and nothing better is found.
    /// Along a valley that bends, where steps that know but first derivatives are short, that is far sooner.
    /// </summary>
    private IEnumerable<IReadOnlyList<Question>> Emulation(NormalApproximation near, double[] steps, (double Low, double High)[] bounds)
    {
        Stage = EmulationStage;
        int n = parameters.Count, size = Math.Max(LeastOfRound, OfRound * n);
        ResidualProducts models = new();
        Take();
        ResidualEmulator explorer = new(parameters, near, models, true);
        for (int round = 0; !Converged && round * size < OfEmulation * n; round++)
        {
            double[] from = Best;
            Xoshiro256 random = new(settings.Seed, EmulationStream, (ulong)round);
            Question[] asked = new Question[size];

            // The best so far once more, to be compared with what is solved from the same model.
            (asked[0], asked[1]) = (new(explorer.Least(from, steps, bounds)) { Near = from }, new(from) { Near = from });
            for (int i = 2; i < size; i++)
            {
                asked[i] = new(explorer.Draw(ref random)) { Near = from };
            }

            yield return asked;
            double[] misses = [.. asked.Skip(2).Where(q => double.IsFinite(q.Answer)).Select(q => 0.5 * (explorer.Misfit(q.Point) - q.ChiSquared))];
            Take();
            explorer = new(parameters, near, models, true);
            Converged = misses.Length > size / 2 && Statistics.StandardDeviation(misses) < EmulatedWell && asked[1].Answer - asked[0].Answer < settings.Tolerance;
        }

        Emulator = new(parameters, near, models);

        void Take()
        {
            int priors = parameters.PriorResiduals(parameters.Start).Count();
            known.ForEach(q => models.Add(q.Point, [.. q.Residuals.SkipLast(priors)]));
            known.Clear();
        }
    }

    private IOptimiser Optimiser(double[] start, double[] steps, (double Low, double High)[] bounds, int round) => settings.Method switch
    {
        SearchMethod.GaussNewton => new GaussNewton(start, steps, bounds, settings.Emulates ? Math.Max(settings.Tolerance, LeftToEmulation) : settings.Tolerance),

        // IPOP (Auger & Hansen 2005).
        SearchMethod.CmaEs => new CmaEs(round == 0 ? start : Elsewhere(start, steps, round), steps, settings.Tolerance, settings.Seed, round, CmaEs.UsualPopulation(steps.Length) << round),
        _ => new NelderMead(round == 0 ? start : Best, round == 0 ? steps : Fresh(steps, round), settings.Tolerance),
    };

    /// <summary>A point two steps about the start, in each coordinate.</summary>
    private double[] Elsewhere(double[] start, double[] steps, int round)
    {
        Xoshiro256 random = new(settings.Seed, Stream, (ulong)round, 1);
        double[] point = new double[start.Length];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = start[i] + 2 * steps[i] * random.Normal().X;
        }

        return parameters.Coordinates(parameters.Values(point));
    }

    /// <summary>Steps of a half to the whole length, to either side.</summary>
    private double[] Fresh(double[] steps, int round)
    {
        Xoshiro256 random = new(settings.Seed, Stream, (ulong)round);
        double[] fresh = new double[steps.Length];
        for (int i = 0; i < fresh.Length; i++)
        {
            double u = 2 * random.Uniform() - 1;
            fresh[i] = steps[i] * Math.CopySign(0.5 + 0.5 * Math.Abs(u), u);
        }

        return fresh;
    }
}
