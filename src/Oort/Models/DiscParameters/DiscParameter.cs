namespace Oort.Models.DiscParameters;

/// <summary>A parameter of the disc DF of Binney &amp; Vasiliev (2023, equations 1-4) whose effect is looked at.</summary>
public enum DiscParameter
{
    /// <summary>Scale of the angular momentum, Jphi0: the disc's scale length.</summary>
    Jphi0,

    /// <summary>J_v0: keeps the dispersions from diverging or vanishing at the centre.</summary>
    Jv0,

    /// <summary>The exponents p_r = p_z: how fast the dispersions fall outwards.</summary>
    Exponents,
}
