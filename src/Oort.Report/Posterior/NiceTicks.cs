using System.Globalization;

namespace Oort.Report.Posterior;

/// <summary>Round numbers within a range.</summary>
internal static class NiceTicks
{
    /// <summary>The most round ones that are not more than wanted, and their text.</summary>
    /// <param name="low">Where the range begins.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="most">How many, at most.</param>
    public static IReadOnlyList<(double Value, string Text)> Of(double low, double high, int most)
    {
        if (!(high > low))
        {
            return [];
        }

        int power = (int)Math.Floor(Math.Log10((high - low) / most)) - 1;
        for (; ; power++)
        {
            foreach (int multiple in (int[])[1, 2, 5])
            {
                double step = multiple * Math.Pow(10, power);
                long first = (long)Math.Ceiling(low / step), last = (long)Math.Floor(high / step);
                if (last - first < most)
                {
                    string form = "F" + Math.Max(0, -power).ToString(CultureInfo.InvariantCulture);
                    return [.. Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(k => (first + k) * step)
                        .Select(v => (v, v.ToString(form, CultureInfo.InvariantCulture).Replace('-', '−')))];
                }
            }
        }
    }
}
