using FsCheck;
using FsCheck.Fluent;
using Oort.Tables;

namespace Oort.Tests.Tables;

public class CsvTableTests
{
    private static CsvTable Read(string text) => CsvTable.Read(new StringReader(text), "p.csv");

    private static string Message(Action act) => Assert.Throws<InputException>(act).Message;

    [Fact]
    public void Reads_columns_and_keeps_rows_as_they_stand()
    {
        CsvTable t = Read("# comment\nname, R ,z\r\n\"a, b\",1.50, -2e3\n\n# more\nc,nan,\nd,inf,-INF\n");
        Assert.Equal(["name", "R", "z"], t.Columns);
        Assert.Equal(3, t.RowCount);
        Assert.Equal([1.5, double.NaN, double.PositiveInfinity], t.Numbers("R"));
        Assert.Equal([-2000, double.NaN, double.NegativeInfinity], t.Numbers("z"));
        Assert.Equal(["a, b", "c", "d"], t.Text("name"));
        Assert.Equal("\"a, b\",1.50, -2e3", t.Row(0));
        Assert.Equal("name, R ,z", t.Header);
    }

    [Theory]
    [InlineData("", "p.csv: is empty")]
    [InlineData("\n# only a comment\n", "p.csv: is empty")]
    [InlineData("R,z\n", "p.csv: has a header but no rows")]
    [InlineData("R,z\n1,2\n1\n", "p.csv:3: has 1 cell, the header 2")]
    [InlineData("# c\nR,z\n1,2,3\n", "p.csv:3: has 3 cells, the header 2")]
    [InlineData("R,z\n\"1,2\n", "p.csv:2: not comma-separated values")]
    public void Refuses_what_is_not_a_table(string text, string start) => Assert.StartsWith(start, Message(() => Read(text)));

    [Fact]
    public void Refuses_columns_that_are_not_there_or_not_numbers()
    {
        CsvTable t = Read("r,z,z,w\n1,2,3,4\n# c\n1,2,3,far\n");
        Assert.Equal("p.csv: no column R; did you mean r? It has: r, z, z, w", Message(() => t.Numbers("R")));
        Assert.Equal("p.csv: no column velocity. It has: r, z, z, w", Message(() => t.Numbers("velocity")));
        Assert.Equal("p.csv: no column z: its one column is called 'R;z'; cells must be separated by commas", Message(() => Read("R;z\n1;2\n").Numbers("z")));
        Assert.Equal("p.csv: 2 columns are called z", Message(() => t.Numbers("z")));
        Assert.StartsWith("p.csv:4: w = far: must be a number", Message(() => t.Numbers("w")));
    }

    [Fact]
    public void Numbers_round_trip_bit_for_bit_and_integers_are_short()
    {
        Prop.ForAll<double>(x =>
        {
            StringWriter w = new();
            Numbers.Write(w, x);
            double y = Read("x\n" + w + "\n").Numbers("x")[0];
            return w.ToString() == Numbers.Format(x) && (double.IsNaN(x) ? double.IsNaN(y) : BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y));
        }).QuickCheckThrowOnFailure();
        Assert.Equal("8", Numbers.Format(8));
        Assert.Equal("nan", Numbers.Format(double.NaN));
        Assert.Equal("-inf", Numbers.Format(double.NegativeInfinity));
    }

    [Fact]
    public void Writes_no_negative_zero()
    {
        StringWriter w = new();
        new CsvTableWriter(w).Number(-0.0).Number(-0.5).Number(double.NaN).EndRow();
        Assert.Equal("0,-0.5,nan\n", w.ToString());
    }

    [Fact]
    public void Text_that_needs_quotes_reads_back()
    {
        string[] cells = ["plain", "a,b", "say \"x\"", "two\nlines", "#hash", " blank "];
        StringWriter w = new();
        CsvTableWriter csv = new(w);
        csv.Text("t").Text("v").EndRow();
        foreach (string cell in cells)
        {
            csv.Text(cell).Number(1).EndRow();
        }

        Assert.Equal(cells, Read(w.ToString()).Text("t"));
    }
}
