using Oort.Chemistry;
using Oort.Coordinates;

namespace Oort.Report.Bv23;

/// <summary>Figures 20 and 21 and Table 6: chemodynamics.</summary>
internal static class ChemistryFigures
{
    private const string FeH = "[Fe/H]", AlphaFe = "[α/Fe]", Dex = "dex";

    // What of the plane is drawn: nearly all stars of Hayden et al. (2015) are there.
    private const double FeHLow = -1.2, FeHHigh = 0.6, AlphaFeLow = -0.15, AlphaFeHigh = 0.45;

    private static readonly Dictionary<string, double[]> Paper = new(StringComparer.OrdinalIgnoreCase)
    {
        ["young disk"] = [0.2, -0.07, 0, 0.1, 0.03, 2],
        ["middle disk"] = [0, -0.07, 0.03, 0.1, 0.03, 2],
        ["old disk"] = [-0.2, -0.07, 0.06, 0.1, 0.05, 2],
        ["thick disk"] = [-0.5, 0, 0.2, 0.2, 0.03, 7],
        ["stellar halo"] = [-1, 0, 0.2, 0.3, 0.1, 3],
        ["bulge"] = [-0.5, 0, 0.2, 0.2, 0.02, 3],
    };

    /// <summary>Figure 20.</summary>
    public static Section? Maps(ChemistryResults? chemistry)
    {
        if (chemistry is null)
        {
            return null;
        }

        ChemicalMaps maps = chemistry.Maps;
        (double[] x, int firstX) = Shown(maps.Plane.FeH(), FeHLow, FeHHigh);
        (double[] y, int firstY) = Shown(maps.Plane.AlphaFe(), AlphaFeLow, AlphaFeHigh);
        Panel[] panels =
        [
            .. maps.Bins.OrderByDescending(b => b.Bin.ZLow).ThenBy(b => b.Bin.RLow).Select(b => new Panel($"<i>R</i> = {Markup.Of(b.MeanR, 2)}, |<i>z</i>| = {Markup.Of(b.MeanZ, 2)}", new(FeH, Dex, Low: FeHLow, High: FeHHigh), new(AlphaFe, Dex, Low: AlphaFeLow, High: AlphaFeHigh),
            [
                new HeatMap("Stars, with the contours that hold 50 and 90 % of them", new(Colour.Blue, Width: 1.3), x, y, Part(b.Density, firstX, x.Length, firstY, y.Length), "stars per dex<sup>2</sup>")
                {
                    Levels = [.. new[] { b.Level90, b.Level50 }.Where(double.IsFinite)],
                    Digits = 3,
                    HasScale = false,
                    IsOverlay = true,
                },
            ])
            {
                Notes = [new(Corner.LowerLeft, $"{Markup.Of(100 * b.HighAlphaFraction, 2)} %")],
                Aspect = 1,
            }),
        ];
        int columns = maps.Bins.Select(b => b.Bin.RLow).Distinct().Count();
        return new("figure-20", "Figure 20", "Chemistry by place in the galaxy",
            $"The model’s stars in the plane of {FeH} and {AlphaFe}, in bins of radius (growing to the right) and height (growing upwards), kpc. Colours show the density of stars at the centre of each bin, "
            + "integrated over their velocities rather than drawn; contours hold 50 and 90 % of the stars. The number in the corner is the share of high-α stars.",
            [new Figure("figure-20-panels", "Stars in the plane of iron and alpha abundances, in 18 bins of radius and height", columns == 6 ? 6 : 3, panels)])
        {
            Missing = "The paper’s upper block, the APOGEE stars of Hayden et al. (2015), is not to hand; nor are their numbers, which a smooth density does not need.",
        };
    }

    /// <summary>Table 6.</summary>
    public static Section? Parameters(Bv23Context context)
    {
        if (context.Results.Chemistry is not ChemistryResults chemistry)
        {
            return null;
        }

        string Label(string name) => context.Components.FirstOrDefault(c => c.Name == name)?.Label ?? Markup.Of(name);
        return new("table-6", "Table 6", "Parameters of the chemistry",
            $"The Gaussians of each component’s stars. <i>x</i>, <i>y</i> and their dispersions are in dex, gradients in dex kpc<sup>−1</sup>, <i>θ</i> in degrees, <i>J</i><sub>z0</sub> and <i>Δ</i><sub>z</sub> in kpc km s<sup>−1</sup>. "
            + $"Where a value is not the paper’s, the paper’s stands below it in grey. The last column is the model’s own gradient of {FeH} of all stars of the component, in the plane at the Sun.",
            [
                new Table("table-6-values", "",
                    [
                        "", "<i>x</i><sub>⊙</sub>", "<i>V</i><sub>c</sub> d<i>x</i>/d<i>J</i><sub>φ</sub>", "<i>y</i>", "<i>σ</i><sub>x</sub>", "<i>σ</i><sub>y</sub>", "<i>θ</i>", "<i>J</i><sub>z0</sub>", "<i>Δ</i><sub>z</sub>",
                        $"d{FeH}/d<i>R</i>",
                    ],
                    [.. chemistry.Rows.Select(r => Row(Label(r.Population.Component), r))]),
            ]);
    }

    /// <summary>Figure 21.</summary>
    public static Section? HighAlpha(Bv23Context context)
    {
        if (context.Results.Chemistry is not { HighAlpha: [HighAlphaCurve curve, ..] })
        {
            return null;
        }

        const string Unit = "kpc km s<sup>−1</sup>";
        Style all = context.Components.FirstOrDefault(c => c.Name == curve.Component)?.Style ?? new(Colour.Purple, Dash.LongDash);
        string name = Markup.Of(curve.Component);
        double[] Jz = [.. curve.Jz];
        return new("figure-21", "Figure 21", "The high-α population",
            $"The probability that a star of the {name} has high-α chemistry, and the distribution function of those that have, against <i>J</i><sub>z</sub>; for <i>J</i><sub>r</sub> = 0 and <i>J</i><sub>φ</sub> = "
            + $"{Markup.Of(curve.Jphi, 4)} {Unit}, that of the circular orbit at the Sun.",
            [
                new Figure("figure-21-panels", "The high-alpha population against vertical action", 2,
                [
                    new Panel("", new("<i>J</i><sub>z</sub>", Unit, Low: 0, High: Jz[^1]), new("<i>P</i><sub>hi</sub>", "", Low: 0, High: 1.05), [new Curve("High-α stars", new(Colour.Vermillion), Jz, [.. curve.Probability])]),
                    new Panel("", new("<i>J</i><sub>z</sub>", Unit, Low: 0, High: Jz[^1]), new("<i>f</i>", "M<sub>⊙</sub> (kpc km s<sup>−1</sup>)<sup>−3</sup>"),
                        [new Curve($"All stars of the {name}", all, Jz, [.. curve.Whole]), new Curve("High-α stars", new(Colour.Vermillion), Jz, [.. curve.DistributionFunction])]),
                ]),
            ]);
    }

    private static string[] Row(string label, ChemistryRow row)
    {
        ChemicalParameters p = row.Population.Parameters;
        double[] ours = [p.X, p.Gradient, p.Y, p.SigmaX, p.SigmaY, p.Theta / Units.Degree];
        double[]? paper = Paper.GetValueOrDefault(row.Population.Component);
        HighAlphaSplit? split = row.Population.Split;
        (string centre, string width) = split is null ? ("–", "–") : (Markup.Plain(split.Centre), Markup.Plain(split.Width) + (split.Action == SplitAction.Jz ? "" : " of <i>J</i><sub>φ</sub>"));
        return [label, .. ours.Select((v, i) => Markup.Beside(v, paper?[i])), centre, width, Markup.Of(row.ModelGradient, 2)];
    }

    private static (double[] Values, int First) Shown(double[] all, double low, double high)
    {
        int first = Array.FindIndex(all, v => v >= low);
        return ([.. all.Skip(first).TakeWhile(v => v <= high)], first);
    }

    /// <summary>Part of a density [x, y] as rows of y.</summary>
    private static double[,] Part(double[,] density, int firstX, int columns, int firstY, int rows)
    {
        double[,] part = new double[rows, columns];
        for (int j = 0; j < rows; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                part[j, i] = density[firstX + i, firstY + j];
            }
        }

        return part;
    }
}
