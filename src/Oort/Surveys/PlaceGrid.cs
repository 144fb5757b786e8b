using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>
/// Places of the (R, |z|) plane at which velocity distributions are found, and the weights with which their values make a smooth function between them: bicubic splines, even in an asinh of
/// the radius and in one of the height: what changes fastest near the centre and the plane has most places there.
/// </summary>
internal sealed class PlaceGrid
{
    private const double RadiusScale = 2, RadiusStep = 0.125, HeightScale = 0.35, HeightStep = 0.36;

    private readonly CardinalSplines inR, inZ;

    /// <summary>Places over the range of some bins.</summary>
    /// <param name="bins">The bins.</param>
    /// <param name="refinement">How many times as many places along each side as usual.</param>
    public PlaceGrid(SpatialBins bins, int refinement = 1)
    {
        double first = Math.Asinh(bins.Radii[0] / RadiusScale), range = Math.Asinh(bins.Radii[^1] / RadiusScale) - first, full = Math.Asinh(bins.Heights[^1] / HeightScale);

        // Splines need four places; the first radius is never the axis itself.
        int countR = 1 + refinement * Math.Max(3, (int)Math.Ceiling(range / RadiusStep)), countZ = 1 + refinement * Math.Max(3, (int)Math.Ceiling(full / HeightStep));
        double[] s = [.. Enumerable.Range(0, countR).Select(i => Math.Max(1e-3, first + range * i / (countR - 1)))];
        Radii = [.. s.Select(x => RadiusScale * Math.Sinh(x))];
        double[] t = [.. Enumerable.Range(0, countZ).Select(i => full * i / (countZ - 1))];
        Heights = [.. t.Select(x => HeightScale * Math.Sinh(x))];
        (inR, inZ) = (new(s, symmetricStart: false), new(t, symmetricStart: true));
    }

    /// <summary>Radii of places, kpc; there is a place at every radius and height, heights in the inner loop.</summary>
    public double[] Radii { get; }

    /// <summary>Heights of places, kpc.</summary>
    public double[] Heights { get; }

    /// <summary>Number of places.</summary>
    public int Count => Radii.Length * Heights.Length;

    /// <summary>Weights of the radii at a radius.</summary>
    public void WeightsR(double R, Span<double> weights) => inR.Evaluate(Math.Asinh(R / RadiusScale), weights);

    /// <summary>Weights of the heights at a height, not negative.</summary>
    public void WeightsZ(double z, Span<double> weights) => inZ.Evaluate(Math.Asinh(z / HeightScale), weights);
}
