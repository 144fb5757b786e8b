using Oort.Numerics;
using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>
/// The isotropic distribution function of a density in a spherical potential (Eddington 1916; Binney &amp; Tremaine 2008,
/// equation 4.46b): f(E) = 1/(sqrt(8) pi^2) times the integral over Phi > E of d2rho/dPhi2 / sqrt(Phi - E), of the density
/// averaged over spheres. E is given by x = ln r of the radius where Phi = E.
/// </summary>
internal sealed class EddingtonInversion
{
    private const double Step = 0.1, PanelWidth = 0.25, LeastDensity = 1e-200, LeastSlope = 3e-3, Flat = 0.1, NegligibleShare = 1e-4;

    private readonly QuinticSpline logDensity, logFunction;
    private readonly double outermost;

    public EddingtonInversion(Density density, SphericalPotential potential)
    {
        List<double> x = [], rho = [];
        foreach (double t in potential.Nodes)
        {
            double mean = EnclosedMass.MeanDensity(density, Math.Exp(t));
            if (!(mean > LeastDensity))
            {
                break;
            }

            x.Add(t);
            rho.Add(Math.Log(mean));
        }

        if (x.Count < 10)
        {
            throw new NumericalException("QuasiSpherical: its density vanishes in the centre or is not finite there");
        }

        double[] nodes = [.. x], values = [.. rho];
        logDensity = Spline(nodes, values);
        outermost = nodes[^1];
        Mass = Shells(nodes);
        // In a smooth core the terms cancel, the more the further in, until rounding remains.
        double first = nodes.FirstOrDefault(t => Math.Abs(logDensity.Evaluate(t).First) > LeastSlope, outermost);
        int n = (int)Math.Floor((outermost - first) / Step);
        double[] at = new double[n], f = new double[n];
        for (int i = 0; i < n; i++)
        {
            at[i] = first + i * Step;
            f[i] = Invert(potential, at[i]);
        }

        FillCentre(at, f);
        logFunction = Spline(at, Array.ConvertAll(f, Math.Log));
    }

    /// <summary>Mass of the density averaged over spheres, Msun.</summary>
    public double Mass { get; }

    /// <summary>ln f at the energy Phi(x); beyond the ends a power law of r, or in a core, where Phi goes as r^2, linear in Phi.</summary>
    public double LogAt(double x)
    {
        double inside = Math.Clamp(x, logFunction.Nodes[0], logFunction.Nodes[^1]);
        (double value, double slope, _) = logFunction.Evaluate(inside);
        double beyond = x - inside;
        return value + slope * (beyond < 0 && Math.Abs(slope) < Flat ? 0.5 * (Math.Exp(2 * beyond) - 1) : beyond);
    }

    /// <summary>
    /// A core within a cusp of others has a negative f at the energies of its very centre. Where next to no mass is inside, f is given its
    /// largest value instead.
    /// </summary>
    private void FillCentre(double[] at, double[] f)
    {
        int negative = Array.FindLastIndex(f, v => !(v > 0));
        if (negative < 0)
        {
            return;
        }

        int largest = negative + 1;
        for (int i = largest; i < f.Length; i++)
        {
            largest = f[i] > f[largest] ? i : largest;
        }

        int inside = 1;
        while (logDensity.Nodes[inside] < at[negative])
        {
            inside++;
        }

        double share = Shells(logDensity.Nodes[..(inside + 1)]) / Mass;
        if (share > NegligibleShare || largest >= f.Length)
        {
            throw new NumericalException(FormattableString.Invariant(
                $"QuasiSpherical: the density has no isotropic distribution function in its potential: it would be negative at the energy of r = {Math.Exp(at[negative]):G4} kpc, where {share:P2} of its mass lies inside"));
        }

        Array.Fill(f, f[largest], 0, largest);
    }

    private double Invert(SphericalPotential potential, double x0)
    {
        double e = potential.Phi(x0), end = Math.Sqrt(outermost - x0);
        int panels = Math.Max(1, (int)Math.Ceiling(end / PanelWidth));
        GaussLegendre rule = GaussLegendre.Rule(8);
        double sum = 0;
        for (int k = 0; k < panels; k++)
        {
            // x = x0 + t^2 takes the root's singularity away.
            sum += rule.Integrate(
                t =>
                {
                    double x = x0 + t * t;
                    (double log, double s, double bend) = logDensity.Evaluate(x);
                    (double rise, double m) = potential.Gradient(x);
                    double curvature = s * s + bend - s * (m - 1);
                    return 2 * t * Math.Exp(log) / rise * curvature / Math.Sqrt(potential.Phi(x) - e);
                },
                end * k / panels,
                end * (k + 1) / panels);
        }

        return sum / (Math.Sqrt(8) * Math.PI * Math.PI);
    }

    private double Shells(ReadOnlySpan<double> nodes)
    {
        GaussLegendre rule = GaussLegendre.Rule(6);
        // Inside the first node as a power law.
        double Shell(double x) => 4 * Math.PI * Math.Exp(3 * x + logDensity.Value(x));
        double sum = Shell(nodes[0]) / Math.Max(3 + logDensity.Evaluate(nodes[0]).First, 0.1);
        for (int i = 1; i < nodes.Length; i++)
        {
            sum += rule.Integrate(Shell, nodes[i - 1], nodes[i]);
        }

        return sum;
    }

    private static QuinticSpline Spline(double[] x, double[] y)
    {
        double[] slope = new double[x.Length];
        SplineLine.EvenSlopes(x, y, slope);
        return new(x, y, slope);
    }
}
