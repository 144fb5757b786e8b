using Oort.Chemistry;
using Oort.Definitions;
using Oort.Models;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public sealed class ChemistryFileTests
{
    private const string Text = """
        [Chemistry thin disk]
        x = 0.1
        gradient = -0.05
        y = 0
        sigmax = 0.1
        sigmay = 0.03
        theta = 2

        [Chemistry thick disk]
        x = -0.5
        gradient = 0
        y = 0.2
        sigmax = 0.2
        sigmay = 0.03
        theta = 7
        split = Jz
        Jz0 = 50
        Deltaz = 15
        others = thin disk

        """;

    /// <summary>The numbers of Table 6 of Binney &amp; Vasiliev (2023), as printed: theta in degrees.</summary>
    [Theory]
    [InlineData("young disk", 0.2, -0.07, 0, 0.1, 0.03, 2)]
    [InlineData("middle disk", 0, -0.07, 0.03, 0.1, 0.03, 2)]
    [InlineData("old disk", -0.2, -0.07, 0.06, 0.1, 0.05, 2)]
    [InlineData("thick disk", -0.5, 0, 0.2, 0.2, 0.03, 7)]
    [InlineData("stellar halo", -1, 0, 0.2, 0.3, 0.1, 3)]
    [InlineData("bulge", -0.5, 0, 0.2, 0.2, 0.02, 3)]
    public void The_file_of_the_paper_is_its_Table_6(string name, double x, double gradient, double y, double sigmaX, double sigmaY, double theta)
    {
        ChemistrySetup setup = ChemistryFile.Read(Path.Combine(Repository.Root, "models", "bv23-chemistry.ini"));
        PopulationChemistry row = setup.Find(name)!;
        Assert.Equal(new(x, gradient, y, sigmaX, sigmaY, theta * (Math.PI / 180)), row.Parameters);
        Assert.Equal(name == "thick disk" ? new HighAlphaSplit(SplitAction.Jz, 50, 15) : null, row.Split);
        Assert.Equal(name == "thick disk" ? "old disk" : null, row.Others);
        Assert.Equal(6, setup.Populations.Count);
        Assert.Equal(setup.Populations, ChemistryFile.BinneyVasiliev2023.Populations);
    }

    [Fact]
    public void Equation_20_can_be_chosen()
    {
        ChemistrySetup setup = ChemistryFile.Parse(With("split = Jz\nJz0 = 50\nDeltaz = 15", "split = jphi\nJphi0 = 2000\nDeltaphi = 20"));
        Assert.Equal(new HighAlphaSplit(SplitAction.Jphi, 2000, 20), setup.Find("thick disk")!.Split);
    }

    [Theory]
    [InlineData("x = 0.1\n", "", "file:1: [Chemistry thin disk] x: missing")]
    [InlineData("x = 0.1", "x = nan", "file:2: [Chemistry thin disk] x = nan: must be a finite number")]
    [InlineData("sigmay = 0.03\ntheta = 2", "sigmay = 0\ntheta = 2", "file:6: [Chemistry thin disk] Chemistry: sigmay = 0 is not allowed: it must be > 0 (dex)")]
    [InlineData("theta = 7", "theta = 120", "theta")]
    [InlineData("sigmax = 0.1", "sigma_x = 0.1", "unknown key; did you mean sigmax?")]
    [InlineData("theta = 2", "theta = 2\nspread = 3", "file:8: [Chemistry thin disk] spread = 3: unknown key")]
    [InlineData("theta = 2", "theta = 2\nJz0 = 3", "[Chemistry thin disk] Jz0 = 3: unknown key")]
    [InlineData("split = Jz", "split = Jr", "split = Jr: must be one of Jz, Jphi")]
    [InlineData("split = Jz", "split = Jphi", "Jphi0: missing")]
    [InlineData("Deltaz = 15", "Deltaz = -15", "Deltaz = -15 is not allowed: it must be > 0 (kpc km/s)")]
    [InlineData("others = thin disk", "", "others: missing; it must be given")]
    [InlineData("others = thin disk", "others = thinn disk", "others = thinn disk: there is no section [Chemistry thinn disk]; did you mean thin disk?")]
    [InlineData("others = thin disk", "others = thick disk", "others = thick disk: is split itself")]
    [InlineData("[Chemistry thick disk]", "[Chemistry Thin Disk]", "file:9: [Chemistry Thin Disk] there is another section of this name")]
    [InlineData("[Chemistry thin disk]", "[Chemistry]", "has no name")]
    [InlineData("[Chemistry thin disk]", "[DF thin disk]", "file:1: [DF thin disk] unknown section; a chemistry file has sections [Chemistry NAME]")]
    [InlineData(Text, "# nothing", "file: has no section [Chemistry NAME]")]
    public void What_is_wrong_is_named(string what, string by, string message)
    {
        string error = Assert.Throws<InputException>(() => ChemistryFile.Parse(With(what, by), "file")).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Every_component_of_stars_needs_a_row_and_no_other_may_have_one()
    {
        Galaxy galaxy = new(new Oort.Potentials.Plummer(1e11, 5),
        [
            new("thin disk", ComponentKind.Stars, Bv23.Create("old disk")),
            new("thick disk", ComponentKind.Stars, Bv23.Create("thick disk")),
            new("halo", ComponentKind.Dark, Bv23.Create("dark halo")),
        ]);
        GalaxyChemistry chemistry = new(galaxy, ChemistryFile.Parse(Text), 8);
        Assert.Equal(8 * galaxy.CircularSpeed(8), chemistry.SunJphi, 1e-12);
        Assert.NotNull(chemistry.Of(1)!.Split);
        Assert.Null(chemistry.Of(2));
        Refused(With("[Chemistry thick disk]", "[Chemistry thicck disk]"), "file: [Chemistry thicck disk]: the model has no such component", "did you mean thick disk?");
        Refused(With("[Chemistry thick disk]", "[Chemistry halo]"), "file: [Chemistry halo]: the model has no such component of stars");
        Refused(Text[..Text.IndexOf("[Chemistry thick", StringComparison.Ordinal)], "file: has no section [Chemistry thick disk]");
        Assert.Throws<ParameterException>(() => new GalaxyChemistry(galaxy, ChemistryFile.Parse(Text), 0));

        void Refused(string text, params string[] parts)
        {
            string error = Assert.Throws<InputException>(() => new GalaxyChemistry(galaxy, ChemistryFile.Parse(text, "file"), 8)).Message;
            Assert.All(parts, part => Assert.Contains(part, error, StringComparison.Ordinal));
        }
    }

    private static string With(string what, string by)
    {
        Assert.Contains(what, Text, StringComparison.Ordinal);
        int at = Text.IndexOf(what, StringComparison.Ordinal);
        return string.Concat(Text.AsSpan(0, at), by, Text.AsSpan(at + what.Length));
    }
}
