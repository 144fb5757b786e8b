using Oort.Tests.Cli;

namespace Oort.Tests.Support;

/// <summary>A model of two components that reads quickly: a disc in a static halo.</summary>
public static class SmallModel
{
    public const string Text = """
        [Potential guess]
        type = MiyamotoNagai
        mass = 4e10
        scaleRadius = 3
        scaleHeight = 0.3

        [Potential halo]
        type = NFW
        mass = 8e11
        scaleRadius = 18

        [DF thin disk]
        type = NewExponential
        mass = 4e10
        Jphi0 = 600
        Jr0 = 20
        Jz0 = 4
        pr = -0.3
        pz = -0.1
        addJden = 10
        addJvel = 700

        [Component disc]
        df = thin disk
        grid = disk
        kind = stars

        [Component halo]
        density = halo
        kind = dark

        [SelfConsistentModel]
        R0 = 8.2

        [SelfConsistentModel disk]
        RminCyl = 0.2
        RmaxCyl = 30
        sizeRadialCyl = 12
        zminCyl = 0.1
        zmaxCyl = 10
        sizeVerticalCyl = 8

        """;

    /// <summary>Writes the model as a build of it would be, but in a potential that takes no time to solve.</summary>
    /// <returns>The directory, <c>model</c>.</returns>
    public static string Unsolved(Workplace work)
    {
        Directory.CreateDirectory(work.Path("model"));
        work.File("model/model.ini", Text);
        work.File("model/potential.ini", "[Potential]\ntype=NFW\nmass=8e11\nscaleRadius=18\n");
        return work.Path("model");
    }

    /// <summary>The text with one piece, which must be there, replaced.</summary>
    public static string With(string what, string by)
        => Text.Contains(what, StringComparison.Ordinal) ? Text.Replace(what, by, StringComparison.Ordinal) : throw new ArgumentException($"no '{what}' in the model");
}
