namespace Oort.Chemistry;

/// <summary>Contours of a density by what they enclose.</summary>
internal static class DensityLevel
{
    /// <summary>The density on the contour within which a given share of everything lies; NaN where the cells hold less than that share.</summary>
    /// <param name="density">Density in cells of equal area, normalised to 1 over all of the plane.</param>
    /// <param name="cellArea">Area of a cell.</param>
    /// <param name="share">The share, between 0 and 1.</param>
    public static double Enclosing(ReadOnlySpan<double> density, double cellArea, double share)
    {
        double[] descending = density.ToArray();
        Array.Sort(descending, (a, b) => b.CompareTo(a));

        // What lies above a cell's density, is half of its own and all of the denser cells'.
        double above = 0;
        for (int i = 0; i < descending.Length; i++)
        {
            double here = descending[i] * cellArea, enclosed = above + 0.5 * here;
            if (enclosed >= share)
            {
                if (i == 0)
                {
                    return descending[0];
                }

                double before = above - 0.5 * descending[i - 1] * cellArea, t = (share - before) / (enclosed - before);
                return descending[i - 1] + t * (descending[i] - descending[i - 1]);
            }

            above += here;
        }

        return double.NaN;
    }
}
