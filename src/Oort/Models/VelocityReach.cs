using Oort.Actions;
using Oort.DistributionFunctions;

namespace Oort.Models;

/// <summary>
/// The velocities that matter: bounds of v_R, v_z and v_phi beyond each of which there is less than a small share of the stars at any of some places. Integrals that would have to reach the escape speed, where discs have
/// next to nothing, end there.
/// </summary>
/// <param name="R">Largest |v_R|, km/s.</param>
/// <param name="Z">Largest |v_z|.</param>
/// <param name="LowPhi">Least v_phi.</param>
/// <param name="HighPhi">Largest v_phi.</param>
internal readonly record struct VelocityReach(double R, double Z, double LowPhi, double HighPhi)
{
    /// <summary>The share of stars that may be beyond each bound.</summary>
    public const double Share = 1e-6;

    // Nodes twice as wide apart as a lattice usually has do for bounds, which go on to the next of these steps: a fit's model that is changed a little has the same ones.
    private const double Refinement = 0.5, Step = 20;

    /// <summary>Finds the bounds.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="dfs">Distribution functions of those of its components that count.</param>
    /// <param name="positions">Places (R, |z|), kpc.</param>
    /// <param name="accuracy">Of the actions.</param>
    public static VelocityReach Of(Galaxy galaxy, IReadOnlyList<DistributionFunction> dfs, IReadOnlyList<(double R, double Z)> positions, ModelAccuracy accuracy)
    {
        double inner = positions.Min(p => p.R), escape = Math.Sqrt(-2 * galaxy.Potential.Phi(inner, 0));
        VelocityLattice lattice = new(escape, Math.Min(galaxy.CircularSpeed(inner), 0.9 * escape), Refinement);
        PositionActions scratch = new(accuracy.CurveTerms, accuracy.ActionNodes);
        LatticeProjection projection = new(lattice);
        double mostR = 0, mostZ = 0, least = escape, most = -escape;
        double[] speedR = lattice.R.V[lattice.MiddleR..].ToArray(), speedZ = lattice.Z.V[lattice.MiddleZ..].ToArray(), forwards = lattice.Phi.V.ToArray();
        double[] phi = [.. forwards.Reverse().Select(v => -v), .. forwards];
        foreach ((double R, double z) in positions)
        {
            LatticeActions place = new(lattice, galaxy.Potential, galaxy.FocalDistances, scratch, R, z);
            double[] inR = new double[speedR.Length], inZ = new double[speedZ.Length], inPhi = new double[phi.Length];
            foreach (DistributionFunction df in dfs)
            {
                projection.Evaluate(place, df);
                Add(inR, projection.R, lattice.R.Weights[lattice.MiddleR..]);
                Add(inZ, projection.Z, lattice.Z.Weights[lattice.MiddleZ..]);
                Add(inPhi.AsSpan(forwards.Length), projection.Forwards, lattice.Phi.Weights);
                inPhi.AsSpan(0, forwards.Length).Reverse();
                Add(inPhi.AsSpan(0, forwards.Length), projection.Backwards, lattice.Phi.Weights);
                inPhi.AsSpan(0, forwards.Length).Reverse();
            }

            if (!(inPhi.Sum() > 0))
            {
                continue;
            }

            mostR = Math.Max(mostR, Last(speedR, inR));
            mostZ = Math.Max(mostZ, Last(speedZ, inZ));
            most = Math.Max(most, Last(phi, inPhi));
            least = Math.Min(least, -Last([.. phi.Reverse().Select(v => -v)], [.. inPhi.Reverse()]));
        }

        return mostR == 0 ? new(escape, escape, -escape, escape)
            : new(Math.Min(escape, Outwards(mostR)), Math.Min(escape, Outwards(mostZ)), Math.Max(-escape, -Outwards(-least)), Math.Min(escape, Outwards(most)));
    }

    private static double Outwards(double v) => Step * Math.Ceiling(v / Step);

    private static void Add(Span<double> sum, ReadOnlySpan<double> density, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += density[i] * weights[i];
        }
    }

    /// <summary>The first velocity at which, with all beyond it, there is less than the share.</summary>
    private static double Last(double[] v, double[] weight)
    {
        double enough = Share * weight.Sum(), beyond = 0;
        int i = v.Length;
        while (i > 0 && beyond + weight[i - 1] < enough)
        {
            beyond += weight[--i];
        }

        return v[Math.Min(i, v.Length - 1)];
    }
}
