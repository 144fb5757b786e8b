using Oort.Coordinates;

namespace Oort.Models.Predictions;

/// <summary>Densities in the meridional plane (Binney &amp; Vasiliev 2023, Figure 13): [R, z], Msun/pc^3.</summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Z">Heights, kpc.</param>
/// <param name="Stars">Density of all stars.</param>
/// <param name="Dark">Density of dark matter.</param>
public sealed record MeridionalDensities(double[] R, double[] Z, double[,] Stars, double[,] Dark)
{
    private const int Size = 81;
    private const double Largest = 20, SmallestR = 0.05;

    /// <summary>From the densities that the iterations have found, even in R and z up to 20 kpc.</summary>
    internal static MeridionalDensities Of(SolvedGalaxy model)
    {
        double[] even = [.. Enumerable.Range(0, Size).Select(i => Math.Round(Largest * i / (Size - 1), 6))];
        double[] radii = [.. even.Select(R => Math.Max(R, SmallestR))];
        return new(radii, even, Sum(ComponentKind.Stars), Sum(ComponentKind.Dark));

        double[,] Sum(ComponentKind kind)
        {
            double[,] sum = new double[radii.Length, even.Length];
            double[] R = new double[even.Length], rho = new double[even.Length];
            foreach (ComponentResult c in model.Components.Where(c => c.Component.Kind == kind))
            {
                for (int i = 0; i < radii.Length; i++)
                {
                    Array.Fill(R, radii[i]);
                    c.Density.Evaluate(R, even, rho);
                    for (int j = 0; j < rho.Length; j++)
                    {
                        sum[i, j] += rho[j] / Units.PerCubicParsec;
                    }
                }
            }

            return sum;
        }
    }
}
