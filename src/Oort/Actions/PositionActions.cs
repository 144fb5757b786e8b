using System.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Actions of many velocities at one position. Groups them by focal distance, so that a group's curves are smooth in it,
/// tabulates the curves once a group (<see cref="PositionTable"/>) and runs the kernels (<see cref="RadialActions"/>, <see cref="VerticalActions"/>).
/// Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class PositionActions
{
    // The curves through (R, z) have their singularity in Delta at z +- iR. A group's half width is at most this fraction of the
    // distance of its middle from there; Chebyshev nodes in Delta then gain a factor 6 each.
    private const double WidestGroup = 0.35;

    private readonly PositionTable table;
    private readonly RadialActions radial;
    private readonly VerticalActions vertical;
    private readonly Queue<Part> parts = new(), singles = new();
    private int[] order = [];
    private double[] keys = [];

    /// <summary>Scratch space for the given orders.</summary>
    /// <param name="curveTerms">Chebyshev terms of the potential along each curve.</param>
    /// <param name="actionNodes">Quadrature nodes of an action.</param>
    public PositionActions(int curveTerms, int actionNodes)
    {
        int polynomialTerms = actionNodes > 16 ? 20 : 16;
        table = new(curveTerms, 3 * curveTerms / 4);
        radial = new(table, polynomialTerms, actionNodes);
        vertical = new(table, polynomialTerms, actionNodes);
    }

    /// <summary>Actions for pairs (E, Lz) and several directions each.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="phi0">Phi(R, z).</param>
    /// <param name="reach">Largest radius that any of the orbits reaches, kpc.</param>
    /// <param name="pairs">Energies, angular momenta, focal distances and squared meridional speeds.</param>
    /// <param name="cos2">cos^2 psi of the directions: one set for all pairs, or a set for each pair, one after the other.</param>
    /// <param name="Jr">Receives the radial actions, those of a pair together.</param>
    /// <param name="Jz">Receives the vertical actions.</param>
    public void Evaluate(Potential potential, double R, double z, double phi0, double reach, Pairs pairs,
        ReadOnlySpan<double> cos2, Span<double> Jr, Span<double> Jz)
    {
        int count = pairs.Energy.Length;
        if (order.Length < count)
        {
            (order, keys) = (new int[count], new double[count]);
        }

        for (int i = 0; i < count; i++)
        {
            (order[i], keys[i]) = (i, pairs.Delta[i]);
        }

        Array.Sort(keys, order, 0, count);
        int start = 0;
        while (start < count && !double.IsNaN(keys[count - 1]))
        {
            int end = start + 1;
            while (end < count && Fits(keys[start], keys[end], R, z))
            {
                end++;
            }

            table.Build(potential, R, z, phi0, keys[start], keys[end - 1], reach);
            Group(pairs, start, end, new(cos2, Jr.Length / count), Jr, Jz);
            start = end;
        }
    }

    private void Group(Pairs pairs, int start, int end, Directions directions, Span<double> Jr, Span<double> Jz)
    {
        int lanes = Vector<double>.Count;
        Span<Part> block = stackalloc Part[lanes];
        for (int k = start; k < end; k++)
        {
            (directions.Count > 1 ? parts : singles).Enqueue(new(order[k], 0, directions.Count));
        }

        while (parts.Count > 0)
        {
            int filled = Fill(parts, block);
            Block(pairs, block, filled, directions, Jr, Jz);
        }

        while (singles.Count > 0)
        {
            int filled = Fill(singles, block);
            Singles(pairs, block, filled, directions, Jr, Jz);
        }
    }

    private static int Fill(Queue<Part> from, Span<Part> block)
    {
        int filled = Math.Min(block.Length, from.Count);
        for (int lane = 0; lane < filled; lane++)
        {
            block[lane] = from.Dequeue();
        }

        block[filled..].Fill(block[filled - 1]);
        return filled;
    }

    /// <summary>Lanes are pairs first, then directions.</summary>
    private void Block(Pairs pairs, ReadOnlySpan<Part> block, int filled, Directions directions, Span<double> Jr, Span<double> Jz)
    {
        int lanes = Vector<double>.Count;
        Span<double> constants = stackalloc double[(directions.Count + lanes - 1) / lanes * lanes], result = stackalloc double[constants.Length];
        (OrbitFamilies families, Vector<double> first, Vector<double> last) = Gather(pairs, block, directions);
        (Vector<long> differ, Vector<long> rugged) = radial.Prepare(families, families.Constant * first, families.Constant * last);
        bool any = false;
        for (int lane = 0; lane < filled; lane++)
        {
            Part part = block[lane];
            any |= part.Count == directions.Count;
            if (rugged[lane] != 0)
            {
                for (int k = 0; k < part.Count; k++)
                {
                    singles.Enqueue(new(part.Pair, part.First + k, 1));
                }

                continue;
            }

            if (differ[lane] != 0)
            {
                int half = part.Count / 2;
                (half > 1 ? parts : singles).Enqueue(part with { Count = half });
                (part.Count - half > 1 ? parts : singles).Enqueue(new(part.Pair, part.First + half, part.Count - half));
                continue;
            }

            int whole = (part.Count + lanes - 1) / lanes * lanes;
            ReadOnlySpan<double> own = directions.Of(part);
            for (int k = 0; k < whole; k++)
            {
                constants[k] = families.Constant[lane] * own[Math.Min(k, part.Count - 1)];
            }

            radial.OfFamily(lane, constants[..whole], result);
            result[..part.Count].CopyTo(Jr[directions.Place(part)..]);
        }

        if (!any)
        {
            return;
        }

        vertical.Prepare(families, families.Constant * (Vector<double>.One - last));
        for (int lane = 0; lane < filled; lane++)
        {
            Part part = block[lane];
            if (part.Count == directions.Count)
            {
                ReadOnlySpan<double> own = directions.Of(part);
                for (int k = 0; k < constants.Length; k++)
                {
                    constants[k] = families.Constant[lane] * (1 - own[Math.Min(k, part.Count - 1)]);
                }

                vertical.OfFamily(lane, constants, result);
                result[..part.Count].CopyTo(Jz[directions.Place(part)..]);
            }
        }
    }

    /// <summary>Lanes are single velocities throughout.</summary>
    private void Singles(Pairs pairs, ReadOnlySpan<Part> block, int filled, Directions directions, Span<double> Jr, Span<double> Jz)
    {
        Span<double> constants = stackalloc double[Vector<double>.Count], result = stackalloc double[Vector<double>.Count];
        (OrbitFamilies families, Vector<double> cos2, _) = Gather(pairs, block, directions);
        Vector<double> x = families.Constant * cos2, y = families.Constant - x;
        radial.Prepare(families, x, x);
        x.CopyTo(constants);
        radial.OfFamilies(constants, result);
        Scatter(result, block[..filled], directions, Jr);
        if (directions.Count == 1)
        {
            vertical.Prepare(families, y);
            y.CopyTo(constants);
            vertical.OfFamilies(constants, result);
            Scatter(result, block[..filled], directions, Jz);
        }
    }

    private (OrbitFamilies Families, Vector<double> First, Vector<double> Last) Gather(Pairs pairs, ReadOnlySpan<Part> block, Directions directions)
    {
        int lanes = Vector<double>.Count;
        Span<int> which = stackalloc int[lanes];
        Span<double> extremes = stackalloc double[2 * lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            which[lane] = block[lane].Pair;
            ReadOnlySpan<double> own = directions.Of(block[lane]);
            (extremes[lane], extremes[lanes + lane]) = (own[0], own[^1]);
        }

        return (OrbitFamilies.Gather(pairs, which, table.R, table.Z), new(extremes), new(extremes[lanes..]));
    }

    private static void Scatter(ReadOnlySpan<double> values, ReadOnlySpan<Part> block, Directions directions, Span<double> actions)
    {
        for (int lane = 0; lane < block.Length; lane++)
        {
            actions[directions.Place(block[lane])] = values[lane];
        }
    }

    private static bool Fits(double low, double high, double R, double z)
    {
        double middle = 0.5 * (low + high) - z;
        return 0.5 * (high - low) <= WidestGroup * Math.Sqrt(middle * middle + R * R);
    }

    /// <summary>Directions of one pair, from First on, that share a polynomial.</summary>
    private readonly record struct Part(int Pair, int First, int Count);

    /// <summary>cos^2 psi of the directions: one set for all pairs, or a set for each pair.</summary>
    private readonly ref struct Directions(ReadOnlySpan<double> cos2, int count)
    {
        private readonly ReadOnlySpan<double> cos2 = cos2;

        public int Count { get; } = count;

        public ReadOnlySpan<double> Of(Part part) => cos2.Slice((cos2.Length == Count ? 0 : part.Pair * Count) + part.First, part.Count);

        public int Place(Part part) => part.Pair * Count + part.First;
    }

    /// <summary>Integrals of motion, focal distance and meridional speed of a batch of velocities.</summary>
    public readonly ref struct Pairs
    {
        public required ReadOnlySpan<double> Energy { get; init; }

        public required ReadOnlySpan<double> Lz { get; init; }

        public required ReadOnlySpan<double> Delta { get; init; }

        public required ReadOnlySpan<double> Speed2 { get; init; }
    }
}
