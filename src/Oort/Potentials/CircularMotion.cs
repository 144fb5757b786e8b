using Oort.Coordinates;
using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Circular orbits in the plane of a potential, and radii that belong to an energy or an angular momentum. kpc, km/s.
/// Batch calls give NaN for an element that has no answer; calls on one number throw <see cref="NumericalException"/>.
/// </summary>
/// <remarks>
/// In the centre of a disc with a hole the force in the plane may point outwards: no circular orbit exists there, speeds and
/// frequencies are NaN, and the radii found are those outside it. Radii are exact to about 1e-14 relative where
/// the potential is.
/// </remarks>
public static class CircularMotion
{
    private const int Chunk = 64;
    private const double LowestLog = -30, HighestLog = 40, Start = 2, FirstStep = 0.7, Tolerance = 1e-12;

    /// <summary>Square of the circular speed, R dPhi/dR in the plane, (km/s)^2; negative where the force points outwards.</summary>
    public static void SpeedSquared(Potential potential, ReadOnlySpan<double> R, Span<double> speedSquared)
    {
        Span<double> zero = stackalloc double[Chunk], force = stackalloc double[Chunk];
        zero.Clear();
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start);
            potential.Evaluate(R.Slice(start, n), zero[..n], new() { PhiR = force[..n] });
            for (int i = 0; i < n; i++)
            {
                speedSquared[start + i] = R[start + i] * force[i];
            }
        }
    }

    /// <summary>Circular speed at R, km/s; NaN where the force points outwards.</summary>
    public static double Speed(Potential potential, double R)
    {
        double square = 0;
        SpeedSquared(potential, new(in R), new(ref square));
        return Math.Sqrt(square);
    }

    /// <summary>
    /// Frequencies of nearly circular orbits, km/s/kpc: kappa^2 = Phi_RR + 3 Phi_R/R, nu^2 = Phi_zz, Omega^2 = Phi_R/R in the
    /// plane (Binney and Tremaine 2008, eqs 3.79 and 3.80); NaN where the square is negative: the orbit is unstable or none.
    /// </summary>
    /// <param name="potential">The potential.</param>
    /// <param name="R">Radii, kpc.</param>
    /// <param name="kappa">Receives the radial (epicycle) frequencies.</param>
    /// <param name="nu">Receives the vertical frequencies.</param>
    /// <param name="omega">Receives the azimuthal frequencies.</param>
    public static void Frequencies(Potential potential, ReadOnlySpan<double> R, Span<double> kappa, Span<double> nu, Span<double> omega)
    {
        Span<double> zero = stackalloc double[Chunk], phiR = stackalloc double[Chunk], phiRR = stackalloc double[Chunk], phiZZ = stackalloc double[Chunk];
        zero.Clear();
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start);
            potential.Evaluate(R.Slice(start, n), zero[..n], new() { PhiR = phiR[..n], PhiRR = phiRR[..n], PhiZZ = phiZZ[..n] });
            for (int i = 0; i < n; i++)
            {
                double square = R[start + i] > 0 ? phiR[i] / R[start + i] : phiRR[i];
                kappa[start + i] = Math.Sqrt(phiRR[i] + 3 * square);
                nu[start + i] = Math.Sqrt(phiZZ[i]);
                omega[start + i] = Math.Sqrt(square);
            }
        }
    }

    /// <summary>Frequencies of nearly circular orbits at one radius, km/s/kpc.</summary>
    public static EpicycleFrequencies Frequencies(Potential potential, double R)
    {
        double kappa = 0, nu = 0, omega = 0;
        Frequencies(potential, new(in R), new(ref kappa), new(ref nu), new(ref omega));
        return new(kappa, nu, omega);
    }

    /// <summary>
    /// Radii of the circular orbits of angular momenta |Lz|: R^3 dPhi/dR = Lz^2. Lz = 0 gives 0, or the ring on which the force
    /// vanishes where it points outwards inside.
    /// </summary>
    /// <param name="potential">The potential.</param>
    /// <param name="Lz">Angular momenta, kpc km/s, of either sign.</param>
    /// <param name="R">Receives the radii, kpc; NaN for NaN or where there is none.</param>
    public static void RadiusOfAngularMomentum(Potential potential, ReadOnlySpan<double> Lz, Span<double> R)
        => Solve(potential, Lz, R, static (Lz, R, p, out f, out slope) =>
        {
            // In ln R the logarithm of R^3 Phi_R is nearly straight.
            double square = R * R * R * p.PhiR;
            f = Lz == 0 ? square : square > 0 ? Math.Log(square / (Lz * Lz)) : double.NegativeInfinity;
            slope = Lz == 0 || square <= 0 ? 0 : (R * p.PhiRR + 3 * p.PhiR) / p.PhiR;
            return true;
        });

    /// <summary>Radius of the circular orbit of angular momentum |Lz|, kpc.</summary>
    /// <exception cref="NumericalException">There is none.</exception>
    public static double RadiusOfAngularMomentum(Potential potential, double Lz)
    {
        double R = 0;
        RadiusOfAngularMomentum(potential, new ReadOnlySpan<double>(in Lz), new(ref R));
        return Found(R, "circular orbit of angular momentum", Lz, "kpc km/s");
    }

    /// <summary>Radii of the circular orbits of energies E = Phi + R Phi_R/2 in the plane.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="E">Energies, (km/s)^2.</param>
    /// <param name="R">Receives the radii, kpc; NaN for unbound energies, for those below the lowest Phi, and for NaN.</param>
    public static void RadiusOfEnergy(Potential potential, ReadOnlySpan<double> E, Span<double> R)
        => Solve(potential, E, R, static (E, R, p, out f, out slope) =>
        {
            double excess = p.Phi + 0.5 * R * p.PhiR - E;
            (f, slope) = p.PhiR < 0 ? (double.NegativeInfinity, 0) : (excess, 0.5 * R * (3 * p.PhiR + R * p.PhiRR));
            return excess <= 1e-9 * (Math.Abs(p.Phi) + Math.Abs(E));
        });

    /// <summary>Radius of the circular orbit of energy E, kpc.</summary>
    /// <exception cref="NumericalException">There is none.</exception>
    public static double RadiusOfEnergy(Potential potential, double E)
    {
        double R = 0;
        RadiusOfEnergy(potential, new ReadOnlySpan<double>(in E), new(ref R));
        return Found(R, "circular orbit of energy", E, "(km/s)^2");
    }

    /// <summary>Largest radii in the plane that orbits of energies E reach: Phi(R, 0) = E, at rest.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="E">Energies, (km/s)^2.</param>
    /// <param name="R">Receives the radii, kpc; NaN for unbound energies, for those below the lowest Phi, and for NaN.</param>
    public static void LargestRadius(Potential potential, ReadOnlySpan<double> E, Span<double> R)
        => Solve(potential, E, R, static (E, R, p, out f, out slope) =>
        {
            double excess = p.Phi - E;
            (f, slope) = p.PhiR < 0 ? (double.NegativeInfinity, 0) : (excess, R * p.PhiR);
            return excess <= 1e-9 * (Math.Abs(p.Phi) + Math.Abs(E));
        });

    /// <summary>Largest radius in the plane that orbits of energy E reach, kpc.</summary>
    /// <exception cref="NumericalException">The energy is unbound or below the lowest Phi.</exception>
    public static double LargestRadius(Potential potential, double E)
    {
        double R = 0;
        LargestRadius(potential, new ReadOnlySpan<double>(in E), new(ref R));
        return Found(R, "turning point in the plane for energy", E, "(km/s)^2");
    }

    // What is asked of the potential at R in the plane: f and its slope by ln R; false where f = 0 would be no answer.
    private delegate bool Condition(double target, double R, PotentialPoint p, out double f, out double slope);

    private static void Solve(Potential potential, ReadOnlySpan<double> targets, Span<double> result, Condition condition)
    {
        double[] zero = new double[Chunk], radii = new double[Chunk], goals = new double[Chunk], x = new double[Chunk];
        double[][] v = [new double[Chunk], new double[Chunk], new double[Chunk]];
        for (int start = 0; start < targets.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, targets.Length - start);
            targets.Slice(start, n).CopyTo(goals);
            x.AsSpan(0, n).Fill(Start);
            BatchRoot.Solve(Functions, x.AsSpan(0, n), LowestLog, HighestLog, FirstStep, Tolerance);
            for (int i = 0; i < n; i++)
            {
                radii[i] = double.IsFinite(x[i]) ? Math.Exp(x[i]) : 0;
            }

            Potentials(n);
            for (int i = 0; i < n; i++)
            {
                bool answer = condition(goals[i], radii[i], Point(i), out _, out _);
                // Nothing below the root even at the smallest radius: it is the centre, if the centre is an answer.
                result[start + i] = double.IsFinite(x[i]) || double.IsNegativeInfinity(x[i]) ? (answer ? radii[i] : double.NaN) : double.NaN;
            }
        }

        void Functions(ReadOnlySpan<double> x, Span<double> f, Span<double> slope)
        {
            for (int i = 0; i < x.Length; i++)
            {
                radii[i] = Math.Exp(x[i]);
            }

            Potentials(x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                condition(goals[i], radii[i], Point(i), out f[i], out slope[i]);
            }
        }

        void Potentials(int n) => potential.Evaluate(
            radii.AsSpan(0, n), zero.AsSpan(0, n), new() { Phi = v[0].AsSpan(0, n), PhiR = v[1].AsSpan(0, n), PhiRR = v[2].AsSpan(0, n) });

        PotentialPoint Point(int i) => new(v[0][i], v[1][i], 0, v[2][i], 0, 0);
    }

    private static double Found(double R, string what, double value, string unit)
        => double.IsNaN(R)
            ? throw new NumericalException(FormattableString.Invariant($"no {what} {value:R} {unit} in this potential"))
            : R;
}
