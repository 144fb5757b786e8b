using System.Buffers.Binary;

namespace Oort.Inference;

/// <summary>64-bit floating-point numbers as bytes, the least byte first.</summary>
internal static class DoubleBytes
{
    /// <summary>Numbers as bytes.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="count">How many there are.</param>
    public static byte[] Of(IEnumerable<double> numbers, int count)
    {
        byte[] bytes = new byte[count * sizeof(double)];
        int at = 0;
        foreach (double x in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), x);
            at += sizeof(double);
        }

        return bytes;
    }

    /// <summary>Bytes as numbers.</summary>
    public static double[] Read(ReadOnlySpan<byte> bytes)
    {
        double[] numbers = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return numbers;
    }
}
