using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Sun25;

/// <summary>Figures 15, 17 and 18: velocity dispersions, circular speeds and mean streaming in the plane.</summary>
internal static class VelocityFigures
{
    private const double LargestRadius = 25, BulgeEnds = 6, Outside = 2;
    private const string Speed = "km s<sup>−1</sup>";

    private static readonly Colour[] DataColours = [Colour.Green, Colour.Orange, Colour.Purple, Colour.Sky];

    /// <summary>Figure 15.</summary>
    public static Section? Dispersions(Sun25Context context)
    {
        ShownModel[] models = context.Predicted;
        return models.Length == 0 ? null : new("figure-15", "Figure 15", "Velocity dispersions in the plane",
            $"Radial, vertical and azimuthal velocity dispersion of each component in the plane; that of the bulge out to {Markup.Plain(BulgeEnds)} kpc, as in the paper.",
            [
                new Figure("figure-15-panels", "Velocity dispersions of each component in the plane", 3,
                    [.. models.SelectMany(m => (Panel[])[Panel(m, "radial", "<i>σ</i><sub>R</sub>", p => p.SigmaR), Panel(m, "vertical", "<i>σ</i><sub>z</sub>", p => p.SigmaZ), Panel(m, "azimuthal", "<i>σ</i><sub>φ</sub>", p => p.SigmaPhi)])]),
            ]);

        static Panel Panel(ShownModel m, string word, string symbol, Func<MidPlaneProfile, double[]> values)
            => new($"{m.Label}: {word}", Axis.Radius(0, LargestRadius), new(symbol, Speed, Low: 0, High: 250),
                [.. ModelPanels.Curves(m, m.Plane.R, m.Plane.Components.Where(p => p.Component.DistributionFunction is not null), p => p.Component, p => Ending(m, p, values(p)))])
            { Aspect = 1.05 };
    }

    /// <summary>Figure 17.</summary>
    public static Section? CircularSpeeds(Sun25Context context)
    {
        ShownModel[] models = context.Predicted;
        IReadOnlyList<MeasuredSpeeds> measured = context.Results.MeasuredSpeeds;
        if (models.Length == 0)
        {
            return null;
        }

        string[] missing = [.. MeasuredSpeeds.Published.Where(p => measured.All(m => m.Name != p.Name)).Select(p => $"{Markup.Of(p.Name)} ({p.File})")];
        return new("figure-17", "Figure 17", "Circular speeds",
            "The circular speed in the plane, and what stars with gas and the dark halo contribute to it: the squares add up." + string.Concat(measured.Select(d => Words(d, models))),
            [
                new Figure("figure-17-panels", "Circular speed against radius", ModelPanels.Columns(models.Length),
                    [.. models.Select(m => new Panel(m.Label, Axis.Radius(0, 30), new("<i>v</i><sub>c</sub>", Speed, Low: 0, High: 270), [.. Marks(m, measured)]) { Aspect = 0.9 })]),
            ])
        {
            Missing = missing.Length == 0 ? "" : $"Not to hand: the points of {string.Join(", ", missing)}. They are drawn where <code>--observations</code> names a folder with such a file.",
        };
    }

    /// <summary>Figure 18.</summary>
    public static Section? Streaming(Sun25Context context)
    {
        ShownModel[] models = [.. context.Predicted.Where(m => m.Components.Any(c => c.IsDisc))];
        if (models.Length == 0)
        {
            return null;
        }

        // More models than colours need their dashes: thick and thin discs stand apart then.
        bool apart = models.Length > ModelStyles.Count;
        Curve[] excess = [.. Curves(models, apart, _ => true, (circular, v) => v - circular)];
        (string Name, double R, double Value) most = Extreme(excess, 1), least = Extreme(excess, -1);
        Axis speed = new("⟨<i>V</i><sub>φ</sub>⟩", Speed, Low: 0, High: 270);
        Axis above = new("⟨<i>V</i><sub>φ</sub>⟩ − <i>v</i><sub>c</sub>", Speed, Low: 20 * Math.Floor(least.Value / 20), High: 10 * Math.Ceiling(Math.Max(1, most.Value) / 10));
        Panel[] Panels(string discs, Func<GalaxyComponent, bool> which) =>
        [
            new($"Mean streaming{discs}", Axis.Radius(0, LargestRadius), speed, [.. Curves(models, apart, which, (_, v) => v)]),
            new($"Above the circular speed{discs}", Axis.Radius(0, LargestRadius), above, [.. Curves(models, apart, which, (circular, v) => v - circular)]),
        ];
        return new("figure-18", "Figure 18", "Mean streaming velocities in the plane",
            $"Mean azimuthal velocity of the discs in the plane{(apart ? "" : ", thick ones full and thin ones dashed as in the paper")}; and how far it is above the circular speed, beyond "
            + $"{Markup.Plain(Outside)} kpc between {Markup.Of(least.Value, 2)} {Speed} ({least.Name}, at {Markup.Of(least.R, 2)} kpc) and {Markup.Of(most.Value, 2)} {Speed} ({most.Name}, at {Markup.Of(most.R, 2)} kpc). "
            + "The paper says that it “slightly surpasses the circular velocity” far from the centre.",
            [new Figure("figure-18-panels", "Mean streaming velocities of discs in the plane", 2, apart ? [.. Panels(": thick discs", IsThick), .. Panels(": others", c => !IsThick(c))] : Panels("", _ => true))]);
    }

    private static IEnumerable<Curve> Curves(ShownModel[] models, bool ownDashes, Func<GalaxyComponent, bool> which, Func<double, double, double> value) => models.SelectMany(m =>
    {
        double[] circular = [.. m.Plane.R.Select(m.Model.Solved.Galaxy.CircularSpeed)];
        return m.Plane.Components.Where(p => p.Component.IsDisc && which(p.Component)).Select(p =>
            new Curve($"{m.Label}, {Markup.Of(p.Component.Name)}", ownDashes ? m.Style : m.Style with { Dash = DashOf(m, p.Component) }, m.Plane.R, [.. circular.Zip(p.MeanVphi, value)]));
    });

    private static bool IsThick(GalaxyComponent disc) => disc.Name.Contains("thick", StringComparison.OrdinalIgnoreCase);

    /// <summary>The largest (sign 1) or smallest (-1) value that is shown outside the centre.</summary>
    private static (string Name, double R, double Value) Extreme(IEnumerable<Curve> curves, int sign)
        => curves.SelectMany(c => c.X.Zip(c.Y, (R, v) => (c.Name, R, Value: v))).Where(p => p.R is >= Outside and <= LargestRadius && double.IsFinite(p.Value)).MaxBy(p => sign * p.Value);

    private static Dash DashOf(ShownModel model, GalaxyComponent disc) => disc.Name switch
    {
        _ when IsThick(disc) => Dash.Solid,
        _ when disc.Name.Contains("thin", StringComparison.OrdinalIgnoreCase) => Dash.Dash,
        _ => model.Shown(disc).Style.Dash is Dash.Solid ? Dash.DashDot : model.Shown(disc).Style.Dash,
    };

    private static double[] Ending(ShownModel model, MidPlaneProfile p, double[] values)
        => p.Component.Name.Contains("bulge", StringComparison.OrdinalIgnoreCase) ? [.. values.Select((v, i) => model.Plane.R[i] <= BulgeEnds ? v : double.NaN)] : values;

    private static IEnumerable<Mark> Marks(ShownModel m, IReadOnlyList<MeasuredSpeeds> measured)
    {
        CircularSpeeds speeds = m.Model.Predictions!.CircularSpeeds;
        Style dark = m.Components.FirstOrDefault(c => c.Kind == ComponentKind.Dark)?.Style ?? new(Colour.Ink, Dash.Dash);
        foreach ((MeasuredSpeeds d, int i) in measured.Select((d, i) => (d, i)))
        {
            yield return new Points(Markup.Of(d.Name), new(DataColours[i % DataColours.Length]), d.Data.R, d.Data.Vcirc) { Below = d.Data.ErrorDown, Above = d.Data.ErrorUp };
        }

        yield return new Curve("Stars and gas", new(Colour.Blue, Dash.Dot), speeds.R, speeds.Baryons);
        yield return new Curve("Dark halo", dark, speeds.R, speeds.Dark);
        yield return new Curve("Total", ComponentStyles.AllStars, speeds.R, speeds.Total);
    }

    private static string Words(MeasuredSpeeds measured, ShownModel[] models)
    {
        CircularSpeedComparison[] all = [.. models.Select(m => CircularSpeedComparison.Of(measured.Data, m.Model.Solved.Galaxy))];
        string Each(Func<CircularSpeedComparison, string> value) => string.Join(", ", models.Zip(all, (m, c) => $"{value(c)} ({m.Label})"));
        return $" Models are above the points of {Markup.Of(measured.Name)} by {Each(c => Markup.Of(100 * c.MeanExcess, 2) + " %")} on average; the mean squares of their departures, in units of the points’ random errors, are {Each(c => Markup.Of(c.MeanSquareResidual, 2))}.";
    }
}
