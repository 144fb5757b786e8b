using System.Collections.Concurrent;
using Oort.Inference.Ranks;

namespace Oort.Tests.Inference.Ranks;

/// <summary>Ranks that are threads of this process.</summary>
internal sealed class ThreadRanks : IRanks
{
    private readonly BlockingCollection<RankMessage>[] boxes;

    private ThreadRanks(int rank, BlockingCollection<RankMessage>[] boxes) => (Rank, this.boxes) = (rank, boxes);

    public int Rank { get; }

    public int Size => boxes.Length;

    public static ThreadRanks[] Make(int size)
    {
        BlockingCollection<RankMessage>[] boxes = [.. Enumerable.Range(0, size).Select(_ => new BlockingCollection<RankMessage>())];
        return [.. Enumerable.Range(0, size).Select(r => new ThreadRanks(r, boxes))];
    }

    public void Send(int receiver, int tag, ReadOnlySpan<byte> bytes) => boxes[receiver].Add(new(Rank, tag, bytes.ToArray()));

    public RankMessage? Receive(TimeSpan patience) => boxes[Rank].TryTake(out RankMessage? message, patience) ? message : null;
}
