using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// A box of velocities, the same at every position, on whose nodes distribution functions are tabulated: |v_R| and |v_z| up to a limit, v_phi between two. As f is the same at (v_R, v_z) and
/// (-v_R, -v_z), nodes have v_z >= 0 only; v_R runs in the innermost loop, v_phi in the outermost. Immutable and safe to share between threads.
/// </summary>
internal sealed class VelocityBox
{
    // The thinnest discs have dispersions of 25, 12 and 18 km/s where surveys see stars: one step is about half of these (docs/performance.md).
    private const double StepR = 12, StepZ = 5, StepPhi = 9, ScaleR = 100, ScaleZ = 40, ScalePhi = 90;

    // Instead of 0, where actions change their form.
    private const double LeastVphi = 1e-3, LeastSpeed = 0.3, SmallestCos2 = 1e-8;

    /// <summary>A box.</summary>
    /// <param name="limitR">Largest |v_R|, km/s.</param>
    /// <param name="limitZ">Largest |v_z|.</param>
    /// <param name="lowPhi">Least v_phi.</param>
    /// <param name="highPhi">Largest v_phi.</param>
    /// <param name="streaming">Where discs have their v_phi.</param>
    /// <param name="refinement">How many times as many nodes along each side as usual.</param>
    public VelocityBox(double limitR, double limitZ, double lowPhi, double highPhi, double streaming, double refinement = 1)
    {
        R = new(-limitR, limitR, 0, ScaleR, StepR / refinement);
        Z = new(-limitZ, limitZ, 0, ScaleZ, StepZ / refinement);
        Phi = new(lowPhi, highPhi, Math.Clamp(streaming, lowPhi, highPhi), ScalePhi, StepPhi / refinement);
    }

    /// <summary>v_R.</summary>
    public BoxAxis R { get; }

    /// <summary>v_z, of both signs.</summary>
    public BoxAxis Z { get; }

    /// <summary>v_phi.</summary>
    public BoxAxis Phi { get; }

    /// <summary>Nodes in v_z that are not below 0.</summary>
    public int HalfZ => (Z.Count + 1) / 2;

    /// <summary>Number of nodes.</summary>
    public int Count => R.Count * HalfZ * Phi.Count;

    /// <summary>Finds the sum of distribution functions at the nodes.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="actions">Scratch space.</param>
    /// <param name="dfs">Distribution functions.</param>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="f">Receives f, Msun/(kpc km/s)^3.</param>
    public void Evaluate(Potential potential, FocalDistances focalDistances, PositionActions actions, IReadOnlyList<DistributionFunction> dfs, double R, double z, Span<double> f)
    {
        double phi0 = potential.Phi(R, z), reach = VelocityNodes.ReachFrom(R, z), bound = 2 * (potential.Phi(reach, 0) - phi0);
        int n = 0;
        int[] node = new int[Count];
        double[] energy = new double[Count], lz = new double[Count], delta = new double[Count], speed2 = new double[Count], cos2 = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            (double vR, double vz, double vphi) = At(i);
            double meridional = vR * vR + vz * vz;
            if (meridional + vphi * vphi < bound)
            {
                // At rest in the meridional plane there is no direction.
                speed2[n] = Math.Max(meridional, LeastSpeed * LeastSpeed);
                energy[n] = phi0 + 0.5 * (vphi * vphi + speed2[n]);
                lz[n] = R * Math.Max(Math.Abs(vphi), LeastVphi);
                node[n++] = i;
            }
        }

        focalDistances.Evaluate(energy.AsSpan(0, n), lz.AsSpan(0, n), delta.AsSpan(0, n));
        for (int k = 0; k < n; k++)
        {
            (double vR, double vz, _) = At(node[k]);
            (double cos, double sin) = VelocityNodes.Tilt(R, z, delta[k] * delta[k]);
            double along = vR * cos + vz * sin;
            cos2[k] = vR == 0 && vz == 0 ? 0.5 : Math.Clamp(along * along / speed2[k], SmallestCos2, 1 - SmallestCos2);
        }

        double[] jr = new double[n], jz = new double[n], value = new double[n], sum = new double[n];
        actions.Evaluate(potential, R, z, phi0, VelocityNodes.ReachMargin * reach,
            new() { Energy = energy.AsSpan(0, n), Lz = lz.AsSpan(0, n), Delta = delta.AsSpan(0, n), Speed2 = speed2.AsSpan(0, n) }, cos2.AsSpan(0, n), jr, jz);
        for (int k = 0; k < n; k++)
        {
            lz[k] = At(node[k]).Vphi < 0 ? -lz[k] : lz[k];
        }

        foreach (DistributionFunction df in dfs)
        {
            df.Evaluate(jr, jz, lz.AsSpan(0, n), value);
            for (int k = 0; k < n; k++)
            {
                sum[k] += value[k];
            }
        }

        f.Clear();
        for (int k = 0; k < n; k++)
        {
            f[node[k]] = double.IsFinite(sum[k]) ? sum[k] : 0;
        }
    }

    private (double VR, double Vz, double Vphi) At(int node)
    {
        (int rest, int i) = Math.DivRem(node, R.Count);
        (int j, int k) = Math.DivRem(rest, HalfZ);
        return (R.V[i], Z.V[Z.Count / 2 + k], Phi.V[j]);
    }
}
