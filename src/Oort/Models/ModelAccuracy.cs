namespace Oort.Models;

/// <summary>
/// How finely a <see cref="Galaxy"/> integrates over velocities: the numbers of quadrature nodes, and the orders of the
/// kernel that finds their actions. More of each is more accurate and slower, in proportion to the number of velocities.
/// </summary>
/// <param name="SlowNodes">Nodes in |v_phi| from 0 to the circular speed.</param>
/// <param name="FastNodes">Nodes in |v_phi| from the circular speed to the escape speed.</param>
/// <param name="SpeedNodes">Nodes in the meridional speed, from 0 to the escape speed.</param>
/// <param name="AngleNodes">Nodes in the direction of the meridional velocity, over one quadrant.</param>
/// <param name="CurveTerms">Chebyshev terms of the potential along the radial coordinate curve through a position; the vertical one has three quarters as many.</param>
/// <param name="ActionNodes">Quadrature nodes of an action.</param>
public sealed record ModelAccuracy(int SlowNodes, int FastNodes, int SpeedNodes, int AngleNodes, int CurveTerms, int ActionNodes)
{
    /// <summary>What self-consistent iterations need: densities within 7e-4 of converged ones for 95 % of points and components.</summary>
    public static ModelAccuracy Densities { get; } = new(10, 10, 14, 8, 32, 10);

    /// <summary>
    /// What moments and tables are found with: of what is converged, for 95 % of points, the discs' density and second moments
    /// are within 2e-4 and the hot components' within 9e-4.
    /// </summary>
    public static ModelAccuracy Default { get; } = new(12, 12, 16, 12, 40, 12);

    /// <summary>Two to four times as exact as <see cref="Default"/> (tested against <see cref="Converged"/>), with four times as many velocities.</summary>
    public static ModelAccuracy High { get; } = new(24, 20, 24, 16, 48, 16);

    /// <summary>The rule that the errors of the others are stated against.</summary>
    public static ModelAccuracy Converged { get; } = new(40, 32, 48, 24, 64, 24);

    /// <summary>Number of velocities at which a position's actions are found; both signs of v_phi share them.</summary>
    public int Velocities => (SlowNodes + FastNodes) * SpeedNodes * AngleNodes;
}
