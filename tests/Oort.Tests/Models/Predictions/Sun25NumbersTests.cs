using Oort.Definitions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Tests.Support;

namespace Oort.Tests.Models.Predictions;

public sealed class Sun25NumbersTests
{
    private static ModelDefinition Read(string name) => ModelFile.Read(Path.Combine(Repository.Root, "models", $"sun25-{name.ToLowerInvariant()}.ini"));

    /// <summary>
    /// Every parameter of Table 2 stands in models/sun25-*.ini, and only one model has them all; sigma_min is 1 % of the mean of the central dispersions (section 3.3).
    /// </summary>
    [Fact]
    public void Model_files_have_the_parameters_of_table_2()
    {
        foreach (Sun25Published model in Sun25Published.All)
        {
            ModelDefinition file = Read(model.Name);
            Sun25Parameters own = Sun25ModelFile.Parameters(file)!;
            Assert.True(own.Agrees(model.Parameters), $"{model.Name}: {string.Join(' ', own.Values)}, not {string.Join(' ', model.Parameters.Values)}");
            Assert.Same(model, Sun25Published.Find(own));
            foreach ((string name, Sun25Disc disc) in ((string, Sun25Disc)[])[("thin disk", model.Parameters.Thin), ("thick disk", model.Parameters.Thick)])
            {
                QuasiIsothermal df = (QuasiIsothermal)file.Setup.Components.Single(c => c.Name == name).DistributionFunction!;
                Assert.Equal(0.01 * 0.5 * (disc.SigmaR0 + disc.SigmaZ0), df.Parameters.Sigmamin, 1e-6);
            }
        }

        Assert.Equal(17, Sun25Published.All.Count);
    }

    [Fact]
    public void A_model_that_is_not_the_papers_has_parameters_and_no_row()
    {
        string text = Read("Mc17a").Text;
        Sun25Parameters changed = Sun25ModelFile.Parameters(ModelFile.Parse(text.Replace("R0 = 8.11", "R0 = 8.12", StringComparison.Ordinal)))!;
        Assert.Equal(8.12, changed.SunRadius);
        Assert.Null(Sun25Published.Find(changed));
        Sun25Parameters other = Sun25ModelFile.Parameters(ModelFile.Parse(text.Replace("Rsigmar = 12.52", "Rsigmar = 12.53", StringComparison.Ordinal)))!;
        Assert.True(double.IsNaN(other.Thin.RSigma));
        Assert.Null(Sun25Published.Find(other));
        Assert.Null(Sun25ModelFile.Parameters(ModelFile.Parse(SmallModel.Text)));
        Assert.Null(Sun25Published.Find(null));
    }

    [Theory]
    [InlineData("mc17a", "Mc17a")]
    [InlineData("sun25-CA20E-refitted", "Ca20e")]
    [InlineData("bv23", null)]
    public void Builds_are_named_after_models(string name, string? model) => Assert.Equal(model, Sun25Published.Named(name)?.Name);

    /// <summary>Beside the fiducial model's numbers stand the paper's; 4 % is the bar of Table 4, 3 % that of M200 in the initial potential.</summary>
    [Fact]
    public void Numbers_of_the_fiducial_model()
    {
        ModelDefinition model = Read("Mc17a");
        Galaxy galaxy = Sun25ModelsTests.Fiducial.Value.Galaxy;
        Sun25Numbers numbers = Sun25Numbers.Of(Sun25ModelFile.Parameters(model)!, model.Setup.InitialPotential, galaxy);
        Assert.Equal("Mc17a", numbers.Published?.Name);
        Assert.Equal(galaxy.CircularSpeed(8.11), numbers.Speed);
        Assert.Equal(9, numbers.Compared.Count);
        foreach (ComparedNumber n in numbers.Compared.Where(n => n.Where == "Table 4" || n.Quantity.EndsWith("initial potential", StringComparison.Ordinal)))
        {
            Assert.True(Math.Abs(n.RelativeDifference) < (n.Where == "Table 4" ? 0.04 : 0.03), $"{n.Quantity}: {n.Value}, paper {n.Paper}");
        }
    }
}
