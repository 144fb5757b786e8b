using System.Buffers.Binary;
using System.Text;

namespace Oort.Tests.Tables;

/// <summary>Reads NEMO's items as filestruct(5NEMO) describes them, knowing nothing of snapshots.</summary>
internal static class NemoReader
{
    /// <summary>All items by their path of tags, in the order of the file.</summary>
    public static Dictionary<string, (string Type, int[] Dimensions, Array Data)> Read(BinaryReader reader)
    {
        Dictionary<string, (string, int[], Array)> items = [];
        Stack<string> sets = new();
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            int magic = reader.ReadByte() + 256 * reader.ReadByte();
            Assert.True(magic is 0x0992 or 0x0b92, $"magic number {magic:x}");
            string type = Word(reader);
            if (type == ")")
            {
                sets.Pop();
                continue;
            }

            string tag = Word(reader);
            if (type == "(")
            {
                sets.Push(tag);
                continue;
            }

            List<int> dimensions = [];
            while (magic == 0x0b92 && reader.ReadInt32() is int d and not 0)
            {
                dimensions.Add(d);
            }

            int n = dimensions.Aggregate(1, (a, b) => a * b);
            Array data = type switch
            {
                "c" => reader.ReadBytes(n),
                "i" => Enumerable.Range(0, n).Select(_ => reader.ReadInt32()).ToArray(),
                "f" => Enumerable.Range(0, n).Select(_ => reader.ReadSingle()).ToArray(),
                "d" => Enumerable.Range(0, n).Select(_ => reader.ReadDouble()).ToArray(),
                _ => throw new InvalidDataException($"type {type}"),
            };
            items.Add(string.Join('/', sets.Reverse().Append(tag)), (type, [.. dimensions], data));
        }

        Assert.Empty(sets);
        return items;
    }

    private static string Word(BinaryReader reader)
    {
        List<byte> word = [];
        while (reader.ReadByte() is byte b and not 0)
        {
            word.Add(b);
        }

        return Encoding.ASCII.GetString([.. word]);
    }
}

/// <summary>Reads blocks between Fortran's markers.</summary>
internal static class GadgetReader
{
    public static byte[][] Blocks(BinaryReader reader)
    {
        List<byte[]> blocks = [];
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            uint length = reader.ReadUInt32();
            blocks.Add(reader.ReadBytes((int)length));
            Assert.Equal(length, reader.ReadUInt32());
        }

        return [.. blocks];
    }

    public static int[] Ints(byte[] block, int start, int count)
        => [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(start + 4 * i)))];

    public static double[] Doubles(byte[] block, int start, int count)
        => [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(block.AsSpan(start + 8 * i)))];

    public static float[] Floats(byte[] block)
        => [.. Enumerable.Range(0, block.Length / 4).Select(i => BinaryPrimitives.ReadSingleLittleEndian(block.AsSpan(4 * i)))];
}
