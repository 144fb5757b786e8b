using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Sun25;

/// <summary>Figures 6 and 7: what the iterations change.</summary>
internal static class IterationFigures
{
    private const double LargestRadius = 25;
    private const string Solar = "M<sub>⊙</sub>";

    private static readonly Axis Spheres = new("<i>r</i>", "kpc", true, 0.5, 300);

    /// <summary>Both, of the models for which the iterations were followed.</summary>
    public static IEnumerable<Section> All(Sun25Context context)
    {
        ShownModel[] models = [.. context.Predicted.Where(m => m.Model.Iterations is not null)];
        return models.Length == 0 ? [] : [Masses(models), Dispersions(models)];
    }

    private static Section Masses(ShownModel[] models)
    {
        View[] views =
        [
            new("All mass", Panels(i => i.Total)),
            .. Shared(models).Select(name => new View(ModelPanels.Capital(name), Panels(i => i.Components.FirstOrDefault(c => c.Component.Name == name)?.Values))),
        ];
        return new("figure-6", "Figure 6", "Masses from iteration to iteration",
            "The mass inside spheres of radius <i>r</i>, and its distance from the last one: of the initial potential (ini), after iterations as the paper has them, each of which finds the densities of all distribution functions "
            + "in the potential before it, and of the solved model (last), to which the solver comes by other steps. The table has the circular speed at the Sun, <i>M</i><sub>200</sub> and the largest relative change of the force in the iteration. "
            + "The distribution function of a halo whose mass has no bound ends at some radius: the first iteration takes mass off its outskirts. The paper finds minimal changes for Mc17a, and for Ca20d a marked reduction in mass after one iteration.",
            [
                new Figure("figure-6-panels", "Mass inside spheres after iterations", 2, views),
                new Table("figure-6-table", "", ["", .. IterationHeads(models[0])],
                    [.. models.SelectMany(m => (string[][])
                    [
                        Row(m, $"<i>v</i><sub>c</sub> <span class=\"unit\">km s<sup>−1</sup></span>", n => Markup.Of(n.CircularSpeed, 4)),
                        Row(m, $"<i>M</i><sub>200</sub> <span class=\"unit\">10<sup>12</sup> {Solar}</span>", n => Markup.Of(n.VirialMass / 1e12)),
                        Row(m, "change of the force", n => Markup.Of(n.Residual, 2)),
                    ])]),
            ]);

        Panel[] Panels(Func<IterationMasses, double[]?> masses) => [.. models.SelectMany(m => (Panel[])
        [
            new($"{m.Label}: mass", Spheres, new("<i>M</i>(&lt; <i>r</i>)", Solar, true), [.. Known(m, masses).Select(n => Curve(m, n, masses(n)!))]),
            new($"{m.Label}: distance from the last", Spheres, new("|<i>M</i>/<i>M</i><sub>last</sub> − 1|", "", true, 1e-5, 1),
                [.. Known(m, masses).Where(n => n.Number is not null).Select(n => Curve(m, n, [.. masses(n)!.Zip(masses(m.Model.Iterations!.Iterations[^1])!, (own, last) => Math.Abs(own / last - 1))]))]),
        ])];

        // Initial masses are those of components that the model file's potential names.
        IEnumerable<IterationMasses> Known(ShownModel m, Func<IterationMasses, double[]?> masses) => m.Model.Iterations!.Iterations.Where(n => masses(n) is not null);
        Curve Curve(ShownModel m, IterationMasses n, double[] values) => new(Word(n), Look(n), m.Model.Iterations!.R, values);
    }

    private static Section Dispersions(ShownModel[] models)
    {
        View[] views = [new("All stellar discs", Panels(c => c.IsDisc)), .. Shared(models).Select(name => new View(ModelPanels.Capital(name), Panels(c => c.Name == name)))];
        return new("figure-7", "Figure 7", "Velocity dispersions before and after iteration",
            "Radial, vertical and azimuthal velocity dispersions in the plane: of the distribution functions in the initial potential (full) and in that which they generate (dashed). The paper does not say of which stars its are; here the stellar discs together come first. "
            + "Dotted, of a single quasi-isothermal disc: the dispersions that its parameters stand for, [<i>σ</i><sub>0</sub><sup>2</sup> exp(−2<i>R</i>/<i>R</i><sub>σ</sub>) + <i>σ</i><sub>min</sub><sup>2</sup>]<sup>1/2</sup>, radial and vertical.",
            [new Figure("figure-7-panels", "Velocity dispersions before and after iteration", ModelPanels.Columns(models.Length), views)]);

        Panel[] Panels(Func<GalaxyComponent, bool> which)
        {
            MixedProfile[][] all = [.. models.Select(m => (MixedProfile[])[m.Model.Iterations!.InitialPlane.Together(which), m.Model.Predictions!.MidPlane.Together(which)])];
            double[] R = models[0].Model.Iterations!.InitialPlane.R;
            Mark[][] marks = [.. models.Select((m, i) => (Mark[])[.. Marks(R, all[i], Single(m, which))])];
            double highest = marks.SelectMany(m => m).SelectMany(m => m.Values.Where((v, i) => R[i] <= LargestRadius && double.IsFinite(v))).DefaultIfEmpty(1).Max();
            Axis y = new("<i>σ</i>", "km s<sup>−1</sup>", Low: 0, High: 50 * Math.Ceiling(1.02 * highest / 50));
            return [.. models.Select((m, i) => new Panel(m.Label, Axis.Radius(0, LargestRadius), y, marks[i]))];
        }
    }

    private static IEnumerable<Mark> Marks(double[] R, MixedProfile[] beforeAndAfter, QuasiIsothermalParameters? disc)
    {
        (string Symbol, Colour Colour, Func<MixedProfile, double[]> Values, Func<double, double>? Parameter)[] directions =
        [
            ("<i>σ</i><sub>R</sub>", Colour.Vermillion, p => p.SigmaR, disc is null ? null : disc.RadialDispersion),
            ("<i>σ</i><sub>z</sub>", Colour.Blue, p => p.SigmaZ, disc is null ? null : disc.VerticalDispersion),
            ("<i>σ</i><sub>φ</sub>", Colour.Green, p => p.SigmaPhi, null),
        ];
        foreach ((string symbol, Colour colour, Func<MixedProfile, double[]> values, Func<double, double>? parameter) in directions)
        {
            if (parameter is not null)
            {
                yield return new Curve($"{symbol}, parameters", new(colour, Dash.Dot, 1.3), R, [.. R.Select(parameter)]);
            }

            yield return new Curve($"{symbol}, initial", new(colour, Width: 1.5), R, values(beforeAndAfter[0]));
            yield return new Curve($"{symbol}, self-consistent", new(colour, Dash.Dash, 2.2), R, values(beforeAndAfter[1]));
        }
    }

    private static QuasiIsothermalParameters? Single(ShownModel model, Func<GalaxyComponent, bool> which)
    {
        GalaxyComponent[] chosen = [.. model.Model.Solved.Galaxy.Components.Where(which)];
        return chosen.Length == 1 ? (chosen[0].DistributionFunction as QuasiIsothermal)?.Parameters : null;
    }

    /// <summary>Names, of components with distribution functions, that all models have.</summary>
    private static IEnumerable<string> Shared(ShownModel[] models)
    {
        IEnumerable<string> Own(ShownModel m) => m.Model.Solved.Galaxy.Components.Where(c => c.DistributionFunction is not null).Select(c => c.Name);
        return models.Skip(1).Aggregate(Own(models[0]), (common, m) => common.Intersect(Own(m)));
    }

    private static IEnumerable<string> IterationHeads(ShownModel model) => model.Model.Iterations!.Iterations.Select(Word);

    private static string[] Row(ShownModel m, string quantity, Func<IterationMasses, string> cell) => [$"{m.Label}, {quantity}", .. m.Model.Iterations!.Iterations.Select(cell)];

    private static string Word(IterationMasses n) => n.Number switch { null => "last", 0 => "ini", int number => Markup.Plain(number) };

    // Later iterations lie on each other: the earlier, the narrower and the more broken.
    private static Style Look(IterationMasses n) => n.Number switch
    {
        null => new(Colour.Grey, Width: 4),
        0 => new(Colour.Ink, Dash.LongDash, 1.8),
        1 => new(Colour.Vermillion, Dash.Dash),
        3 => new(Colour.Orange, Dash.DashDot),
        6 => new(Colour.Green, Dash.Dot),
        _ => new(Colour.Blue, Width: 1.2),
    };
}
