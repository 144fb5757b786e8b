namespace Oort.Surveys;

/// <summary>What stars of a model a survey of regions of the sky has, and how it measures them.</summary>
public sealed record RegionConditions
{
    /// <summary>Only stars with velocities within these limits are there, such as members of the disc (Sun et al. 2025, section 2.2); null for all.</summary>
    public VelocityLimits? Limits { get; init; }

    /// <summary>The fraction of stars seen as a function of distance; null for the same at all distances, as in Sun et al. (2025).</summary>
    public DistanceLaw? Selection { get; init; }

    /// <summary>Uncertainties of what is measured; null for none. Those of parallaxes are not used: distances are taken to be exact.</summary>
    public ErrorModel? Errors { get; init; }

    /// <summary>
    /// What uncertainties are multiplied with: 1; the square root of 2 beside data that have been perturbed once more by their errors, as those of Sun et al. (2025, section 3.1) are.
    /// </summary>
    public double ErrorFactor { get; init; } = 1;

    /// <summary>The uncertainty of a quantity of <see cref="SkyRegions.Quantities"/> at a distance, kpc, times the factor.</summary>
    internal double Error(string quantity, double distance)
    {
        Uncertainties u = Errors?.At(distance) ?? default;
        return ErrorFactor * quantity switch { "vlos" => u.RadialVelocity, "pmra" => u.PmRa, _ => u.PmDec };
    }
}
