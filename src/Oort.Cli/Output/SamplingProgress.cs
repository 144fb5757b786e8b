using System.Globalization;
using System.Text;
using Oort.Inference.Chains;

namespace Oort.Cli.Output;

/// <summary>Shows on standard error how a chain goes.</summary>
internal sealed class SamplingProgress(Streams streams) : IProgress<ChainProgress>, IDisposable
{
    private readonly StatusLine status = new(streams);

    /// <inheritdoc/>
    public void Report(ChainProgress value) => status.Show(() => Line(value));

    /// <inheritdoc/>
    public void Dispose() => status.Dispose();

    /// <summary>What is known: how far, what is accepted, how long it takes.</summary>
    internal static string Line(ChainProgress p)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"step {p.Step} of at most {p.Most}, {p.SecondsEach:g3} s each, {p.Acceptance:p0} accepted");
        if (double.IsFinite(p.Time))
        {
            text.Append(CultureInfo.InvariantCulture, $", autocorrelation time {p.Time:f1}");
        }

        double seconds = p.StepsLeft * p.SecondsEach;
        text.Append(CultureInfo.InvariantCulture, $", {(p.Needed < p.Most ? "about " : "at most ")}{Duration(seconds)} left; best log density {p.LogDensity:f2}");
        return text.ToString();
    }

    private static string Duration(double seconds)
        => seconds < 90 ? FormattableString.Invariant($"{seconds:f0} s") : seconds < 5400 ? FormattableString.Invariant($"{seconds / 60:f0} min") : FormattableString.Invariant($"{seconds / 3600:f1} h");
}
