namespace Oort.Models;

/// <summary>
/// Velocities of a lattice, the same at every place, at which the actions are kept: v_R of both signs, v_z and v_phi not negative, up to a largest speed. Nodes crowd where cold discs have their stars and
/// still reach the escape speed. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// Actions are even in v_phi, and the same at (v_R, v_z) and (-v_R, -v_z). The rule is that of trapezes in t, v = centre + scale sinh(t), with corrections at the ends (<see cref="BoxAxis"/>): for smooth
/// distributions that fall to nothing it is exact once a step is about two thirds of a dispersion.
/// </remarks>
internal sealed class VelocityLattice
{
    // The thinnest discs have dispersions of 20, 6 and 15 km/s where surveys see stars.
    private const double StepR = 13, StepZ = 4.5, StepPhi = 10, ScaleR = 80, ScaleZ = 25, ScalePhi = 160;

    /// <summary>A lattice.</summary>
    /// <param name="fastest">Largest speed, km/s: the escape speed of the place where it is largest.</param>
    /// <param name="streaming">Where discs have their v_phi.</param>
    /// <param name="refinement">How many times as many nodes along each side as usual.</param>
    public VelocityLattice(double fastest, double streaming, double refinement = 1)
    {
        R = new(-fastest, fastest, 0, ScaleR, StepR / refinement);
        Z = new(-fastest, fastest, 0, ScaleZ, StepZ / refinement);
        Phi = new(0, fastest, streaming, ScalePhi, StepPhi / refinement);
    }

    /// <summary>v_R, of both signs.</summary>
    public BoxAxis R { get; }

    /// <summary>v_z, of both signs; lines have those that are not negative.</summary>
    public BoxAxis Z { get; }

    /// <summary>v_phi, not negative.</summary>
    public BoxAxis Phi { get; }

    /// <summary>Index of v_R = 0, and number of nodes on either side.</summary>
    public int MiddleR => R.Count / 2;

    /// <summary>Index of v_z = 0, and number of nodes on either side.</summary>
    public int MiddleZ => Z.Count / 2;

    /// <summary>Lines along v_R: one for each v_phi and, in the inner loop, v_z.</summary>
    public int Lines => Phi.Count * (MiddleZ + 1);

    /// <summary>v_phi and v_z of a line by their indices: that of v_z counts from v_z = 0.</summary>
    public (int Phi, int Z) Line(int line) => Math.DivRem(line, MiddleZ + 1);
}
