using System.Text;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Tables;

public sealed class NpyWriterTests
{
    [Theory]
    [InlineData("(3,)", 3)]
    [InlineData("(2, 3)", 2, 3)]
    [InlineData("(2, 3, 4)", 2, 3, 4)]
    [InlineData("(0, 5, 1)", 0, 5, 1)]
    [InlineData("(100, 100, 3)", 100, 100, 3)]
    public void The_head_is_that_of_format_1_and_the_numbers_follow(string shape, params int[] lengths)
    {
        using MemoryStream stream = new();
        NpyWriter npy = new(stream, [.. lengths.Select(n => (long)n)]);
        double[] numbers = [.. Enumerable.Range(0, lengths.Aggregate(1, (a, b) => a * b)).Select(i => Math.Sin(i))];
        Array.ForEach(numbers, npy.Write);
        npy.Complete();
        byte[] bytes = stream.ToArray();
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        int head = 10 + bytes[8] + 256 * bytes[9];
        Assert.Equal(0, head % 64);
        Assert.Equal($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}", Encoding.ASCII.GetString(bytes[10..head]).TrimEnd());
        Assert.Equal((byte)'\n', bytes[head - 1]);
        Assert.Equal(numbers, Enumerable.Range(0, (bytes.Length - head) / 8).Select(i => BitConverter.ToDouble(bytes, head + 8 * i)));
    }

    [Fact]
    public void Too_few_or_too_many_numbers_are_an_error()
    {
        using MemoryStream stream = new();
        NpyWriter npy = new(stream, 2);
        npy.Write(1);
        Assert.Throws<InvalidOperationException>(npy.Complete);
        npy.Write(2);
        npy.Complete();
        npy.Write(3);
        Assert.Throws<InvalidOperationException>(npy.Complete);
    }

    [PythonFact]
    public void Numpy_reads_it()
    {
        string folder = Directory.CreateTempSubdirectory("oort-npy").FullName;
        try
        {
            using (FileStream stream = File.Create(Path.Combine(folder, "a.npy")))
            {
                NpyWriter npy = new(stream, 2, 3);
                Array.ForEach([1, 2, 3, 4, 5, double.NaN], npy.Write);
                npy.Complete();
            }

            (int code, string output, string error) = Python.Run(Python.Executable!, folder, "-c", "import numpy; a = numpy.load('a.npy'); print(a.shape, a.dtype, a[1, 0], a.flags.c_contiguous, numpy.isnan(a[1, 2]))");
            Assert.Equal((0, "(2, 3) float64 4.0 True True", ""), (code, output.Trim(), error));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
