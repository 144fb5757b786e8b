using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Draws the stars that a survey sees in its regions of the sky, with what is measured of them. Immutable and safe to share between threads.
/// </summary>
internal sealed class RegionDraw
{
    // Sets the streams of errors and of repeated perturbation apart from those of stars.
    private const ulong ErrorStream = 0x0b5e7ed5, AgainStream = 0xa9a17, Golden = 0x9e3779b97f4a7c15;

    private readonly SkyRegions regions;
    private readonly RegionConditions conditions;
    private readonly GalactocentricTransform transform, reduction;
    private readonly RegionDepth[] depths;
    private readonly DistanceLaw[] bounds;
    private readonly SelectedGalaxy[] seen;
    private readonly int[] columns;
    private readonly bool scatters;

    /// <summary>Prepares the draw.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="components">Which components are seen.</param>
    /// <param name="sun">The Sun.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="conditions">Limits on velocities, which hold for measured ones, selection and errors.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="reducedWith">The Sun with which velocities are found from what is measured; if null the same.</param>
    public RegionDraw(
        Galaxy galaxy, Func<GalaxyComponent, bool> components, Sun sun, SkyRegions regions, RegionConditions conditions, int threads, CancellationToken cancellation, Sun? reducedWith = null)
    {
        (this.regions, this.conditions, transform, reduction) = (regions, conditions, new(sun), new(reducedWith ?? sun));
        scatters = conditions.Errors is not null || reducedWith is not null;
        columns = [.. regions.AxesOf(1).Select(a => SkyRegions.Quantities.ToList().IndexOf(a.Quantity))];
        depths = [.. regions.All.Select(r => new RegionDepth(r, conditions))];
        bounds = [.. depths.Select(d => d.Bound())];
        HeliocentricSelection[] selections = [.. regions.All.Select((r, i) => new HeliocentricSelection(sun, bounds[i], r.Window))];
        SelectionBounds around = new(selections.Min(s => s.Bounds.InnerR), selections.Max(s => s.Bounds.OuterR), selections.Max(s => s.Bounds.Height));
        SeenPopulations populations = new(galaxy, around, components, SamplingActions.Fudge, threads, cancellation);
        seen = new SelectedGalaxy[selections.Length];
        Parallel.For(0, seen.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => seen[i] = new(populations, selections[i]));
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy => seen[0].Galaxy;

    /// <summary>Mass of which so many stars are drawn, Msun; those taken are a share of it.</summary>
    /// <param name="region">Number of the region, from 1.</param>
    public double Mass(int region) => seen[region - 1].SelectedMass.Sum();

    /// <summary>Draws stars and takes those that the survey sees within its limits: in the same order more from a larger draw.</summary>
    /// <param name="region">Number of the region, from 1.</param>
    /// <param name="index">Which part of the draw, from 0.</param>
    /// <param name="count">Stars to draw, at most <see cref="SelectedGalaxy.ChunkSize"/>.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="chunk">Receives the stars that are taken.</param>
    public void Fill(int region, long index, int count, ulong seed, RegionDrawChunk chunk)
    {
        ulong ofRegion = seed + Golden * (ulong)region;
        seen[region - 1].Fill(index, count, ofRegion, chunk.Stars);
        chunk.Count = 0;
        ParticleChunk s = chunk.Stars.Stars;
        transform.ToSky(
            new() { x = s.X.AsSpan(0, count), y = s.Y.AsSpan(0, count), z = s.Z.AsSpan(0, count), vx = s.VX.AsSpan(0, count), vy = s.VY.AsSpan(0, count), vz = s.VZ.AsSpan(0, count) },
            GalacticFrame.Model, Sky(chunk.True, count));
        Xoshiro256 random = new(ofRegion, ErrorStream, (ulong)index), again = new(ofRegion, AgainStream, (ulong)index);
        Observe(region, count, chunk, ref random);
        if (scatters)
        {
            reduction.FromSky(Sky(chunk.Measured, count), GalacticFrame.Model, new()
            {
                x = chunk.Galactic[0].AsSpan(0, count),
                y = chunk.Galactic[1],
                z = chunk.Galactic[2],
                vx = chunk.Galactic[3],
                vy = chunk.Galactic[4],
                vz = chunk.Galactic[5],
            });
        }

        double[][] g = chunk.Galactic;
        for (int i = 0; i < count; i++)
        {
            CylindricalPoint place = CylindricalPoint.FromCartesian(s.X[i], s.Y[i], s.Z[i], s.VX[i], s.VY[i], s.VZ[i]);
            CylindricalPoint star = scatters ? CylindricalPoint.FromCartesian(g[0][i], g[1][i], g[2][i], g[3][i], g[4][i], g[5][i]) : place;
            if (chunk.Measured[2][i] > 0 && (conditions.Limits is not { } limits || limits.Contains(star.vR, star.vphi, star.vz)))
            {
                chunk.Take(i, place);
            }
        }

        if (conditions.ErrorFactor != 1 && conditions.Errors is not null)
        {
            PerturbAgain(chunk, ref again);
        }
    }

    /// <summary>What is measured; a distance of 0 where the star is not seen in the region.</summary>
    private void Observe(int region, int count, RegionDrawChunk chunk, ref Xoshiro256 random)
    {
        RegionDepth depth = depths[region - 1];
        for (int c = 0; c < chunk.True.Length; c++)
        {
            chunk.True[c].AsSpan(0, count).CopyTo(chunk.Measured[c]);
        }

        for (int i = 0; i < count; i++)
        {
            double distance = chunk.True[2][i];
            if (depth.HasErrors)
            {
                chunk.Measured[2][i] = random.Uniform() * bounds[region - 1].At(distance) < depth.At(distance) ? depth.Measured(distance, ref random) : 0;
            }

            if (conditions.Errors?.At(distance) is Uncertainties u)
            {
                (double a, double b) = random.Normal();
                chunk.Measured[3][i] += a * u.PmRa;
                chunk.Measured[4][i] += b * u.PmDec;
                chunk.Measured[5][i] += random.Normal().X * u.RadialVelocity;
            }
        }
    }

    /// <summary>Errors that are larger than once: by which they are, once more, after the limits. Smaller ones are made of what there is.</summary>
    private void PerturbAgain(RegionDrawChunk chunk, ref Xoshiro256 random)
    {
        double factor = conditions.ErrorFactor, more = Math.Sqrt(Math.Max(0, factor * factor - 1)), less = Math.Min(1, factor);
        for (int k = 0; k < chunk.Count; k++)
        {
            int i = chunk.Taken[k];
            Uncertainties u = conditions.Errors!.At(chunk.True[2][i]);
            (double a, double b) = random.Normal();
            Again(3, u.PmRa * a);
            Again(4, u.PmDec * b);
            Again(5, u.RadialVelocity * random.Normal().X);

            void Again(int c, double error) => chunk.Measured[c][i] = chunk.True[c][i] + less * (chunk.Measured[c][i] - chunk.True[c][i]) + more * error;
        }
    }

    /// <summary>The quantities of the regions' histograms of a star that is taken.</summary>
    public void Values(RegionDrawChunk chunk, int star, Span<double> values)
    {
        for (int q = 0; q < columns.Length; q++)
        {
            // Line-of-sight velocities are behind proper motions.
            values[q] = chunk.Measured[columns[q] == 0 ? 5 : 2 + columns[q]][star];
        }
    }

    private static SkyBatch Sky(double[][] c, int count) => new()
    {
        Ra = c[0].AsSpan(0, count),
        Dec = c[1].AsSpan(0, count),
        Distance = c[2].AsSpan(0, count),
        PmRa = c[3].AsSpan(0, count),
        PmDec = c[4].AsSpan(0, count),
        LineOfSightVelocity = c[5].AsSpan(0, count),
    };
}

/// <summary>Stars that have been drawn in a region and scratch space for it.</summary>
internal sealed class RegionDrawChunk
{
    private const int Capacity = SelectedGalaxy.ChunkSize;

    /// <summary>All that were drawn, as they are.</summary>
    public StarChunk Stars { get; } = new(Capacity);

    /// <summary>Right ascension, declination (degrees), distance (kpc), proper motions (mas/yr) and line-of-sight velocity (km/s) without errors.</summary>
    public double[][] True { get; } = Columns();

    /// <summary>The same as they are measured.</summary>
    public double[][] Measured { get; } = Columns();

    /// <summary>Positions and velocities that follow from these.</summary>
    public double[][] Galactic { get; } = Columns();

    /// <summary>Which are taken.</summary>
    public int[] Taken { get; } = new int[Capacity];

    /// <summary>True radius and height of each star that is taken, kpc.</summary>
    public (double R, double Z)[] Places { get; } = new (double, double)[Capacity];

    /// <summary>How many are taken.</summary>
    public int Count { get; set; }

    /// <summary>Takes a star.</summary>
    public void Take(int star, in CylindricalPoint place) => (Taken[Count], Places[Count++]) = (star, (place.R, place.z));

    private static double[][] Columns() => [.. Enumerable.Range(0, 6).Select(_ => new double[Capacity])];
}
