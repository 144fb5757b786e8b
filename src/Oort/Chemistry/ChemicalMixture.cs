using Oort.Models;
using Oort.Numerics;

namespace Oort.Chemistry;

/// <summary>
/// The stars at some places as a sum of Gaussians in the plane of abundances: one for each value of Jphi at which the distribution function is
/// integrated over velocities, so that the density of abundances is as exact as that of stars. Not safe to share between threads.
/// </summary>
internal sealed class ChemicalMixture
{
    // Beyond so many dispersions a Gaussian is nothing: 1e-18 of its peak.
    private const double Cut = 9;

    private readonly GalaxyChemistry chemistry;
    private readonly List<(RotatedGaussian Gaussian, bool High, List<(double MeanX, double Weight)> Terms)> parts = [];
    private readonly int[] ownPart, othersPart;

    public ChemicalMixture(GalaxyChemistry chemistry)
    {
        this.chemistry = chemistry;
        int count = chemistry.Galaxy.Components.Count;
        (ownPart, othersPart, Mass) = (new int[count], new int[count], new double[count]);
        for (int c = 0; c < count; c++)
        {
            if (chemistry.Of(c) is { } distribution)
            {
                ownPart[c] = parts.Count;
                parts.Add((distribution.Own, distribution.Split is not null, []));
                othersPart[c] = parts.Count;
                parts.Add((distribution.Others, false, []));
            }
        }
    }

    /// <summary>Stars of each component: Msun, or Msun/kpc^3 at one place.</summary>
    public double[] Mass { get; }

    /// <summary>All stars.</summary>
    public double Total => Mass.Sum();

    /// <summary>Stars with the chemistry of a split component's own, the high-alpha population.</summary>
    public double HighAlpha => parts.Where(p => p.High).Sum(p => p.Terms.Sum(t => t.Weight));

    /// <summary>Adds the stars at the place of the nodes, times a volume.</summary>
    public void Add(VelocityNodes nodes, MomentIntegrals integrals, double volume)
    {
        for (int c = 0; c < Mass.Length; c++)
        {
            if (chemistry.Of(c) is { } distribution)
            {
                integrals.Evaluate(chemistry.Galaxy.Components[c].DistributionFunction!, nodes);
                Add(c, distribution, nodes, integrals.Prograde, 1, volume);
                Add(c, distribution, nodes, integrals.Retrograde, -1, volume);
            }
        }
    }

    private void Add(int c, AbundanceDistribution distribution, VelocityNodes nodes, ReadOnlySpan<double> f, int sign, double volume)
    {
        for (int pair = 0; pair < nodes.Pairs;)
        {
            // Pairs of one v_phi, hence one Jphi, follow each other.
            double vphi = nodes.Vphi[pair], Jphi = sign * nodes.Jphi[pair * nodes.Angles], own = 0, others = 0;
            for (; pair < nodes.Pairs && nodes.Vphi[pair] == vphi; pair++)
            {
                for (int k = 0; k < nodes.Angles; k++)
                {
                    int at = pair * nodes.Angles + k;
                    double weight = nodes.PairWeights[pair] * nodes.AngleWeights[k] * f[at] * volume;
                    double probability = distribution.Probability(nodes.Jz[at], Jphi);
                    own += weight * probability;
                    others += weight * (1 - probability);
                }
            }

            Mass[c] += own + others;
            Add(ownPart[c], Jphi, own);
            Add(othersPart[c], Jphi, others);
        }
    }

    private void Add(int part, double Jphi, double weight)
    {
        (RotatedGaussian gaussian, _, List<(double MeanX, double Weight)> terms) = parts[part];
        if (weight <= 0)
        {
            return;
        }

        if (!gaussian.Drifts && terms.Count > 0)
        {
            terms[0] = (terms[0].MeanX, terms[0].Weight + weight);
        }
        else
        {
            terms.Add((gaussian.MeanX(Jphi), weight));
        }
    }

    /// <summary>Density of all stars in the plane of abundances, 1/dex^2: of unit integral.</summary>
    public double Density(double feH, double alphaFe)
    {
        double sum = 0;
        foreach ((RotatedGaussian gaussian, _, List<(double MeanX, double Weight)> terms) in parts)
        {
            (double x, double y) = gaussian.ToAxes(feH, alphaFe);
            if (Math.Abs(y - gaussian.Parameters.Y) > Cut * gaussian.Parameters.SigmaY)
            {
                continue;
            }

            sum += Along(gaussian, terms, x) * gaussian.DensityY(y);
        }

        return sum / Total;
    }

    /// <summary>
    /// The same at the middles of a plane's cells, [alpha/Fe] fastest. The density along x, a sum over all values of Jphi, is tabulated once for each
    /// Gaussian and interpolated, which errs by 1e-6 of its peak.
    /// </summary>
    public double[] Density(ChemicalPlane plane)
    {
        double[] density = new double[plane.FeHCells * plane.AlphaFeCells], feH = plane.FeH(), alphaFe = plane.AlphaFe();
        double total = Total;
        foreach ((RotatedGaussian gaussian, _, List<(double MeanX, double Weight)> terms) in parts)
        {
            if (terms.Count == 0)
            {
                continue;
            }

            double reach = Cut * gaussian.Parameters.SigmaX;
            double low = terms.Min(t => t.MeanX) - reach, high = terms.Max(t => t.MeanX) + reach;
            CubicSpline along = Tabulate(gaussian, terms, low, high);
            for (int i = 0, at = 0; i < feH.Length; i++)
            {
                for (int j = 0; j < alphaFe.Length; j++, at++)
                {
                    (double x, double y) = gaussian.ToAxes(feH[i], alphaFe[j]);
                    if (x > low && x < high && Math.Abs(y - gaussian.Parameters.Y) <= Cut * gaussian.Parameters.SigmaY)
                    {
                        density[at] += Math.Max(0, along.Value(x)) * gaussian.DensityY(y) / total;
                    }
                }
            }
        }

        return density;
    }

    private static CubicSpline Tabulate(RotatedGaussian gaussian, List<(double MeanX, double Weight)> terms, double low, double high)
    {
        const double NodesPerSigma = 16;
        int cells = (int)Math.Ceiling((high - low) / gaussian.Parameters.SigmaX * NodesPerSigma);
        double[] x = new double[cells + 1], values = new double[cells + 1];
        for (int i = 0; i <= cells; i++)
        {
            x[i] = low + (high - low) * i / cells;
            values[i] = Along(gaussian, terms, x[i]);
        }

        return CubicSpline.Natural(x, values);
    }

    /// <summary>Density along x of the stars of one Gaussian, Msun/dex.</summary>
    private static double Along(RotatedGaussian gaussian, List<(double MeanX, double Weight)> terms, double x)
    {
        double sum = 0, reach = Cut * gaussian.Parameters.SigmaX;
        foreach ((double mean, double weight) in terms)
        {
            sum += Math.Abs(x - mean) > reach ? 0 : weight * gaussian.DensityX(x, mean);
        }

        return sum;
    }

    /// <summary>Means, variances and covariance of the stars' abundances.</summary>
    /// <param name="high">Whether high-alpha stars count.</param>
    /// <param name="component">The component whose stars count; null for all.</param>
    public AbundanceMoments Moments(bool high = true, int? component = null)
    {
        AbundanceMoments all = default;
        double mass = 0;
        for (int p = 0; p < parts.Count; p++)
        {
            (RotatedGaussian gaussian, bool isHigh, List<(double MeanX, double Weight)> terms) = parts[p];
            bool counts = (high || !isHigh) && (component is not int c || p == ownPart[c] || p == othersPart[c]);
            foreach ((double mean, double weight) in counts ? terms : [])
            {
                mass += weight;
                all = AbundanceMoments.Mix(gaussian.MomentsAt(mean), all, weight / mass);
            }
        }

        return mass > 0 ? all : new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
