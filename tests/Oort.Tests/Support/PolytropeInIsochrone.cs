using MathNet.Numerics;
using Oort.Coordinates;
using Oort.DistributionFunctions;
using Oort.Potentials;

namespace Oort.Tests.Support;

/// <summary>
/// f = A (-H)^p [1 + k sign(Jphi)], a function of the actions through the Hamiltonian of an isochrone (Binney &amp; Tremaine 2008,
/// eq. 3.226a), so that densities and velocities in that potential are known in closed form.
/// </summary>
internal sealed class PolytropeInIsochrone(double GM, double scale, double p, double rotation) : DistributionFunction
{
    private const double Amplitude = 1e-6;

    public Isochrone Potential { get; } = new(GM / Units.G, scale);

    public override double TotalMass => double.NaN;

    public override void Evaluate(ReadOnlySpan<double> Jr, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> f)
    {
        for (int i = 0; i < f.Length; i++)
        {
            double L = Jz[i] + Math.Abs(Jphi[i]), j = Jr[i] + 0.5 * (L + Math.Sqrt(L * L + 4 * GM * scale));
            f[i] = Amplitude * Math.Pow(GM * GM / (2 * j * j), p) * (1 + rotation * Math.Sign(Jphi[i]));
        }
    }

    /// <summary>4 pi A int (Psi - v^2/2)^p v^2 dv.</summary>
    public double Density(double R, double z) => 4 * Math.PI * Math.Sqrt(2) * Amplitude * Math.Pow(Psi(R, z), p + 1.5) * SpecialFunctions.Beta(1.5, p + 1);

    /// <summary>Of each velocity component about zero.</summary>
    public double MeanSquare(double R, double z) => Psi(R, z) / (p + 2.5);

    public double MeanVphi(double R, double z)
        => rotation * 4 * Math.PI * Amplitude * Math.Pow(Psi(R, z), p + 2) / ((p + 1) * (p + 2)) / Density(R, z);

    /// <summary>Of v_R or v_z: f integrated over the other two components.</summary>
    public double Along(double R, double z, double v) => 2 * Math.PI * Amplitude * Math.Pow(Math.Max(0, Psi(R, z) - 0.5 * v * v), p + 1) / (p + 1);

    private double Psi(double R, double z) => -Potential.Phi(R, z);
}
