using Oort.Actions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The actions at the velocities of a <see cref="VelocityLattice"/> at one place, up to the escape speed, kept: in this potential any distribution function can be integrated over velocities without finding them again.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class LatticeActions
{
    // Instead of 0, where actions change their form.
    private const double LeastVphi = 1e-3, LeastSpeed = 0.3, SmallestCos2 = 1e-8;

    private readonly double[] jr, jz, angular;
    private readonly int[] start;

    /// <summary>Finds the actions.</summary>
    /// <param name="lattice">The velocities.</param>
    /// <param name="potential">The potential.</param>
    /// <param name="focalDistances">Its focal distances.</param>
    /// <param name="actions">Scratch space.</param>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    public LatticeActions(VelocityLattice lattice, Potential potential, FocalDistances focalDistances, PositionActions actions, double R, double z)
    {
        (this.R, this.z) = (R, z);
        double phi0 = potential.Phi(R, z), reach = VelocityNodes.ReachFrom(R, z), bound = 2 * (potential.Phi(reach, 0) - phi0);
        EscapeSpeed = Math.Sqrt(bound);
        start = new int[lattice.Lines + 1];
        int[] half = new int[lattice.Lines];
        for (int line = 0; line < half.Length; line++)
        {
            (int j, int k) = lattice.Line(line);
            double across = Square(lattice.Phi.V[j]) + Square(lattice.Z.V[lattice.MiddleZ + k]);
            half[line] = -1;
            while (half[line] < lattice.MiddleR && across + Square(lattice.R.V[lattice.MiddleR + half[line] + 1]) < bound)
            {
                half[line]++;
            }

            start[line + 1] = start[line] + 2 * half[line] + 1;
            if (half[line] < 0)
            {
                start[line + 1] = start[line];
            }
        }

        int count = start[^1], at = 0;
        double[] energy = new double[count], lz = new double[count], delta = new double[count], speed2 = new double[count], cos2 = new double[count];
        angular = [.. lattice.Phi.V.ToArray().Select(v => R * v)];
        for (int line = 0; line < half.Length; line++)
        {
            (int j, int k) = lattice.Line(line);
            double vphi = lattice.Phi.V[j], vz = lattice.Z.V[lattice.MiddleZ + k];
            for (int i = -half[line]; i <= half[line]; i++, at++)
            {
                // At rest in the meridional plane there is no direction.
                speed2[at] = Math.Max(Square(lattice.R.V[lattice.MiddleR + i]) + vz * vz, LeastSpeed * LeastSpeed);
                energy[at] = phi0 + 0.5 * (vphi * vphi + speed2[at]);
                lz[at] = R * Math.Max(vphi, LeastVphi);
            }
        }

        focalDistances.Evaluate(energy, lz, delta);
        at = 0;
        for (int line = 0; line < half.Length; line++)
        {
            (_, int k) = lattice.Line(line);
            for (int i = -half[line]; i <= half[line]; i++, at++)
            {
                (double cos, double sin) = VelocityNodes.Tilt(R, z, delta[at] * delta[at]);
                double along = lattice.R.V[lattice.MiddleR + i] * cos + lattice.Z.V[lattice.MiddleZ + k] * sin;
                cos2[at] = i == 0 && k == 0 ? 0.5 : Math.Clamp(along * along / speed2[at], SmallestCos2, 1 - SmallestCos2);
            }
        }

        (jr, jz) = (new double[count], new double[count]);
        actions.Evaluate(potential, R, z, phi0, VelocityNodes.ReachMargin * reach, new() { Energy = energy, Lz = lz, Delta = delta, Speed2 = speed2 }, cos2, jr, jz);
    }

    /// <summary>Radius, kpc.</summary>
    public double R { get; }

    /// <summary>Height, kpc.</summary>
    public double z { get; }

    /// <summary>The escape speed, km/s.</summary>
    public double EscapeSpeed { get; }

    /// <summary>Number of velocities.</summary>
    public int Count => jr.Length;

    /// <summary>Radial actions of a line, v_R ascending and symmetric about 0; empty beyond the escape speed.</summary>
    public ReadOnlySpan<double> Jr(int line) => jr.AsSpan(start[line]..start[line + 1]);

    /// <summary>Vertical actions of a line.</summary>
    public ReadOnlySpan<double> Jz(int line) => jz.AsSpan(start[line]..start[line + 1]);

    /// <summary>R v_phi by the index of v_phi.</summary>
    public ReadOnlySpan<double> Jphi => angular;

    private static double Square(double x) => x * x;
}
