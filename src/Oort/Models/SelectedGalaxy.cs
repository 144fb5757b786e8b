using Oort.Numerics;
using Oort.Tables;

namespace Oort.Models;

/// <summary>
/// A galaxy as a survey sees it: of the components chosen, the mass that a selection function leaves of each, and stars distributed as f times the selection. Every star is
/// drawn by itself: its component with the probability of that component's share of the selected mass, so that the numbers of components are multinomial, and then its place and velocity. Stars
/// come in chunks from random streams that the seed, the number of the chunk and the component name: the same stars whatever the number of
/// threads, and a draw begins as any larger one. Immutable and safe to share between threads.
/// </summary>
public sealed class SelectedGalaxy
{
    /// <summary>Stars in a chunk.</summary>
    public const int ChunkSize = 16384;

    // Less than this share of the mass is not worth proposals.
    private const double LeastShare = 1e-9;

    private readonly SelectedSampler?[] samplers;
    private readonly double[] cumulative;
    private readonly SeenPopulations populations;

    /// <summary>A galaxy behind a selection function.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="selection">The selection function.</param>
    /// <param name="components">Which components are seen; if null, those of stars that have a distribution function.</param>
    /// <param name="actions">Which actions stars follow.</param>
    /// <param name="threads">Threads to use; the stars do not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">No component chosen has stars where the selection is.</exception>
    public SelectedGalaxy(Galaxy galaxy, SelectionFunction selection, Func<GalaxyComponent, bool>? components = null,
        SamplingActions actions = SamplingActions.Fudge, int? threads = null, CancellationToken cancellation = default)
        : this(new(galaxy, (selection ?? throw new ArgumentNullException(nameof(selection))).Bounds, components, actions, threads, cancellation), selection)
    {
    }

    /// <summary>A galaxy behind a selection function, whose densities and proposals are known within bounds that hold those of the selection.</summary>
    internal SelectedGalaxy(SeenPopulations populations, SelectionFunction selection)
    {
        (this.populations, Selection) = (populations, selection);
        double[] mass = Integrate();
        double total = mass.Sum(), sum = 0;
        if (!(total > 0) || !double.IsFinite(total))
        {
            throw new InputException("nothing can be seen: no component with a distribution function has stars where the survey's selection function does not vanish");
        }

        SelectedMass = mass;
        cumulative = [.. mass.Select(m => m < LeastShare * total ? 0 : m).Select(m => sum += m)];
        samplers = new SelectedSampler?[mass.Length];
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy => populations.Galaxy;

    /// <summary>The selection function.</summary>
    public SelectionFunction Selection { get; }

    /// <summary>The components that are seen, by their places in <see cref="Galaxy.Components"/>.</summary>
    public IReadOnlyList<int> Components => populations.Components;

    /// <summary>The integral of density times selection of each of <see cref="Components"/>, Msun; good to 1e-4 but for the errors of the density.</summary>
    public IReadOnlyList<double> SelectedMass { get; }

    /// <summary>Densities of <see cref="Components"/> within the bounds of the selection.</summary>
    internal LocalDensities Densities => populations.Densities;

    /// <summary>
    /// Fills a chunk with stars: those from number <paramref name="index"/> times <see cref="ChunkSize"/> on of a draw.
    /// </summary>
    /// <param name="index">Which chunk, from 0.</param>
    /// <param name="count">Number of stars, at most <see cref="ChunkSize"/> and what the chunk has room for.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="chunk">Receives them.</param>
    public void Fill(long index, int count, ulong seed, StarChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ChunkSize);
        Xoshiro256 random = new(seed, Stream, (ulong)index);
        int[] number = new int[cumulative.Length];
        for (int i = 0; i < count; i++)
        {
            double u = random.Uniform() * cumulative[^1];
            int c = 0;
            while (u >= cumulative[c])
            {
                c++;
            }

            chunk.Component[i] = c;
            number[c]++;
        }

        ParticleChunk stars = chunk.Stars, own = new(Math.Max(1, number.Max()));
        stars.Count = count;
        for (int c = 0; c < number.Length; c++)
        {
            if (number[c] == 0)
            {
                continue;
            }

            Xoshiro256 ofComponent = new(seed, Stream, (ulong)index, (ulong)Components[c]);
            own.Count = 0;
            Sampler(c).Fill(own, number[c], ref ofComponent);
            for (int i = 0, k = 0; i < count; i++)
            {
                if (chunk.Component[i] == c)
                {
                    (stars.X[i], stars.Y[i], stars.Z[i]) = (own.X[k], own.Y[k], own.Z[k]);
                    (stars.VX[i], stars.VY[i], stars.VZ[i]) = (own.VX[k], own.VY[k], own.VZ[k]);
                    (stars.Jr[i], stars.Jz[i]) = (own.Jr[k], own.Jz[k]);
                    k++;
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            chunk.Component[i] = Components[chunk.Component[i]];
        }
    }

    /// <summary>Sets streams apart from those of <see cref="GalaxySampler"/>.</summary>
    internal const ulong Stream = 0x5e1ec7ed;

    /// <summary>The sampler of one of <see cref="Components"/>; made at first need.</summary>
    internal SelectedSampler Sampler(int component)
    {
        lock (samplers)
        {
            return samplers[component] ??= new(Selection, populations.Velocities(component));
        }
    }

    /// <summary>Density times selection over the cube of the selection's coordinates.</summary>
    private double[] Integrate()
    {
        GaussLegendre between = GaussLegendre.Rule(8), second = GaussLegendre.Rule(64), third = GaussLegendre.Rule(40);
        int n = third.Count;
        double[] mass = new double[Components.Count], u = new double[3 * n], x = new double[n], y = new double[n], z = new double[n], weight = new double[n];
        double[] breaks = [.. Selection.Breaks], first = new double[between.Count * (breaks.Length - 1)], firstWeights = new double[first.Length];
        for (int i = 0; i < breaks.Length - 1; i++)
        {
            between.Map(breaks[i], breaks[i + 1], first.AsSpan(i * between.Count, between.Count), firstWeights.AsSpan(i * between.Count, between.Count));
        }

        for (int i = 0; i < first.Length * second.Count; i++)
        {
            (int a, int b) = Math.DivRem(i, second.Count);
            for (int k = 0; k < n; k++)
            {
                (u[k], u[n + k], u[2 * n + k]) = (first[a], 0.5 * (1 + second.Nodes[b]), 0.5 * (1 + third.Nodes[k]));
            }

            Selection.Map(u, x, y, z, weight);
            for (int k = 0; k < n; k++)
            {
                double share = 0.25 * firstWeights[a] * second.Weights[b] * third.Weights[k] * weight[k], R = Math.Sqrt(x[k] * x[k] + y[k] * y[k]);
                for (int c = 0; share > 0 && c < mass.Length; c++)
                {
                    mass[c] += share * Densities.At(c, R, z[k]);
                }
            }
        }

        return mass;
    }
}
