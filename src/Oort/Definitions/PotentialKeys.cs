namespace Oort.Definitions;

/// <summary>What AGAMA's dialect knows beyond what we use: second names of keys, and what we refuse, with the reason.</summary>
internal static class PotentialKeys
{
    /// <summary>Second names of keys, as in AGAMA.</summary>
    public static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["surfaceDensity"] = "Sigma0",
        ["densityNorm"] = "rho0",
        ["scaleRadius"] = "rscale",
        ["scaleHeight"] = "scaleRadius2",
        ["axisRatioY"] = "p",
        ["axisRatioZ"] = "q",
        ["cutoffStrength"] = "xi",
    };

    private const string Static = "Oort's models neither move nor rotate; leave it out";
    private const string NBody = "Oort makes no potential from particles; leave it out";
    private const string ThisType = "not a key of this type; leave it out";

    /// <summary>Keys that AGAMA knows and we do not -> why.</summary>
    public static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["file"] = "Oort reads no potential from another file; copy its sections here",
        ["center"] = Static,
        ["orientation"] = Static,
        ["rotation"] = Static,
        ["scale"] = Static,
        ["Omega"] = Static,
        ["modulationAmplitude"] = "Oort has no modulated Spheroid or Disk; leave it out",
        ["nbodyIter"] = NBody,
        ["smoothing"] = NBody,
        ["particles"] = NBody,
        ["sersicIndex"] = ThisType,
        ["W0"] = ThisType,
        ["trunc"] = ThisType,
        ["innerCutoffRadius"] = ThisType,
        ["outerCutoffRadius"] = ThisType,
        ["cutoffStrength"] = ThisType,
        ["xi"] = ThisType,
        ["v0"] = ThisType,
        ["surfaceDensity"] = ThisType,
        ["Sigma0"] = ThisType,
    };

    /// <summary>Types of AGAMA's that we do not have.</summary>
    public static readonly string[] ForeignTypes =
    [
        "Ferrers", "PerfectEllipsoid", "King", "Sersic", "Nuker", "Harmonic", "KeplerBinary", "LogSpiral", "MGE", "BasisSet",
        "Evolving", "UniformAcceleration", "OblatePerfectEllipsoid",
    ];
}
