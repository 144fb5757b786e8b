using Oort.DistributionFunctions;

namespace Oort.Models;

/// <summary>Sums a distribution function over the <see cref="VelocityNodes"/> of a position.</summary>
internal sealed class MomentIntegrals
{
    private readonly double[] prograde, retrograde, negative;

    public MomentIntegrals(VelocityNodes nodes)
    {
        prograde = new double[nodes.Pairs * nodes.Angles];
        retrograde = new double[prograde.Length];
        negative = new double[prograde.Length];
    }

    /// <summary>Density alone, Msun/kpc^3.</summary>
    public double Density(DistributionFunction df, VelocityNodes nodes)
    {
        Evaluate(df, nodes);
        double sum = 0;
        for (int pair = 0, at = 0; pair < nodes.Pairs; pair++)
        {
            double inner = 0;
            for (int k = 0; k < nodes.Angles; k++, at++)
            {
                inner += nodes.AngleWeights[k] * (prograde[at] + retrograde[at]);
            }

            sum += nodes.PairWeights[pair] * inner;
        }

        return sum;
    }

    /// <summary>All moments; where the density is zero, they are NaN.</summary>
    public Moments Moments(DistributionFunction df, VelocityNodes nodes)
    {
        Evaluate(df, nodes);
        double rho = 0, vphi = 0, vR2 = 0, vz2 = 0, vphi2 = 0, vRvz = 0;
        for (int pair = 0, at = 0; pair < nodes.Pairs; pair++)
        {
            double even = 0, odd = 0, along = 0;
            for (int k = 0; k < nodes.Angles; k++, at++)
            {
                double sum = nodes.AngleWeights[k] * (prograde[at] + retrograde[at]);
                even += sum;
                along += sum * nodes.Cos2[k];
                odd += nodes.AngleWeights[k] * (prograde[at] - retrograde[at]);
            }

            double weight = nodes.PairWeights[pair], v = nodes.Vphi[pair], cos = nodes.CosTilt[pair], sin = nodes.SinTilt[pair];
            double lambda2 = nodes.Speed2[pair] * along, nu2 = nodes.Speed2[pair] * (even - along);
            rho += weight * even;
            vphi += weight * v * odd;
            vphi2 += weight * v * v * even;
            vR2 += weight * (lambda2 * cos * cos + nu2 * sin * sin);
            vz2 += weight * (lambda2 * sin * sin + nu2 * cos * cos);
            vRvz += weight * (lambda2 - nu2) * sin * cos;
        }

        return new(rho, vphi / rho, vR2 / rho, vz2 / rho, vphi2 / rho, vRvz / rho);
    }

    /// <summary>f at the nodes for v_phi >= 0, as <see cref="Evaluate"/> left it.</summary>
    public ReadOnlySpan<double> Prograde => prograde;

    /// <summary>f at the nodes for -v_phi.</summary>
    public ReadOnlySpan<double> Retrograde => retrograde;

    /// <summary>Evaluates f at the nodes, for both signs of v_phi.</summary>
    public void Evaluate(DistributionFunction df, VelocityNodes nodes)
    {
        df.Evaluate(nodes.Jr, nodes.Jz, nodes.Jphi, prograde);
        if (df.VanishesForRetrograde)
        {
            Array.Clear(retrograde);
        }
        else if (df.IsEvenInJphi)
        {
            prograde.CopyTo(retrograde, 0);
        }
        else
        {
            System.Numerics.Tensors.TensorPrimitives.Negate(nodes.Jphi, negative);
            df.Evaluate(nodes.Jr, nodes.Jz, negative, retrograde);
        }
    }
}
