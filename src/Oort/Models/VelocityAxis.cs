namespace Oort.Models;

/// <summary>The velocity component along which a distribution is projected.</summary>
public enum VelocityAxis
{
    /// <summary>v_R, outwards.</summary>
    R,

    /// <summary>v_z, towards the north Galactic pole.</summary>
    Z,

    /// <summary>v_phi, with Galactic rotation.</summary>
    Phi,
}
