using System.Globalization;
using System.IO.Compression;
using System.Text;
using Oort.Tables;
using Oort.Tests.Cli;

namespace Oort.Tests.Tables;

/// <summary>Catalogues as streams: every format, what is missing, and what is wrong.</summary>
public sealed class TableStreamTests : IDisposable
{
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    /// <summary>All numbers of the columns asked for, sorted by the first of them: blocks come in no order.</summary>
    private static double[][] ReadAll(string path, int threads, params string[] names)
    {
        using TableStream table = TableStream.Open(path);
        int[] columns = [.. names.Select(n => table.Columns.Select(c => c.Name).ToList().IndexOf(n))];
        var parts = table.Read(columns, threads, () => new List<double[]>(), (rows, block) =>
        {
            for (int i = 0; i < block.Count; i++)
            {
                rows.Add([.. block.Columns.Select(c => c[i])]);
            }
        });
        return [.. parts.SelectMany(p => p).OrderBy(r => r[0])];
    }

    private string Gzip(string name, string text, int cut = 0)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        File.WriteAllBytes(work.Path(name), packed.ToArray()[..^cut]);
        return work.Path(name);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n4,,-6.5e-1\n7,null,9\n10,NaN,+12\n")]
    [InlineData("# by hand\na,b,c\r\n1,2,3\r\n\r\n4,\"\",\"-0.65\"\r\n# between\r\n7,NULL, 9 \r\n10,nan,12")]
    [InlineData("\uFEFFa,b,c\n1,2,3\n4,,-0.65\n7,--,9\n10,inf,12\n")]
    [InlineData("a\tb\tc\n1\t2\t3\n4\t\t-0.65\n7\tnull\t9\n10\t-Infinity\t12\n")]
    [InlineData("# a  b c\n 1  2 3\n4 \"\" -0.65\n7 null\t9  \n10 nan 12\n")]
    [InlineData("a b c\n1 2 3\n4 -- -0.65\n7 null 9\n10 nan 12\n")]
    [InlineData("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int64}\n# - {name: b, unit: km / s, datatype: float64}\n# - {name: c, datatype: float32}\na b c\n1 2 3\n4 \"\" -0.65\n7 \"\" 9\n10 nan 12\n")]
    public void Text_in_every_format_has_its_numbers_and_NaN_where_they_are_missing(string text)
    {
        double[][] expected = [[1, 2, 3], [4, double.NaN, -0.65], [7, double.NaN, 9], [10, double.NaN, 12]];
        Assert.Equal(expected, ReadAll(work.File("t.csv", text), 1, "a", "b", "c"));
        Assert.Equal(expected, ReadAll(Gzip("t.csv.gz", text), 2, "a", "b", "c"));
        Assert.Equal(expected.Select(r => new[] { r[2], r[0] }).OrderBy(r => r[0]), ReadAll(work.Path("t.csv"), 2, "c", "a"));
    }

    [Theory]
    [InlineData("# a b c\n+1 -inf NaN\n2 3 4\n")]
    [InlineData("# a b c\n1 -- null\n+2 3.0 4\n")]
    public void A_first_row_of_signed_or_missing_numbers_is_no_header(string text)
        => Assert.Equal([[1, double.NaN, double.NaN], [2, 3, 4]], ReadAll(work.File("t.dat", text), 1, "a", "b", "c"));

    [Fact]
    public void Cells_that_are_not_asked_for_may_hold_anything()
    {
        string path = work.File("t.csv", "name,a,b\n\"M 31, a \"\"galaxy\"\"\",1,x\n,2,\n");
        Assert.Equal([[1], [2]], ReadAll(path, 1, "a"));
    }

    [Fact]
    public void Units_and_types_of_ECSV_columns_are_known()
    {
        string path = work.File("t.ecsv", "# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n# - {name: a, unit: mas / yr, datatype: float64}\n# - {name: s, datatype: string}\na,s\n1,x\n");
        using TableStream table = TableStream.Open(path);
        Assert.Equal([new("a", "mas / yr", null), new("s", "", "string")], table.Columns);
        Assert.Contains("column s is of type string", Assert.Throws<InputException>(() => ReadAll(path, 1, "s")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_hold_every_row_once_wherever_they_are_cut()
    {
        // Several blocks of 1 MiB; lengths of lines that share no factor with it; one line longer than a block.
        StringBuilder text = new("i,a,filler\n");
        Random random = new(1);
        const int rows = 60_000;
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{Math.Sqrt(i):R},{new string('x', i == 777 ? 3_000_000 : random.Next(90))}\n");
        }

        foreach (string path in new[] { work.File("t.csv", text.ToString()), Gzip("t.csv.gz", text.ToString()) })
        {
            foreach (int threads in new[] { 1, 3 })
            {
                double[][] read = ReadAll(path, threads, "i", "a");
                Assert.Equal(rows, read.Length);
                Assert.All(read.Index(), r => Assert.Equal([r.Index, Math.Sqrt(r.Index)], r.Item));
            }
        }
    }

    [Fact]
    public void Numbers_are_those_of_the_general_parser()
    {
        Random random = new(2);
        string[] texts = ["0", "-0", "0.0", "9007199254740993", "9007199254740992", "1234567890123456789", "12345678901234567890123", "0.1", "1e22", "1E-300", "1e400", "4.35", ".5", "5.", "-.25",
            "0.00000000000000000000001", "179.99999999999997", "1.7976931348623157e308",
            .. Enumerable.Range(0, 3000).Select(i => (random.NextDouble() * Math.Pow(10, random.Next(-12, 12)) * (i % 2 - 0.5)).ToString(i % 3 == 0 ? "R" : i % 3 == 1 ? "F7" : "E9", CultureInfo.InvariantCulture))];
        foreach (string text in texts)
        {
            double expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out double value), text);
            Assert.Equal(double.IsFinite(expected) ? BitConverter.DoubleToInt64Bits(expected) : BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(value));
        }

        foreach (string text in new[] { "x", "-", "+", ".", "1x", "1,5", "0x1", "1 2", "1e", "--1", "none" })
        {
            Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _), text);
        }
    }

    [Fact]
    public void What_is_wrong_is_named_with_its_line()
    {
        Refused("t.csv: is empty", "");
        Refused("t.csv: has no header line with the names", "# only a comment\n");
        Refused("t.csv: has no header line with the names of the columns: its first line is '1,2'", "1,2\n3,4\n");
        Refused("t.csv:4: a = pear: must be a number, or empty, null or nan", "a,b\n1,2\n# c\npear,4\n");
        Refused("t.csv:3: has 3 cells, the header 2", "a,b\n1,2\n3,4,5\n");
        Refused("t.csv:2: has 1 cell, the header 2", "a,b\n1\n");
        Refused("the columns of the YAML header (b) are not those of the header line (a)", "# %ECSV 1.0\n# datatype:\n# - {name: b, datatype: float64}\na\n1\n");
        Assert.Contains("no such file", Assert.Throws<InputException>(() => TableStream.Open(work.Path("none"))).Message, StringComparison.Ordinal);

        void Refused(string part, string text)
            => Assert.Contains(part, Assert.Throws<InputException>(() => ReadAll(work.File("t.csv", text), 2, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_mistake_of_several_is_told_whichever_thread_finds_it()
    {
        StringBuilder text = new("a\n");
        for (int i = 0; i < 1_000_000; i++)
        {
            text.Append(i > 300_000 && i % 100_000 == 7 ? "bad\n" : "12345.5\n");
        }

        string path = work.File("t.csv", text.ToString());
        for (int repeat = 0; repeat < 3; repeat++)
        {
            Assert.Contains("t.csv:300009: a = bad", Assert.Throws<InputException>(() => ReadAll(path, 4, "a")).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(5000)]
    public void A_compressed_file_that_was_cut_off_is_an_error_not_fewer_rows(int cut)
    {
        Random random = new(3);
        string text = "a\n" + string.Join('\n', Enumerable.Range(0, 300_000).Select(_ => random.Next())) + "\n";
        Assert.Equal(300_000, ReadAll(Gzip("t.csv.gz", text), 2, "a").Length);

        // Members one after another are one text, as gzip has it.
        File.AppendAllBytes(work.Path("t.csv.gz"), File.ReadAllBytes(Gzip("more.gz", "7\n8\n")));
        Assert.Equal(300_002, ReadAll(work.Path("t.csv.gz"), 2, "a").Length);
        Assert.Contains("t.csv.gz: its gzip compression is damaged or it was cut off",
            Assert.Throws<InputException>(() => ReadAll(Gzip("t.csv.gz", text, cut), 2, "a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("km / s", "km/s", 1)]
    [InlineData("km.s**-1", "km/s", 1)]
    [InlineData("km s-1", "km/s", 1)]
    [InlineData("m s^-1", "km/s", 1e-3)]
    [InlineData("pc", "kpc", 1e-3)]
    [InlineData("mas.yr**-1", "mas/yr", 1)]
    [InlineData("arcsec / yr", "mas/yr", 1000)]
    [InlineData("deg / Myr", "mas/yr", 3.6)]
    [InlineData("rad", "deg", 57.29577951308232)]
    [InlineData("hourangle", "deg", 15)]
    [InlineData("kpc / Gyr", "km/s", 0.9777922216807891)]
    [InlineData("", "", 1)]
    [InlineData("1", "", 1)]
    public void Units_convert(string from, string to, double factor)
    {
        Assert.Equal(factor, UnitText.Factor(from, to)!.Value, 1e-12 * factor);
        Assert.Equal(1, UnitText.Factor(to, from)!.Value * factor, 1e-12);
    }

    [Theory]
    [InlineData("mas", "kpc")]
    [InlineData("km", "km/s")]
    [InlineData("furlong", "kpc")]
    [InlineData("deg2", "deg")]
    [InlineData("km s-x", "km/s")]
    [InlineData("mas", "")]
    public void Units_of_other_things_do_not(string from, string to) => Assert.Null(UnitText.Factor(from, to));
}
