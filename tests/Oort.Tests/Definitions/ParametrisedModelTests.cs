using Oort.Definitions;
using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public class ParametrisedModelTests
{
    private const string Keys = """
        [Parameter a]
        key = DF thin disk/sigmar0
        [Parameter b]
        key = Potential dark halo/densityNorm
        """;

    private static readonly Potential Start = PotentialFile.Parse("[Potential p]\ntype = Isochrone\nmass = 1e11\nscaleRadius = 3\n");

    /// <summary>What was read before is handed on where it is the same, and only there: distribution functions are made in the file's potential.</summary>
    [Fact]
    public void A_model_depends_on_its_values_alone()
    {
        double[][] values = [[64, 8.52e6], [70, 8.52e6], [70, 9e6], [64, 8.52e6]];
        ParametrisedModel model = New();
        ModelSetup[] used = [.. values.Select(v => model.Setup(v, Start))];
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(Values(New().Setup(values[i], Start)), Values(used[i]));
        }

        double[][] found = [.. used.Select(Values)];
        Assert.Equal(4, Changed(found[0], found[1]));
        Assert.Equal(16, Changed(found[1], found[2]));
        Assert.Equal(0, Changed(found[0], found[3]));
        Assert.Same(Function(used[0], "bulge"), Function(used[1], "bulge"));
        Assert.Same(Function(used[0], "thick disk"), Function(used[1], "thick disk"));
        Assert.NotSame(Function(used[1], "bulge"), Function(used[2], "bulge"));
    }

    private static ParametrisedModel New()
    {
        ParametrisedModel model = new(IniFile.Read(Path.Combine(Repository.Root, "models", "sun25-mc17a.ini")));
        foreach (IniSection section in IniFile.Parse(Keys, "keys").Sections)
        {
            model.Add(new(section), "key");
        }

        return model;
    }

    private static DistributionFunction Function(ModelSetup setup, string name) => setup.Components.First(c => c.Name == name).DistributionFunction!;

    private static double[] Values(ModelSetup setup) => [.. new[] { "thin disk", "thick disk", "bulge", "dark halo" }.SelectMany(n => new[] { Function(setup, n).At(10, 5, 1500), Function(setup, n).At(30, 2, 1800), Function(setup, n).At(3, 20, 900), Function(setup, n).At(90, 9, 2000) })];

    private static int Changed(double[] a, double[] b) => a.Zip(b).Count(p => p.First != p.Second);
}
