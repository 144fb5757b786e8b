using System.Buffers.Binary;
using System.Text;

namespace Oort.Inference.Ranks;

/// <summary>What rank 0 and the others say to each other. Numbers are 64-bit floating-point, the least byte first.</summary>
internal static class RankProtocol
{
    /// <summary>From another rank: it can answer points; the fingerprint of what it says of them.</summary>
    public const int Ready = 1;

    /// <summary>From rank 0: a point near by, or none of it, and points, packed.</summary>
    public const int Points = 2;

    /// <summary>From another rank: the answer to each of the points it was sent, packed.</summary>
    public const int Answers = 3;

    /// <summary>From another rank: it cannot go on, since the input is wrong (first byte 2) or for another reason (1), and why.</summary>
    public const int Failed = 4;

    /// <summary>From another rank: it was told to stop by a signal.</summary>
    public const int Interrupted = 5;

    /// <summary>From rank 0: that is all.</summary>
    public const int Stop = 6;

    /// <summary>How long a wait lasts before anything else is looked at.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Several parts as one message: the length of each, four bytes, before it.</summary>
    public static byte[] Pack(IReadOnlyList<byte[]> parts)
    {
        byte[] bytes = new byte[parts.Sum(p => sizeof(int) + p.Length)];
        Span<byte> rest = bytes;
        foreach (byte[] part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, part.Length);
            part.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + part.Length)..];
        }

        return bytes;
    }

    /// <summary>The parts of <see cref="Pack"/>.</summary>
    public static byte[][] Unpack(ReadOnlySpan<byte> rest)
    {
        List<byte[]> parts = [];
        while (rest.Length > 0)
        {
            int end = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(rest);
            parts.Add(rest[sizeof(int)..end].ToArray());
            rest = rest[end..];
        }

        return [.. parts];
    }

    /// <summary>A failure as bytes.</summary>
    public static byte[] Bytes(Exception e)
    {
        Exception cause = e is AggregateException { InnerExceptions.Count: > 0 } many ? many.Flatten().InnerExceptions[0] : e;
        string text = cause is InputException or NumericalException ? cause.Message : $"unexpected {cause.GetType().Name}: {cause.Message}";
        return [(byte)(cause is InputException ? 2 : 1), .. Encoding.UTF8.GetBytes($"{Environment.MachineName}: {text}")];
    }

    /// <summary>The failure of another rank.</summary>
    public static Exception Failure(RankMessage message)
    {
        string text = FormattableString.Invariant($"rank {message.From} on {Encoding.UTF8.GetString(message.Bytes, 1, message.Bytes.Length - 1)}");
        return message.Bytes[0] == 2 ? new InputException(text) : new NumericalException(text);
    }
}
