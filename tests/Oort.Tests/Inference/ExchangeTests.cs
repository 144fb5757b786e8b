using Oort.Definitions;
using Oort.Inference;
using Oort.Tables;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Inference;

/// <summary>Two components that can take each other's part.</summary>
public sealed class ExchangeTests
{
    private static readonly SearchSettings Settings = new() { Method = SearchMethod.GaussNewton, Tolerance = 1e-6 };

    // A cold and a hot component, each with its own weights in the cells; the start has them the other way round.
    private static ParameterSet Parameters(bool exchanges) => new(
    [
        new("cold scale", 3.5, 0.2, 20, 0.2, ParameterScale.Logarithmic),
        new("cold mass", 1, 0.1, 10, 0.1, ParameterScale.Logarithmic),
        new("hot scale", 1.2, 0.2, 20, 0.2, ParameterScale.Logarithmic),
        new("hot mass", 1, 0.1, 10, 0.1, ParameterScale.Logarithmic),
    ])
    {
        Exchanges = exchanges ? [[(0, 2), (1, 3)]] : [],
    };

    private static double[] Residuals(IReadOnlyList<double> v)
    {
        return [.. Enumerable.Range(0, 30).Select(i => (Model(0.3 * i, v) - Model(0.3 * i, [1, 1.5, 4, 0.8])) / 0.003)];

        static double Model(double x, IReadOnlyList<double> v) => v[1] * Math.Exp(-x / v[0]) + v[3] * (1 + 0.1 * x * Math.Exp(-x)) * Math.Exp(-x / v[2]);
    }

    [Fact]
    public void Least_squares_find_their_way_to_the_other_valley()
    {
        FitResult alone = new Fit(Parameters(false), Settings, () => ClosedForm.Of(Residuals)).Run(new MemoryLog());
        Assert.True(alone.Converged && alone.ChiSquared > 5, $"{alone.ChiSquared}");
        MemoryLog log = new();
        FitResult result = new Fit(Parameters(true), Settings, () => ClosedForm.Of(Residuals)).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(0, result.ChiSquared, 1e-5);
        Assert.Equal(1, result.Values[0], 1e-2);
        Assert.Equal(4, result.Values[2], 1e-2);
        Assert.Equal(["gauss-newton", "exchange", "curvature"], log.Evaluations.Select(e => e.Stage).Distinct());
        Assert.All(result.Errors, e => Assert.InRange(e, 1e-4, 1));

        // What is exchanged, and the valley that was left, are not what an emulator learns from.
        FitResult emulated = new Fit(Parameters(true), Settings with { Emulates = true, Tolerance = 1e-3 }, () => ClosedForm.Of(Residuals)).Run(new MemoryLog());
        Assert.Equal(1, emulated.Values[0], 1e-2);
        Assert.InRange(emulated.Emulator!.Error, 0, 0.5);

        // A search that goes on from the middle of it comes to the same.
        MemoryLog half = new();
        _ = new Fit(Parameters(true), Settings, () => ClosedForm.Of(Residuals)).Run(half, log.Evaluations.Count(e => e.Stage == "gauss-newton") + 4);
        FitResult again = new Fit(Parameters(true), Settings, () => ClosedForm.Of(Residuals)).Run(half);
        Assert.Equal(result.Values, again.Values);
        Assert.Equal(log.Evaluations.Count, half.Evaluations.Count);
    }

    /// <summary>From the right valley the exchange is tried in vain, for a while, and leaves nothing behind: not in the result, nor in the emulator.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_nothing_is_gained_the_search_stays(bool emulates)
    {
        ParameterSet From(bool exchanges) => new(Enumerable.Range(0, 4).Select(i => new FitParameter(Parameters(true)[i].Name, new[] { 1.2, 1, 3.5, 1 }[i], 0.1, 20, 0.1, ParameterScale.Logarithmic)))
        {
            Exchanges = exchanges ? [[(0, 2), (1, 3)]] : [],
        };
        SearchSettings settings = Settings with { Emulates = emulates, Tolerance = 1e-3 };
        FitResult alone = new Fit(From(false), settings, () => ClosedForm.Of(Residuals)).Run(new MemoryLog());
        MemoryLog log = new();
        FitResult result = new Fit(From(true), settings, () => ClosedForm.Of(Residuals)).Run(log);
        Assert.True(result.Converged);
        Assert.Equal(0, result.ChiSquared, 1e-2);
        Assert.InRange(log.Evaluations.Count(e => e.Stage == "exchange"), 2, 1 + (4 * 4) + 5);
        Assert.Equal(alone.Emulator?.Fingerprint, result.Emulator?.Fingerprint);
    }

    /// <summary>The four discs of BV23, each two of them; components of other types, and parameters that only one of two has, are left alone.</summary>
    [Fact]
    public void Components_of_one_type_with_the_same_keys_are_exchanged()
    {
        ParametrisedModel model = new(IniFile.Read(Path.Combine(Repository.Root, "models", "bv23.ini")));
        string[] keys = ["young disk/Jr0", "middle disk/Jz0", "middle disk/Jr0", "old disk/Jr0", "old disk/Jz0", "dark halo/mass", "stellar halo/mass"];
        SectionReader section = new(IniFile.Parse("[Parameter x]\n" + string.Concat(keys.Select((k, i) => $"key{i} = DF {k}\n")), "fit").Sections[0]);
        for (int i = 0; i < keys.Length; i++)
        {
            model.Add(section, $"key{i}");
        }

        Assert.Equal([[(4, 1), (3, 2)], [(6, 5)]], model.Exchanges().Select(e => e.OrderByDescending(p => p.One).ToArray()).OrderByDescending(e => e.Length));
    }
}
