using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// A box of velocities, the same at every position, on whose nodes distribution functions are tabulated: |v_R| and |v_z| up to a limit, v_phi between two. As f is the same at (v_R, v_z) and
/// (-v_R, -v_z), nodes have v_z >= 0 only; v_R runs in the innermost loop, v_phi in the outermost. Actions vary on larger scales: they are found at about half as many v_R and v_phi.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class VelocityBox
{
    // The thinnest discs have dispersions of 25, 12 and 18 km/s where surveys see stars: one step is about half of these (docs/performance.md).
    private const double StepR = 12, StepZ = 5, StepPhi = 9, ScaleR = 100, ScaleZ = 40, ScalePhi = 90;

    // Actions: how much farther apart, and through how many nodes they are interpolated.
    private const double Wider = 2;
    private const double LeastGrowth = 1.05;
    private const int Points = 8;

    private readonly Resampling alongR, alongPhi;

    /// <summary>A box.</summary>
    /// <param name="limitR">Largest |v_R|, km/s.</param>
    /// <param name="limitZ">Largest |v_z|.</param>
    /// <param name="lowPhi">Least v_phi.</param>
    /// <param name="highPhi">Largest v_phi.</param>
    /// <param name="streaming">Where discs have their v_phi.</param>
    /// <param name="wider">How many times as wide apart as usual nodes are; at the sides by the square root of that.</param>
    /// <param name="actionRefinement">How many times as many v_R and v_phi for actions.</param>
    public VelocityBox(double limitR, double limitZ, double lowPhi, double highPhi, double streaming, double wider = 1, double actionRefinement = 1)
    {
        double centre = Math.Clamp(streaming, lowPhi, highPhi);
        R = Axis(-limitR, limitR, 0, StepR, ScaleR, wider);
        Z = Axis(-limitZ, limitZ, 0, StepZ, ScaleZ, wider);
        Phi = Axis(lowPhi, highPhi, centre, StepPhi, ScalePhi, wider);
        ActionR = new(-limitR, limitR, 0, ScaleR, Wider * StepR / actionRefinement);
        ActionPhi = new(lowPhi, highPhi, centre, ScalePhi, Wider * StepPhi / actionRefinement);
        (alongR, alongPhi) = (Between(ActionR, R), Between(ActionPhi, Phi));
    }

    /// <summary>v_R.</summary>
    public BoxAxis R { get; }

    /// <summary>v_z, of both signs.</summary>
    public BoxAxis Z { get; }

    /// <summary>v_phi.</summary>
    public BoxAxis Phi { get; }

    /// <summary>v_R at which actions are found.</summary>
    public BoxAxis ActionR { get; }

    /// <summary>v_phi at which actions are found.</summary>
    public BoxAxis ActionPhi { get; }

    /// <summary>Nodes in v_z that are not below 0.</summary>
    public int HalfZ => (Z.Count + 1) / 2;

    /// <summary>Number of nodes.</summary>
    public int Count => R.Count * HalfZ * Phi.Count;

    /// <summary>Number of velocities at which actions are found, with the same v_z; v_z runs in the innermost loop, v_R in the outermost.</summary>
    public int ActionCount => ActionR.Count * HalfZ * ActionPhi.Count;

    /// <summary>Square of the largest speed, (km/s)^2.</summary>
    public double Fastest2 => R.V[^1] * R.V[^1] + Z.V[^1] * Z.V[^1] + Math.Max(Phi.V[0] * Phi.V[0], Phi.V[^1] * Phi.V[^1]);

    /// <summary>The v_z that are not below 0.</summary>
    public ReadOnlySpan<double> UpwardV => Z.V[(Z.Count / 2)..];

    /// <summary>A node.</summary>
    public (double VR, double Vz, double Vphi) At(int node)
    {
        (int rest, int i) = Math.DivRem(node, R.Count);
        (int j, int k) = Math.DivRem(rest, HalfZ);
        return (R.V[i], Z.V[Z.Count / 2 + k], Phi.V[j]);
    }

    /// <summary>Values at the nodes from those where actions are found, both with v_z in the innermost loop and v_R in the outermost.</summary>
    /// <param name="few">Values where actions are found.</param>
    /// <param name="rows">Scratch space of <see cref="Count"/> numbers.</param>
    /// <param name="all">Receives the values.</param>
    public void Interpolate(ReadOnlySpan<double> few, Span<double> rows, Span<double> all)
    {
        int from = ActionPhi.Count * HalfZ, to = Phi.Count * HalfZ;
        for (int i = 0; i < ActionR.Count; i++)
        {
            alongPhi.Apply(few.Slice(i * from, from), HalfZ, rows.Slice(i * to, to));
        }

        alongR.Apply(rows[..(ActionR.Count * to)], to, all);
    }

    /// <summary>Nodes that are wider apart: in the middle by a factor, at the sides, where cuts are to be sharp, by its square root.</summary>
    private static BoxAxis Axis(double low, double high, double centre, double step, double scale, double wider)
    {
        if (wider <= 1)
        {
            return new(low, high, centre, scale, step * wider);
        }

        double half = 0.5 * (high - low), growth = Math.Max(LeastGrowth, Math.Sqrt(1 + half * half / (scale * scale)) / Math.Sqrt(wider));
        return new(low, high, centre, half / Math.Sqrt(growth * growth - 1), step * wider);
    }

    private static Resampling Between(BoxAxis from, BoxAxis to)
    {
        double[] places = new double[to.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = from.PlaceOf(to.V[i]);
        }

        return new(from.Count, places, Points);
    }
}
