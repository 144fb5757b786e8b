namespace Oort.Models;

/// <summary>Bounds on where a survey selects stars; they need not be tight.</summary>
/// <param name="InnerR">Smallest cylindrical radius, kpc, positive.</param>
/// <param name="OuterR">Largest cylindrical radius, kpc.</param>
/// <param name="Height">Largest |z|, kpc, positive.</param>
public readonly record struct SelectionBounds(double InnerR, double OuterR, double Height)
{
    /// <summary>Smallest spherical radius, kpc.</summary>
    internal double InnerRadius => InnerR;

    /// <summary>Largest spherical radius, kpc.</summary>
    internal double OuterRadius => Math.Sqrt(OuterR * OuterR + Height * Height);

    /// <summary>Largest |z|/r.</summary>
    internal double Steepest => Height / Math.Sqrt(InnerR * InnerR + Height * Height);
}
