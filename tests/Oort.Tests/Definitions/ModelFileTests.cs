using Oort.Definitions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public class ModelFileTests
{
    [Fact]
    public void Bv23_is_the_model_of_the_paper()
    {
        ModelDefinition model = ModelFile.Read(Path.Combine(Repository.Root, "models", "bv23.ini"));
        Assert.Equal(
            ["bulge", "young disk", "middle disk", "old disk", "thick disk", "stellar halo", "dark halo", "gas disk"],
            model.Setup.Components.Select(c => c.Name));
        Assert.Equal(8.27, model.SunRadius);
        Assert.IsType<DiskGrid>(model.Setup.Groups[0].Grid);
        Assert.IsType<HaloGrid>(model.Setup.Groups[1].Grid);
        Assert.Equal([ComponentKind.Stars, ComponentKind.Dark], model.Setup.Groups.Select(g => g.Members[0].Kind));
        GalaxyComponent gas = Assert.Single(model.Setup.Statics);
        Assert.Equal(ComponentKind.Gas, gas.Kind);
        Assert.IsType<DiskDensity>(gas.StaticDensity);

        // Table 3 and section 4.3, in 10^10 Msun.
        double[] masses = [1.1, 0.175, 0.75, 1.0, 0.95, 0.1, 98, 1.04];
        Assert.All(model.Setup.Components.Zip(masses), c => Assert.Equal(c.Second, c.First.Mass / 1e10, 0.005 * c.Second));
    }

    [Fact]
    public void Bv23_has_the_parameters_of_Table_3()
    {
        ModelDefinition model = ModelFile.Read(Path.Combine(Repository.Root, "models", "bv23.ini"));
        Dictionary<string, DistributionFunction> functions = model.Setup.Groups.SelectMany(g => g.Members).ToDictionary(m => m.Name, m => m.DistributionFunction!);
        Assert.Equal(Bv23.Names.Order(), functions.Keys.Order());
        Assert.All(Bv23.Discs, name => Assert.Equal(Bv23.Disc(name), Assert.IsType<NewExponential>(functions[name]).Parameters));
        Assert.All(Bv23.Spheroids, name => Assert.Equal(Bv23.Spheroid(name), Assert.IsType<NewDoublePowerLaw>(functions[name]).Parameters));
    }

    [Fact]
    public void Reads_grids_kinds_and_the_sum_of_the_potentials()
    {
        ModelDefinition model = ModelFile.Parse(SmallModel.Text);
        Assert.Equal(8.2, model.SunRadius);
        Assert.Equal(new DiskGrid(0.2, 30, 12, 0.1, 10, 8), model.Setup.Groups[0].Grid);
        double expected = new MiyamotoNagai(4e10, 3, 0.3).Phi(8, 1) + new NFW(8e11, 18).Phi(8, 1);
        Assert.Equal(expected, model.Setup.InitialPotential.Phi(8, 1), 1e-9 * Math.Abs(expected));
        Assert.Equal(new NFW(8e11, 18).Density(8, 1), model.Setup.Statics[0].StaticDensity!.At(8, 1), 1e-6);
    }

    [Fact]
    public void What_all_grids_share_can_be_said_once()
    {
        DensityGrid grid = ModelFile.Parse(SmallModel.With("R0 = 8.2", "sizeRadialCyl = 99\nRmaxCyl = 77").Replace("sizeRadialCyl = 12\n", "", StringComparison.Ordinal)).Setup.Groups[0].Grid;
        Assert.Equal(new DiskGrid(0.2, 30, 99, 0.1, 10, 8), grid);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("angularSampling = projection", false)]
    [InlineData("angularSampling = collocation", true)]
    public void The_sampling_of_round_grids_can_be_chosen(string line, bool collocation)
    {
        string text = SmallModel.With("[SelfConsistentModel disk]\nRminCyl = 0.2\nRmaxCyl = 30\nsizeRadialCyl = 12\nzminCyl = 0.1\nzmaxCyl = 10\nsizeVerticalCyl = 8\n",
            $"[SelfConsistentModel disk]\nlmaxAngularSph = 4\n{line}\n");
        HaloGrid expected = HaloGrid.Default with { LMax = 4, Collocation = collocation };
        Assert.Equal(expected, ModelFile.Parse(text).Setup.Groups[0].Grid);
        Assert.Contains("must be one of projection, collocation; did you mean collocation?", Assert.Throws<InputException>(
            () => ModelFile.Parse(SmallModel.With("RminCyl = 0.2\nRmaxCyl = 30\nsizeRadialCyl = 12\nzminCyl = 0.1\nzmaxCyl = 10\nsizeVerticalCyl = 8\n", "angularSampling = colocation\n"))).Message);
    }

    [Theory]
    [InlineData("df = thin disk", "df = thick disk", "df = thick disk: there is no section [DF thick disk]; did you mean thin disk? There are: thin disk")]
    [InlineData("df = thin disk", "df = thin disk, thin disk", "thin disk is given twice")]
    [InlineData("df = thin disk", "df = ,", "none of them empty")]
    [InlineData("df = thin disk", "# no df", "df: missing")]
    [InlineData("df = thin disk", "df = thin disk\ndensity = halo", "has both df and density")]
    [InlineData("grid = disk", "grid = disc", "there is no section [SelfConsistentModel disc]; did you mean disk?")]
    [InlineData("grid = disk", "", "grid: missing")]
    [InlineData("kind = stars", "kind = star", "must be one of stars, dark, gas; did you mean stars?")]
    [InlineData("kind = stars", "", "kind: missing")]
    [InlineData("density = halo", "density = hallo", "there is no section [Potential hallo]; did you mean halo?")]
    [InlineData("density = halo", "density = halo\ngrid = disk", "a static component has no grid")]
    [InlineData("[Component halo]", "[Component Disc]", "there is another component of this name")]
    [InlineData("[Component halo]", "[Component]", "has no name")]
    [InlineData("[Component halo]", "[Componnt halo]", "unknown section")]
    [InlineData("[Component disc]\ndf = thin disk\ngrid = disk\nkind = stars\n", "", "[DF thin disk]: no component names it")]
    [InlineData("[DF thin disk]", "[DF thin/disk]", "there is no section [DF thin disk]")]
    [InlineData("[DF thin disk]", "[DF thin disk]\ntype=x\n[DF thin disk]", "there are 2 sections [DF thin disk]")]
    [InlineData("mass = 4e10\nJphi0", "mass = -4e10\nJphi0", "NewExponential: mass = -40000000000 is not allowed")]
    [InlineData("Jr0 = 20", "Jr0 = NaN", "Jr0 = NaN: must be a finite number")]
    [InlineData("R0 = 8.2", "R0 = 0", "R0 = 0: must be > 0")]
    [InlineData("R0 = 8.2", "R0 = 8.2\nuseActionInterpolation = true", "Oort always finds actions without interpolation")]
    [InlineData("RminCyl = 0.2", "RminCyl = 40", "RminCyl = 40 must be below RmaxCyl = 30")]
    [InlineData("sizeRadialCyl = 12", "sizeRadialCyl = 1", "must be an integer from 4")]
    [InlineData("sizeRadialCyl = 12", "rminSph = 1", "exclude each other")]
    [InlineData("sizeRadialCyl = 12", "disklike = false", "contradicts the key")]
    [InlineData("sizeRadialCyl = 12", "sizeRadial = 12", "sizeRadial = 12: unknown key; did you mean sizeRadialCyl?")]
    [InlineData("type = NFW\nmass = 8e11\nscaleRadius = 18", "type = Logarithmic\nv0 = 220", "[Potential halo]: has no escape speed")]
    [InlineData("type = NFW\nmass = 8e11\nscaleRadius = 18", "type = Disk\nsurfaceDensity = 1e8\nscaleRadius = 3\nscaleHeight = 0", "density = halo: is razor-thin")]
    [InlineData("[SelfConsistentModel disk]", "[SelfConsistentModel disk]\ndisklike = true\n[SelfConsistentModel spare]", "no section [SelfConsistentModel", "spare")]
    public void Refuses(string what, string by, params string[] anyOf)
    {
        string message = Assert.Throws<InputException>(() => ModelFile.Parse(SmallModel.With(what, by), "m.ini")).Message;
        Assert.StartsWith("m.ini", message);
        Assert.Contains(anyOf, p => message.Contains(p, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_distribution_function_that_cannot_be_normalised_is_named()
    {
        string text = SmallModel.With("type = NewExponential\nmass = 4e10\nJphi0 = 600\nJr0 = 20\nJz0 = 4\npr = -0.3\npz = -0.1\naddJden = 10\naddJvel = 700",
            "type = DoublePowerLaw\nmass = 1e12\nJ0 = 1e-300\nslopeIn = 1\nslopeOut = 4");
        Assert.StartsWith("m.ini:12: [DF thin disk] ", Assert.Throws<NumericalException>(() => ModelFile.Parse(text, "m.ini")).Message);
    }

    [Fact]
    public void The_text_is_kept_for_a_copy()
        => Assert.Equal(SmallModel.Text, ModelFile.Parse(SmallModel.Text).Text);

    [Fact]
    public void A_model_needs_components_and_a_potential()
    {
        Assert.Contains("has no section [Component NAME]", Assert.Throws<InputException>(() => ModelFile.Parse("[Potential]\ntype=NFW\nmass=1\nscaleRadius=1")).Message);
        Assert.Contains("has no section [Potential NAME]", Assert.Throws<InputException>(() => ModelFile.Parse("[Component a]\ndf=x\nkind=stars")).Message);
    }
}
