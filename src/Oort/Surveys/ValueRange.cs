using Oort.Tables;

namespace Oort.Surveys;

/// <summary>An interval of numbers, open or closed at either end, or without end.</summary>
/// <param name="Low">Lower end; minus infinity for none.</param>
/// <param name="High">Upper end; infinity for none.</param>
/// <param name="WithLow">Whether the lower end belongs to it.</param>
/// <param name="WithHigh">Whether the upper end belongs to it.</param>
public readonly record struct ValueRange(double Low, double High, bool WithLow = false, bool WithHigh = false)
{
    /// <summary>All numbers.</summary>
    public static ValueRange All { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether a number is in it; NaN is not.</summary>
    public bool Contains(double x) => (x > Low || (WithLow && x == Low)) && (x < High || (WithHigh && x == High));

    /// <summary>In words, such as <c>&gt; -200 and &lt; 200</c>.</summary>
    public override string ToString()
        => string.Join(" and ", ((string?[])[
            double.IsFinite(Low) ? (WithLow ? ">= " : "> ") + Numbers.Format(Low) : null,
            double.IsFinite(High) ? (WithHigh ? "<= " : "< ") + Numbers.Format(High) : null]).Where(t => t is not null));
}

/// <summary>A cut on a column of a catalogue: stars outside the range are not used.</summary>
/// <param name="Meaning">What the column means, one of <see cref="CatalogueColumns.Meanings"/>.</param>
/// <param name="Range">Values of the stars that are used.</param>
public sealed record ColumnCut(string Meaning, ValueRange Range);

/// <summary>
/// A part of the plane of effective temperature and surface gravity, as those that select K giants (Liu et al. 2014; Sun et al. 2025, section 2).
/// </summary>
/// <param name="LowTemperature">Effective temperature above which, K.</param>
/// <param name="HighTemperature">Effective temperature below which, K.</param>
/// <param name="HighGravity">log g (cm/s^2) below which.</param>
public readonly record struct GiantBox(double LowTemperature, double HighTemperature, double HighGravity)
{
    /// <summary>Whether a star is in it.</summary>
    public bool Contains(double temperature, double gravity) => temperature > LowTemperature && temperature < HighTemperature && gravity < HighGravity;
}

/// <summary>
/// Limits on Galactocentric velocities that members of the disc are within (Sun et al. 2025, section 2.2), in the model frame, km/s: V_phi &gt; 0 with rotation, where the
/// paper has the sky frame's sign. The same limits apply to the stars of a model that is compared with the catalogue.
/// </summary>
public sealed record VelocityLimits
{
    /// <summary>Limits on V_R, km/s.</summary>
    public ValueRange VR { get; init; } = ValueRange.All;

    /// <summary>Limits on V_phi, km/s, positive with rotation.</summary>
    public ValueRange Vphi { get; init; } = ValueRange.All;

    /// <summary>Limits on V_z, km/s.</summary>
    public ValueRange Vz { get; init; } = ValueRange.All;

    /// <summary>Limits on the speed, km/s.</summary>
    public ValueRange Vtot { get; init; } = ValueRange.All;

    /// <summary>Whether a velocity, km/s, is within all limits.</summary>
    public bool Contains(double vR, double vphi, double vz)
        => VR.Contains(vR) && Vphi.Contains(vphi) && Vz.Contains(vz) && Vtot.Contains(Math.Sqrt(vR * vR + vphi * vphi + vz * vz));
}
