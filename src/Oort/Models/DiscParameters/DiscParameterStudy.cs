using Oort.DistributionFunctions;

namespace Oort.Models.DiscParameters;

/// <summary>
/// What each parameter of the disc DF of Binney &amp; Vasiliev (2023) does to a disc in a fixed potential: the numbers of their
/// Figures 1 to 8, with equations 6 and 7. Parameters not said otherwise are those of their Table 1 (<see cref="Table1"/>). Masses have no effect
/// on what is shown: densities are in units of the one at z = 0 or R0. Densities and dispersions are integrated by <see cref="ModelAccuracy.High"/>:
/// densities are within 1.5e-4 of converged ones at R0 down to 1e-10 of the one in the plane, 1e-3 in the plane at all radii (worst for the coldest disc beyond 15 kpc);
/// dispersions within 4e-4.
/// </summary>
public sealed record DiscParameterStudy
{
    /// <summary>Radius of the Sun in the paper, kpc.</summary>
    public const double PublishedR0 = 8.27;

    /// <summary>The default parameters, Table 1, with M = 1 Msun.</summary>
    public static NewExponentialParameters Table1 { get; } = new()
    {
        Norm = 1,
        Jphi0 = 700,
        Jr0 = 18,
        Jz0 = 6,
        pr = 0.5,
        pz = 0.5,
        AddJvel = 200,
        AddJden = 150,
    };

    /// <summary>The pairs (Jr0, Jz0), kpc km/s, of Figures 2 to 5, from the coldest disc to the hottest.</summary>
    public static IReadOnlyList<(double Jr0, double Jz0)> Pairs { get; } = [(8, 1), (12, 3), (18, 6), (24, 12), (30, 18), (35, 24), (40, 30)];

    /// <summary>Galactocentric radius of local quantities, kpc.</summary>
    public required double R0 { get; init; }

    /// <summary>
    /// Figure 1: f against Jphi, at (Jr, Jz) = (0, 0) and (10, 5) kpc km/s, for Jphi0 = 700 and 1000 kpc km/s, Jv0 = 10 and 100 kpc km/s,
    /// pr = pz = -0.25 and 0.
    /// </summary>
    public required IReadOnlyList<DistributionFunctionSlice> Slices { get; init; }

    /// <summary>Figure 2: dispersions and mean frequencies at (R0, 0) for the <see cref="Pairs"/>, pr = pz = 0.</summary>
    public required IReadOnlyList<LocalDispersions> Dispersions { get; init; }

    /// <summary>The same for every Jr0 of the pairs (outer loop) with every Jz0.</summary>
    public required IReadOnlyList<LocalDispersions> DispersionGrid { get; init; }

    /// <summary>Figures 3, 4 and 5: profiles over height at R0 for the <see cref="Pairs"/>, pr = pz = 0.</summary>
    public required IReadOnlyList<VerticalDiscProfile> VerticalProfiles { get; init; }

    /// <summary>Figure 3: scale heights of the same discs, for each of the ranges in turn.</summary>
    public required IReadOnlyList<ScaleHeight> ScaleHeights { get; init; }

    /// <summary>Figure 6: (Jr0, Jz0) = (8, 1), (18, 6) and (30, 18) kpc km/s, pr = pz = 0.</summary>
    public required IReadOnlyList<RadialDiscProfile> RadialProfiles { get; init; }

    /// <summary>Figure 7: a cold disc, (8, 1) kpc km/s, with pr = pz = -0.25 and 0, then a hot one, (30, 40) kpc km/s, with both.</summary>
    public required IReadOnlyList<RadialDiscProfile> Exponents { get; init; }

    /// <summary>Figure 8: a cold disc, (8, 1) kpc km/s, with pr = pz = -0.5 and Jv0 = 10 and 100 kpc km/s.</summary>
    public required IReadOnlyList<RadialDiscProfile> VelocityCores { get; init; }

    /// <summary>Finds all of it in the potential of a galaxy, whose components have no say.</summary>
    /// <param name="galaxy">Gives the potential and its focal distances.</param>
    /// <param name="R0">Radius of local quantities, kpc, from 1 to 30.</param>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    /// <param name="progress">Told the fraction done, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="NumericalException">A disc is not thin: 15 kpc above R0 too much of it is left to fit an exponential to.</exception>
    public static DiscParameterStudy Of(
        Galaxy galaxy, double R0 = PublishedR0, int? threads = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ParameterException.Check(nameof(DiscParameterStudy), nameof(R0), R0, R0 is >= 1 and <= 30, "from 1 to 30 (kpc)");
        DiscCalculations discs = new(galaxy, R0, ModelAccuracy.High, threads, progress, cancellation);
        IReadOnlyList<LocalDispersions> grid = discs.Local([.. Pairs.SelectMany(r => Pairs.Select(z => (r.Jr0, z.Jz0)))]);
        (IReadOnlyList<VerticalDiscProfile> vertical, IReadOnlyList<ScaleHeight> heights) = discs.Vertical(Pairs, Enum.GetValues<ScaleHeightRange>());
        NewExponentialParameters cold = With(8, 1, 0), hot = With(30, 40, 0), steep = With(8, 1, -0.5);
        IReadOnlyList<RadialDiscProfile> radial = discs.Radial(
        [
            cold, With(18, 6, 0), With(30, 18, 0),
            With(8, 1, -0.25), cold, With(30, 40, -0.25), hot,
            steep with { AddJvel = 10 }, steep with { AddJvel = 100 },
        ]);
        return new()
        {
            R0 = R0,
            Slices = DiscCalculations.Slices(Table1),
            Dispersions = [.. Pairs.Select(p => grid.Single(d => (d.Jr0, d.Jz0) == p))],
            DispersionGrid = grid,
            VerticalProfiles = vertical,
            ScaleHeights = heights,
            RadialProfiles = [.. radial.Take(3)],
            Exponents = [.. radial.Skip(3).Take(4)],
            VelocityCores = [.. radial.Skip(7)],
        };
    }

    /// <summary>Table 1's disc with other scales and exponents pr = pz.</summary>
    internal static NewExponentialParameters With(double Jr0, double Jz0, double exponent)
        => Table1 with { Jr0 = Jr0, Jz0 = Jz0, pr = exponent, pz = exponent };
}
