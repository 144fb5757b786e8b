using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Potentials;

/// <summary>A spherical potential at one hardware vector of radii; implemented by readonly structs.</summary>
internal interface ISphericalProfile
{
    /// <summary>
    /// Phi, s = Phi'/r and q = Phi'' - Phi'/r, in a form without cancellation for small or large r.
    /// q and s need not be right unless <paramref name="derivatives"/>.
    /// </summary>
    /// <param name="r2">Square of the radius, kpc^2, never 0.</param>
    /// <param name="derivatives">Whether s and q are wanted.</param>
    /// <param name="phi">Phi.</param>
    /// <param name="s">Phi'/r.</param>
    /// <param name="q">Phi'' - Phi'/r.</param>
    void Evaluate(Vector<double> r2, bool derivatives, out Vector<double> phi, out Vector<double> s, out Vector<double> q);
}

/// <summary>
/// Turns Phi(r) into derivatives by R and z: Phi_R = R s, Phi_RR = s + (R/r)^2 q, Phi_Rz = (R z/r^2) q and likewise.
/// Regular at the centre: there the force is 0 and the mixed derivative too, whatever the cusp.
/// </summary>
internal readonly struct SphericalKernel<TProfile>(TProfile profile) : IPotentialKernel
    where TProfile : struct, ISphericalProfile
{
    private readonly TProfile profile = profile;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate(
        Vector<double> R, Vector<double> z, bool gradient, bool hessian,
        out Vector<double> phi, out Vector<double> phiR, out Vector<double> phiZ,
        out Vector<double> phiRR, out Vector<double> phiRZ, out Vector<double> phiZZ)
    {
        Vector<double> r2 = R * R + z * z + new Vector<double>(PotentialKernel.Tiny);
        profile.Evaluate(r2, gradient, out phi, out var s, out var q);
        phiR = R * s;
        phiZ = z * s;
        phiRR = phiRZ = phiZZ = Vector<double>.Zero;
        if (hessian)
        {
            Vector<double> t = q / r2;
            phiRR = s + R * R * t;
            phiRZ = R * z * t;
            phiZZ = s + z * z * t;
        }
    }
}
