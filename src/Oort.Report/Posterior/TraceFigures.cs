using Oort.Inference.Chains;
using Oort.Inference.Posteriors;

namespace Oort.Report.Posterior;

/// <summary>How the walkers went, and how soon they forget where they were.</summary>
internal static class TraceFigures
{
    // As many points as a panel resolves; a few walkers, whose paths can be told apart.
    private const int MostPoints = 400, ShownWalkers = 3;
    private const double LagsInTimes = 6;

    /// <summary>The section.</summary>
    public static Section Of(PosteriorResults results, IReadOnlyList<ShownParameter> all)
        => new("traces", "3", "Traces and autocorrelation",
            $"Left: the median of all walkers and the interval that holds 68 % of them, step by step after the burn-in, with the paths of {ShownWalkers} walkers; where they drift the chain is too short. "
            + $"Right: the autocorrelation function of the coordinate in which the parameter is moved; its sum in the window of Sokal (1997) is <i>τ</i>, up to {LagsInTimes} times which it is shown.",
            [new Figure("trace-panels", "Traces and autocorrelation of each parameter", 2, [.. all.SelectMany(p => (Panel[])[Trace(results.Sample, p), Autocorrelation(results.Sample, p)])])]);

    private static Panel Trace(PosteriorSample sample, ShownParameter p)
    {
        int every = (sample.Steps + MostPoints - 1) / MostPoints;
        int[] kept = [.. Enumerable.Range(0, sample.Steps).Where(t => t % every == 0)];
        double[] steps = [.. kept.Select(t => (double)sample.StepNumber(t))];
        CredibleInterval[] at = [.. kept.Select(t => sample.At(p.Index, t))];
        IEnumerable<Mark> walkers = Enumerable.Range(0, Math.Min(ShownWalkers, sample.Summary.Walkers)).Select(w =>
        {
            double[] path = sample.Trace(p.Index, w);
            return new Curve("Single walkers", new(Colour.Grey, Width: 0.8), steps, [.. kept.Select(t => p.Shown(path[t]))]);
        });
        ParameterSummary s = sample.Summary.Parameters[p.Index];
        return new(Markup.Of(p.Name), new("step"), p.Axis,
            [new Band("68 % of the walkers", new(Colour.Sky), steps, [.. at.Select(i => p.Shown(i.Low68))], [.. at.Select(i => p.Shown(i.High68))]), .. walkers,
                new Curve("Median of the walkers", new(Colour.Blue), steps, [.. at.Select(i => p.Shown(i.Median))])])
        {
            Aspect = 0.5,
            Notes = double.IsFinite(s.RHat) ? [new(Corner.UpperLeft, $"split R̂ = {Markup.Of(s.RHat, 4)}")] : [],
        };
    }

    private static Panel Autocorrelation(PosteriorSample sample, ShownParameter p)
    {
        double[] rho = sample.AutocorrelationFunction(p.Index);
        ParameterSummary s = sample.Summary.Parameters[p.Index];
        int most = double.IsFinite(s.Time) ? (int)Math.Clamp(LagsInTimes * s.Time / sample.Every + 2, 8, rho.Length) : rho.Length;
        int every = (most + MostPoints - 1) / MostPoints;
        int[] lags = [.. Enumerable.Range(0, Math.Min(most, rho.Length)).Where(t => t % every == 0)];
        double[] x = [.. lags.Select(t => (double)t * sample.Every)];
        return new(Markup.Of(p.Name), new("lag", "steps"), new("<i>ρ</i>"),
            [new Curve("Autocorrelation", new(Colour.Blue), x, [.. lags.Select(t => rho[t])]), new Curve("No correlation", new(Colour.Grey, Dash.Dot, 1), [x[0], x[^1]], [0, 0])])
        {
            Aspect = 0.5,
            Notes = [new(Corner.UpperRight, double.IsFinite(s.Time) ? $"<i>τ</i> = {Markup.Of(s.Time)} steps, ESS {s.EffectiveSize.ToString("F0", System.Globalization.CultureInfo.InvariantCulture)}" : "too short for <i>τ</i>")],
        };
    }
}
