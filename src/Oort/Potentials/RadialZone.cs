using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// The integrals of the multipoles of a density over cells equally wide in x = ln r:
/// of rho_l (s/r_high)^(l+1) s^2 dx for the mass inside, of rho_l (r_low/s)^l s^2 dx for that outside.
/// </summary>
internal sealed class RadialZone
{
    private const int NodesPerCell = 8;

    private readonly double step;
    private readonly double[,] inside;  // [cell, l/2]
    private readonly double[,] outside;
    private readonly double[] firstDensity; // r^2 rho_l at the two ends of the zone
    private readonly double[] lastDensity;
    private readonly double firstSlope; // d ln rho_0 / d ln r there
    private readonly double lastSlope;

    public RadialZone(MultipoleSolver.Projection density, int terms, double start, double step, int cells)
    {
        this.step = step;
        inside = new double[cells, terms];
        outside = new double[cells, terms];
        Span<double> t = stackalloc double[NodesPerCell], w = stackalloc double[NodesPerCell];
        GaussLegendre.Rule(NodesPerCell).Map(0, step, t, w);
        double t0 = t[0];
        double[] rho = new double[terms], firstNode = new double[terms], lastNode = new double[terms], previous = new double[terms];
        double firstAtEndOfCell = 0, lastAtStartOfCell = 0;
        for (int c = 0; c < cells; c++)
        {
            for (int k = 0; k < NodesPerCell; k++)
            {
                double r = Math.Exp(start + c * step + t[k]);
                density(r, rho);
                double weight = w[k] * r * r;
                for (int j = 0; j < terms; j++)
                {
                    inside[c, j] += weight * rho[j] * Math.Exp((2 * j + 1) * (t[k] - step));
                    outside[c, j] += weight * rho[j] * Math.Exp(-2 * j * t[k]);
                }

                if (c == 0 && k == 0)
                {
                    rho.CopyTo(firstNode, 0);
                }
                else if (c == 0 && k == NodesPerCell - 1)
                {
                    firstAtEndOfCell = rho[0];
                }

                if (c == cells - 1 && k == 0)
                {
                    lastAtStartOfCell = rho[0];
                }
                else if (c == cells - 1 && k == NodesPerCell - 1)
                {
                    rho.CopyTo(lastNode, 0);
                }
            }
        }

        double width = t[NodesPerCell - 1] - t[0], end = start + cells * step;
        firstSlope = Slope(firstNode[0], firstAtEndOfCell, width);
        lastSlope = Slope(lastAtStartOfCell, lastNode[0], width);
        firstDensity = [.. firstNode.Select(v => v * Math.Exp(2 * start - firstSlope * t0))];
        lastDensity = [.. lastNode.Select(v => v * Math.Exp(2 * end + lastSlope * t0))];

        static double Slope(double low, double high, double width) => low * high > 0 ? Math.Log(high / low) / width : 0;
    }

    /// <summary>The integral inside the zone's start, of a power-law density.</summary>
    public double TailInside(int l) => firstDensity[l / 2] / Math.Max(l + 3 + firstSlope, 0.02);

    /// <summary>The integral outside the zone's end, of a power-law density.</summary>
    public double TailOutside(int l) => lastDensity[l / 2] / Math.Max(l - 2 - lastSlope, 0.02);

    /// <summary>r^(-l-1) times the integral of rho_l s^(l+2) ds inside r, at every node, from its value at the first.</summary>
    public double[] SumInside(int l, double atFirst)
    {
        int cells = inside.GetLength(0);
        double[] sum = new double[cells + 1];
        double shrink = Math.Exp(-(l + 1) * step);
        sum[0] = atFirst;
        for (int c = 0; c < cells; c++)
        {
            sum[c + 1] = sum[c] * shrink + inside[c, l / 2];
        }

        return sum;
    }

    /// <summary>r^l times the integral of rho_l s^(1-l) ds outside r, at every node, from its value at the last.</summary>
    public double[] SumOutside(int l, double atLast)
    {
        int cells = outside.GetLength(0);
        double[] sum = new double[cells + 1];
        double shrink = Math.Exp(-l * step);
        sum[cells] = atLast;
        for (int c = cells - 1; c >= 0; c--)
        {
            sum[c] = sum[c + 1] * shrink + outside[c, l / 2];
        }

        return sum;
    }

    /// <summary>The monopole's integral outside r minus that outside the first node: zero there, negative beyond.</summary>
    public double[] FallOutside()
    {
        int cells = outside.GetLength(0);
        double[] sum = new double[cells + 1];
        for (int c = 0; c < cells; c++)
        {
            sum[c + 1] = sum[c] - outside[c, 0];
        }

        return sum;
    }
}
