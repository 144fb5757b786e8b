using Oort.Coordinates;

namespace Oort.Actions;

/// <summary>
/// The plane in which a star moves in a spherical potential: Binney and Tremaine 2008, section 3.5.2.
/// </summary>
/// <param name="Radius">Distance from the centre, kpc.</param>
/// <param name="RadialVelocity">Velocity away from the centre, km/s.</param>
/// <param name="L">Total angular momentum, kpc km/s.</param>
/// <param name="Lz">Angular momentum about the z axis.</param>
/// <param name="Node">Azimuth of the point where the star crosses z = 0 upwards; that of the star if it never leaves z = 0.</param>
/// <param name="Psi">Angle in the plane of motion, in the direction of motion, from the node to the star.</param>
internal readonly record struct OrbitalPlane(double Radius, double RadialVelocity, double L, double Lz, double Node, double Psi)
{
    internal static OrbitalPlane Of(double R, double z, double phi, double vR, double vz, double vphi)
    {
        double r = Math.Max(Math.Sqrt(R * R + z * z), 1e-12);
        // Components along e_R, e_phi, e_z of the angular momentum.
        double lR = -z * vphi, lPhi = z * vR - R * vz, lz = R * vphi, L = Math.Sqrt(lR * lR + lPhi * lPhi + lz * lz);
        // The ascending node lies along e_z x L = (-lPhi, lR); beyond it, in the direction of motion, L x (e_z x L)/L.
        double across = Math.Sqrt(lR * lR + lPhi * lPhi), node = phi, psi = 0;
        if (across > 1e-14 * L)
        {
            node = phi + Math.Atan2(lR, -lPhi);
            psi = Math.Atan2(z * L, -R * lPhi);
        }

        return new(r, (R * vR + z * vz) / r, L, lz, node, psi);
    }

    /// <summary>
    /// Angles and frequencies from those of the motion in the plane: <paramref name="thetaL"/> belongs to L = Jz + |Jphi|.
    /// </summary>
    internal void Set(AngleFrequencyBatch angles, int i, double thetaR, double thetaL, double omegaR, double omegaL)
    {
        double sign = Lz < 0 ? -1 : 1;
        angles.ThetaR[i] = Turned(thetaR);
        angles.ThetaZ[i] = Turned(thetaL);
        angles.ThetaPhi[i] = Turned(Node + sign * thetaL);
        angles.OmegaR[i] = omegaR;
        angles.OmegaZ[i] = omegaL;
        angles.OmegaPhi[i] = sign * omegaL;
    }

    internal static double Turned(double angle)
    {
        double turned = angle - 2 * Math.PI * Math.Floor(angle / (2 * Math.PI));
        return turned < 2 * Math.PI ? turned : 0;
    }
}
