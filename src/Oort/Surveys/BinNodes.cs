using Oort.Models;
using Oort.Numerics;

namespace Oort.Surveys;

/// <summary>Nodes of the integral over what a survey sees of one bin. With the density and selection of a survey the mass is good to 1e-4 (tested).</summary>
internal sealed class BinNodes
{
    // In each half of the range of radii, and over the heights.
    private const int NodesR = 12, NodesZ = 16;

    private readonly SelectionFunction selection;
    private readonly double[] weightR, weightZ;

    /// <summary>Places nodes.</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="selection">The selection function, which both sides of the plane have.</param>
    /// <param name="refinement">How many times as many nodes as usual.</param>
    public BinNodes(SpatialBin bin, SelectionFunction selection, int refinement = 1)
    {
        this.selection = selection;
        int countR = refinement * NodesR, countZ = refinement * NodesZ;
        (R, weightR, z, weightZ) = (new double[2 * countR], new double[2 * countR], new double[countZ], new double[countZ]);

        // The part of the bin where the selection is: it may be much smaller, or elsewhere.
        SelectionBounds bounds = selection.Bounds;
        double low = Math.Max(bin.RLow, bounds.InnerR), high = Math.Max(low, Math.Min(bin.RHigh, bounds.OuterR)), middle = 0.5 * (low + high);
        GaussLegendre.Rule(countR).Map(low, middle, R.AsSpan(0, countR), weightR.AsSpan(0, countR));
        GaussLegendre.Rule(countR).Map(middle, high, R.AsSpan(countR), weightR.AsSpan(countR));
        GaussLegendre.Rule(countZ).Map(bin.ZLow, Math.Max(bin.ZLow, Math.Min(bin.ZHigh, bounds.Height)), z, weightZ);
    }

    /// <summary>Radii, kpc.</summary>
    public double[] R { get; }

    /// <summary>Heights above the plane, kpc.</summary>
    public double[] z { get; }

    /// <summary>The volume that a node stands for on both sides of the plane, as much of it as is seen, kpc^3.</summary>
    public double Volume(int i, int j)
        => 2 * Math.PI * R[i] * weightR[i] * weightZ[j] * (selection.MeanOverAzimuth(R[i], z[j]) + selection.MeanOverAzimuth(R[i], -z[j]));
}
