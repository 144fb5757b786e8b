using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Oort.DistributionFunctions;
using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// The sum of some distribution functions at the nodes of a <see cref="VelocityBox"/> anywhere between two radii and below a height: at fixed velocities ln f is smooth in position, and
/// is interpolated by the polynomials through six by six places, which are equally spaced in ln R and in an asinh of the height. Places are visited when they are first needed. Once all that are needed
/// have been, safe to share between threads.
/// </summary>
internal sealed class PlaceDistributions
{
    private const int Points = 6, Piece = 512;
    private const double StepR = 0.08, StepZ = 0.24, HeightScale = 0.35;

    // Where f is less than this, Msun/(kpc km/s)^3, it is as good as nothing. Next to velocities that are unbound no interpolated value is above its neighbours by more than a factor e^Slack.
    private const double Least = 1e-250, Slack = 0.5;

    private readonly Galaxy galaxy;
    private readonly IReadOnlyList<DistributionFunction> dfs;
    private readonly ModelAccuracy accuracy;
    private readonly int threads;
    private readonly double firstLog, stepLog, stepHeight;
    private readonly int radii, heights;
    private readonly double[]?[] tables;
    private readonly bool[] partlyUnbound;

    /// <summary>Distributions between radii.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="dfs">Distribution functions of some of its components.</param>
    /// <param name="box">The velocities.</param>
    /// <param name="innerR">Smallest radius, kpc, positive.</param>
    /// <param name="outerR">Largest radius, kpc.</param>
    /// <param name="height">Largest |z|, kpc.</param>
    /// <param name="accuracy">Of the actions.</param>
    /// <param name="refinement">How many times as many places along each side as usual.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public PlaceDistributions(Galaxy galaxy, IReadOnlyList<DistributionFunction> dfs, VelocityBox box, double innerR, double outerR, double height, ModelAccuracy accuracy, double refinement, int threads)
    {
        (this.galaxy, this.dfs, Box, this.accuracy, this.threads) = (galaxy, dfs, box, accuracy, threads);
        radii = Math.Max(Points, 1 + (int)Math.Ceiling(refinement * Math.Log(outerR / innerR) / StepR));
        heights = Math.Max(Points, 1 + (int)Math.Ceiling(refinement * Math.Asinh(height / HeightScale) / StepZ));
        firstLog = Math.Log(innerR);
        stepLog = Math.Max(Math.Log(outerR / innerR), 1e-6) / (radii - 1);
        stepHeight = Math.Max(Math.Asinh(height / HeightScale), 1e-6) / (heights - 1);
        (tables, partlyUnbound) = (new double[radii * heights][], new bool[radii * heights]);
    }

    /// <summary>The velocities.</summary>
    public VelocityBox Box { get; }

    /// <summary>Number of velocities at which actions have been found, at all places that have been visited.</summary>
    public long Velocities { get; private set; }

    /// <summary>Visits the places that are needed for f at some positions.</summary>
    public void Visit(IEnumerable<(double R, double Z)> positions, CancellationToken cancellation)
    {
        HashSet<int> needed = [];
        int[] index = new int[Points * Points];
        double[] weight = new double[index.Length];
        foreach ((double R, double z) in positions)
        {
            Stencil(R, z, index, weight);
            needed.UnionWith(index);
        }

        int[] places = [.. needed.Where(p => tables[p] is null).Order()];
        ConcurrentBag<BoxActions.Scratch> free = [];
        long velocities = 0;
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            BoxActions.Scratch scratch = free.TryTake(out BoxActions.Scratch? taken) ? taken : new(Box, accuracy);
            (int a, int b) = Math.DivRem(places[i], heights);
            double[] f = new double[Box.Count];
            BoxActions at = BoxActions.At(Box, galaxy.Potential, galaxy.FocalDistances, scratch, Math.Exp(firstLog + a * stepLog), HeightScale * Math.Sinh(b * stepHeight));
            at.Evaluate(Box, dfs, scratch, f);
            Interlocked.Add(ref velocities, at.Velocities);
            partlyUnbound[places[i]] = !at.AllBound;
            TensorPrimitives.Max(f, Least, f);
            TensorPrimitives.Log(f, f);
            tables[places[i]] = f;
            free.Add(scratch);
        });
        Velocities += velocities;
    }

    /// <summary>f at the nodes of the box, Msun/(kpc km/s)^3.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="f">Receives it.</param>
    public void Evaluate(double R, double z, Span<double> f)
    {
        Span<int> index = stackalloc int[Points * Points];
        Span<double> weight = stackalloc double[index.Length];
        Stencil(R, z, index, weight);
        double[][] around = new double[index.Length][];
        bool clamp = false;
        for (int k = 0; k < around.Length; k++)
        {
            around[k] = tables[index[k]]!;
            clamp |= partlyUnbound[index[k]];
        }

        WeightedRows.Sum(around, weight, f);
        if (clamp)
        {
            // Piece by piece: a whole table is too large for the stack.
            Span<double> largest = stackalloc double[Piece];
            for (int at = 0; at < f.Length; at += Piece)
            {
                Span<double> here = f.Slice(at, Math.Min(Piece, f.Length - at)), top = largest[..here.Length];
                around[0].AsSpan(at, top.Length).CopyTo(top);
                for (int k = 1; k < around.Length; k++)
                {
                    TensorPrimitives.Max(around[k].AsSpan(at, top.Length), top, top);
                }

                TensorPrimitives.Add(top, Slack, top);
                TensorPrimitives.Min(here, top, here);
            }
        }

        TensorPrimitives.Exp(f, f);
    }

    /// <summary>Places around a position, and their weights; f is even in the height.</summary>
    private void Stencil(double R, double z, Span<int> index, Span<double> weight)
    {
        Span<double> inR = stackalloc double[Points], inZ = stackalloc double[Points];
        double a = (Math.Log(R) - firstLog) / stepLog, b = Math.Asinh(z / HeightScale) / stepHeight;
        int firstR = Math.Clamp((int)Math.Floor(a) - Points / 2 + 1, 0, radii - Points), firstZ = Math.Min((int)Math.Floor(b) - Points / 2 + 1, heights - Points);
        UniformStencil.Value(a - firstR, inR);
        UniformStencil.Value(b - firstZ, inZ);
        for (int i = 0; i < Points; i++)
        {
            for (int j = 0; j < Points; j++)
            {
                index[i * Points + j] = (firstR + i) * heights + Math.Abs(firstZ + j);
                weight[i * Points + j] = inR[i] * inZ[j];
            }
        }
    }
}
