using Oort.Actions;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// The stars of a catalogue of a survey of regions of the sky as Sun et al. (2025) show theirs: where they are and how they move (Figure 1), their distances beside parallaxes (Figure 2), the sky
/// (Figure 3, Table 1), their orbits (Figure 5). Numbers in cells alone: memory does not grow with the catalogue.
/// </summary>
/// <remarks>
/// Giants are the stars that are left by all cuts of the survey on quality and kind; members of the disc those among them that are also within the limits on velocities and the cut on [Fe/H], as in
/// sections 2 and 2.2 of the paper. Positions and velocities are those for the survey's Sun.
/// </remarks>
public sealed class CatalogueViews
{
    internal CatalogueViews(long rows, bool isMock, bool hasVelocities, bool hasDistances, StarViewer all)
    {
        (Rows, IsMock, Giants, Members) = (rows, isMock, all.Giants, all.Members);
        (PositionsXY, PositionsXZ, Sky, Pole, RegionCounts) = (all.PositionsXY, all.PositionsXZ, all.Sky, all.Pole, all.RegionCounts);
        if (hasVelocities)
        {
            (VelocitiesRPhi, VelocitiesRZ, Eccentricities) = (all.VelocitiesRPhi, all.VelocitiesRZ, all.Eccentricities);
        }

        Distances = hasDistances ? all.Distances : [];
    }

    /// <summary>Rows of the catalogue.</summary>
    public long Rows { get; }

    /// <summary>Whether <c>oort mock</c> made the stars, which the catalogue's column <c>component</c> tells.</summary>
    public bool IsMock { get; }

    /// <summary>Giants of which there is all that is measured of stars.</summary>
    public long Giants { get; }

    /// <summary>Members of the disc among them.</summary>
    public long Members { get; }

    /// <summary>Giants by x and y, kpc, in the sky frame: the Sun is at x = -R0 (Figure 1).</summary>
    public StarMap PositionsXY { get; }

    /// <summary>Giants by x and z, kpc (Figure 1).</summary>
    public StarMap PositionsXZ { get; }

    /// <summary>Giants by V_R and V_phi, km/s, V_phi positive with rotation (Figure 1); null where the catalogue lacks a component of the velocity.</summary>
    public StarMap? VelocitiesRPhi { get; }

    /// <summary>Giants by V_R and V_z, km/s (Figure 1); null where the catalogue lacks a component of the velocity.</summary>
    public StarMap? VelocitiesRZ { get; }

    /// <summary>Giants by Galactic longitude and latitude, degrees (Figure 3).</summary>
    public StarMap Sky { get; }

    /// <summary>Giants around the north Galactic pole by (90 - b) cos l and (90 - b) sin l, degrees (Figure 3).</summary>
    public StarMap Pole { get; }

    /// <summary>Members of the disc in each region, in their order (Figure 3, Table 1).</summary>
    public IReadOnlyList<long> RegionCounts { get; }

    /// <summary>Distances beside those from parallaxes of giants, towards the anticentre and the north Galactic pole (Figure 2); none where the catalogue lacks either.</summary>
    public IReadOnlyList<DistanceRatios> Distances { get; }

    /// <summary>Eccentricities of the members' orbits in each model (Figure 5); none where the catalogue lacks a component of the velocity.</summary>
    public IReadOnlyList<EccentricityHistogram> Eccentricities { get; } = [];

    /// <summary>Whether a catalogue has the columns that it needs: before other work is done for it.</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="survey">A survey with regions.</param>
    /// <exception cref="InputException">The file cannot be read, or lacks columns.</exception>
    public static void Check(string path, Survey survey)
    {
        using TableStream table = TableStream.Open(path);
        _ = new CatalogueLayout(table, survey, StarViewer.Meanings);
    }

    /// <summary>Reads a catalogue (<see cref="CatalogueReduction.Read"/>).</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="survey">A survey with regions.</param>
    /// <param name="orbits">What finds the stars' orbits in each model.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="progress">Told the share of the file that has been read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The file cannot be read, or lacks columns or rows.</exception>
    public static CatalogueViews Read(
        string path, Survey survey, IReadOnlyList<StaeckelFudgeFinder> orbits, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(orbits);
        SkyRegions regions = survey.Regions ?? throw new InputException($"{survey.Name}: has no section [Regions]");
        using TableStream table = TableStream.Open(path);

        // Members are told by the viewer.
        Survey cuts = survey with { Cuts = [.. survey.Cuts.Where(c => c.Meaning != StarViewer.MembershipMeaning)] };
        CatalogueLayout layout = new(table, cuts, StarViewer.Meanings);
        ColumnCut? membership = layout.IndexOf(StarViewer.MembershipMeaning) >= 0 ? survey.Cuts.FirstOrDefault(c => c.Meaning == StarViewer.MembershipMeaning) : null;
        (StarSelector Selector, StarViewer Viewer)[] parts =
        [
            .. table.Read(layout.Columns, threads, () =>
            {
                StarViewer viewer = new(regions, layout.Limits, membership, orbits, layout.HasVelocities);
                return (new StarSelector(layout, cuts, viewer, StarViewer.Meanings), viewer);
            }, (part, block) => part.Item1.Add(block), progress, cancellation),
        ];
        long rows = parts.Sum(p => p.Selector.Rows);
        if (rows == 0)
        {
            throw new InputException($"{path}: has a header but no rows");
        }

        StarViewer all = parts[0].Viewer;
        foreach ((_, StarViewer viewer) in parts.Skip(1))
        {
            all.Add(viewer);
        }

        return new(rows, CatalogueLayout.IsMock(table), layout.HasVelocities, ((string[])["distance", "parallax", "parallax_error"]).All(m => layout.IndexOf(m) >= 0), all);
    }
}
