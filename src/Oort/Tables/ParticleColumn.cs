namespace Oort.Tables;

/// <summary>A number that each particle of a snapshot has beyond its position, velocity and mass.</summary>
/// <param name="Name">Name of the column, one word.</param>
/// <param name="Unit">Its unit as FITS writes it, empty for none, and for what FITS has no word for.</param>
/// <param name="Meaning">What it is, in a few words.</param>
public sealed record ParticleColumn(string Name, string Unit, string Meaning);
