using BenchmarkDotNet.Attributes;
using Oort.Models;
using Oort.Tables;

namespace Oort.Benchmarks;

/// <summary>
/// What a draw of stars from the BV23 model costs on one thread: a chunk of a component, and what must be known of a component before.
/// </summary>
[MemoryDiagnoser]
public class SamplingBenchmarks
{
    private Galaxy galaxy = null!;
    private GalaxySampler sampler = null!;
    private ParticleChunk chunk = null!;
    private IParticleSource source = null!;
    private int component;
    private long next;

    /// <summary>Components of different kinds: two discs, two spheroids, gas.</summary>
    [Params("young disk", "old disk", "stellar halo", "dark halo", "gas disk")]
    public string Component { get; set; } = "old disk";

    /// <summary>Which actions the stars follow.</summary>
    [Params(SamplingActions.Fudge, SamplingActions.Interpolated, SamplingActions.Exact)]
    public SamplingActions Actions { get; set; }

    [GlobalSetup]
    public void Solve()
    {
        galaxy = Bv23.Galaxy;
        component = Enumerable.Range(0, galaxy.Components.Count).Single(c => galaxy.Components[c].Name == Component);
        sampler = new(galaxy, Actions, threads: 1);
        long[] counts = new long[galaxy.Components.Count];
        counts[component] = long.MaxValue / 4;
        source = sampler.Particles(counts, 1);
        chunk = new(source.ChunkSize);
    }

    /// <summary>32,768 stars.</summary>
    [Benchmark]
    public void Chunk() => source.Fill(component, next++, chunk);

    /// <summary>A new sampler and its first star, table of the potential included.</summary>
    [Benchmark]
    public void SetUp() => new GalaxySampler(galaxy, Actions, threads: 1).Draw(component, 1, 1);
}
