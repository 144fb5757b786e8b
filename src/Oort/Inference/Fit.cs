using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Oort.Inference;

/// <summary>
/// Looks for the values of parameters with the least chi-squared, what is known of them before the data counted in (<see cref="FitResult.PriorSquares"/>). The search asks for chi-squared at one point or at several; what the log
/// has is answered from it, the rest is evaluated, and logged in the order of the questions. The search is deterministic, so that a fit that was interrupted comes by its log to
/// where it was, and goes on as if it had not been.
/// </summary>
public sealed class Fit
{
    private readonly ParameterSet parameters;
    private readonly SearchSettings settings;
    private readonly Func<IObjective> objective;

    /// <summary>A fit.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="settings">How to search.</param>
    /// <param name="objective">Makes the function to be minimised, which may take a while: asked for when it is needed.</param>
    public Fit(ParameterSet parameters, SearchSettings settings, Func<IObjective> objective)
        => (this.parameters, this.settings, this.objective) = (parameters, settings, objective);

    /// <summary>Searches, or goes on searching.</summary>
    /// <param name="log">Evaluations so far, and where further ones go.</param>
    /// <param name="most">Evaluations, those of the log included, after which the search stops.</param>
    /// <param name="progress">Told after each evaluation.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The log is not of this search, or there is no model at the start.</exception>
    /// <exception cref="NumericalException">There is no model at the start.</exception>
    public FitResult Run(IEvaluationLog log, int most = int.MaxValue, IProgress<FitReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        FitSearch search = new(parameters, settings);
        double[] start = parameters.Coordinates(parameters.Start), solved = parameters.Values(start);
        (IObjective? all, IObjective? function) = (null, null);
        Evaluation? best = null;
        int asked = 0, evaluated = 0;
        bool finished = true;
        double lowest = double.PositiveInfinity, bestPrior = 0;
        Stopwatch clock = Stopwatch.StartNew();
        foreach ((Question question, IEnumerator<Trial> trials) in Questions())
        {
            double[] values = parameters.Values(question.Point);
            if (asked < log.Evaluations.Count)
            {
                if (!log.Evaluations[asked].Values.SequenceEqual(values))
                {
                    throw new InputException(FormattableString.Invariant($"evaluation {asked + 1} of the log is not one that this search would make: the log was written by another version of oort"));
                }
            }
            else if (asked >= most)
            {
                finished = false;
                break;
            }
            else
            {
                cancellation.ThrowIfCancellationRequested();
                trials.MoveNext();
                Append(trials.Current, log, search, values, lowest);
                evaluated++;
            }

            Evaluation known = log.Evaluations[asked++];
            double prior = parameters.PriorSquares(values);
            (question.ChiSquared, question.PriorSquares) = (known.ChiSquared, prior);
            question.Residuals = known.Residuals.Count > 0 ? [.. known.Residuals, .. parameters.PriorResiduals(values)] : [];
            question.Answer = prior + (search.Approaches && double.IsFinite(known.ChiSquared) ? known.Residuals.Sum(r => r * r) : known.ChiSquared);
            lowest = Math.Min(lowest, known.ChiSquared + prior);
            if (search.Looks && (best is null || known.ChiSquared + prior < best.ChiSquared + bestPrior))
            {
                (best, bestPrior) = (known, prior);
            }

            if (evaluated > 0)
            {
                progress?.Report(new(known, best!, most, clock.Elapsed.TotalSeconds / evaluated) { PriorSquares = bestPrior });
            }
        }

        if (best is null)
        {
            return new([.. parameters.Start], double.PositiveInfinity, 0, false, false, 0, [], new double[0, 0], []);
        }

        (double[] errors, double[,] correlation) = search.Uncertainty ?? ([], new double[0, 0]);
        double excess = best.ChiSquared + bestPrior - lowest, lower = excess > settings.Tolerance ? excess : 0;
        return new(best.Values, best.ChiSquared, asked, finished, finished && search.Converged && lower == 0, lower, errors, correlation, log.BestParts)
        {
            PriorSquares = bestPrior,
            ErrorsOfPriors = [.. errors.Select((e, i) => e / (parameters[i].Prior?.ErrorAt(best.Values[i]) ?? double.NaN))],
            Approximation = search.Approximation,
            Emulator = search.Emulator,
        };

        IEnumerable<(Question, IEnumerator<Trial>)> Questions()
        {
            foreach (IReadOnlyList<Question> batch in search.Batches())
            {
                using IEnumerator<Trial> trials = Trials(batch[0].Near, batch.Skip(log.Evaluations.Count - asked)).GetEnumerator();
                foreach (Question question in batch)
                {
                    yield return (question, trials);
                }
            }
        }

        // Begins when the first of them is asked for.
        IEnumerable<Trial> Trials(double[]? near, IEnumerable<Question> untried)
        {
            if (all is null)
            {
                function = all = objective();
                clock.Restart();
            }

            double[] from = parameters.Values(near ?? start);
            if (!from.SequenceEqual(solved))
            {
                (function, solved) = (from.SequenceEqual(parameters.Values(start)) ? all : all.Near(from, cancellation), from);
            }

            foreach (Trial trial in function!.EvaluateAll(untried.Take(most - asked).Select(q => parameters.Values(q.Point)), cancellation))
            {
                yield return trial;
            }
        }
    }

    private void Append(Trial trial, IEvaluationLog log, FitSearch search, double[] values, double lowest)
    {
        int number = log.Evaluations.Count + 1;
        Misfit? misfit = trial.Misfit;
        if (number == 1 && trial.Failure is Exception e)
        {
            // Later a search goes elsewhere where there is no model. At the start it has nowhere to go.
            ExceptionDispatchInfo.Throw(e);
        }

        if (number == 1 && !double.IsFinite(misfit!.ChiSquared))
        {
            throw new InputException("chi-squared is infinite at the start: the model has no stars in a bin where the data have some");
        }

        bool isBest = search.Looks && misfit is not null && misfit.ChiSquared + parameters.PriorSquares(values) < lowest;
        Evaluation done = new(number, search.Stage, values, misfit?.ChiSquared ?? double.PositiveInfinity, trial.Seconds, trial.Failure?.Message)
        {
            Residuals = search.Approaches ? misfit?.Guides ?? [] : search.WantsResiduals ? misfit?.Residuals ?? [] : [],
        };
        log.Append(done, isBest ? misfit!.Parts : null);
    }
}
