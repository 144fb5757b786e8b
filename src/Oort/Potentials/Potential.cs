using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// An axisymmetric gravitational potential Phi(R, z). Immutable and safe to share between threads.
/// Phi in (km/s)^2 tends to zero at infinity where it has an escape speed; lengths in kpc.
/// </summary>
public abstract class Potential
{
    /// <summary>
    /// Writes what <paramref name="result"/> asks for at the points (R, z). This is the primary call:
    /// vectorised, without allocation, any number of points. A point with a NaN coordinate gives NaN there.
    /// </summary>
    /// <param name="R">Cylindrical radii, kpc, not negative.</param>
    /// <param name="z">Heights, kpc, of either sign; as long as <paramref name="R"/>.</param>
    /// <param name="result">Spans to fill; the empty ones are skipped.</param>
    public abstract void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result);

    /// <summary>Density that generates this potential, Msun/kpc^3: its Laplacian over 4 pi G unless a closed form is known.</summary>
    /// <param name="R">Cylindrical radii, kpc.</param>
    /// <param name="z">Heights, kpc.</param>
    /// <param name="rho">Receives the density.</param>
    public virtual void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        const int Chunk = 128;
        Span<double> phiR = stackalloc double[Chunk], phiRR = stackalloc double[Chunk], phiZZ = stackalloc double[Chunk];
        for (int start = 0; start < R.Length; start += Chunk)
        {
            int n = Math.Min(Chunk, R.Length - start);
            Evaluate(R.Slice(start, n), z.Slice(start, n), new() { PhiR = phiR[..n], PhiRR = phiRR[..n], PhiZZ = phiZZ[..n] });
            for (int i = 0; i < n; i++)
            {
                double overR = R[start + i] > 0 ? phiR[i] / R[start + i] : phiRR[i];
                rho[start + i] = (phiRR[i] + overR + phiZZ[i]) / (4 * Math.PI * Units.G);
            }
        }
    }

    /// <summary>Whether Phi is bounded above, so that an escape speed exists (false for <c>Logarithmic</c>).</summary>
    public virtual bool HasEscapeSpeed => true;

    /// <summary>Phi at one point, (km/s)^2.</summary>
    public double Phi(double R, double z)
    {
        double phi = 0;
        Evaluate(new(in R), new(in z), new() { Phi = new(ref phi) });
        return phi;
    }

    /// <summary>Phi and all its first and second derivatives at one point.</summary>
    public PotentialPoint At(double R, double z)
    {
        Span<double> v = stackalloc double[6];
        Evaluate(new(in R), new(in z), new()
        {
            Phi = v[..1],
            PhiR = v.Slice(1, 1),
            PhiZ = v.Slice(2, 1),
            PhiRR = v.Slice(3, 1),
            PhiRZ = v.Slice(4, 1),
            PhiZZ = v.Slice(5, 1),
        });
        return new(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    /// <summary>Density at one point, Msun/kpc^3.</summary>
    public double Density(double R, double z)
    {
        double rho = 0;
        Density(new ReadOnlySpan<double>(in R), new(in z), new(ref rho));
        return rho;
    }
}
