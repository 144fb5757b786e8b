using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>A density given by a formula.</summary>
internal sealed class FormulaDensity(Func<double, double, double> rho, double mass) : Density
{
    public override double TotalMass => mass;

    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> result)
    {
        for (int i = 0; i < R.Length; i++)
        {
            result[i] = rho(R[i], z[i]);
        }
    }
}
