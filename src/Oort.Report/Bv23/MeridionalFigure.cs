using Oort.Models.Predictions;

namespace Oort.Report.Bv23;

/// <summary>Figure 13: densities in the meridional plane.</summary>
internal static class MeridionalFigure
{
    private const double Step = 0.5, Highest = 10;

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        MeridionalDensities plane = context.Predictions.Meridional;
        int rows = plane.Z.Count(z => z <= Highest);
        Panel Panel(string title, double[,] density, double low, double high)
        {
            double[,] log = new double[rows, plane.R.Length];
            for (int j = 0; j < rows; j++)
            {
                for (int i = 0; i < plane.R.Length; i++)
                {
                    log[j, i] = Math.Log10(density[i, j]);
                }
            }

            HeatMap map = new(title, new(Colour.Ink, Width: 1), plane.R, plane.Z[..rows], log, "log<sub>10</sub> <i>ρ</i> / M<sub>⊙</sub> pc<sup>−3</sup>")
            {
                Range = (low, high),
                Levels = [.. Enumerable.Range(1, (int)Math.Round((high - low) / Step) - 1).Select(k => low + Step * k)],
            };
            return new(title, Axis.Radius(0, plane.R[^1]), new("<i>z</i>", "kpc", Low: 0, High: plane.Z[rows - 1]), [map]) { Aspect = 0.62 };
        }

        return new("figure-13", "Figure 13", "Densities in the meridional plane",
            "Density of all stars and of dark matter. The colour scales are logarithmic, with two contours per dex.",
            [
                new Figure("figure-13-panels", "Densities of stars and dark matter in the meridional plane", 2,
                    [Panel("Stars", plane.Stars, -7, 1), Panel("Dark matter", plane.Dark, -3.5, 0)]),
            ]);
    }
}
