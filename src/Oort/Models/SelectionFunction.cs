namespace Oort.Models;

/// <summary>
/// The fraction of stars that a survey sees, as a function of position in the model frame (docs/conventions.md): between 0 and 1, or relative to
/// any other unit, since only ratios matter. Besides its value a selection knows a map of the unit cube onto the space in which it does not
/// vanish, for drawing and integrating. Immutable and safe to share between threads.
/// </summary>
public abstract class SelectionFunction
{
    // Where the fraction ends abruptly the mean is off by up to its value there over this number.
    private const int Azimuths = 2048;

    /// <summary>Bounds on where the fraction does not vanish.</summary>
    public abstract SelectionBounds Bounds { get; }

    /// <summary>The fraction at a position, kpc, in the model frame.</summary>
    public abstract double At(double x, double y, double z);

    /// <summary>Mean of the fraction over the azimuth at (R, z): 1/(2 pi) times the integral of it over phi.</summary>
    /// <param name="R">Cylindrical radius, kpc.</param>
    /// <param name="z">Height, kpc, of either sign.</param>
    public virtual double MeanOverAzimuth(double R, double z)
    {
        double sum = 0;
        for (int k = 0; k < Azimuths; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (k + 0.5) / Azimuths);
            sum += At(R * cos, R * sin, z);
        }

        return sum / Azimuths;
    }

    /// <summary>Where the weight of <see cref="Map"/> is not smooth in the first coordinate: from 0 to 1, ascending.</summary>
    public virtual IReadOnlyList<double> Breaks => [0, 1];

    /// <summary>
    /// Maps the unit cube onto the space in which the fraction does not vanish, once and smoothly; what is outside the image is not selected. The coordinates should follow
    /// both the fraction and discs about the plane.
    /// </summary>
    /// <param name="u">Three coordinates of each point in [0, 1]: a span of all first ones, then the second, then the third.</param>
    /// <param name="x">Receives x, kpc.</param>
    /// <param name="y">Receives y, kpc.</param>
    /// <param name="z">Receives z, kpc.</param>
    /// <param name="weight">Receives the fraction times the volume, kpc^3, per unit volume of the cube.</param>
    public abstract void Map(ReadOnlySpan<double> u, Span<double> x, Span<double> y, Span<double> z, Span<double> weight);
}
