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
    private readonly int threads;

    public PotentialAssembly(ModelSetup setup, int threads)
    {
        this.threads = threads;
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
            foreach (double[] load in flat.Select(Load))
            {
                Add(load, staticLoad);
            }
        }

        staticPotentials = [.. setup.Statics.Where(s => !IsFlat(s)).Select(Own)];
    }

    /// <summary>The potential of the densities and, unless they are left out, of the static components.</summary>
    /// <param name="densities">Densities with the grids that they were found on.</param>
    /// <param name="withStatics">Whether static components count.</param>
    public Potential Solve(IEnumerable<GridDensity> densities, bool withStatics = true)
    {
        // Each density on its own; added up in their order, so that the number of threads does not touch the result.
        GridDensity[] all = [.. densities];
        Potential?[] haloes = new Potential?[all.Length];
        double[]?[] loads = new double[]?[all.Length];
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            if (all[i].Grid is HaloGrid halo)
            {
                haloes[i] = Multipole.FromDensity(all[i].Density, halo.LMax, halo.RMin, halo.RMax, halo.SizeR);
            }
            else
            {
                loads[i] = Load(all[i].Density);
            }
        });

        List<Potential> parts = [.. haloes.OfType<Potential>()];
        if (withStatics)
        {
            parts.AddRange(staticPotentials);
        }

        if (solver is not null && (withStatics || loads.Any(l => l is not null)))
        {
            double[] rho = withStatics ? [.. staticLoad] : new double[staticLoad.Length];
            foreach (double[] load in loads.OfType<double[]>())
            {
                Add(load, rho);
            }

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

    private double[] Load(Density density)
    {
        double[] load = new double[solver!.PointsR.Length];
        density.Evaluate(solver.PointsR, solver.PointsZ, load);
        return load;
    }

    private static void Add(double[] load, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += load[i];
        }
    }

    private static DiskGrid Finest(DiskGrid a, DiskGrid b) => new(
        Math.Min(a.RMin, b.RMin), Math.Max(a.RMax, b.RMax), Math.Max(a.SizeR, b.SizeR),
        Math.Min(a.ZMin, b.ZMin), Math.Max(a.ZMax, b.ZMax), Math.Max(a.SizeZ, b.SizeZ));
}
