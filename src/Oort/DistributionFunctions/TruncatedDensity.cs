using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>A density times exp(-(r/radius)^strength), r the spherical radius.</summary>
internal sealed class TruncatedDensity(Density density, double radius, double strength) : Density
{
    /// <inheritdoc/>
    public override double TotalMass => density.TotalMass == 0 ? 0 : EnclosedMass.Within(this, radius * Math.Pow(40, 1 / strength));

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        density.Evaluate(R, z, rho);
        for (int i = 0; i < rho.Length; i++)
        {
            rho[i] *= Math.Exp(-Math.Pow(Math.Sqrt(R[i] * R[i] + z[i] * z[i]) / radius, strength));
        }
    }
}
