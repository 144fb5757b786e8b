using Oort.Numerics;

namespace Oort.Models;

/// <summary>Scratch space for a batch of proposals. One instance serves one thread.</summary>
internal sealed class SamplingBatch
{
    /// <summary>Most proposals in a batch.</summary>
    public const int Capacity = MultilinearDensity.LongestDraw;

    private readonly double[][] columns = [.. Enumerable.Range(0, 12).Select(_ => new double[Capacity])];
    private readonly double[] coordinates = new double[SamplingMap.Dimensions * Capacity], scratch = new double[8 * Capacity];

    /// <summary>Number of proposals; a whole number of hardware vectors.</summary>
    public int Count { get; set; } = Capacity;

    /// <summary>Coordinates of the proposals, one after the other, each <see cref="Count"/> long.</summary>
    public Span<double> Coordinates => coordinates.AsSpan(0, SamplingMap.Dimensions * Count);

    /// <summary>Room for the map.</summary>
    public Span<double> Scratch => scratch;

    public Span<double> R => columns[0].AsSpan(0, Count);

    public Span<double> Z => columns[1].AsSpan(0, Count);

    public Span<double> VR => columns[2].AsSpan(0, Count);

    public Span<double> Vz => columns[3].AsSpan(0, Count);

    public Span<double> Vphi => columns[4].AsSpan(0, Count);

    /// <summary>Phase-space volume per unit volume of the coordinates.</summary>
    public Span<double> Weight => columns[5].AsSpan(0, Count);

    public Span<double> Jr => columns[6].AsSpan(0, Count);

    public Span<double> Jz => columns[7].AsSpan(0, Count);

    public Span<double> Jphi => columns[8].AsSpan(0, Count);

    /// <summary>The distribution function, both signs of v_phi together.</summary>
    public Span<double> F => columns[9].AsSpan(0, Count);

    /// <summary>Density from which the proposals were drawn.</summary>
    public Span<double> Envelope => columns[10].AsSpan(0, Count);

    /// <summary>The distribution function at -v_phi.</summary>
    public Span<double> Backwards => columns[11].AsSpan(0, Count);

    /// <summary>Keeps the phase-space points named, Jr, Jz and f there, in their order; what else is known of them is lost.</summary>
    public void Keep(ReadOnlySpan<int> which)
    {
        foreach (int c in (ReadOnlySpan<int>)[0, 1, 2, 3, 4, 6, 7, 9, 11])
        {
            double[] column = columns[c];
            for (int k = 0; k < which.Length; k++)
            {
                column[k] = column[which[k]];
            }
        }

        Count = which.Length;
    }
}
