using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Surface densities of a solved model's components: the densities that the iterations have found on their grids, integrated
/// over height; above a grid of discs, which stellar haloes outreach, from the distribution functions.
/// </summary>
internal sealed class SurfaceDensities
{
    // Nodes crowd towards the plane on the scale of a thin disc; beyond 20 (R + 5 kpc) nothing is left to see.
    private const int Nodes = 64, OuterNodes = 3;
    private const double ThinDisc = 0.1;

    // Near their edge densities on a grid of discs lean on one side only.
    private const double WithinGrid = 0.9;

    private readonly Galaxy galaxy;
    private readonly IReadOnlyList<ComponentResult> components;
    private readonly bool[] ends;
    private readonly double gridR, gridZ;

    /// <summary>Prepares for a model.</summary>
    /// <param name="galaxy">The solved galaxy.</param>
    /// <param name="components">Its components' densities.</param>
    /// <param name="groups">The groups, for what their grids reach.</param>
    public SurfaceDensities(Galaxy galaxy, IReadOnlyList<ComponentResult> components, IReadOnlyList<ComponentGroup> groups)
    {
        (this.galaxy, this.components) = (galaxy, components);
        DiskGrid[] discs = [.. groups.Select(g => g.Grid).OfType<DiskGrid>()];
        HashSet<GalaxyComponent> onDiscGrids = [.. groups.Where(g => g.Grid is DiskGrid).SelectMany(g => g.Members)];
        ends = [.. components.Select(c => onDiscGrids.Contains(c.Component))];
        (gridR, gridZ) = discs.Length == 0 ? (double.PositiveInfinity, double.PositiveInfinity) : (discs.Min(d => d.RMax), discs.Min(d => d.ZMax));
    }

    /// <summary>Surface densities, all heights, both sides, Msun/kpc^2: [radius, component].</summary>
    public double[,] At(ReadOnlySpan<double> radii)
    {
        double[,] result = new double[radii.Length, components.Count];
        List<(int Radius, double Weight)> outer = [];
        List<double> outerR = [], outerZ = [];
        double[] R = new double[Nodes], z = new double[Nodes], weights = new double[Nodes], rho = new double[Nodes];
        double[] u = new double[OuterNodes], du = new double[OuterNodes];
        for (int i = 0; i < radii.Length; i++)
        {
            double top = 20 * (radii[i] + 5), edge = Math.Min(top, WithinGrid * gridZ);
            if (radii[i] > WithinGrid * gridR)
            {
                double[] direct = galaxy.SurfaceDensity(radii[i]);
                for (int c = 0; c < direct.Length; c++)
                {
                    result[i, c] = direct[c];
                }

                continue;
            }

            Array.Fill(R, radii[i]);
            for (int c = 0; c < components.Count; c++)
            {
                SinhMap.Nodes(0, ends[c] ? edge : top, ThinDisc, z, weights);
                components[c].Density.Evaluate(R, z, rho);
                for (int k = 0; k < Nodes; k++)
                {
                    result[i, c] += 2 * weights[k] * rho[k];
                }
            }

            if (edge < top)
            {
                // In u = edge/z what falls as a power of z is smooth.
                GaussLegendre.Rule(OuterNodes).Map(edge / top, 1, u, du);
                for (int k = 0; k < OuterNodes; k++)
                {
                    outer.Add((i, 2 * du[k] * edge / (u[k] * u[k])));
                    outerR.Add(radii[i]);
                    outerZ.Add(edge / u[k]);
                }
            }
        }

        Moments[,] moments = galaxy.Moments([.. outerR], [.. outerZ]);
        for (int k = 0; k < outer.Count; k++)
        {
            for (int c = 0; c < components.Count; c++)
            {
                result[outer[k].Radius, c] += ends[c] ? outer[k].Weight * moments[k, c].Rho : 0;
            }
        }

        return result;
    }
}
