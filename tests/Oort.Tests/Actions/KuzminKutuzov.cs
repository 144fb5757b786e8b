using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>
/// The Kuzmin-Kutuzov potential, exactly of Staeckel form with Delta^2 = a^2 - c^2: Dejonghe and de Zeeuw 1988 (ApJ 333, 90), eq. 2.3:
/// Phi = -GM/(sqrt(lambda) + sqrt(nu)), written out in R and z.
/// </summary>
internal sealed class KuzminKutuzov(double mass, double a, double c) : Potential
{
    public double Delta => Math.Sqrt(a * a - c * c);

    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
    {
        for (int i = 0; i < R.Length; i++)
        {
            double q = Math.Sqrt(a * a * c * c + c * c * R[i] * R[i] + a * a * z[i] * z[i]);
            double s2 = R[i] * R[i] + z[i] * z[i] + a * a + c * c + 2 * q, s = Math.Sqrt(s2), k = Units.G * mass / (s2 * s);
            // d(s^2)/2 and its derivatives
            double gR = 1 + c * c / q, gz = 1 + a * a / q, q3 = q * q * q;
            double sR = R[i] * gR, sz = z[i] * gz;
            double sRR = gR - R[i] * R[i] * c * c * c * c / q3, szz = gz - z[i] * z[i] * a * a * a * a / q3, sRz = -R[i] * z[i] * a * a * c * c / q3;
            Set(result.Phi, i, -Units.G * mass / s);
            Set(result.PhiR, i, k * sR);
            Set(result.PhiZ, i, k * sz);
            Set(result.PhiRR, i, k * (sRR - 3 * sR * sR / s2));
            Set(result.PhiRZ, i, k * (sRz - 3 * sR * sz / s2));
            Set(result.PhiZZ, i, k * (szz - 3 * sz * sz / s2));
        }
    }

    private static void Set(Span<double> span, int i, double value)
    {
        if (!span.IsEmpty)
        {
            span[i] = value;
        }
    }
}
