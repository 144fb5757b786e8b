using Oort.Potentials;

namespace Oort.Actions;

/// <summary>Chooses a finder for a potential.</summary>
public static class ActionFinders
{
    /// <summary>The exact finder for an isochrone or another sphere, else the Staeckel fudge.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="interpolated">Whether the fudge may work on a table of the potential (<see cref="InterpolatedActionFinder"/>).</param>
    /// <param name="threads">Threads to use for what is tabulated; the finder does not depend on it.</param>
    /// <param name="accuracy">Accuracy of the fudge's quadratures, where it works on the potential itself.</param>
    public static ActionFinder For(
        Potential potential, bool interpolated = false, int threads = 1, ActionAccuracy accuracy = ActionAccuracy.Standard) => potential switch
        {
            Isochrone isochrone => new IsochroneActionFinder(isochrone),
            _ when IsSpherical(potential) => new SphericalActionFinder(potential),
            _ when interpolated => new InterpolatedActionFinder(potential, threads: threads),
            _ => new StaeckelFudgeFinder(potential, new FocalDistances(potential, threads: threads), accuracy),
        };

    private static bool IsSpherical(Potential potential) => potential switch
    {
        Plummer or NFW or Dehnen or Isochrone or Multipole { LMax: 0 } or Spheroid { SpheroidDensity.AxisRatioZ: 1 } => true,
        CompositePotential sum => sum.Parts.All(IsSpherical),
        _ => false,
    };
}
