namespace Oort.Inference.Ranks;

/// <summary>
/// The processes of a run, each on a processor of its own or several, that send each other messages: MPI's, or threads in a test. Members are called by one thread at a time.
/// </summary>
public interface IRanks
{
    /// <summary>Which process this is, from 0.</summary>
    int Rank { get; }

    /// <summary>How many there are.</summary>
    int Size { get; }

    /// <summary>Sends a message; may wait until it is being received.</summary>
    /// <param name="receiver">The rank that gets it.</param>
    /// <param name="tag">What kind it is, from 0.</param>
    /// <param name="bytes">What it says.</param>
    void Send(int receiver, int tag, ReadOnlySpan<byte> bytes);

    /// <summary>The next message from anybody; those of one rank come in the order in which it sent them.</summary>
    /// <param name="patience">How long to wait for one.</param>
    /// <returns>Null if none has come.</returns>
    RankMessage? Receive(TimeSpan patience);
}

/// <summary>A message between processes of a run.</summary>
/// <param name="From">The rank that sent it.</param>
/// <param name="Tag">What kind it is.</param>
/// <param name="Bytes">What it says.</param>
public sealed record RankMessage(int From, int Tag, byte[] Bytes);
