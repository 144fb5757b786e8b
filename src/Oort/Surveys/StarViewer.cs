using Oort.Actions;
using Oort.Coordinates;
using Oort.Orbits;

namespace Oort.Surveys;

/// <summary>One thread's share of <see cref="CatalogueViews"/>.</summary>
internal sealed class StarViewer : IStarSink
{
    /// <summary>The column whose cut tells members of the disc.</summary>
    public const string MembershipMeaning = "feh";

    // Sun et al. (2025), section 2.1: relative errors below which distances are compared.
    private const double LargestParallaxError = 0.1, LargestDistanceError = 0.5;

    private const int FeH = 0, Distance = 1, DistanceError = 2, Parallax = 3, ParallaxError = 4;

    private readonly SkyRegions regions;
    private readonly VelocityLimits? limits;
    private readonly ColumnCut? membership;
    private readonly IReadOnlyList<StaeckelFudgeFinder> orbits;
    private readonly bool hasVelocities;
    private readonly long[] counts;
    private readonly List<double>[] members = [.. Enumerable.Range(0, 5).Select(_ => new List<double>())];
    private OrbitShape[] shapes = [];

    /// <summary>No stars yet.</summary>
    /// <param name="regions">The regions.</param>
    /// <param name="limits">Limits on members' velocities; null for none.</param>
    /// <param name="membership">The cut on the column that tells members; null for none.</param>
    /// <param name="orbits">What finds orbits in each model.</param>
    /// <param name="hasVelocities">Whether velocities are known.</param>
    public StarViewer(SkyRegions regions, VelocityLimits? limits, ColumnCut? membership, IReadOnlyList<StaeckelFudgeFinder> orbits, bool hasVelocities)
    {
        (this.regions, this.limits, this.membership, this.orbits, this.hasVelocities) = (regions, limits, membership, orbits, hasVelocities);
        counts = new long[regions.Count];
        Eccentricities = [.. orbits.Select(_ => new EccentricityHistogram())];
    }

    /// <summary>Meanings of the columns that are kept, in the order of <see cref="StarBatch.Kept"/>.</summary>
    public static IReadOnlyList<string> Meanings { get; } = [MembershipMeaning, "distance", "distance_error", "parallax", "parallax_error"];

    public long Giants { get; private set; }

    public long Members { get; private set; }

    public StarMap PositionsXY { get; } = new(new("x", -26, 4, 0.25), new("y", -15, 15, 0.25));

    public StarMap PositionsXZ { get; } = new(new("x", -26, 4, 0.25), new("z", -15, 15, 0.25));

    public StarMap VelocitiesRPhi { get; } = new(new("VR", -350, 350, 5), new("Vphi", -150, 450, 5));

    public StarMap VelocitiesRZ { get; } = new(new("VR", -350, 350, 5), new("Vz", -300, 300, 5));

    public StarMap Sky { get; } = new(new("l", 0, 360, 0.5), new("b", -90, 90, 0.5));

    public StarMap Pole { get; } = new(new("(90 - b) cos l", -12, 12, 0.5), new("(90 - b) sin l", -12, 12, 0.5));

    public IReadOnlyList<long> RegionCounts => counts;

    /// <summary>Towards the anticentre, as wide as the paper's regions, and the pole.</summary>
    public IReadOnlyList<DistanceRatios> Distances { get; } =
        [new("Galactic anticentre", new(130, 220, -20, 20), 6), new("north Galactic pole", new(0, 360, 80, 90), 4)];

    public IReadOnlyList<EccentricityHistogram> Eccentricities { get; }

    /// <inheritdoc/>
    public void Add(StarBatch stars)
    {
        Array.ForEach(members, m => m.Clear());
        for (int i = 0; i < stars.Longitude.Length; i++)
        {
            CartesianBatch m = stars.Model;
            CylindricalPoint star = CylindricalPoint.FromCartesian(m.x[i], m.y[i], m.z[i], m.vx[i], m.vy[i], m.vz[i]);
            Giants++;
            PositionsXY.Add(-m.x[i], m.y[i]);
            PositionsXZ.Add(-m.x[i], m.z[i]);
            Show(stars, i);
            if (hasVelocities)
            {
                VelocitiesRPhi.Add(star.vR, star.vphi);
                VelocitiesRZ.Add(star.vR, star.vz);
            }

            if ((limits?.Contains(star.vR, star.vphi, star.vz) ?? true) && (membership?.Range.Contains(stars.Kept[FeH][i]) ?? true))
            {
                Members++;
                int region = regions.Find(stars.Longitude[i], stars.Latitude[i], stars.Distance[i]);
                counts[Math.Max(0, region - 1)] += region > 0 ? 1 : 0;
                members[0].Add(star.R);
                members[1].Add(star.z);
                members[2].Add(star.vR);
                members[3].Add(star.vz);
                members[4].Add(star.vphi);
            }
        }

        if (hasVelocities)
        {
            AddOrbits();
        }
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(StarViewer other)
    {
        Giants += other.Giants;
        Members += other.Members;
        PositionsXY.Add(other.PositionsXY);
        PositionsXZ.Add(other.PositionsXZ);
        VelocitiesRPhi.Add(other.VelocitiesRPhi);
        VelocitiesRZ.Add(other.VelocitiesRZ);
        Sky.Add(other.Sky);
        Pole.Add(other.Pole);
        for (int r = 0; r < counts.Length; r++)
        {
            counts[r] += other.counts[r];
        }

        for (int d = 0; d < Distances.Count; d++)
        {
            Distances[d].Add(other.Distances[d]);
        }

        for (int k = 0; k < Eccentricities.Count; k++)
        {
            Eccentricities[k].Add(other.Eccentricities[k]);
        }
    }

    /// <summary>The sky, and distances where both are good.</summary>
    private void Show(StarBatch stars, int i)
    {
        double l = stars.Longitude[i], b = stars.Latitude[i];
        Sky.Add(l, b);
        (double sin, double cos) = Math.SinCos(l * Units.Degree);
        Pole.Add((90 - b) * cos, (90 - b) * sin);
        double parallax = stars.Kept[Parallax][i] - stars.ZeroPoint[i], distance = stars.Kept[Distance][i], error = stars.Kept[DistanceError][i];
        if (!(parallax > 0 && stars.Kept[ParallaxError][i] < LargestParallaxError * parallax && distance > 0) || error >= LargestDistanceError * distance)
        {
            return;
        }

        foreach (DistanceRatios direction in Distances)
        {
            if (direction.Window.Contains(l, b))
            {
                direction.Add(1 / parallax, distance);
            }
        }
    }

    private void AddOrbits()
    {
        int n = members[0].Count;
        shapes = shapes.Length < n ? new OrbitShape[n] : shapes;
        ReadOnlySpan<double> Values(int k) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members[k]);
        for (int k = 0; k < orbits.Count; k++)
        {
            orbits[k].Shapes(new() { R = Values(0), z = Values(1), vR = Values(2), vz = Values(3), vphi = Values(4) }, shapes.AsSpan(0, n));
            foreach (OrbitShape shape in shapes.AsSpan(0, n))
            {
                Eccentricities[k].Add(shape.Eccentricity);
            }
        }
    }
}
