using System.Diagnostics;
using System.Globalization;
using Oort.Inference;
using Oort.Inference.Ranks;

namespace Oort.Benchmarks;

/// <summary>
/// What ranks that answer points cost rank 0. A model is a wait here, which takes no processor: many more ranks than processors may be started, and rank 0's processor time is that of messages alone.
/// Answers are those of a chain (8 bytes), then of a search with BV23's 35 bins: 105 histograms of 20 cells.
/// </summary>
internal static class RankTraffic
{
    private const int Batches = 10;

    public static void Run(int points, int dimensions, int milliseconds)
    {
        using MpiRanks? ranks = MpiRanks.Join(out string? why);
        if (ranks is null)
        {
            Console.Error.WriteLine(why ?? "start it with mpirun, as bench/messages.sh does");
            return;
        }

        Waiting model = new(dimensions, milliseconds);
        if (ranks.Rank > 0)
        {
            RankServer.Serve(ranks, () => RankWork.Of((ILogDensity)model, "waiting"));
            RankServer.Serve(ranks, () => RankWork.Of((IObjective)model, "waiting"));
            return;
        }

        double[][] batch = [.. Enumerable.Range(0, points).Select(i => Enumerable.Repeat((double)i, dimensions).ToArray())];
        using (RankedDensity density = new(ranks, model, "waiting"))
        {
            Measure(ranks, "chain", points, milliseconds, () => density.Evaluate(batch), () => density.Traffic);
        }

        using (RankedObjective objective = new(ranks, model, "waiting"))
        {
            Measure(ranks, "search", points, milliseconds, () => Array.ForEach([.. objective.EvaluateAll(batch)], t => Debug.Assert(t.Misfit is not null)), () => objective.Traffic);
        }
    }

    private static void Measure(MpiRanks ranks, string what, int points, int milliseconds, Action batch, Func<(long Messages, long Bytes)> traffic)
    {
        batch();
        (long messages, long bytes) = traffic();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Batches; i++)
        {
            batch();
        }

        double models = Batches * points, wall = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        (long allMessages, long allBytes) = traffic();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ranks.Size,5} {what,-7} {(allMessages - messages) / models,8:f3} {(allBytes - bytes) / models,9:f0} {1e6 * processor / models,9:f0} {100 * processor / wall,8:f1} {models * milliseconds / 1000 / (ranks.Size * wall),8:f2}"));
    }

    private sealed class Waiting(int dimensions, int milliseconds) : ILogDensity, IObjective
    {
        private readonly MisfitPart[] parts = [.. Enumerable.Range(0, 105).Select(i => new MisfitPart(1 + i / 3, "VR", 20, i))];
        private readonly double[] residuals = [.. Enumerable.Range(0, 2100).Select(i => Math.Sqrt(i))];

        public int Dimensions => dimensions;

        public double[] Evaluate(IReadOnlyList<double[]> points, CancellationToken cancellation = default)
        {
            Thread.Sleep(milliseconds * points.Count);
            return new double[points.Count];
        }

        public Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default)
        {
            Thread.Sleep(milliseconds);
            return new(1, residuals.Length, parts) { Residuals = residuals };
        }
    }
}
