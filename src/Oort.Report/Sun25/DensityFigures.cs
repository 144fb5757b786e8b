using Oort.Models.Predictions;

namespace Oort.Report.Sun25;

/// <summary>Figures 13, 14 and 16: densities in the plane, above the Sun, and of discs seen face-on.</summary>
internal static class DensityFigures
{
    private const double LargestRadius = 25, ScaleLength = 3, Reference = 8, FitFrom = 4, FitTo = 20;
    private const string Volume = "M<sub>⊙</sub> pc<sup>−3</sup>";

    // Those whose decline the paper finds close to a scale length of 3 kpc.
    private static readonly string[] Close = ["Ca20d", "Ca20e"];

    /// <summary>Figure 13.</summary>
    public static Section? InThePlane(Sun25Context context)
    {
        ShownModel[] models = context.Predicted;
        return models.Length == 0 ? null : new("figure-13", "Figure 13", "Densities in the plane",
            "Density of each component in the plane against distance from the axis.",
            [
                new Figure("figure-13-panels", "Density of each component in the plane", ModelPanels.Columns(models.Length),
                    [.. models.Select(m => new Panel(m.Label, Axis.Radius(0, LargestRadius), new("<i>ρ</i>", Volume, true, 1e-6, 100),
                        [.. ModelPanels.Curves(m, m.Plane.R, m.Plane.Components.Where(p => p.Rho.Max() > 1e-6), p => p.Component, p => p.Rho)]) { Aspect = 0.9 })]),
            ]);
    }

    /// <summary>Figure 14.</summary>
    public static Section? AboveTheSun(Sun25Context context)
    {
        ShownModel[] models = context.Predicted;
        const double Lowest = 1e-6;
        string suns = string.Join(", ", models.Select(m => $"{Markup.Plain(m.Model.SunRadius)} kpc ({m.Label})"));
        return models.Length == 0 ? null : new("figure-14", "Figure 14", "Densities above the Sun",
            $"Density of each component against height at the Sun’s distance from the centre: {suns}.",
            [
                new Figure("figure-14-panels", "Density of each component above the Sun", ModelPanels.Columns(models.Length),
                    [.. models.Select(m => new Panel(m.Label, new("|<i>z</i>|", "kpc", Low: 0, High: 5), new("<i>ρ</i>", Volume, true, Lowest, 0.1),
                        [.. ModelPanels.Curves(m, m.Model.Predictions!.Vertical.Z, m.Model.Predictions.Vertical.Components.Where(c => c.Values.Max() > Lowest), c => c.Component, c => c.Values)]) { Aspect = 0.9 })]),
            ]);
    }

    /// <summary>Figure 16.</summary>
    public static Section? SurfaceDensities(Sun25Context context)
    {
        ShownModel[] models = [.. context.Predicted.Where(m => m.Components.Any(c => c.IsDisc))];
        if (models.Length == 0)
        {
            return null;
        }

        FaceOn first = models[0].Model.Predictions!.FaceOn;
        double at = first.DiscSigma[Array.IndexOf(first.R, Reference)];
        return new("figure-16", "Figure 16", "Surface densities of the stellar discs",
            $"Surface density of all disc stars. The dashed line, through {models[0].Label} at {Markup.Plain(Reference)} kpc, has a scale length of {Markup.Plain(ScaleLength)} kpc. "
            + $"The scale lengths below are those of straight lines through ln <i>Σ</i> from {Markup.Plain(FitFrom)} to {Markup.Plain(FitTo)} kpc.",
            [
                new Figure("figure-16-panels", "Surface density of disc stars", 1,
                [
                    new Panel("", Axis.Radius(0, LargestRadius), new("<i>Σ</i>", "M<sub>⊙</sub> pc<sup>−2</sup>", true),
                    [
                        new Curve($"Scale length {Markup.Plain(ScaleLength)} kpc", ComponentStyles.Elsewhere, first.R, [.. first.R.Select(R => at * Math.Exp((Reference - R) / ScaleLength))]),
                        .. models.Select(m => new Curve(m.Label, m.Style, m.Model.Predictions!.FaceOn.R, m.Model.Predictions.FaceOn.DiscSigma)),
                    ]) { Aspect = 0.66 },
                ]),
            ])
        {
            Comparisons = [.. models.Select(m => new Comparison($"scale length of the discs, {m.Label}", "kpc", m.Model.Predictions!.FaceOn.ScaleLength(FitFrom, FitTo),
                Close.Contains(m.Model.Numbers?.Published?.Name) ? ScaleLength : double.NaN)
            {
                Note = m.Model.Numbers?.Published?.Name == "Mc17a" ? "“a more rapid decrease”, which the paper calls a larger scale length" : Close.Contains(m.Model.Numbers?.Published?.Name) ? "“closely matches”" : "",
            })],
        };
    }
}
