namespace Oort.Models.DiscParameters;

/// <summary>The straight line through points with the least sum of squares in y.</summary>
internal readonly record struct StraightLine(double Intercept, double Slope)
{
    public static StraightLine Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double meanX = 0, meanY = 0, xx = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            meanX += x[i] / x.Length;
            meanY += y[i] / x.Length;
        }

        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        return new(meanY - xy / xx * meanX, xy / xx);
    }

    public double At(double x) => Intercept + Slope * x;
}
