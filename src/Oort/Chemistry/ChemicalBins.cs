using Oort.Models;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Chemistry;

/// <summary>
/// Abundances of a galaxy's stars in bins of radius and height, as Binney &amp; Vasiliev (2023), section 4.6, find them: the components' shares and
/// their stars' actions at the centre of each bin, or, as an option, integrated over it. The densities of abundances are integrals over the
/// velocities; stars can be drawn as well. Immutable and safe to share between threads.
/// </summary>
public sealed class ChemicalBins
{
    // Stars of different bins have different random numbers: no bin draws as many.
    private const long StarsOfABin = 1L << 40;

    private readonly ModelAccuracy accuracy;
    private readonly int threads;

    /// <summary>Bins of a galaxy.</summary>
    /// <param name="chemistry">The chemistry of the galaxy.</param>
    /// <param name="bins">The bins; those of <see cref="ChemicalBin.Hayden"/> by default.</param>
    /// <param name="accuracy">
    /// Accuracy of the velocity integrals, <see cref="ModelAccuracy.High"/> by default: with it densities of abundances are within 1e-4 of their peak, and
    /// the levels of contours within 1e-3, of converged ones.
    /// </param>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    public ChemicalBins(GalaxyChemistry chemistry, IReadOnlyList<ChemicalBin>? bins = null, ModelAccuracy? accuracy = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(chemistry);
        (Chemistry, Bins) = (chemistry, bins ?? ChemicalBin.Hayden);
        foreach (ChemicalBin bin in Bins)
        {
            bin.Check();
        }

        this.accuracy = accuracy ?? ModelAccuracy.High;
        this.threads = threads ?? Environment.ProcessorCount;
        Stars = [.. Enumerable.Range(0, chemistry.Galaxy.Components.Count).Where(c => chemistry.Of(c) is not null)];
    }

    /// <summary>The chemistry.</summary>
    public GalaxyChemistry Chemistry { get; }

    /// <summary>The bins.</summary>
    public IReadOnlyList<ChemicalBin> Bins { get; }

    /// <summary>Places, in <see cref="Galaxy.Components"/>, of the components of stars.</summary>
    public IReadOnlyList<int> Stars { get; }

    /// <summary>The density of abundances in each bin, its contours, and the components' shares.</summary>
    /// <param name="plane">The grid in the plane of abundances.</param>
    /// <param name="integrated">Whether to integrate over each bin, by four by four places; if not, its centre stands for it, as in the paper.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ChemicalMaps Maps(ChemicalPlane? plane = null, bool integrated = false, CancellationToken cancellation = default)
    {
        plane ??= ChemicalPlane.Default;
        plane.Check();
        ChemicalMap[] maps = new ChemicalMap[Bins.Count];
        Parallel.For(0, maps.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            Nodes,
            (i, _, nodes) =>
            {
                maps[i] = Map(Bins[i], plane, integrated, nodes);
                return nodes;
            },
            _ => { });
        return new([.. Stars.Select(c => Chemistry.Galaxy.Components[c].Name)], plane, maps);
    }

    /// <summary>
    /// Draws stars of a bin: each component's velocities at the bin's centre from its distribution function there, exactly
    /// (<see cref="GalaxySampler.DrawVelocities"/>), in the proportions of the components, and the abundances that these stars' actions give them.
    /// </summary>
    /// <param name="sampler">Draws stars of the same galaxy.</param>
    /// <param name="bin">Which of <see cref="Bins"/>.</param>
    /// <param name="count">Number of stars, shared among the components by largest remainders.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="cancellation">Stops the work between components.</param>
    /// <exception cref="InputException">No component has stars there.</exception>
    public ChemicalStars Draw(GalaxySampler sampler, int bin, int count, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!ReferenceEquals(sampler.Galaxy, Chemistry.Galaxy))
        {
            throw new ArgumentException("draws stars of another galaxy", nameof(sampler));
        }

        ChemicalBin here = Bins[bin];
        ChemicalMixture mixture = At(here.R, here.Z, Nodes());
        if (!(mixture.Total > 0))
        {
            throw new InputException(FormattableString.Invariant($"there are no stars at R = {here.R}, z = {here.Z} kpc"));
        }

        long[] counts = Apportionment.LargestRemainders(mixture.Mass, count);
        ChemicalStars stars = new(count);
        for (int c = 0, start = 0; c < counts.Length; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            int n = (int)counts[c];
            if (n > 0)
            {
                ParticleChunk chunk = sampler.DrawVelocities(c, here.R, here.Z, n, seed);
                stars.Fill(start, c, chunk);
                Chemistry.Draw(c, bin * StarsOfABin, chunk, seed, stars.FeH.AsSpan(start), stars.AlphaFe.AsSpan(start));
                start += n;
            }
        }

        return stars;
    }

    /// <summary>The stars at one place.</summary>
    internal ChemicalMixture At(double R, double z) => At(R, z, Nodes());

    private (VelocityNodes Nodes, MomentIntegrals Integrals) Nodes()
    {
        VelocityNodes nodes = new(Chemistry.Galaxy.Potential, Chemistry.Galaxy.FocalDistances, accuracy);
        return (nodes, new(nodes));
    }

    private ChemicalMixture At(double R, double z, (VelocityNodes Nodes, MomentIntegrals Integrals) work)
    {
        ChemicalMixture mixture = new(Chemistry);
        work.Nodes.MoveTo(R, z);
        mixture.Add(work.Nodes, work.Integrals, 1);
        return mixture;
    }

    private ChemicalMap Map(ChemicalBin bin, ChemicalPlane plane, bool integrated, (VelocityNodes Nodes, MomentIntegrals Integrals) work)
    {
        ChemicalMixture mixture = new(Chemistry);
        double meanR = 0, meanZ = 0;
        GaussLegendre rule = GaussLegendre.Rule(integrated ? 4 : 1);
        for (int i = 0; i < rule.Count; i++)
        {
            for (int j = 0; j < rule.Count; j++)
            {
                double R = bin.R + 0.5 * (bin.RHigh - bin.RLow) * rule.Nodes[i], z = bin.Z + 0.5 * (bin.ZHigh - bin.ZLow) * rule.Nodes[j];
                double before = mixture.Total;
                work.Nodes.MoveTo(R, z);
                mixture.Add(work.Nodes, work.Integrals, rule.Weights[i] * rule.Weights[j] * R);
                meanR += (mixture.Total - before) * R;
                meanZ += (mixture.Total - before) * z;
            }
        }

        double[,] density = new double[plane.FeHCells, plane.AlphaFeCells];
        double[] flat = mixture.Density(plane);
        for (int at = 0; at < flat.Length; at++)
        {
            density[at / plane.AlphaFeCells, at % plane.AlphaFeCells] = flat[at];
        }

        double total = mixture.Total;
        return new()
        {
            Bin = bin,
            MeanR = integrated ? meanR / total : bin.R,
            MeanZ = integrated ? meanZ / total : bin.Z,
            Fractions = [.. Stars.Select(c => mixture.Mass[c] / total)],
            HighAlphaFraction = mixture.HighAlpha / total,
            Moments = mixture.Moments(),
            NormalAlphaMoments = mixture.Moments(high: false),
            Density = density,
            Level50 = DensityLevel.Enclosing(flat, plane.CellArea, 0.5),
            Level90 = DensityLevel.Enclosing(flat, plane.CellArea, 0.9),
            Outside = Math.Max(0, 1 - flat.Sum() * plane.CellArea),
        };
    }
}
