using System.Numerics;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Orbits;

/// <summary>
/// A monotonic map of the energy that is nearly linear in the logarithm of an orbit's size, both close to the centre and far out:
/// ln(1/Phi0 - 1/E) where the potential is finite at the centre, -ln(-E) where it is not, and their like for potentials
/// without an escape speed.
/// </summary>
internal sealed class EnergyScale
{
    private readonly double centre; // Phi(0), or minus infinity
    private readonly double unit; // V_c^2 far out, where there is no escape speed
    private readonly bool escape;

    internal EnergyScale(Potential potential, double largestRadius)
    {
        centre = potential.Phi(0, 0);
        centre = double.IsFinite(centre) ? centre : double.NegativeInfinity;
        escape = potential.HasEscapeSpeed;
        unit = escape ? 1 : largestRadius * potential.At(largestRadius, 0).PhiR;
    }

    internal double Scaled(double energy)
    {
        if (escape)
        {
            return Math.Log(double.IsFinite(centre) ? (energy - centre) / (energy * centre) : -1 / energy);
        }

        double q = (energy - centre) / unit;
        return double.IsFinite(centre) ? q > 30 ? q : Math.Log(Math.Exp(q) - 1) : energy / unit;
    }

    /// <summary>Inverse of <see cref="Scaled(double)"/>.</summary>
    internal double Energy(double scaled)
    {
        if (escape)
        {
            double e = Math.Exp(scaled);
            return double.IsFinite(centre) ? centre / (1 - centre * e) : -1 / e;
        }

        return double.IsFinite(centre) ? centre + unit * (scaled > 30 ? scaled : Math.Log(1 + Math.Exp(scaled))) : unit * scaled;
    }

    /// <summary>Derivative of <see cref="Scaled(double)"/>.</summary>
    internal double Slope(double energy)
    {
        if (escape)
        {
            return double.IsFinite(centre) ? 1 / (energy - centre) - 1 / energy : -1 / energy;
        }

        return double.IsFinite(centre) ? 1 / (unit * (1 - Math.Exp(-(energy - centre) / unit))) : 1 / unit;
    }

    /// <summary>Scaled energies; NaN where there is no bound orbit of this energy.</summary>
    internal void Scaled(ReadOnlySpan<double> energy, Span<double> scaled)
    {
        if (!escape)
        {
            for (int i = 0; i < energy.Length; i++)
            {
                scaled[i] = energy[i] >= centre ? Scaled(energy[i]) : double.NaN;
            }

            return;
        }

        // The rest of a batch goes through the same vector code, so that a result does not depend on its place.
        int whole = energy.Length / Vector<double>.Count * Vector<double>.Count;
        ScaledVectors(energy[..whole], scaled);
        if (whole < energy.Length)
        {
            Span<double> padded = stackalloc double[Vector<double>.Count];
            padded.Fill(1);
            energy[whole..].CopyTo(padded);
            ScaledVectors(padded, padded);
            padded[..(energy.Length - whole)].CopyTo(scaled[whole..]);
        }
    }

    private void ScaledVectors(ReadOnlySpan<double> energy, Span<double> scaled)
    {
        Vector<double> c = new(centre), nan = new(double.NaN), minusOne = new(-1.0);
        bool finite = double.IsFinite(centre);
        for (int i = 0; i < energy.Length; i += Vector<double>.Count)
        {
            Vector<double> e = new(energy[i..]);
            Vector<double> argument = finite ? (e - c) / (e * c) : minusOne / e;
            Vector<long> bound = Vector.LessThan(e, Vector<double>.Zero) & Vector.GreaterThanOrEqual(e, c);
            Vector.ConditionalSelect(bound, VectorMath.Log(argument), nan).CopyTo(scaled[i..]);
        }
    }
}
