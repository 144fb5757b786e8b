using Oort.Potentials;

namespace Oort.Models;

/// <summary>A halo along its major axis, in the plane: arrays of one length.</summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Rho">Densities, Msun/pc^3.</param>
/// <param name="Vcirc">Circular speeds in its own potential, km/s.</param>
/// <param name="SigmaR">Radial velocity dispersions, km/s.</param>
/// <param name="SigmaZ">Vertical velocity dispersions, km/s.</param>
/// <param name="SigmaPhi">Azimuthal velocity dispersions about the mean, km/s.</param>
public sealed record HaloProfile(double[] R, double[] Rho, double[] Vcirc, double[] SigmaR, double[] SigmaZ, double[] SigmaPhi);

/// <summary>A halo on its own: self-consistent without anything else.</summary>
/// <param name="Model">The solved model, of one component.</param>
/// <param name="Structure">Scale radius, r200, M200, peak of the circular speed.</param>
/// <param name="Profile">Density and velocities in the plane.</param>
public sealed record IsolatedHalo(SelfConsistentResult Model, HaloStructure Structure, HaloProfile Profile)
{
    /// <summary>The halo's density.</summary>
    public Density Density => Model.Components[0].Density;
}
