using System.Globalization;
using System.Text;
using Oort.Inference;

namespace Oort.Cli.Output;

/// <summary>Shows on standard error how a fit goes.</summary>
internal sealed class FitProgress(Streams streams, ParameterSet parameters) : IProgress<FitReport>, IDisposable
{
    private readonly StatusLine status = new(streams);

    /// <inheritdoc/>
    public void Report(FitReport value) => status.Show(() => Line(value, parameters));

    /// <inheritdoc/>
    public void Dispose() => status.Dispose();

    /// <summary>What is known: how far, the best chi-squared and its parameters, and how long it takes at most.</summary>
    internal static string Line(FitReport report, ParameterSet parameters)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{report.Last.Stage} {report.Last.Number}");
        if (report.Most < int.MaxValue)
        {
            text.Append(CultureInfo.InvariantCulture, $" of at most {report.Most}");
        }

        text.Append(CultureInfo.InvariantCulture, $", {report.SecondsEach:f2} s each");
        if (report.Most < int.MaxValue)
        {
            double seconds = Math.Max(0, report.Most - report.Last.Number) * report.SecondsEach;
            text.Append(seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $", {seconds:f0} s left at most") : string.Create(CultureInfo.InvariantCulture, $", {seconds / 60:f0} min left at most"));
        }

        text.Append(CultureInfo.InvariantCulture, $"; best chi-squared {report.Best.ChiSquared:f2}{(report.PriorSquares > 0 ? FormattableString.Invariant($", priors {report.PriorSquares:f1}") : "")}:");
        for (int i = 0; i < parameters.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")} {parameters[i].Name} {report.Best.Values[i]:g5}");
        }

        return text.ToString();
    }
}
