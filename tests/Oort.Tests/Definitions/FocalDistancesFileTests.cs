using Oort.Actions;
using Oort.Definitions;
using Oort.Potentials;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public sealed class FocalDistancesFileTests : IDisposable
{
    private const string Flat = "[Potential]\ntype=MiyamotoNagai\nmass=6e10\nscaleRadius=3\nscaleHeight=0.3\n";

    private readonly Workplace work = new();

    private readonly Potential potential = PotentialFile.Parse(Flat);

    private readonly FocalDistances made;

    public FocalDistancesFileTests()
    {
        work.File("potential.ini", Flat);
        work.File("model.ini", SmallModel.Text);
        made = new(potential, new() { SmallestRadius = 0.02, Energies = 24, Momenta = 12 });
        FocalDistancesFile.Write(work.Root, made);
    }

    public void Dispose() => work.Dispose();

    [Fact]
    public void What_was_written_gives_the_same_focal_distances()
    {
        FocalDistances read = FocalDistancesFile.Read(work.Root, potential)!;
        double deepest = potential.Phi(0, 0);
        for (int i = 1; i < 20; i++)
        {
            for (int l = 0; l < 10; l++)
            {
                double E = deepest * i / 20;
                Assert.Equal(made.At(E, 200 * l), read.At(E, 200 * l), 1e-12 * (1 + made.At(E, 200 * l)));
            }
        }

        Assert.True(made.At(0.3 * deepest, 500) > 0.1);
    }

    [Fact]
    public void A_build_is_read_with_them()
        => Assert.Equal(made.Table.GetLength(0), GalaxyFile.Read(work.Root).FocalDistances.Table.GetLength(0));

    [Theory]
    [InlineData("potential.ini", "mass=6e10", "mass=7e10")]
    [InlineData("focal_distances.txt", "# Delta", "# Delta'")]
    [InlineData("focal_distances.txt", " 24 12 ", " 24 11 ")]
    [InlineData("focal_distances.txt", " 24 12 ", " 25 12 ")]
    [InlineData("focal_distances.txt", " 24 12 ", " 24 ")]
    [InlineData("focal_distances.txt", " 0.02", " near")]
    [InlineData("focal_distances.txt", " 24 12 ", " 2 12 ")]
    [InlineData("focal_distances.txt", " 0.02", " 2000")]
    public void Another_potential_or_a_damaged_file_is_passed_over(string file, string what, string by)
    {
        string text = File.ReadAllText(work.Path(file));
        Assert.Contains(what, text, StringComparison.Ordinal);
        work.File(file, text.Replace(what, by, StringComparison.Ordinal));
        Assert.Null(FocalDistancesFile.Read(work.Root, potential));
    }

    [Fact]
    public void A_file_that_was_cut_is_passed_over()
    {
        string text = File.ReadAllText(work.Path(FocalDistancesFile.NameInBuild)).TrimEnd();
        work.File(FocalDistancesFile.NameInBuild, text[..text.LastIndexOf(' ')]);
        Assert.Null(FocalDistancesFile.Read(work.Root, potential));
        work.File(FocalDistancesFile.NameInBuild, text[..text.LastIndexOf('\n')]);
        Assert.Null(FocalDistancesFile.Read(work.Root, potential));
    }

    [Fact]
    public void Without_the_file_they_are_computed()
    {
        File.Delete(work.Path(FocalDistancesFile.NameInBuild));
        Assert.Null(FocalDistancesFile.Read(work.Root, potential));
    }
}
