namespace Oort.Surveys;

/// <summary>How often the velocities of stars beside which a model is put contain the errors of their measurement: how it has to be convolved.</summary>
public enum MeasurementErrors
{
    /// <summary>They do not: the model is taken as it is.</summary>
    None,

    /// <summary>As they were measured: the model is convolved with the errors.</summary>
    Once,

    /// <summary>As measured, and perturbed by their errors again (Sun et al. 2025, section 3.1): the model is convolved with the square root of 2 times the errors.</summary>
    Twice,
}

/// <summary>What stars of a model a survey of regions of the sky has, and how it measures them.</summary>
public sealed record RegionConditions
{
    /// <summary>Only stars with velocities within these limits are there, such as members of the disc (Sun et al. 2025, section 2.2); null for all.</summary>
    public VelocityLimits? Limits { get; init; }

    /// <summary>The fraction of stars seen as a function of distance; null for the same at all distances, as in Sun et al. (2025).</summary>
    public DistanceLaw? Selection { get; init; }

    /// <summary>
    /// Uncertainties of what is measured; null for none. Those of parallaxes are not used. With errors of distances stars are in the regions in which they are measured to be; limits on velocities hold for
    /// velocities from what is measured where stars are drawn, for true ones in integrals.
    /// </summary>
    public ErrorModel? Errors { get; init; }

    /// <summary>
    /// What uncertainties, but for those of distances, are multiplied with: 1; the square root of 2 beside data that have been perturbed once more by their errors, as those of Sun et al. (2025, section 3.1) are.
    /// </summary>
    public double ErrorFactor { get; init; } = 1;

    /// <summary>The conditions of a survey: its limits on velocities, its selection function if it has one, its errors.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="errors">How often the data contain their errors.</param>
    /// <param name="wanted">What asks for errors, in words, for messages.</param>
    /// <exception cref="InputException">The survey has no errors, and some are wanted.</exception>
    public static RegionConditions Of(Survey survey, MeasurementErrors errors, string wanted)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return new()
        {
            Limits = survey.LimitsInRegions,
            Selection = survey.Selection,
            Errors = errors == MeasurementErrors.None ? null : survey.Errors ?? throw new InputException($"{survey.Name}: has no section [Errors], which {wanted} needs"),
            ErrorFactor = errors == MeasurementErrors.Twice ? Math.Sqrt(2) : 1,
        };
    }

    /// <summary>The uncertainty of a quantity of <see cref="SkyRegions.Quantities"/> at a distance, kpc, times the factor.</summary>
    internal double Error(string quantity, double distance)
    {
        Uncertainties u = Errors?.At(distance) ?? default;
        return ErrorFactor * quantity switch { "vlos" => u.RadialVelocity, "pmra" => u.PmRa, _ => u.PmDec };
    }
}
