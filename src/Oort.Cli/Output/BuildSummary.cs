using Oort.Coordinates;
using Oort.Models;
using Oort.Potentials;

namespace Oort.Cli.Output;

/// <summary>The numbers of a build that summary.json and the table on the terminal give.</summary>
internal sealed record BuildSummary
{
    /// <summary>Height to which surface densities are quoted, kpc.</summary>
    public const double Height = 1.1;

    public required bool Converged { get; init; }

    public required int Iterations { get; init; }

    public required double Residual { get; init; }

    public required double Seconds { get; init; }

    public required int Threads { get; init; }

    /// <summary>The Sun's distance from the centre, kpc.</summary>
    public required double SunRadius { get; init; }

    /// <summary>Circular speed there, km/s.</summary>
    public required double CircularSpeed { get; init; }

    /// <summary>|K_z| at the height above the Sun over 2 pi G, Msun/pc^2.</summary>
    public required double VerticalForce { get; init; }

    /// <summary>Components: name, kind, mass (Msun), density at the Sun (Msun/pc^3), surface density to the height (Msun/pc^2).</summary>
    public required IReadOnlyList<(string Name, ComponentKind Kind, double Mass, double Rho, double Sigma)> Components { get; init; }

    /// <summary>Density of all components of a kind at the Sun, Msun/pc^3.</summary>
    public double Rho(ComponentKind kind) => Components.Where(c => c.Kind == kind).Sum(c => c.Rho);

    /// <summary>Surface density of all components of a kind at the Sun to the height, Msun/pc^2.</summary>
    public double Sigma(ComponentKind kind) => Components.Where(c => c.Kind == kind).Sum(c => c.Sigma);

    /// <summary>Asks a solved model for its summary.</summary>
    public static BuildSummary Of(SelfConsistentResult result, double sunRadius, int threads, Func<double> seconds)
    {
        Galaxy galaxy = result.Galaxy;
        Moments[] local = galaxy.Moments(sunRadius, 0);
        double[] sigma = galaxy.SurfaceDensity(sunRadius, Height);
        PotentialPoint above = galaxy.Potential.At(sunRadius, Height);
        return new()
        {
            Converged = result.Converged,
            Iterations = result.History.Count,
            Residual = result.Residual,
            Threads = threads,
            SunRadius = sunRadius,
            CircularSpeed = galaxy.CircularSpeed(sunRadius),
            VerticalForce = above.PhiZ / (2 * Math.PI * Units.G) / Units.PerSquareParsec,
            Components = [.. galaxy.Components.Select((c, i) => (c.Name, c.Kind, c.Mass, local[i].RhoPerCubicParsec, sigma[i] / Units.PerSquareParsec))],
            Seconds = seconds(),
        };
    }
}
