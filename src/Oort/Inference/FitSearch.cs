using Oort.Numerics;

namespace Oort.Inference;

/// <summary>By which method a fit searches.</summary>
public enum SearchMethod
{
    /// <summary>The simplex method of Nelder &amp; Mead, again with a new simplex until that no longer helps, as in Sun et al. (2025, section 3.1).</summary>
    Simplex,

    /// <summary>Least squares by Gauss and Newton's method: a few models for each parameter, where chi-squared is a sum of squares and has one valley.</summary>
    GaussNewton,
}

/// <summary>How a fit searches.</summary>
public sealed record SearchSettings
{
    /// <summary>By which method.</summary>
    public SearchMethod Method { get; init; }

    /// <summary>Difference of chi-squared that does not matter.</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>How often a search that has converged begins anew from the best point, with a new simplex; it ends earlier when that no longer finds anything better.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Names the shapes of the new simplices.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>
/// The questions of a fit: those of its method (<see cref="SearchMethod"/>), then the curvature at the best point.
/// </summary>
internal sealed class FitSearch(ParameterSet parameters, SearchSettings settings)
{
    private const ulong Stream = 0x5e72c4;
    private const string GaussNewtonStage = "gauss-newton";

    private Curvature? curvature;

    /// <summary>What the search is at.</summary>
    public string Stage { get; private set; } = "simplex";

    /// <summary>Whether it wants to know what adds up to chi-squared.</summary>
    public bool WantsResiduals => Stage == GaussNewtonStage;

    /// <summary>Coordinates of the best point that the method found.</summary>
    public double[] Best { get; private set; } = [];

    /// <summary>Chi-squared there.</summary>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the method has converged: of simplices, whether the last restart found nothing better, or none was wanted.</summary>
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

    /// <summary>The points, in coordinates, at which it wants chi-squared.</summary>
    public IEnumerable<Question> Questions()
    {
        double[] start = parameters.Coordinates(parameters.Start), steps = parameters.Steps;
        for (int i = 0; i < steps.Length; i++)
        {
            // A step over the bound would be reflected, perhaps onto the start.
            (double low, double high) = parameters[i].Range;
            steps[i] = start[i] + steps[i] > high && start[i] - low > high - start[i] ? -Math.Min(steps[i], start[i] - low) : Math.Min(steps[i], high - start[i]);
        }

        // What a parameter is uncertain by before the fit is some times what it is after.
        double[] scales = [.. steps.Select(s => 0.2 * s)];
        if (settings.Method == SearchMethod.GaussNewton)
        {
            Stage = GaussNewtonStage;
            GaussNewton search = new(start, steps, [.. Enumerable.Range(0, steps.Length).Select(i => parameters[i].Range)], settings.Tolerance);
            foreach (Question question in search.Questions())
            {
                yield return question;
            }

            (Best, BestValue, Converged) = (search.Best, search.BestValue, search.Converged);
            scales = search.Scales;
        }
        else
        {
            foreach (Question question in Simplices(start, steps))
            {
                yield return question;
            }
        }

        Stage = "curvature";
        double[] centre = parameters.Coordinates(parameters.Values(Best));
        double[] most = [.. centre.Select((u, i) => Math.Min(u - parameters[i].Range.Low, parameters[i].Range.High - u))];
        Curvature second = new(centre, BestValue, scales, most);
        foreach (Question question in second.Questions())
        {
            yield return question;
        }

        (curvature, Stage) = (second, "done");
    }

    private IEnumerable<Question> Simplices(double[] start, double[] steps)
    {
        for (int round = 0; round <= settings.Restarts && !Converged; round++)
        {
            Stage = round == 0 ? "simplex" : $"restart {round}";
            double before = BestValue;
            NelderMead simplex = new(round == 0 ? start : Best, round == 0 ? steps : Fresh(steps, round), settings.Tolerance);
            foreach (Question question in simplex.Questions())
            {
                yield return question;
                if (question.Answer < BestValue)
                {
                    (Best, BestValue) = (question.Point, question.Answer);
                }
            }

            Converged = settings.Restarts == 0 || (round > 0 && before - BestValue <= settings.Tolerance);
        }
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
