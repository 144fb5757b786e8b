using Oort.Models;

namespace Oort.Surveys;

/// <summary>Probabilities of cells and velocity moments of several components, at a place or averaged over places.</summary>
internal sealed class PlaceValues
{
    /// <summary>All zero.</summary>
    public PlaceValues(IReadOnlyList<HistogramAxis> axes, int components)
    {
        Cells = [.. axes.Select(a => Enumerable.Range(0, components).Select(_ => new double[a.Count]).ToArray())];
        Moments = new Moments[components];
    }

    private PlaceValues(double[][][] cells, Moments[] moments) => (Cells, Moments) = (cells, moments);

    /// <summary>Probabilities by axis, component and cell.</summary>
    public double[][][] Cells { get; }

    /// <summary>Moments of each component; the densities of a mean have no meaning.</summary>
    public Moments[] Moments { get; }

    /// <summary>Multiplies the cells of a component.</summary>
    public void Scale(int component, double factor)
    {
        foreach (double[][] axis in Cells)
        {
            for (int i = 0; i < axis[component].Length; i++)
            {
                axis[component][i] *= factor;
            }
        }
    }

    /// <summary>Adds another's values of a component, times a weight.</summary>
    public void Add(PlaceValues other, int component, double weight)
    {
        for (int a = 0; a < Cells.Length; a++)
        {
            double[] to = Cells[a][component], from = other.Cells[a][component];
            for (int i = 0; i < to.Length; i++)
            {
                to[i] += weight * from[i];
            }
        }

        Moments[component] = Sum(Moments[component], other.Moments[component], weight);
    }

    /// <summary>The values of some components together, each with its mass.</summary>
    public PlaceValues Mean(double[] masses, Func<int, bool> chosen)
    {
        double total = 0;
        for (int c = 0; c < masses.Length; c++)
        {
            total += chosen(c) ? masses[c] : 0;
        }

        double[][][] cells = [.. Cells.Select(a => new double[][] { new double[a[0].Length] })];
        Moments moments = default;
        for (int c = 0; c < masses.Length; c++)
        {
            double share = chosen(c) ? masses[c] / total : 0;
            if (share == 0)
            {
                continue;
            }

            for (int a = 0; a < cells.Length; a++)
            {
                for (int i = 0; i < cells[a][0].Length; i++)
                {
                    cells[a][0][i] += share * Cells[a][c][i];
                }
            }

            moments = Sum(moments, Moments[c], share);
        }

        return new(cells, [moments]);
    }

    /// <summary>Mean and dispersion of a quantity of the first component.</summary>
    public (double Mean, double Dispersion) MeanAndDispersion(string quantity) => CellProbabilities.AxisOf(quantity) switch
    {
        VelocityAxis.R => (0, Moments[0].SigmaR),
        VelocityAxis.Z => (0, Moments[0].SigmaZ),
        _ => (Moments[0].MeanVphi, Moments[0].SigmaPhi),
    };

    private static Moments Sum(Moments a, Moments b, double weight) => new(
        a.Rho + weight * b.Rho, a.MeanVphi + weight * b.MeanVphi, a.VR2 + weight * b.VR2, a.Vz2 + weight * b.Vz2, a.Vphi2 + weight * b.Vphi2, a.VRvz + weight * b.VRvz);
}
