using Oort.Coordinates;
using Oort.DistributionFunctions;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>
/// Predicts what is seen in regions of the sky by integration: over the volume of a region by Gauss and Legendre's rule, at each of its nodes over the half of velocity space on one side of a
/// plane across the direction in which a velocity is measured (<see cref="BoxProjection"/>).
/// </summary>
internal sealed class RegionIntegrator
{
    // A cell is cut into pieces no wider than this share of the dispersion; 64 at most, where there is none.
    private const double WidestPiece = 0.6;
    private const int MostPieces = 64;

    private readonly SkyRegions regions;
    private readonly RegionConditions conditions;
    private readonly RegionAccuracy accuracy;
    private readonly int threads;
    private readonly Galaxy galaxy;
    private readonly DistributionFunction[] dfs;
    private readonly (int Region, RegionShell Shell)[] shells;

    /// <summary>Chooses the nodes.</summary>
    public RegionIntegrator(Galaxy galaxy, DistributionFunction[] dfs, Sun sun, SkyRegions regions, RegionConditions conditions, RegionAccuracy accuracy, int threads)
    {
        (this.galaxy, this.dfs, this.regions, this.conditions, this.accuracy, this.threads) = (galaxy, dfs, regions, conditions, accuracy, threads);
        shells = [.. regions.All.SelectMany(r => RegionNodes.Shells(r, sun, conditions, accuracy.Space).Select(s => (r.Number, s)))];
    }

    /// <summary>Number of nodes in space, in all regions.</summary>
    public int Nodes => shells.Sum(s => s.Shell.Nodes.Count);

    /// <summary>Number of velocities at which actions have been found, at all places.</summary>
    public long Velocities { get; private set; }

    /// <summary>Predicts.</summary>
    public RegionPrediction Predict(CancellationToken cancellation)
    {
        double[] farthest = new double[regions.Count];
        foreach ((int region, RegionShell shell) in shells)
        {
            farthest[region - 1] = Math.Max(farthest[region - 1], shell.Nodes.Max(n => n.R));
        }

        int[][] pieces = new int[regions.Count][];
        Part[] parts = new Part[shells.Length];
        foreach ((double wider, int[] group) in accuracy.Groups(farthest))
        {
            Predict(wider, [.. group.Select(r => r + 1)], pieces, parts, cancellation);
        }

        List<HistogramBin> bins = [];
        List<Histogram> histograms = [];
        List<RegionMoments> moments = [];
        List<double> masses = [];
        for (int number = 1, next = 0; number <= regions.Count; number++)
        {
            Part sum = new(regions.AxesOf(number), pieces[number - 1]);
            for (; next < parts.Length && shells[next].Region == number; next++)
            {
                sum.Add(parts[next]);
            }

            masses.Add(sum.Mass);
            Assemble(number, sum, bins, histograms, moments);
        }

        return new(RegionMethod.Integrate, new(bins, histograms), moments, masses);
    }

    /// <summary>Predicts for regions whose velocities have the same nodes.</summary>
    private void Predict(double wider, HashSet<int> group, int[][] pieces, Part[] parts, CancellationToken cancellation)
    {
        int[] own = [.. Enumerable.Range(0, shells.Length).Where(i => group.Contains(shells[i].Region))];
        (double R, double Z)[] positions = [.. own.SelectMany(i => shells[i].Shell.Nodes).Select(n => (n.R, Math.Abs(n.Z)))];
        if (positions.Length == 0)
        {
            return;
        }

        double inner = positions.Min(p => p.R), outer = positions.Max(p => p.R), height = positions.Max(p => p.Z);
        PlaceDistributions places = new(galaxy, dfs, Box(inner, outer, height, wider), inner, outer, height, accuracy.Actions, accuracy.Places, threads);
        places.Visit(positions, cancellation);
        Velocities += places.Velocities;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        int[] numbers = [.. own.Select(i => shells[i].Region).Distinct()];
        Parallel.For(0, numbers.Length, options, () => new BoxProjection(places.Box), (i, _, projection) =>
        {
            pieces[numbers[i] - 1] = Pieces(numbers[i], places, projection);
            return projection;
        },
        _ => { });
        Parallel.For(0, own.Length, options, () => new BoxProjection(places.Box), (i, _, projection) =>
        {
            (int region, RegionShell shell) = shells[own[i]];
            parts[own[i]] = Integrate(region, shell, pieces[region - 1], places, projection);
            return projection;
        },
        _ => { });
    }

    private void Assemble(int number, Part sum, List<HistogramBin> bins, List<Histogram> histograms, List<RegionMoments> moments)
    {
        IReadOnlyList<HistogramAxis> axes = regions.AxesOf(number);
        (double, double)[] meanAndDispersion = new (double, double)[axes.Count];
        for (int a = 0; a < axes.Count; a++)
        {
            double mean = sum.Mean[a] / sum.Mass, deviation = Math.Sqrt(Math.Max(0, sum.Square[a] / sum.Mass - mean * mean));
            meanAndDispersion[a] = (mean, deviation);
            double[] share = sum.Distributions[a].Cells(sum.Mass), quantiles = sum.Distributions[a].Quantiles(sum.Mass, RegionMoments.Fractions), nothing = new double[share.Length], unknown = new double[share.Length];
            Array.Fill(unknown, double.NaN);
            histograms.Add(new(number, axes[a].Quantity, axes[a].Edges, unknown, [.. share.Select((s, i) => s / (axes[a].Edges[i + 1] - axes[a].Edges[i]))], nothing));
            moments.Add(new(number, axes[a].Quantity, mean, deviation, quantiles[0], quantiles[1], quantiles[2]));
        }

        bins.Add(new(number, double.NaN, sum.R / sum.Mass, sum.Z / sum.Mass, meanAndDispersion));
    }

    /// <summary>How many pieces of a cell are narrow beside the distribution where it is narrowest: at the far end of a region.</summary>
    private int[] Pieces(int number, PlaceDistributions places, BoxProjection projection)
    {
        RegionShell shell = shells.Last(s => s.Region == number).Shell;
        RegionNode node = shell.Nodes[shell.Nodes.Count / 2];
        places.Evaluate(node.R, Math.Abs(node.Z), projection.F);
        projection.Loaded(node.Z < 0);
        return [.. regions.AxesOf(number).Select(axis =>
        {
            (SkyDirection n, double unit) = Measured(axis, node, shell.Distance);
            double mean = n.Phi * projection.MeanPhi, deviation = Math.Sqrt(Math.Max(0, projection.MeanSquare(n.R, n.Z, n.Phi) - mean * mean)) / unit;
            return (int)Math.Clamp(Math.Ceiling(axis.Width / (WidestPiece * deviation)), 1, MostPieces);
        })];
    }

    /// <summary>The direction in which a quantity is measured at a node, and the velocity that is one unit of it.</summary>
    public static (SkyDirection Direction, double Unit) Measured(HistogramAxis axis, RegionNode node, double distance) => axis.Quantity switch
    {
        "vlos" => (node.LineOfSight, 1),
        "pmra" => (node.East, GalactocentricTransform.KmPerSecondPerMasPerYearKpc * distance),
        _ => (node.North, GalactocentricTransform.KmPerSecondPerMasPerYearKpc * distance),
    };

    private Part Integrate(int number, RegionShell shell, int[] pieces, PlaceDistributions places, BoxProjection projection)
    {
        IReadOnlyList<HistogramAxis> axes = regions.AxesOf(number);
        Part part = new(axes, pieces);
        double[][] limits = [.. part.Distributions.Select(d => new double[d.Edges.Length])];
        foreach (RegionNode node in shell.Nodes)
        {
            places.Evaluate(node.R, Math.Abs(node.Z), projection.F);
            projection.Loaded(node.Z < 0);
            double mass = node.Weight * projection.Density;
            part.Mass += mass;
            part.R += mass * node.R;
            part.Z += mass * Math.Abs(node.Z);
            for (int a = 0; a < axes.Count; a++)
            {
                (SkyDirection n, double unit) = Measured(axes[a], node, shell.Distance);
                for (int i = 0; i < limits[a].Length; i++)
                {
                    limits[a][i] = unit * part.Distributions[a].Edges[i] + n.Sun;
                }

                projection.Add(n.R, n.Z, n.Phi, limits[a], node.Weight, part.Distributions[a].Values);
                double along = n.Phi * projection.MeanPhi, square = projection.MeanSquare(n.R, n.Z, n.Phi), error = conditions.Error(axes[a].Quantity, shell.Distance);
                part.Mean[a] += mass * (along - n.Sun) / unit;
                part.Square[a] += mass * ((square - 2 * along * n.Sun + n.Sun * n.Sun) / (unit * unit) + error * error);
            }
        }

        for (int a = 0; a < axes.Count; a++)
        {
            part.Distributions[a].Convolve(conditions.Error(axes[a].Quantity, shell.Distance), part.Mass);
        }

        return part;
    }

    /// <summary>The velocities that stars within the limits have; where there are no limits, those that matter at the corners of what is seen.</summary>
    private VelocityBox Box(double inner, double outer, double height, double wider)
    {
        VelocityLimits limits = conditions.Limits ?? new();
        double escape = Math.Sqrt(-2 * galaxy.Potential.Phi(inner, 0));
        bool open = new[] { limits.VR, limits.Vz, limits.Vphi }.Any(r => double.IsInfinity(r.Low) || double.IsInfinity(r.High));
        VelocityReach reach = open ? VelocityReach.Of(galaxy, dfs, [(inner, 0), (inner, height), (outer, 0), (outer, height)], accuracy.Actions) : new(escape, escape, -escape, escape);
        double limitR = Symmetric(limits.VR, "VR", reach.R), limitZ = Symmetric(limits.Vz, "Vz", reach.Z), low = Math.Max(reach.LowPhi, limits.Vphi.Low), high = Math.Min(reach.HighPhi, limits.Vphi.High);
        if (!(low < high))
        {
            throw new InputException(FormattableString.Invariant(
                $"limits on velocities: Vphi: no star is to be expected within {limits.Vphi.Low:0.####} to {limits.Vphi.High:0.####} km/s: the model has them within {reach.LowPhi:0} to {reach.HighPhi:0} km/s, at most up to the escape speed"));
        }

        double fastest = Math.Min(escape, Math.Sqrt(limitR * limitR + limitZ * limitZ + Math.Max(low * low, high * high)));
        return double.IsFinite(limits.Vtot.Low) || limits.Vtot.High < fastest ? throw Unfit("Vtot", "must be above the speeds that the others allow")
            : new(limitR, limitZ, low, high, galaxy.CircularSpeed(0.5 * (inner + outer)) - 5, wider, accuracy.Places);
    }

    private static double Symmetric(ValueRange range, string name, double largest)
        => range.Low == -range.High ? Math.Min(range.High, largest) : throw Unfit(name, "must be the same on both sides");

    private static InputException Unfit(string name, string what) => new($"limits on velocities: {name}: {what}, for integrals over velocities; stars can be drawn within any");

    /// <summary>Sums over a part of a region.</summary>
    private sealed class Part(IReadOnlyList<HistogramAxis> axes, int[] pieces)
    {
        public double Mass { get; set; }

        public double R { get; set; }

        public double Z { get; set; }

        public double[] Mean { get; } = new double[axes.Count];

        public double[] Square { get; } = new double[axes.Count];

        public CumulativeDistribution[] Distributions { get; } = [.. axes.Select((a, i) => new CumulativeDistribution(a, pieces[i]))];

        public void Add(Part other)
        {
            Mass += other.Mass;
            R += other.R;
            Z += other.Z;
            for (int a = 0; a < Mean.Length; a++)
            {
                Mean[a] += other.Mean[a];
                Square[a] += other.Square[a];
                Distributions[a].Add(other.Distributions[a]);
            }
        }
    }
}
