using System.Runtime.CompilerServices;
using Oort.Potentials;

namespace Oort.Orbits;

/// <summary>
/// Radius and angular momentum of the circular orbit of a given energy, and the largest radius an orbit of that energy
/// can reach in the plane: piecewise cubics through 512 energies, accurate to 1e-7 relative, for batches.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class CircularOrbits
{
    private const int Cells = 512, Stride = 12; // a cell holds three cubics

    private readonly EnergyScale scale;
    private readonly double first, inverseStep;
    private readonly double[] cubics = new double[Cells * Stride];

    /// <summary>Tabulates the circular orbits of a potential.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="smallestRadius">Radius of the smallest orbit, kpc; smaller ones follow a power law.</param>
    /// <param name="largestRadius">Radius of the largest orbit, kpc; larger ones follow a power law.</param>
    /// <exception cref="NumericalException">The energy of circular orbits does not rise with radius.</exception>
    public CircularOrbits(Potential potential, double smallestRadius = 1e-3, double largestRadius = 1e3)
    {
        ParameterException.Check(nameof(CircularOrbits), nameof(smallestRadius), smallestRadius, smallestRadius > 0, "> 0 (kpc)");
        ParameterException.Check(nameof(CircularOrbits), nameof(largestRadius), largestRadius, largestRadius > smallestRadius, "> smallestRadius (kpc)");
        (SmallestRadius, LargestRadius) = (smallestRadius, largestRadius);
        scale = new(potential, largestRadius);
        int n = Cells + 1;
        Span<double> R = new double[n], zero = new double[n], phi = new double[n], phiR = new double[n], phiRR = new double[n];
        double[] u = new double[n], guess = new double[n];
        for (int i = 0; i < n; i++)
        {
            R[i] = smallestRadius * Math.Pow(largestRadius / smallestRadius, i / (double)Cells);
        }

        potential.Evaluate(R, zero, new() { Phi = phi, PhiR = phiR, PhiRR = phiRR });
        for (int i = 0; i < n; i++)
        {
            u[i] = scale.Scaled(phi[i] + 0.5 * R[i] * phiR[i]);
            guess[i] = Math.Log(R[i]);
            if (!double.IsFinite(u[i]) || (i > 0 && !(u[i] > u[i - 1])))
            {
                throw new NumericalException(FormattableString.Invariant(
                    $"circular orbits: the energy does not rise with radius at R = {R[i]:G6} kpc, so that orbits cannot be found by their energy"));
            }
        }

        double step = (u[^1] - u[0]) / Cells;
        (first, inverseStep) = (u[0], 1 / step);
        Span<double> energy = new double[n], reach = new double[n];
        for (int i = 0, cell = 0; i < n; i++)
        {
            double at = first + i * step;
            energy[i] = scale.Energy(at);
            while (cell < Cells - 1 && u[cell + 1] < at)
            {
                cell++;
            }

            R[i] = Math.Exp(guess[cell] + (at - u[cell]) / (u[cell + 1] - u[cell]) * (guess[cell + 1] - guess[cell]));
            reach[i] = 1.5 * R[i];
        }

        for (int iteration = 0; iteration < 40; iteration++)
        {
            double worst = 0;
            potential.Evaluate(R, zero, new() { Phi = phi, PhiR = phiR, PhiRR = phiRR });
            for (int i = 0; i < n; i++)
            {
                double change = (energy[i] - phi[i] - 0.5 * R[i] * phiR[i]) / (R[i] * (1.5 * phiR[i] + 0.5 * R[i] * phiRR[i]));
                R[i] *= Math.Exp(Math.Clamp(change, -0.5, 0.5));
                worst = Math.Max(worst, Math.Abs(change));
            }

            if (worst < 1e-12)
            {
                break;
            }
        }

        for (int iteration = 0; iteration < 40; iteration++)
        {
            double worst = 0;
            potential.Evaluate(reach, zero, new() { Phi = phi, PhiR = phiRR });
            for (int i = 0; i < n; i++)
            {
                double change = (energy[i] - phi[i]) / (reach[i] * phiRR[i]);
                reach[i] *= Math.Exp(Math.Clamp(change, -0.5, 0.5));
                worst = Math.Max(worst, Math.Abs(change));
            }

            if (worst < 1e-12)
            {
                break;
            }
        }

        Fill(potential, R, reach, energy, step);
    }

    /// <summary>Radius of the smallest tabulated circular orbit, kpc.</summary>
    public double SmallestRadius { get; }

    /// <summary>Radius of the largest tabulated circular orbit, kpc.</summary>
    public double LargestRadius { get; }

    /// <summary>
    /// Radius and angular momentum of the circular orbits with the given energies, and the reach of any orbit with these energies.
    /// </summary>
    /// <param name="E">Energies, (km/s)^2.</param>
    /// <param name="radius">Receives the radius of the circular orbit, kpc; NaN where E is not that of a bound orbit.</param>
    /// <param name="angularMomentum">Receives its angular momentum, kpc km/s; may be empty.</param>
    /// <param name="reach">Receives the radius where Phi(R, 0) = E, kpc; may be empty.</param>
    public void Evaluate(ReadOnlySpan<double> E, Span<double> radius, Span<double> angularMomentum = default, Span<double> reach = default)
    {
        scale.Scaled(E, radius);
        for (int i = 0; i < E.Length; i++)
        {
            double u = (radius[i] - first) * inverseStep;
            if (double.IsNaN(u))
            {
                radius[i] = double.NaN;
                SetIfWanted(angularMomentum, i, double.NaN);
                SetIfWanted(reach, i, double.NaN);
                continue;
            }

            double t = Locate(u, out int cell, out double beyond);
            radius[i] = Math.Exp(Cubic(cell, t, beyond));
            if (!angularMomentum.IsEmpty)
            {
                angularMomentum[i] = Math.Exp(Cubic(cell + 4, t, beyond));
            }

            if (!reach.IsEmpty)
            {
                reach[i] = Math.Exp(Cubic(cell + 8, t, beyond));
            }
        }
    }

    /// <summary>Logarithms of radius and angular momentum of the circular orbit, NaN where there is none.</summary>
    internal void Logarithms(ReadOnlySpan<double> E, Span<double> radius, Span<double> angularMomentum)
    {
        scale.Scaled(E, radius);
        for (int i = 0; i < E.Length; i++)
        {
            double u = (radius[i] - first) * inverseStep;
            if (double.IsNaN(u))
            {
                angularMomentum[i] = double.NaN;
                continue;
            }

            double t = Locate(u, out int cell, out double beyond);
            radius[i] = Cubic(cell, t, beyond);
            angularMomentum[i] = Cubic(cell + 4, t, beyond);
        }
    }

    /// <summary>Radius of the circular orbit with energy <paramref name="E"/>, kpc.</summary>
    public double Radius(double E)
    {
        double radius = 0;
        Evaluate(new(in E), new(ref radius));
        return radius;
    }

    private static void SetIfWanted(Span<double> values, int i, double value)
    {
        if (!values.IsEmpty)
        {
            values[i] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Locate(double u, out int cell, out double beyond)
    {
        // Outside the table the tangent goes on: a power law.
        double inside = Math.Clamp(u, 0, Cells);
        beyond = u - inside;
        int i = Math.Min(double.ConvertToIntegerNative<int>(inside), Cells - 1);
        cell = i * Stride;
        return inside - i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Cubic(int cell, double t, double beyond)
    {
        ReadOnlySpan<double> c = cubics.AsSpan(cell, 4);
        double value = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
        return beyond == 0 ? value : value + beyond * (c[1] + t * (2 * c[2] + t * 3 * c[3]));
    }

    private void Fill(Potential potential, ReadOnlySpan<double> R, ReadOnlySpan<double> reach, ReadOnlySpan<double> energy, double step)
    {
        int n = R.Length;
        Span<double> zero = new double[n], phiR = new double[n], phiRR = new double[n], phiReach = new double[n];
        potential.Evaluate(R, zero, new() { PhiR = phiR, PhiRR = phiRR });
        potential.Evaluate(reach, zero, new() { PhiR = phiReach });
        double[,] value = new double[3, n], slope = new double[3, n];
        for (int i = 0; i < n; i++)
        {
            double perCell = step / scale.Slope(energy[i]);
            double speed = Math.Sqrt(R[i] * phiR[i]);
            (value[0, i], slope[0, i]) = (Math.Log(R[i]), perCell / (R[i] * (1.5 * phiR[i] + 0.5 * R[i] * phiRR[i])));
            (value[1, i], slope[1, i]) = (Math.Log(R[i] * speed), perCell / (speed * speed)); // dL/dE = 1/Omega
            (value[2, i], slope[2, i]) = (Math.Log(reach[i]), perCell / (reach[i] * phiReach[i]));
        }

        for (int i = 0; i < Cells; i++)
        {
            for (int q = 0; q < 3; q++)
            {
                double secant = value[q, i + 1] - value[q, i];
                Span<double> c = cubics.AsSpan(i * Stride + 4 * q, 4);
                c[0] = value[q, i];
                c[1] = slope[q, i];
                c[2] = 3 * secant - 2 * slope[q, i] - slope[q, i + 1];
                c[3] = slope[q, i] + slope[q, i + 1] - 2 * secant;
            }
        }
    }
}
