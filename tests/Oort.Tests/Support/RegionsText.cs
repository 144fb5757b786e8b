namespace Oort.Tests.Support;

/// <summary>Pieces of survey files with regions of the sky.</summary>
public static class RegionsText
{
    /// <summary>Of [Cuts]: the limits on velocities of Sun et al. (2025).</summary>
    public const string Limits = """
        VR = > -200, < 200
        Vphi = > 100, < 350
        Vz = > -150, < 150
        """;

    /// <summary>A survey of two regions without histograms, cheap to predict.</summary>
    public const string TwoRegions = $"""
        [Sun]
        R0 = 8
        z = 0.02
        U = 11
        V = 240
        W = 7
        model_V_minus_vc = 12
        [Cuts]
        {Limits}
        [Regions]
        1 = 170, 190, -10, 10, 1, 3, near
        2 = 0, 360, 80, 90, 0.5, 1.5, pole

        """;
}
