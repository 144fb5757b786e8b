using MathNet.Numerics;
using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>
/// A disc Sigma(R) sech^2(z/2h)/4h and its potential by Hankel transforms
/// (Binney and Tremaine 2008, section 2.6.2): Phi = -2 pi G int S(k) Z(k, z) J0(kR) dk, S the transform of Sigma,
/// Z that of the vertical profile, by quadrature.
/// </summary>
internal sealed class ThinDiskReference : Density
{
    private const int Modes = 1600;

    private readonly Func<double, double> surface;
    private readonly double scaleHeight;
    private readonly double[] k = new double[Modes], wk = new double[Modes], transform;

    /// <param name="surface">Sigma(R).</param>
    /// <param name="transform">S(k), the integral of Sigma(R) J0(kR) R dR.</param>
    /// <param name="scaleHeight">h.</param>
    /// <param name="highestMode">Largest k of the quadrature.</param>
    public ThinDiskReference(Func<double, double> surface, Func<double, double> transform, double scaleHeight, double highestMode)
    {
        (this.surface, this.scaleHeight) = (surface, scaleHeight);
        // Panels: k = highest (p/n)^2, finer where the transform is largest.
        int panels = Modes / 16;
        for (int p = 0; p < panels; p++)
        {
            double a = highestMode * Math.Pow((double)p / panels, 2), b = highestMode * Math.Pow((p + 1.0) / panels, 2);
            GaussLegendre.Rule(16).Map(a, b, k.AsSpan(16 * p, 16), wk.AsSpan(16 * p, 16));
        }

        this.transform = [.. k.Select(transform)];
        TotalMass = 2 * Math.PI * transform(0);
    }

    public override double TotalMass { get; }

    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
    {
        for (int i = 0; i < R.Length; i++)
        {
            double sech = 1 / Math.Cosh(Math.Min(z[i] / (2 * scaleHeight), 300));
            rho[i] = surface(R[i]) * sech * sech / (4 * scaleHeight);
        }
    }

    /// <summary>Phi, Phi_R, Phi_z.</summary>
    public (double Phi, double PhiR, double PhiZ) Exact(double R, double z)
    {
        double[] height = new double[192], weight = new double[192];
        // Breaks at the plane and at the point; the profile ends (1e-17) at 40 h.
        double end = 40 * scaleHeight, at = Math.Min(z, end);
        double[] breaks = [-end, -end / 4, -end / 20, 0, at / 2, at, at + (end - at) / 20, at + (end - at) / 4, end];
        List<(double, double)> panels = [.. breaks.Zip(breaks[1..]).Where(p => p.Second > p.First)];
        int used = 0;
        foreach ((double a, double b) in panels)
        {
            GaussLegendre.Rule(24).Map(a, b, height.AsSpan(used, 24), weight.AsSpan(used, 24));
            used += 24;
        }

        double[] profile = [.. Enumerable.Range(0, used).Select(i => weight[i] / Math.Pow(Math.Cosh(height[i] / (2 * scaleHeight)), 2) / (4 * scaleHeight))];
        double phi = 0, phiR = 0, phiZ = 0;
        for (int m = 0; m < Modes; m++)
        {
            double vertical = 0, slope = 0;
            for (int i = 0; i < used; i++)
            {
                double e = profile[i] * Math.Exp(-k[m] * Math.Abs(z - height[i]));
                vertical += e;
                slope -= k[m] * Math.Sign(z - height[i]) * e;
            }

            double factor = -2 * Math.PI * Units.G * wk[m] * transform[m], j0 = SpecialFunctions.BesselJ(0, k[m] * R);
            phi += factor * vertical * j0;
            phiR -= factor * vertical * k[m] * SpecialFunctions.BesselJ(1, k[m] * R);
            phiZ += factor * slope * j0;
        }

        return (phi, phiR, phiZ);
    }
}
