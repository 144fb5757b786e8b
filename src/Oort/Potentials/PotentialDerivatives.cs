namespace Oort.Potentials;

/// <summary>
/// Where a potential writes what it is asked for: one span a quantity, each either empty (not wanted)
/// or as long as the batch of points. Phi in (km/s)^2, lengths in kpc.
/// </summary>
public readonly ref struct PotentialDerivatives
{
    /// <summary>Phi.</summary>
    public Span<double> Phi { get; init; }

    /// <summary>dPhi/dR.</summary>
    public Span<double> PhiR { get; init; }

    /// <summary>dPhi/dz.</summary>
    public Span<double> PhiZ { get; init; }

    /// <summary>d2Phi/dR2.</summary>
    public Span<double> PhiRR { get; init; }

    /// <summary>d2Phi/dRdz.</summary>
    public Span<double> PhiRZ { get; init; }

    /// <summary>d2Phi/dz2.</summary>
    public Span<double> PhiZZ { get; init; }

    /// <summary>Whether any first derivative is wanted.</summary>
    public bool WantsGradient => !PhiR.IsEmpty || !PhiZ.IsEmpty;

    /// <summary>Whether any second derivative is wanted.</summary>
    public bool WantsHessian => !PhiRR.IsEmpty || !PhiRZ.IsEmpty || !PhiZZ.IsEmpty;

    /// <summary>The part of every wanted span from <paramref name="start"/> on, <paramref name="length"/> long.</summary>
    public PotentialDerivatives Slice(int start, int length) => new()
    {
        Phi = Phi.IsEmpty ? default : Phi.Slice(start, length),
        PhiR = PhiR.IsEmpty ? default : PhiR.Slice(start, length),
        PhiZ = PhiZ.IsEmpty ? default : PhiZ.Slice(start, length),
        PhiRR = PhiRR.IsEmpty ? default : PhiRR.Slice(start, length),
        PhiRZ = PhiRZ.IsEmpty ? default : PhiRZ.Slice(start, length),
        PhiZZ = PhiZZ.IsEmpty ? default : PhiZZ.Slice(start, length),
    };
}

/// <summary>Phi and its first and second derivatives at one point, in (km/s)^2 and kpc.</summary>
public readonly record struct PotentialPoint(double Phi, double PhiR, double PhiZ, double PhiRR, double PhiRZ, double PhiZZ);
