using Oort.Potentials;

namespace Oort.Models.Predictions;

/// <summary>
/// The numbers that Sun et al. (2025) print of their models beside those of a model: Table 2 and Table 4.
/// </summary>
/// <param name="Published">The paper's model of the same parameters; null if there is none.</param>
/// <param name="Parameters">The model's parameters (Table 2, columns 2 to 17).</param>
/// <param name="InitialSpeed">Circular speed at the Sun in the initial potential, km/s (column 18).</param>
/// <param name="Speed">The same of the solved model, km/s.</param>
/// <param name="InitialMass">M200 of the initial potential, H0 = 67.66 km/s/Mpc, Msun (column 19).</param>
/// <param name="Mass">The same of the solved model, Msun.</param>
/// <param name="LocalDensities">Densities at the Sun, in the plane, Msun/pc^3, of <see cref="Sun25Published.LocalComponents"/> (Table 4); NaN for a component that the model does not have.</param>
public sealed record Sun25Numbers(
    Sun25Published? Published, Sun25Parameters Parameters, double InitialSpeed, double Speed, double InitialMass, double Mass, IReadOnlyList<double> LocalDensities)
{
    /// <summary>Asks a model.</summary>
    /// <param name="parameters">Its parameters, as its file has them.</param>
    /// <param name="initial">Its initial potential.</param>
    /// <param name="galaxy">The galaxy, solved.</param>
    /// <exception cref="NumericalException">A potential has no M200.</exception>
    public static Sun25Numbers Of(Sun25Parameters parameters, Potential initial, Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(galaxy);
        Moments[] moments = galaxy.Moments(parameters.SunRadius, 0);
        return new(
            Sun25Published.Find(parameters), parameters, Rotation.CircularSpeed(initial, parameters.SunRadius), galaxy.CircularSpeed(parameters.SunRadius),
            VirialSphere.Mass(initial), VirialSphere.Mass(galaxy.Potential),
            [.. Sun25Published.LocalComponents.Select(name => Enumerable.Range(0, moments.Length)
                .Where(c => galaxy.Components[c].Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(c => moments[c].RhoPerCubicParsec).DefaultIfEmpty(double.NaN).First())]);
    }

    /// <summary>Tables 2 and 4 as numbers beside the paper's, which are NaN for a model that it does not have.</summary>
    public IReadOnlyList<ComparedNumber> Compared
    {
        get
        {
            double speed = Published?.CircularSpeed ?? double.NaN, mass = Published?.VirialMass / 1e12 ?? double.NaN;
            List<ComparedNumber> all =
            [
                new("Table 2", "circular speed at the Sun, initial potential", "km/s", InitialSpeed, speed),
                new("Table 2", "circular speed at the Sun, converged", "km/s", Speed, speed),
                new("Table 2", "M200, initial potential", "1e12 Msun", InitialMass / 1e12, mass),
                new("Table 2", "M200, converged", "1e12 Msun", Mass / 1e12, mass),
            ];
            all.AddRange(Sun25Published.LocalComponents.Select((name, i) => new ComparedNumber(
                "Table 4", $"density of the {name} at the Sun", "Msun/pc^3", LocalDensities[i], Published?.LocalDensities?[i] ?? double.NaN)));
            return all;
        }
    }
}
