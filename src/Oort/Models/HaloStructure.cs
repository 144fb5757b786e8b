using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The numbers by which haloes are compared (Binney &amp; Vasiliev 2023, Table 5 and section 4.5). A number that a halo does not
/// have within 1e-3 to 1e5 kpc is NaN: a halo without a radius where its slope passes -2, say.
/// </summary>
/// <param name="ScaleRadius">r_s, kpc: the smallest radius at which d ln rho/d ln r of the density averaged over spheres falls to -2.</param>
/// <param name="MajorAxisScaleRadius">The same of the density along the major axis, in the plane, kpc.</param>
/// <param name="VirialRadius">r200, kpc: the mean density inside is 200 times the critical density 3 H0^2/(8 pi G).</param>
/// <param name="VirialMass">M200, Msun: the mass inside r200.</param>
/// <param name="PeakCircularSpeed">The largest circular speed in the plane, km/s.</param>
/// <param name="PeakRadius">Where it is, kpc.</param>
public sealed record HaloStructure(
    double ScaleRadius, double MajorAxisScaleRadius, double VirialRadius, double VirialMass, double PeakCircularSpeed, double PeakRadius)
{
    /// <summary>H0 of Binney &amp; Vasiliev (2023), km/s/Mpc.</summary>
    public const double DefaultHubbleConstant = 70;

    /// <summary>Mean density within r200 in units of the critical density.</summary>
    public const double Overdensity = VirialSphere.Overdensity;

    private const double Slope = -2, Innermost = 1e-3, Outermost = 1e5, Step = 0.1, SlopeStep = 0.02;
    private const int Angles = 24, Bisections = 50;

    /// <summary>Measures a halo.</summary>
    /// <param name="density">Its density.</param>
    /// <param name="potential">Its potential, which gives masses and circular speeds.</param>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    /// <exception cref="ParameterException">H0 is not positive.</exception>
    public static HaloStructure Of(Density density, Potential potential, double hubbleConstant = DefaultHubbleConstant)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentNullException.ThrowIfNull(potential);
        double virial = Overdensity * CriticalDensity(hubbleConstant);
        double r200 = FirstFall(r => MeanDensity(potential, r) - virial);
        (double peak, double radius) = Peak(potential);
        return new(
            FirstFall(r => LogSlope(x => OnSphere(density, x), r) - Slope),
            FirstFall(r => LogSlope(x => density.At(x, 0), r) - Slope),
            r200, double.IsNaN(r200) ? double.NaN : EnclosedMass.Within(potential, r200), peak, radius);
    }

    /// <summary>The critical density of the Universe, 3 H0^2/(8 pi G), Msun/kpc^3.</summary>
    /// <param name="hubbleConstant">H0, km/s/Mpc.</param>
    /// <exception cref="ParameterException">H0 is not positive.</exception>
    public static double CriticalDensity(double hubbleConstant)
        => VirialSphere.CriticalDensity(hubbleConstant);

    private static double MeanDensity(Potential potential, double r) => EnclosedMass.Within(potential, r) / (4 * Math.PI / 3 * r * r * r);

    /// <summary>The density averaged over a sphere, Msun/kpc^3.</summary>
    internal static double OnSphere(Density density, double r)
    {
        Span<double> R = stackalloc double[Angles], z = stackalloc double[Angles], weights = stackalloc double[Angles], rho = stackalloc double[Angles];
        GaussLegendre.Rule(Angles).Map(0, 1, z, weights);
        for (int i = 0; i < Angles; i++)
        {
            R[i] = r * Math.Sqrt((1 - z[i]) * (1 + z[i]));
            z[i] *= r;
        }

        density.Evaluate(R, z, rho);
        double mean = 0;
        for (int i = 0; i < Angles; i++)
        {
            mean += weights[i] * rho[i];
        }

        return mean;
    }

    /// <summary>d ln f/d ln r by central differences of fourth order.</summary>
    private static double LogSlope(Func<double, double> f, double r)
    {
        double Difference(double step) => Math.Log(f(r * Math.Exp(step)) / f(r * Math.Exp(-step))) / (2 * step);
        return (4 * Difference(SlopeStep) - Difference(2 * SlopeStep)) / 3;
    }

    /// <summary>The smallest radius at which a function falls through 0, kpc; NaN if it does nowhere.</summary>
    private static double FirstFall(Func<double, double> f)
    {
        double low = Innermost;
        bool above = f(low) > 0;
        while (low < Outermost)
        {
            double high = low * Math.Exp(Step);
            bool next = f(high) > 0;
            if (above && !next)
            {
                for (int i = 0; i < Bisections; i++)
                {
                    double middle = Math.Sqrt(low * high);
                    (low, high) = f(middle) > 0 ? (middle, high) : (low, middle);
                }

                return high;
            }

            (low, above) = (high, next);
        }

        return double.NaN;
    }

    private static (double Speed, double Radius) Peak(Potential potential)
    {
        double best = Innermost, most = double.NegativeInfinity;
        for (double r = Innermost; r < Outermost; r *= Math.Exp(Step))
        {
            double speed = Rotation.CircularSpeed(potential, r);
            (best, most) = speed > most ? (r, speed) : (best, most);
        }

        // Golden section between the neighbours of the largest.
        double ratio = (Math.Sqrt(5) - 1) / 2, low = Math.Log(best) - Step, high = Math.Log(best) + Step;
        for (int i = 0; i < Bisections; i++)
        {
            double a = high - ratio * (high - low), b = low + ratio * (high - low);
            bool falls = Rotation.CircularSpeed(potential, Math.Exp(a)) > Rotation.CircularSpeed(potential, Math.Exp(b));
            (low, high) = falls ? (low, b) : (a, high);
        }

        double radius = Math.Exp(0.5 * (low + high));
        return radius > Innermost * Math.Exp(Step) && radius < Outermost * Math.Exp(-2 * Step)
            ? (Rotation.CircularSpeed(potential, radius), radius)
            : (double.NaN, double.NaN);
    }
}
