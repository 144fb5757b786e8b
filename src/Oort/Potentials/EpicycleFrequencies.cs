namespace Oort.Potentials;

/// <summary>Frequencies of a nearly circular orbit, km/s/kpc: radial, vertical, azimuthal (Binney and Tremaine 2008, section 3.2.3).</summary>
public readonly record struct EpicycleFrequencies(double Kappa, double Nu, double Omega);
