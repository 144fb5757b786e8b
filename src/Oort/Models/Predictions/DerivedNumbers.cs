using Oort.Potentials;

namespace Oort.Models.Predictions;

/// <summary>
/// The numbers of a galaxy that follow from its parameters and that papers quote: densities at the Sun and surface densities within 1.1 kpc of the plane (Binney &amp; Vasiliev 2023, Table 4), the
/// circular speed, the scale length of the discs and M200. A tenth of a second of processor time.
/// </summary>
/// <param name="Numbers">The numbers, always the same ones in the same order, beside those of a paper; NaN for what the galaxy does not have.</param>
/// <param name="R">Radii in the plane, kpc.</param>
/// <param name="CircularSpeed">Circular speeds there, km/s.</param>
public sealed record DerivedNumbers(IReadOnlyList<ComparedNumber> Numbers, double[] R, double[] CircularSpeed)
{
    /// <summary>Where the scale length of the discs is fitted, kpc.</summary>
    public const double DiscFrom = 4, DiscTo = 12;

    private const double FirstRadius = 0.5, LastRadius = 25, RadiusStep = 0.5;
    private const int ThinDisc = 0, ThickDisc = 1, DarkHalo = 2;

    /// <summary>Asks a galaxy.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="sunRadius">The Sun's distance from the centre, kpc.</param>
    /// <param name="published">The model of Sun et al. (2025) whose numbers stand beside these; null for those of Binney &amp; Vasiliev (2023).</param>
    /// <param name="cancellation">Stops the work.</param>
    public static DerivedNumbers Of(Galaxy galaxy, double sunRadius, Sun25Published? published = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ParameterException.Check(nameof(DerivedNumbers), "R0", sunRadius, sunRadius > 0, "> 0 (kpc)");
        MomentBatch batch = new();
        double[] discRadii = [.. Enumerable.Range(0, (int)(DiscTo - DiscFrom) + 1).Select(i => DiscFrom + i)];
        int local = SolarNeighbourhood.Add(batch, sunRadius), discs = FaceOn.Add(batch, discRadii);
        Moments[,] moments = batch.Find(galaxy, null, cancellation);
        IEnumerable<ComparedNumber> table = SolarNeighbourhood.Of(galaxy, sunRadius, moments, local).Table4().Where(n => !n.Quantity.Contains("gas", StringComparison.Ordinal));
        double length = FaceOn.Of(galaxy, discRadii, moments, discs).ScaleLength(DiscFrom, DiscTo);
        IEnumerable<ComparedNumber> others =
        [
            new("section 4.4.2", "circular speed at R0", "km/s", galaxy.CircularSpeed(sunRadius), double.NaN),
            new("section 4.4.2", FormattableString.Invariant($"scale length of the stellar discs, fitted from {DiscFrom} to {DiscTo} kpc"), "kpc", length, 2.6),
            new("", FormattableString.Invariant($"M200, H0 = {VirialSphere.PlanckHubbleConstant} km/s/Mpc"), "1e12 Msun", VirialMass(galaxy.Potential) / 1e12, double.NaN),
        ];
        double[] R = [.. Enumerable.Range(0, (int)Math.Round((LastRadius - FirstRadius) / RadiusStep) + 1).Select(i => FirstRadius + i * RadiusStep)];
        return new([.. table.Concat(others).Select(n => Beside(n with { Value = n.Value == 0 ? double.NaN : n.Value }, published))], R, [.. R.Select(galaxy.CircularSpeed)]);
    }

    /// <summary>The number of Sun et al. (2025) in place of Binney &amp; Vasiliev's.</summary>
    private static ComparedNumber Beside(ComparedNumber number, Sun25Published? published)
    {
        if (published is null)
        {
            return number;
        }

        (string where, double paper) = number.Quantity switch
        {
            "rho(R0, 0), stars" when published.LocalDensities is { } rho => ("Table 4", rho[ThinDisc] + rho[ThickDisc]),
            "rho(R0, 0), dark matter" when published.LocalDensities is { } rho => ("Table 4", rho[DarkHalo]),
            "circular speed at R0" => ("Table 2", published.CircularSpeed),
            string q when q.StartsWith("M200", StringComparison.Ordinal) => ("Table 2", published.VirialMass / 1e12),
            _ => ("", double.NaN),
        };
        return number with { Where = where, Paper = paper, Note = "" };
    }

    private static double VirialMass(Potential potential)
    {
        try
        {
            return VirialSphere.Mass(potential);
        }
        catch (NumericalException)
        {
            // A potential of finite reach, as toys and discs alone are, may have none.
            return double.NaN;
        }
    }
}
