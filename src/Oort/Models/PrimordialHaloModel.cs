using Oort.DistributionFunctions;

namespace Oort.Models;

/// <summary>How <see cref="PrimordialHaloModel"/> works.</summary>
public sealed record PrimordialHaloSettings
{
    /// <summary>
    /// Where the halo's density is found. Twice as many radii and degrees move no number of <see cref="HaloStructure"/> by more than 5e-4.
    /// </summary>
    public HaloGrid Grid { get; init; } = new(0.02, 1000, 40, 8);

    /// <summary>
    /// Largest relative change of the force that counts as converged: tighter than a galaxy's, since each plain step halves the error only.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>H0, km/s/Mpc.</summary>
    public double HubbleConstant { get; init; } = HaloStructure.DefaultHubbleConstant;

    /// <summary>Radii of the profiles, kpc.</summary>
    public IReadOnlyList<double> Radii { get; init; } = [.. Enumerable.Range(0, 71).Select(i => Math.Round(0.1 * Math.Pow(10, 0.05 * i), 6))];

    /// <summary>The radius at which the halo's compression is quoted, kpc.</summary>
    public double CompressionRadius { get; init; } = 1;

    /// <summary>Threads to use; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>Takes the baryons out of a galaxy (Binney &amp; Vasiliev 2023, section 4.5).</summary>
public static class PrimordialHaloModel
{
    /// <summary>Solves for the dark halo alone, with and without its core.</summary>
    /// <param name="galaxy">A galaxy with one dark component that has a distribution function.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The galaxy has no such component, or several.</exception>
    /// <exception cref="NumericalException">The halo without the core is steeper than r^-2 all the way in: it has no scale radius.</exception>
    public static PrimordialHalo Solve(
        Galaxy galaxy, PrimordialHaloSettings? settings = null, IProgress<IterationReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        settings ??= new();
        GalaxyComponent dark = DarkHalo(galaxy.Components);
        DistributionFunction bare = WithoutCore(dark.DistributionFunction!);
        SolverSettings solver = new()
        {
            Tolerance = settings.Tolerance,
            Threads = settings.Threads,
            Accuracy = ModelAccuracy.Default,
        };
        SelfConsistentResult core = Model(dark.DistributionFunction!).Solve(progress, cancellation);
        IsolatedHalo withCore = Describe(core), without = bare == dark.DistributionFunction
            ? withCore
            : Describe(Model(bare).SolveFrom(core, progress, cancellation));

        if (double.IsNaN(without.Structure.ScaleRadius))
        {
            throw new NumericalException($"{dark.Name} alone has no scale radius: its density falls nowhere from less to more steeply than r^-2");
        }

        // The halo in the galaxy, without the other components' integrals.
        Galaxy halo = new(galaxy.Potential, [dark], focalDistances: galaxy.FocalDistances, threads: settings.Threads);
        double[] radii = [.. settings.Radii];
        Moments[,] present = halo.Moments(radii, new double[radii.Length], cancellation: cancellation);
        double at = settings.CompressionRadius, now = halo.Moments(at, 0)[0].Rho;
        return new(
            withCore, without, [.. Enumerable.Range(0, radii.Length).Select(i => present[i, 0].RhoPerCubicParsec)], at,
            now / withCore.Model.Galaxy.Moments(at, 0)[0].Rho, now / without.Model.Galaxy.Moments(at, 0)[0].Rho);

        SelfConsistentModel Model(DistributionFunction df)
            => new(new(galaxy.Potential, [new(dark.Name, [new(dark.Name, dark.Kind, df)], settings.Grid)], []), solver);

        IsolatedHalo Describe(SelfConsistentResult result) => new(
            result, HaloStructure.Of(result.Components[0].Density, result.Galaxy.Potential, settings.HubbleConstant),
            Profile(result.Galaxy, settings.Radii, cancellation));
    }

    /// <summary>
    /// The same distribution function without its core: where its file gave the total mass, that stays; where it gave the normalisation,
    /// that stays. The same object where there is no core, as in families that have none.
    /// </summary>
    private static DistributionFunction WithoutCore(DistributionFunction function) => function switch
    {
        NewDoublePowerLaw { Parameters.Jcore: > 0 } df => new NewDoublePowerLaw(df.Parameters with { Jcore = 0, Zeta = null }),
        DoublePowerLaw { Parameters.Jcore: > 0 } df => new DoublePowerLaw(df.Parameters with { Jcore = 0, Zeta = null }),
        _ => function,
    };

    private static GalaxyComponent DarkHalo(IReadOnlyList<GalaxyComponent> components)
    {
        GalaxyComponent[] dark = [.. components.Where(c => c.Kind == ComponentKind.Dark)];
        GalaxyComponent[] dynamic = [.. dark.Where(c => c.DistributionFunction is not null)];
        return dynamic.Length == 1 ? dynamic[0] : throw new InputException(dynamic.Length > 1
            ? $"one component of kind = dark with a df is needed, there are {dynamic.Length}: {string.Join(", ", dynamic.Select(c => c.Name))}"
            : "one component of kind = dark with a df is needed, there is none"
                + (dark.Length > 0 ? $"; {string.Join(", ", dark.Select(c => c.Name))} {(dark.Length > 1 ? "are" : "is")} static" : ""));
    }

    private static HaloProfile Profile(Galaxy galaxy, IReadOnlyList<double> radii, CancellationToken cancellation)
    {
        double[] R = [.. radii];
        Moments[,] moments = galaxy.Moments(R, new double[R.Length], cancellation: cancellation);
        double[] Column(Func<Moments, double> value) => [.. Enumerable.Range(0, R.Length).Select(i => value(moments[i, 0]))];
        return new(
            R, Column(m => m.RhoPerCubicParsec), [.. R.Select(galaxy.CircularSpeed)],
            Column(m => m.SigmaR), Column(m => m.SigmaZ), Column(m => m.SigmaPhi));
    }
}
