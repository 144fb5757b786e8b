using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The potential of a model's components: flattened ones together by solving Poisson's equation on one grid,
/// haloes by multipole expansions. What static components contribute is found once.
/// </summary>
internal sealed class PotentialAssembly
{
    private const int StaticDegree = 12;

    private readonly CylindricalPoissonSolver? solver;
    private readonly double[] staticLoad = [];
    private readonly List<Potential> staticPotentials;

    public PotentialAssembly(ModelSetup setup)
    {
        List<Density> flat = [.. setup.Statics.Where(IsFlat).Select(s => s.StaticDensity!)];
        DiskGrid? grid = setup.Groups.Select(g => g.Grid).OfType<DiskGrid>()
            .Aggregate(default(DiskGrid), (a, b) => a is null ? b : Finest(a, b)) ?? (flat.Count > 0 ? DiskGrid.Default : null);
        if (grid is not null)
        {
            // Densities are smooth in the logarithm; the potential wants more nodes, closer to the centre and the plane.
            solver = new(
                CylindricalPoissonSolver.Grid(0.4 * grid.RMin, 4.0 / 3 * grid.RMax, 2 * grid.SizeR),
                CylindricalPoissonSolver.Grid(0.4 * grid.ZMin, 4.0 / 3 * Math.Max(grid.RMax, grid.ZMax), 5 * grid.SizeZ / 2));
            staticLoad = new double[solver.PointsR.Length];
            AddTo(staticLoad, flat);
        }

        staticPotentials = [.. setup.Statics.Where(s => !IsFlat(s)).Select(Own)];
    }

    /// <summary>The potential of the densities and, unless they are left out, of the static components.</summary>
    /// <param name="densities">Densities with the grids that they were found on.</param>
    /// <param name="withStatics">Whether static components count.</param>
    public Potential Solve(IEnumerable<GridDensity> densities, bool withStatics = true)
    {
        List<Potential> parts = [];
        List<Density> flat = [];
        foreach ((_, Density density, DensityGrid grid) in densities)
        {
            if (grid is HaloGrid halo)
            {
                parts.Add(Multipole.FromDensity(density, halo.LMax, halo.RMin, halo.RMax, halo.SizeR));
            }
            else
            {
                flat.Add(density);
            }
        }

        if (withStatics)
        {
            parts.AddRange(staticPotentials);
        }

        if (solver is not null && (flat.Count > 0 || withStatics))
        {
            double[] rho = new double[staticLoad.Length];
            if (withStatics)
            {
                staticLoad.CopyTo(rho, 0);
            }

            AddTo(rho, flat);
            parts.Add(solver.Solve(rho));
        }

        return parts.Count == 1 ? parts[0] : new CompositePotential(parts);
    }

    /// <summary>The potential of one static component.</summary>
    public Potential OfStatic(GalaxyComponent component) => IsFlat(component)
        ? Solve([new(component, component.StaticDensity!, DiskGrid.Default)], withStatics: false)
        : Own(component);

    // Whatever is thin and has no potential of its own is left to the solver.
    private static bool IsFlat(GalaxyComponent component)
        => component.StaticPotential is null && component.StaticDensity is DiskDensity or DensityAzimuthalHarmonic;

    private static Potential Own(GalaxyComponent component)
        => component.StaticPotential ?? Multipole.FromDensity(component.StaticDensity!, StaticDegree);

    private void AddTo(double[] rho, List<Density> densities)
    {
        double[] one = new double[rho.Length];
        foreach (Density density in densities)
        {
            density.Evaluate(solver!.PointsR, solver.PointsZ, one);
            for (int i = 0; i < rho.Length; i++)
            {
                rho[i] += one[i];
            }
        }
    }

    private static DiskGrid Finest(DiskGrid a, DiskGrid b) => new(
        Math.Min(a.RMin, b.RMin), Math.Max(a.RMax, b.RMax), Math.Max(a.SizeR, b.SizeR),
        Math.Min(a.ZMin, b.ZMin), Math.Max(a.ZMax, b.ZMax), Math.Max(a.SizeZ, b.SizeZ));
}
