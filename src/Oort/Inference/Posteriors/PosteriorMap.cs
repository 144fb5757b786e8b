namespace Oort.Inference.Posteriors;

/// <summary>
/// The joint density of two parameters, from draws: counted on a grid and smoothed by a Gaussian kernel whose widths are n^(-1/6) times the standard deviation of each at a given value of the other
/// (Silverman 1986, section 4.3, n being the effective number of draws), that of one and a half cells at least.
/// </summary>
public sealed class PosteriorMap
{
    private const int Cells = 64;
    private const double Tail = 0.001, Margin = 0.12, LeastWidth = 1.5, KernelReach = 4;

    private readonly double firstX, firstY, stepX, stepY;
    private readonly double[] atDraws;

    private PosteriorMap(double[] x, double[] y, double[,] density, double[] atDraws)
    {
        (X, Y, Density, this.atDraws) = (x, y, density, atDraws);
        (firstX, firstY, stepX, stepY) = (x[0], y[0], x[1] - x[0], y[1] - y[0]);
    }

    /// <summary>Abscissae of the grid.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Ordinates of the grid.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Density at [ordinate, abscissa], normalised to one.</summary>
    public double[,] Density { get; }

    /// <summary>The density on the contour inside which this share of the draws lies: where it is larger, there are as many.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public double Level(double share) => CredibleInterval.Quantile(atDraws, 1 - share);

    /// <summary>The density at a place, linear between those of the grid.</summary>
    public double At(double x, double y) => At(Density, (x - firstX) / stepX, (y - firstY) / stepY);

    /// <summary>The map of some draws.</summary>
    /// <param name="x">The draws of one parameter.</param>
    /// <param name="y">The draws of the other one, in the same order.</param>
    /// <param name="effective">As many independent draws are worth as much.</param>
    public static PosteriorMap Of(double[] x, double[] y, double effective)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        (double meanX, double meanY) = (x.Average(), y.Average());
        double xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }

        double own = xx > 0 && yy > 0 ? Math.Sqrt(Math.Max(0, 1 - xy * xy / (xx * yy))) : 1, factor = own * Math.Pow(Math.Max(1, effective), -1.0 / 6);
        double[] gridX = Grid(x), gridY = Grid(y);
        (double stepX, double stepY) = (gridX[1] - gridX[0], gridY[1] - gridY[0]);
        double[,] density = new double[Cells, Cells];
        double weight = 1 / (x.Length * stepX * stepY);
        for (int i = 0; i < x.Length; i++)
        {
            // Shared among the four nodes around it.
            double u = (x[i] - gridX[0]) / stepX, v = (y[i] - gridY[0]) / stepY;
            if (u >= 0 && u < Cells - 1 && v >= 0 && v < Cells - 1)
            {
                (int column, int row) = ((int)u, (int)v);
                (double a, double b) = (u - column, v - row);
                density[row, column] += weight * (1 - a) * (1 - b);
                density[row, column + 1] += weight * a * (1 - b);
                density[row + 1, column] += weight * (1 - a) * b;
                density[row + 1, column + 1] += weight * a * b;
            }
        }

        density = Smooth(density, Math.Max(LeastWidth, factor * Math.Sqrt(xx / x.Length) / stepX), isRows: false);
        density = Smooth(density, Math.Max(LeastWidth, factor * Math.Sqrt(yy / y.Length) / stepY), isRows: true);
        double[] atDraws = [.. x.Select((value, i) => At(density, (value - gridX[0]) / stepX, (y[i] - gridY[0]) / stepY)).Order()];
        return new(gridX, gridY, density, atDraws);
    }

    /// <summary>Even nodes that reach a little beyond all but a few draws.</summary>
    internal static double[] Grid(double[] draws, int cells = Cells)
    {
        double[] sorted = [.. draws.Order()];
        (double low, double high) = (CredibleInterval.Quantile(sorted, Tail), CredibleInterval.Quantile(sorted, 1 - Tail));
        double width = high > low ? high - low : Math.Max(1e-9, 1e-9 * Math.Abs(low));
        (low, high) = (low - Margin * width, high + Margin * width);
        return [.. Enumerable.Range(0, cells).Select(i => low + (high - low) * i / (cells - 1))];
    }

    /// <summary>A Gaussian's values at whole distances, normalised.</summary>
    internal static double[] Kernel(double width)
    {
        double[] kernel = [.. Enumerable.Range(0, (int)(KernelReach * width) + 2).Select(k => Math.Exp(-0.5 * k * k / (width * width)))];
        double sum = 2 * kernel.Sum() - kernel[0];
        return [.. kernel.Select(k => k / sum)];
    }

    private static double[,] Smooth(double[,] density, double width, bool isRows)
    {
        double[] kernel = Kernel(width);
        double[,] result = new double[Cells, Cells];
        for (int i = 0; i < Cells; i++)
        {
            for (int j = 0; j < Cells; j++)
            {
                for (int k = Math.Max(0, j - kernel.Length + 1); k < Math.Min(Cells, j + kernel.Length); k++)
                {
                    if (isRows)
                    {
                        result[j, i] += kernel[Math.Abs(j - k)] * density[k, i];
                    }
                    else
                    {
                        result[i, j] += kernel[Math.Abs(j - k)] * density[i, k];
                    }
                }
            }
        }

        return result;
    }

    private static double At(double[,] density, double u, double v)
    {
        if (!(u >= 0 && u <= Cells - 1 && v >= 0 && v <= Cells - 1))
        {
            return 0;
        }

        (int column, int row) = (Math.Min((int)u, Cells - 2), Math.Min((int)v, Cells - 2));
        (double a, double b) = (u - column, v - row);
        return (1 - b) * ((1 - a) * density[row, column] + a * density[row, column + 1]) + b * ((1 - a) * density[row + 1, column] + a * density[row + 1, column + 1]);
    }
}
