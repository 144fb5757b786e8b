using Oort.Models;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Reads sections [SelfConsistentModel NAME], a grid each, and [SelfConsistentModel], which holds what is common to all:
/// the Sun's place, and keys of grids that the sections with a name do not give. Keys are AGAMA's, but for <c>angularSampling</c>.
/// </summary>
internal sealed class GridSections
{
    private const int MaximumSize = 1000, MaximumDegree = 64;

    private static readonly string[] DiskKeys = ["RminCyl", "RmaxCyl", "sizeRadialCyl", "zminCyl", "zmaxCyl", "sizeVerticalCyl"];
    private static readonly string[] HaloKeys = ["rminSph", "rmaxSph", "sizeRadialSph", "lmaxAngularSph", "angularSampling"];

    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["useActionInterpolation"] = "Oort always finds actions without interpolation; leave it out",
        ["mmaxAngularSph"] = "Oort's models are axisymmetric; leave it out",
        ["mmaxAngularCyl"] = "Oort's models are axisymmetric; leave it out",
        ["verbose"] = "Oort's model files do not say how to print; leave it out",
    };

    private readonly DiskGrid disk = DiskGrid.Default;
    private readonly HaloGrid halo = HaloGrid.Default;

    /// <summary>Reads the section without a name, if there is one.</summary>
    public GridSections(IniSection? common)
    {
        if (common is not null)
        {
            SectionReader r = new(common, foreign: Foreign);
            SunRadius = r.Positive("R0", SunRadius);
            (disk, halo) = (Disk(r), Halo(r));
            r.Done();
        }
    }

    /// <summary>The Sun's distance from the centre, kpc.</summary>
    public double SunRadius { get; } = ModelDefinition.DefaultSunRadius;

    /// <summary>Reads a section with a name: disc-like if it has keys of such a grid, or <c>disklike = true</c>.</summary>
    public DensityGrid Read(IniSection section)
    {
        SectionReader r = new(section, foreign: Foreign);
        string? diskKey = DiskKeys.FirstOrDefault(k => section.Find(k) is not null);
        string? haloKey = HaloKeys.FirstOrDefault(k => section.Find(k) is not null);
        if (diskKey is not null && haloKey is not null)
        {
            throw r.Error(haloKey, $"the keys of a disc-like grid ({diskKey}) and of a round one exclude each other");
        }

        if (diskKey is null && haloKey is null && !r.Has("disklike"))
        {
            throw r.Error($"disklike: missing; give it, or keys of a disc-like grid ({string.Join(", ", DiskKeys)}) or of a round one ({string.Join(", ", HaloKeys)})");
        }

        bool disklike = r.Flag("disklike", diskKey is not null);
        if (disklike ? haloKey is not null : diskKey is not null)
        {
            throw r.Error("disklike", $"contradicts the key {haloKey ?? diskKey}");
        }

        DensityGrid grid = disklike ? Disk(r) : Halo(r);
        r.Done();
        return grid;
    }

    private DiskGrid Disk(SectionReader r)
    {
        (double Rmin, double Rmax) = Range(r, "RminCyl", disk.RMin, "RmaxCyl", disk.RMax);
        (double zmin, double zmax) = Range(r, "zminCyl", disk.ZMin, "zmaxCyl", disk.ZMax);
        return new(Rmin, Rmax, Size(r, "sizeRadialCyl", disk.SizeR), zmin, zmax, Size(r, "sizeVerticalCyl", disk.SizeZ));
    }

    private HaloGrid Halo(SectionReader r)
    {
        (double rmin, double rmax) = Range(r, "rminSph", halo.RMin, "rmaxSph", halo.RMax);
        int lmax = r.Integer("lmaxAngularSph", halo.LMax, 0, MaximumDegree);
        bool collocation = r.Has("angularSampling")
            ? r.Choice("angularSampling", ("projection", false), ("collocation", true))
            : halo.Collocation;
        return lmax % 2 == 1
            ? throw r.Error("lmaxAngularSph", "must be even: the models are symmetric about the plane")
            : new(rmin, rmax, Size(r, "sizeRadialSph", halo.SizeR), lmax, collocation);
    }

    private static int Size(SectionReader r, string key, int otherwise) => r.Integer(key, otherwise, 4, MaximumSize);

    private static (double, double) Range(SectionReader r, string low, double lowOtherwise, string high, double highOtherwise)
    {
        double min = r.Positive(low, lowOtherwise), max = r.Positive(high, highOtherwise);
        return max > min ? (min, max) : throw r.Error(r.Has(high) ? high : low, $"{low} = {Numbers.Format(min)} must be below {high} = {Numbers.Format(max)}");
    }
}
