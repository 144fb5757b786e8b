using System.Numerics;
using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// Actions of many velocities at one position. Groups them by focal distance, so that a group's curves are smooth in it,
/// tabulates the curves once a group (<see cref="PositionTable"/>) and runs the kernel (<see cref="NodeActions"/>).
/// Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class PositionActions
{
    // The curves through (R, z) have their singularity in Delta at z +- iR. A group's half width is at most this fraction of the
    // distance of its middle from there; Chebyshev nodes in Delta then gain a factor 6 each.
    private const double WidestGroup = 0.35;

    private readonly PositionTable table;
    private readonly NodeActions kernel;
    private int[] order = [];
    private double[] keys = [];

    /// <summary>Scratch space for the given orders.</summary>
    /// <param name="curveTerms">Chebyshev terms of the potential along each curve.</param>
    /// <param name="actionNodes">Quadrature nodes of an action.</param>
    public PositionActions(int curveTerms, int actionNodes)
    {
        table = new(WholeVectors(curveTerms), WholeVectors(curveTerms));
        kernel = new(table, WholeVectors(actionNodes > 16 ? 20 : 16), actionNodes, actionNodes);
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
        int count = pairs.Energy.Length, angles = Jr.Length / count;
        bool shared = cos2.Length == angles;
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
            for (int k = start; k < end; k++)
            {
                int i = order[k], at = i * angles;
                kernel.Evaluate(pairs.Energy[i], pairs.Lz[i], keys[k], pairs.Speed2[i],
                    shared ? cos2 : cos2.Slice(at, angles), Jr.Slice(at, angles), Jz.Slice(at, angles));
            }

            start = end;
        }
    }

    private static int WholeVectors(int count) => (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    private static bool Fits(double low, double high, double R, double z)
    {
        double middle = 0.5 * (low + high) - z;
        return 0.5 * (high - low) <= WidestGroup * Math.Sqrt(middle * middle + R * R);
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
