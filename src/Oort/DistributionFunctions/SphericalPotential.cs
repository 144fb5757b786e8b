using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>
/// The spherical average of a potential, as splines in x = ln r: mass inside, potential from the innermost radius outwards.
/// What lies beyond the outermost radius adds a constant that nothing here needs.
/// </summary>
internal sealed class SphericalPotential
{
    /// <summary>Innermost and outermost radius, kpc.</summary>
    public const double Innermost = 1e-5, Outermost = 1e6;

    /// <summary>Step of the nodes in ln r.</summary>
    public const double Step = 0.05;

    private readonly QuinticSpline logMass, potential;

    public SphericalPotential(Potential source)
    {
        double first = Math.Log(Innermost);
        int n = (int)Math.Ceiling((Math.Log(Outermost) - first) / Step) + 1;
        double[] x = new double[n], mass = new double[n], slope = new double[n], phi = new double[n], rise = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = first + i * Step;
            double inside = EnclosedMass.Within(source, Math.Exp(x[i]));
            if (!(inside > 0) || !double.IsFinite(inside))
            {
                throw new NumericalException(FormattableString.Invariant(
                    $"QuasiSpherical: the mass inside {Math.Exp(x[i]):G4} kpc in its potential is {inside:G4} Msun; it must be positive"));
            }

            mass[i] = Math.Log(inside);
            rise[i] = Units.G * inside / Math.Exp(x[i]);
        }

        SplineLine.EvenSlopes(x, mass, slope);
        logMass = new(x, mass, slope);
        // Inside, mass and potential go as powers.
        phi[0] = rise[0] / Math.Max(slope[0] - 1, 0.1);
        GaussLegendre rule = GaussLegendre.Rule(6);
        for (int i = 1; i < n; i++)
        {
            phi[i] = phi[i - 1] + rule.Integrate(t => Units.G * Math.Exp(logMass.Value(t) - t), x[i - 1], x[i]);
        }

        potential = new(x, phi, rise);
    }

    /// <summary>Nodes, ln kpc.</summary>
    public ReadOnlySpan<double> Nodes => logMass.Nodes;

    /// <summary>Potential above the centre, (km/s)^2.</summary>
    public double Phi(double x) => potential.Value(x);

    /// <summary>Potential, and dPhi/dx = G M/r, (km/s)^2.</summary>
    public (double Phi, double Slope) At(double x)
    {
        (double phi, double slope, _) = potential.Evaluate(x);
        return (phi, slope);
    }

    /// <summary>dPhi/dx and d ln M/dx.</summary>
    public (double Slope, double MassSlope) Gradient(double x)
    {
        (double mass, double slope, _) = logMass.Evaluate(x);
        return (Units.G * Math.Exp(mass - x), slope);
    }
}
