using Oort.Coordinates;

namespace Oort.Actions;

/// <summary>
/// Actions in kpc km/s: Jr, Jz not negative, Jphi = R vphi of either sign.
/// </summary>
public readonly record struct ActionTriple(double Jr, double Jz, double Jphi);

/// <summary>
/// Where a finder writes a batch of actions, and angles and frequencies if they are wanted.
/// Actions in kpc km/s, angles in radians in [0, 2 pi), frequencies in km/s/kpc.
/// </summary>
public readonly ref struct ActionBatch
{
    /// <summary>Radial action.</summary>
    public required Span<double> Jr { get; init; }

    /// <summary>Vertical action.</summary>
    public required Span<double> Jz { get; init; }

    /// <summary>Angular momentum about the symmetry axis, R vphi.</summary>
    public required Span<double> Jphi { get; init; }
}

/// <summary>Where a finder writes angles and frequencies: radians in [0, 2 pi), km/s/kpc.</summary>
public readonly ref struct AngleFrequencyBatch
{
    /// <summary>Radial angle: zero at pericentre.</summary>
    public required Span<double> ThetaR { get; init; }

    /// <summary>Vertical angle: zero where the star crosses the plane upwards.</summary>
    public required Span<double> ThetaZ { get; init; }

    /// <summary>Azimuthal angle.</summary>
    public required Span<double> ThetaPhi { get; init; }

    /// <summary>Radial frequency.</summary>
    public required Span<double> OmegaR { get; init; }

    /// <summary>Vertical frequency.</summary>
    public required Span<double> OmegaZ { get; init; }

    /// <summary>Azimuthal frequency, of the sign of Jphi.</summary>
    public required Span<double> OmegaPhi { get; init; }
}

/// <summary>
/// Finds actions of stars in a fixed potential. Immutable and safe to share between threads.
/// An unbound star, or one with a NaN coordinate, gets NaN, and no other star is touched.
/// </summary>
public abstract class ActionFinder
{
    /// <summary>Actions of a batch of stars.</summary>
    /// <param name="stars">Positions and velocities, model frame; <c>phi</c> is not needed.</param>
    /// <param name="actions">Receives the actions.</param>
    public abstract void Actions(PhaseSpaceBatch stars, ActionBatch actions);

    /// <summary>Actions, angles and frequencies of a batch of stars.</summary>
    /// <param name="stars">Positions and velocities, model frame, <c>phi</c> included.</param>
    /// <param name="actions">Receives the actions.</param>
    /// <param name="angles">Receives angles and frequencies.</param>
    public abstract void ActionsAndAngles(PhaseSpaceBatch stars, ActionBatch actions, AngleFrequencyBatch angles);

    /// <summary>Actions of one star.</summary>
    public ActionTriple Actions(CylindricalPoint star)
    {
        Span<double> J = stackalloc double[3];
        Actions(
            new() { R = [star.R], z = [star.z], vR = [star.vR], vz = [star.vz], vphi = [star.vphi] },
            new() { Jr = J[..1], Jz = J.Slice(1, 1), Jphi = J.Slice(2, 1) });
        return new(J[0], J[1], J[2]);
    }
}
