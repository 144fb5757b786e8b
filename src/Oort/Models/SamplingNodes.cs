using Oort.Actions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Actions of many velocities at one position, for the densities of proposals: those of the kernel for positions (<see cref="PositionActions"/>),
/// with few terms, since a per cent of f is enough there. Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class SamplingNodes
{
    private const int CurveTerms = 20, ActionNodes = 8;

    // As in ProjectedVelocities: closer than this to the axis or to a coordinate direction nothing differs.
    private const double SmallestVphi = 1e-6, SmallestCos2 = 1e-8;

    // The kernel needs some angular momentum: nodes on the axis are taken to be this far from it, in units of the height.
    private const double LeastSlope = 0.03;

    private readonly Potential potential;
    private readonly FocalDistances focalDistances;
    private readonly ActionFinder finder;
    private readonly PositionActions actions = new(CurveTerms, ActionNodes);
    private readonly double[][] columns = [.. Enumerable.Range(0, 8).Select(_ => new double[SamplingBatch.Capacity])];
    private readonly int[] places = new int[SamplingBatch.Capacity];

    /// <summary>Scratch space for a potential.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="finder">Finds the actions of velocities that carry a star farther than the kernel looks.</param>
    public SamplingNodes(Potential potential, FocalDistances focalDistances, ActionFinder finder)
        => (this.potential, this.focalDistances, this.finder) = (potential, focalDistances, finder);

    /// <summary>The actions of a batch of which all points are at the same place.</summary>
    /// <param name="batch">Holds positions and velocities, v_phi not negative, and receives the actions.</param>
    public void Actions(SamplingBatch batch)
    {
        double z = batch.Z[0], R = Math.Max(batch.R[0], LeastSlope * z), phi0 = potential.Phi(R, z), reach = VelocityNodes.ReachFrom(R, z);
        double cut = potential.Phi(reach, 0), least = SmallestVphi * Math.Sqrt(2 * (cut - phi0));
        Span<double> energy = columns[0], lz = columns[1], speed2 = columns[2], delta = columns[3], cos2 = columns[4], jr = columns[5], jz = columns[6];
        int near = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            double vphi = Math.Max(batch.Vphi[i], least), square = batch.VR[i] * batch.VR[i] + batch.Vz[i] * batch.Vz[i];
            double e = phi0 + 0.5 * (vphi * vphi + square);
            if (e < cut)
            {
                (energy[near], lz[near], speed2[near], places[near]) = (e, R * vphi, square, i);
                near++;
            }
        }

        focalDistances.Evaluate(energy[..near], lz[..near], delta[..near]);
        for (int k = 0; k < near; k++)
        {
            (double cos, double sin) = VelocityNodes.Tilt(R, z, delta[k] * delta[k]);
            double along = batch.VR[places[k]] * cos + batch.Vz[places[k]] * sin;
            cos2[k] = Math.Clamp(along * along / speed2[k], SmallestCos2, 1 - SmallestCos2);
        }

        if (near > 0)
        {
            actions.Evaluate(potential, R, z, phi0, VelocityNodes.ReachMargin * reach,
                new() { Energy = energy[..near], Lz = lz[..near], Delta = delta[..near], Speed2 = speed2[..near] }, cos2[..near], jr[..near], jz[..near]);
        }

        batch.Jr.Fill(double.NaN);
        for (int k = 0; k < near; k++)
        {
            int i = places[k];
            (batch.Jr[i], batch.Jz[i], batch.Jphi[i]) = (jr[k], jz[k], lz[k]);
        }

        Rest(batch);
    }

    /// <summary>The finder's actions where there are none yet.</summary>
    private void Rest(SamplingBatch batch)
    {
        int n = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            if (!double.IsFinite(batch.Jr[i]) || !double.IsFinite(batch.Jz[i]))
            {
                places[n++] = i;
            }
        }

        if (n == 0)
        {
            return;
        }

        for (int k = 0; k < n; k++)
        {
            int i = places[k];
            (columns[0][k], columns[1][k], columns[2][k], columns[3][k], columns[4][k]) = (batch.R[i], batch.Z[i], batch.VR[i], batch.Vz[i], batch.Vphi[i]);
        }

        Span<double> jr = columns[5].AsSpan(0, n), jz = columns[6].AsSpan(0, n), jphi = columns[7].AsSpan(0, n);
        finder.Actions(
            new() { R = columns[0].AsSpan(0, n), z = columns[1].AsSpan(0, n), vR = columns[2].AsSpan(0, n), vz = columns[3].AsSpan(0, n), vphi = columns[4].AsSpan(0, n) },
            new() { Jr = jr, Jz = jz, Jphi = jphi });
        for (int k = 0; k < n; k++)
        {
            int i = places[k];
            (batch.Jr[i], batch.Jz[i], batch.Jphi[i]) = (jr[k], jz[k], jphi[k]);
        }
    }
}
