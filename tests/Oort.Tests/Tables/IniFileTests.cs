using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Tables;

public class IniFileTests
{
    private static IniFile Parse(string text) => IniFile.Parse(text, "m.ini");

    private static SectionReader Reader(string body)
        => new(Parse("[S one]\n" + body).Sections[0], new Dictionary<string, string> { ["axisRatioZ"] = "q" });

    private static string Message(Action act) => Assert.Throws<InputException>(act).Message;

    [Fact]
    public void Sections_keep_their_order_and_may_repeat()
    {
        IniFile ini = Parse("# comment\n\n[Potential]\na=1\n[Potential1]\n[ Potential thin disk ]\nb = 2\n[potential]\na=3");
        Assert.Equal(["Potential", "Potential1", "Potential thin disk", "potential"], ini.Sections.Select(s => s.Header));
        Assert.True(ini.Sections.All(s => s.Is("Potential", out _)));
        Assert.True(ini.Sections[1].Is("potential", out string name) && name == "1");
        Assert.True(ini.Sections[2].Is("Potential", out name) && name == "thin disk");
        Assert.Equal(3, ini.Sections[0].Line);
        Assert.Equal(4, ini.Sections[0].Entries[0].Line);
    }

    [Theory]
    [InlineData("key = 1 # comment", "1")]
    [InlineData("KEY=1 ; comment", "1")]
    [InlineData("Key = a#b", "a#b")]
    [InlineData("key = two words", "two words")]
    [InlineData("key = x = y", "x = y")]
    [InlineData("key =", "")]
    public void Keys_are_case_insensitive_and_comments_cut_off(string line, string value)
        => Assert.Equal(value, Parse("[s]\n" + line).Sections[0].Find("key")?.Value);

    [Fact]
    public void Coefficients_are_kept_as_they_stand_up_to_the_next_section()
    {
        IniFile ini = Parse("[Potential]\ntype=Multipole\nCoefficients\n#Phi\n1\t2 = x\n\n[Next]\nk=1\n");
        Assert.Equal(["#Phi", "1\t2 = x"], ini.Sections[0].Coefficients);
        Assert.Equal(4, ini.Sections[0].CoefficientsLine);
        Assert.Null(ini.Sections[1].Coefficients);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        IniSection a = new("Potential disk"), b = new("Potential1");
        a.Add("type", "Disk");
        a.Add("scaleHeight", "-0.06");
        b.Add("type", "Multipole");
        b.Coefficients = ["#Phi", "1\t2\t3"];
        StringWriter text = new();
        IniFile.Write(text, [a, b]);

        IniFile read = Parse(text.ToString());
        Assert.Equal("-0.06", read.Sections[0].Find("scaleheight")?.Value);
        Assert.Equal(["#Phi", "1\t2\t3"], read.Sections[1].Coefficients);
    }

    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void Reads_and_rewrites_a_file_of_the_peer_unchanged()
    {
        string path = SharedFile.Path("reference/potentials/bv23_fixed.ini");
        IniFile ini = IniFile.Read(path);
        StringWriter text = new();
        IniFile.Write(text, ini.Sections);
        Assert.Equal(File.ReadAllText(path).Trim(), text.ToString().Trim());
    }

    [Theory]
    [InlineData("a = 1\n", "m.ini:1: 'a = 1' stands before the first section")]
    [InlineData("[s]\nnonsense\n", "m.ini:2: [s] 'nonsense' is neither")]
    [InlineData("[s]\n= 1\n", "m.ini:2: [s]")]
    [InlineData("[s\na=1", "m.ini:1: '[s' is not a section")]
    [InlineData("[]\n", "m.ini:1: '[]' is not a section")]
    [InlineData("[s] text\n", "m.ini:1: '[s] text' is not a section")]
    [InlineData("[s]\na=1\nA = 2", "m.ini:3: [s] A: given twice, first on line 2")]
    public void Refuses_what_is_not_INI(string text, string start)
        => Assert.StartsWith(start, Message(() => Parse(text)));

    [Fact]
    public void Typed_getters_read_numbers_without_regard_to_culture()
    {
        SectionReader r = Reader("a = 1.5e3\nb=-2\nflag=Yes\nn = 7\nlist = thin disk, halo\nq=0.5");
        Assert.Equal(1500, r.Number("a"));
        Assert.Equal(-2, r.Number("b", 9));
        Assert.Equal(9, r.Number("missing", 9));
        Assert.True(r.Flag("flag", false));
        Assert.Equal(7, r.Integer("n", 1, 0, 10));
        Assert.Equal(["thin disk", "halo"], r.List("list"));
        Assert.Equal(0.5, r.Number("axisRatioZ"));
        r.Done();
    }

    [Theory]
    [InlineData("x = nan", "m.ini:2: [S one] x = nan: must be a finite number")]
    [InlineData("x = inf", "m.ini:2: [S one] x = inf: must be a finite number")]
    [InlineData("x = Infinity", "m.ini:2: [S one] x = Infinity: must be a finite number")]
    [InlineData("x = 1e999", "m.ini:2: [S one] x = 1e999: must be a finite number")]
    [InlineData("x = 1,5", "m.ini:2: [S one] x = 1,5: must be a finite number")]
    [InlineData("x = ten", "m.ini:2: [S one] x = ten: must be a finite number")]
    [InlineData("x =", "m.ini:2: [S one] x = : must be a finite number")]
    [InlineData("y = 1", "m.ini:1: [S one] x: missing")]
    public void Number_refuses(string line, string start)
        => Assert.StartsWith(start, Message(() => Reader(line).Number("x")));

    [Fact]
    public void Other_getters_refuse()
    {
        Assert.Contains("must be an integer from 0 to 10", Message(() => Reader("n=1.5").Integer("n", 1, 0, 10)));
        Assert.Contains("must be an integer from 0 to 10", Message(() => Reader("n=11").Integer("n", 1, 0, 10)));
        Assert.Contains("must be true or false", Message(() => Reader("f=maybe").Flag("f", true)));
        Assert.Contains("none of them empty", Message(() => Reader("l=a,,b").List("l")));
        Assert.Contains("must be one of stars, dark; did you mean stars?", Message(() => Reader("k=starz").Choice("k", ("stars", 1), ("dark", 2))));
        Assert.Contains("a second name of axisRatioZ", Message(() => Reader("axisRatioZ=1\nq=1").Number("axisRatioZ")));
        SectionReader foreign = new(Parse("[S]\nOmega=2").Sections[0], foreign: new Dictionary<string, string> { ["Omega"] = "not here" });
        Assert.Equal("m.ini:2: [S] Omega = 2: not here", Message(foreign.Done));
    }

    [Fact]
    public void Unknown_keys_are_named_with_those_known()
    {
        SectionReader r = Reader("scaleRadis = 1");
        r.Number("scaleRadius", 1);
        r.Number("mass", 1);
        Assert.Equal("m.ini:2: [S one] scaleRadis = 1: unknown key; did you mean scaleRadius? Known here: scaleRadius, mass", Message(r.Done));
        r = Reader("zzz = 1");
        r.Number("mass", 1);
        Assert.Equal("m.ini:2: [S one] zzz = 1: unknown key. Known here: mass", Message(r.Done));
    }

    [Fact]
    public void A_constructors_error_is_told_with_its_place()
        => Assert.Equal(
            "m.ini:2: [S one] Spheroid: q = -1 is not allowed: it must be > 0",
            Message(() => Reader("q=-1").Make(() => ParameterException.Check("Spheroid", "q", -1, false, "> 0"))));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Jphi0", "Jhpi0", 1)]
    [InlineData("", "ab", 2)]
    public void Edit_distance(string a, string b, int distance) => Assert.Equal(distance, Suggestion.Distance(a, b));

    [Fact]
    public void Files_that_cannot_be_read_are_named()
    {
        Assert.Equal("/nowhere/x.ini: no such file", Message(() => IniFile.Read("/nowhere/x.ini")));
        Assert.Contains("is a directory", Message(() => IniFile.Read(Path.GetTempPath())));
    }
}
