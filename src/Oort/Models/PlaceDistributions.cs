using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Oort.Actions;
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
    private const int Points = 6, Chunk = 512;
    private const double StepR = 0.08, StepZ = 0.3, HeightScale = 0.35;

    // Below this share of the largest f at a place it is as good as nothing, and no interpolated value is above its neighbours by more than a factor e^Slack.
    private const double Least = 1e-16, Slack = 0.5;

    private readonly Galaxy galaxy;
    private readonly IReadOnlyList<DistributionFunction> dfs;
    private readonly ModelAccuracy accuracy;
    private readonly int threads;
    private readonly double firstLog, stepLog, stepHeight;
    private readonly int radii, heights;
    private readonly double[]?[] tables;
    private readonly bool[] floored;

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
        (tables, floored) = (new double[radii * heights][], new bool[radii * heights]);
    }

    /// <summary>The velocities.</summary>
    public VelocityBox Box { get; }

    /// <summary>Places that have been visited.</summary>
    public int Visited => tables.Count(t => t is not null);

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
        ConcurrentBag<PositionActions> scratch = [];
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            PositionActions actions = scratch.TryTake(out PositionActions? free) ? free : new(accuracy.CurveTerms, accuracy.ActionNodes);
            (int a, int b) = Math.DivRem(places[i], heights);
            double[] f = new double[Box.Count];
            Box.Evaluate(galaxy.Potential, galaxy.FocalDistances, actions, dfs, Math.Exp(firstLog + a * stepLog), HeightScale * Math.Sinh(b * stepHeight), f);
            double least = Math.Max(Least * TensorPrimitives.Max<double>(f), double.Epsilon);
            floored[places[i]] = TensorPrimitives.Min<double>(f) < least;
            TensorPrimitives.Max(f, least, f);
            TensorPrimitives.Log(f, f);
            tables[places[i]] = f;
            scratch.Add(actions);
        });
    }

    /// <summary>f at the nodes of the box, Msun/(kpc km/s)^3.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="f">Receives it.</param>
    public void Evaluate(double R, double z, Span<double> f)
    {
        Span<int> index = stackalloc int[Points * Points];
        Span<double> weight = stackalloc double[index.Length], most = stackalloc double[Chunk];
        Stencil(R, z, index, weight);
        bool clamp = false;
        foreach (int place in index)
        {
            clamp |= floored[place];
        }

        for (int from = 0; from < f.Length; from += Chunk)
        {
            Span<double> sum = f.Slice(from, Math.Min(Chunk, f.Length - from));
            sum.Clear();
            for (int k = 0; k < index.Length; k++)
            {
                TensorPrimitives.MultiplyAdd(tables[index[k]].AsSpan(from, sum.Length), weight[k], sum, sum);
            }

            if (clamp)
            {
                Span<double> top = most[..sum.Length];
                top.Fill(double.NegativeInfinity);
                for (int k = 0; k < index.Length; k++)
                {
                    TensorPrimitives.Max(tables[index[k]].AsSpan(from, sum.Length), top, top);
                }

                TensorPrimitives.Add(top, Slack, top);
                TensorPrimitives.Min(sum, top, sum);
            }

            TensorPrimitives.Exp(sum, sum);
        }
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
