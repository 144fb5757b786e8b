using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// Actions of the velocities of a <see cref="VelocityBox"/> at one position. Where all are bound and v_phi has one sign, they are found at every other node in v_R and v_phi and interpolated by polynomials
/// through eight; otherwise at every node that is bound. Immutable and safe to share between threads.
/// </summary>
internal sealed class BoxActions
{
    // Instead of 0, where actions change their form.
    private const double LeastVphi = 1e-3, LeastSpeed = 0.3, SmallestCos2 = 1e-8;

    private readonly double R;
    private readonly double[] jr, jz;
    private readonly int[]? bound;

    private BoxActions(double R, double[] jr, double[] jz, int[]? bound, bool allBound) => (this.R, this.jr, this.jz, this.bound, AllBound) = (R, jr, jz, bound, allBound);

    /// <summary>Number of velocities at which actions have been found.</summary>
    public int Velocities => jr.Length;

    /// <summary>Whether all velocities are bound there.</summary>
    public bool AllBound { get; }

    /// <summary>Finds the actions.</summary>
    /// <param name="box">The velocities.</param>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="scratch">Scratch space.</param>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    public static BoxActions At(VelocityBox box, Potential potential, FocalDistances focalDistances, Scratch scratch, double R, double z)
    {
        double phi0 = potential.Phi(R, z), reach = VelocityNodes.ReachFrom(R, z), escape = 2 * (potential.Phi(reach, 0) - phi0);
        if (box.Fastest2 < escape && box.Phi.V[0] > 0)
        {
            int at = 0;
            foreach (double vR in box.ActionR.V)
            {
                foreach (double vphi in box.ActionPhi.V)
                {
                    foreach (double vz in box.UpwardV)
                    {
                        scratch.Set(at++, vR, vz, vphi);
                    }
                }
            }

            (double[] jr, double[] jz) = scratch.Find(at, potential, focalDistances, R, z, phi0, reach);
            if (Array.TrueForAll(jr, double.IsFinite) && Array.TrueForAll(jz, double.IsFinite))
            {
                return new(R, jr, jz, null, true);
            }
        }

        List<int> bound = [];
        for (int i = 0; i < box.Count; i++)
        {
            (double vR, double vz, double vphi) = box.At(i);
            if (vR * vR + vz * vz + vphi * vphi < escape)
            {
                scratch.Set(bound.Count, vR, vz, vphi);
                bound.Add(i);
            }
        }

        (double[] allR, double[] allZ) = scratch.Find(bound.Count, potential, focalDistances, R, z, phi0, reach);
        return new(R, allR, allZ, [.. bound], bound.Count == box.Count);
    }

    /// <summary>The sum of distribution functions at the nodes.</summary>
    /// <param name="box">The velocities.</param>
    /// <param name="dfs">Distribution functions.</param>
    /// <param name="scratch">Scratch space.</param>
    /// <param name="f">Receives f, Msun/(kpc km/s)^3.</param>
    public void Evaluate(VelocityBox box, IReadOnlyList<DistributionFunction> dfs, Scratch scratch, Span<double> f)
    {
        int n = bound?.Length ?? box.Count;
        Span<double> jphi = scratch.Jphi.AsSpan(0, n), value = scratch.Value.AsSpan(0, n), sum = scratch.Sum.AsSpan(0, n);
        ReadOnlySpan<double> radial = jr, vertical = jz;
        if (bound is null)
        {
            box.Interpolate(jr, sum, scratch.Jr);
            box.Interpolate(jz, sum, scratch.Jz);
            radial = scratch.Jr;
            vertical = scratch.Jz;
            for (int line = 0; line < box.R.Count * box.Phi.Count; line++)
            {
                jphi.Slice(line * box.HalfZ, box.HalfZ).Fill(R * box.Phi.V[line % box.Phi.Count]);
            }
        }
        else
        {
            for (int k = 0; k < n; k++)
            {
                double vphi = box.At(bound[k]).Vphi;
                jphi[k] = R * (vphi < 0 ? Math.Min(vphi, -LeastVphi) : Math.Max(vphi, LeastVphi));
            }
        }

        sum.Clear();
        foreach (DistributionFunction df in dfs)
        {
            df.Evaluate(radial, vertical, jphi, value);
            for (int k = 0; k < n; k++)
            {
                sum[k] += double.IsFinite(value[k]) ? value[k] : 0;
            }
        }

        if (bound is null)
        {
            for (int i = 0, at = 0; i < box.R.Count; i++)
            {
                for (int line = 0; line < box.Phi.Count * box.HalfZ; line++, at++)
                {
                    f[line * box.R.Count + i] = sum[at];
                }
            }

            return;
        }

        f.Clear();
        for (int k = 0; k < n; k++)
        {
            f[bound[k]] = sum[k];
        }
    }

    /// <summary>Scratch space: one instance serves one thread.</summary>
    internal sealed class Scratch
    {
        private readonly PositionActions actions;
        private readonly double[] vR, vz, vphi, energy, lz, delta, speed2, cos2;

        public Scratch(VelocityBox box, ModelAccuracy accuracy)
        {
            actions = new(accuracy.CurveTerms, accuracy.ActionNodes);
            int n = box.Count;
            (vR, vz, vphi, energy, lz, delta, speed2, cos2) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
            (Jr, Jz, Jphi, Value, Sum) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        }

        public double[] Jr { get; }

        public double[] Jz { get; }

        public double[] Jphi { get; }

        public double[] Value { get; }

        public double[] Sum { get; }

        public void Set(int at, double R, double z, double phi) => (vR[at], vz[at], vphi[at]) = (R, z, phi);

        /// <summary>Actions of the first velocities that have been set.</summary>
        public (double[] Jr, double[] Jz) Find(int n, Potential potential, FocalDistances focalDistances, double R, double z, double phi0, double reach)
        {
            for (int k = 0; k < n; k++)
            {
                // At rest in the meridional plane there is no direction.
                speed2[k] = Math.Max(vR[k] * vR[k] + vz[k] * vz[k], LeastSpeed * LeastSpeed);
                energy[k] = phi0 + 0.5 * (vphi[k] * vphi[k] + speed2[k]);
                lz[k] = R * Math.Max(Math.Abs(vphi[k]), LeastVphi);
            }

            focalDistances.Evaluate(energy.AsSpan(0, n), lz.AsSpan(0, n), delta.AsSpan(0, n));
            for (int k = 0; k < n; k++)
            {
                (double cos, double sin) = VelocityNodes.Tilt(R, z, delta[k] * delta[k]);
                double along = vR[k] * cos + vz[k] * sin;
                cos2[k] = vR[k] == 0 && vz[k] == 0 ? 0.5 : Math.Clamp(along * along / speed2[k], SmallestCos2, 1 - SmallestCos2);
            }

            double[] jr = new double[n], jz = new double[n];
            actions.Evaluate(potential, R, z, phi0, VelocityNodes.ReachMargin * reach,
                new() { Energy = energy.AsSpan(0, n), Lz = lz.AsSpan(0, n), Delta = delta.AsSpan(0, n), Speed2 = speed2.AsSpan(0, n) }, cos2.AsSpan(0, n), jr, jz);
            return (jr, jz);
        }
    }
}
