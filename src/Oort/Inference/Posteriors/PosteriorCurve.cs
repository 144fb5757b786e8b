namespace Oort.Inference.Posteriors;

/// <summary>
/// The density of one parameter, from draws: counted on a grid and smoothed by a Gaussian kernel of 0.9 n^(-1/5) times the smaller of the standard deviation and the interquartile range over 1.34
/// (Silverman 1986, equation 3.31, n being the effective number of draws).
/// </summary>
/// <param name="X">Values of the parameter.</param>
/// <param name="Density">Density there, normalised to one.</param>
public sealed record PosteriorCurve(double[] X, double[] Density)
{
    private const int Cells = 192;

    /// <summary>The curve of some draws.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="effective">As many independent draws are worth as much.</param>
    public static PosteriorCurve Of(double[] draws, double effective)
    {
        ArgumentNullException.ThrowIfNull(draws);
        double[] grid = PosteriorMap.Grid(draws, Cells), counted = new double[Cells], density = new double[Cells], sorted = [.. draws.Order()];
        double step = grid[1] - grid[0], mean = draws.Average(), sigma = Math.Sqrt(draws.Average(x => (x - mean) * (x - mean)));
        double quartiles = CredibleInterval.Quantile(sorted, 0.75) - CredibleInterval.Quantile(sorted, 0.25);
        double width = 0.9 * Math.Min(sigma, quartiles > 0 ? quartiles / 1.34 : sigma) * Math.Pow(Math.Max(1, effective), -0.2);
        foreach (double draw in draws)
        {
            double u = (draw - grid[0]) / step;
            if (u >= 0 && u < Cells - 1)
            {
                int cell = (int)u;
                counted[cell] += (1 - (u - cell)) / (draws.Length * step);
                counted[cell + 1] += (u - cell) / (draws.Length * step);
            }
        }

        double[] kernel = PosteriorMap.Kernel(Math.Max(1, width / step));
        for (int i = 0; i < Cells; i++)
        {
            for (int k = Math.Max(0, i - kernel.Length + 1); k < Math.Min(Cells, i + kernel.Length); k++)
            {
                density[i] += kernel[Math.Abs(i - k)] * counted[k];
            }
        }

        return new(grid, density);
    }
}
