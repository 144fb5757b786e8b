using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class SpheroidTests
{
    /// <summary>gamma, beta, alpha, axis ratio, cutoff; largest error of the force over its length.</summary>
    public static TheoryData<double, double, double, double, double, double> Shapes => new()
    {
        { 0, 1.8, 1, 0.5, 20, 1e-5 },
        { 1, 3, 1, 0.8, double.PositiveInfinity, 1e-5 },
        { 1.8, 1.8, 1, 1, 2, 1e-5 },
        { 0, 5, 2, 0.5, double.PositiveInfinity, 1e-5 },
        { 1.5, 4, 1, 2, double.PositiveInfinity, 2e-5 },
        { 0.5, 3.5, 1, 0.2, double.PositiveInfinity, 2e-3 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Force_is_the_exact_one_of_a_spheroid(double gamma, double beta, double alpha, double q, double cut, double tolerance)
    {
        SpheroidDensity density = new(1e8, gamma, beta, alpha, 1, q, cut);
        Spheroid spheroid = new(density);
        double worst = 0;
        for (int i = 0; i < 60; i++)
        {
            double r = Math.Exp(-5 + 10 * i / 60.0), u = i * 0.618 % 1, R = r * Math.Sqrt(1 - u * u), z = r * u;
            (double exactR, double exactZ) = Exact(density, R, z);
            PotentialPoint p = spheroid.At(R, z);
            double error = Math.Sqrt(Math.Pow(p.PhiR - exactR, 2) + Math.Pow(p.PhiZ - exactZ, 2)) / Math.Sqrt(exactR * exactR + exactZ * exactZ);
            worst = Math.Max(worst, error);
        }

        Assert.True(worst < tolerance, $"{worst:E1}, lmax {spheroid.Expansion?.LMax}");
    }

    [Fact]
    public void Spheres_with_a_closed_form_use_it()
    {
        Assert.Null(new Spheroid(new(1e7, 1, 3, 1, 16)).Expansion);
        Assert.NotNull(new Spheroid(new(1e7, 1, 3, 1, 16, 0.9)).Expansion);
        foreach (SpheroidDensity d in new SpheroidDensity[] { new(1e7, 1, 3, 1, 16), new(1e7, 0.4, 4, 1, 3), new(1e7, 0, 5, 2, 3) })
        {
            Spheroid closed = new(d), expanded = new(new(1e7, d.Gamma, d.Beta, d.Alpha, d.ScaleRadius, 1 - 1e-12));
            for (double r = 0.01; r < 1e3; r *= 2)
            {
                Assert.Equal(1, expanded.Phi(r, r) / closed.Phi(r, r), 1e-7);
                Assert.Equal(d.At(r, r), closed.Density(r, r));
            }
        }
    }

    [Fact]
    public void Massless_is_zero_and_too_shallow_is_refused()
    {
        Assert.Equal(0, new Spheroid(new(0, 1, 3, 1, 5, 0.5)).Phi(1, 1));
        Assert.Throws<ParameterException>(() => new Spheroid(new(1e7, 1, 2)));
        Assert.Equal(0, new MassModel([new SpheroidDensity(0, 1, 3)]).Phi(1, 1));
        Assert.Throws<ParameterException>(() => new MassModel([new SpheroidDensity(1e7, 1, 2)]));
    }

    /// <summary>
    /// Gradient of Phi of a spheroid stratified on R^2 + z^2/q^2 (Binney and Tremaine 2008, eq. 2.140, differentiated):
    /// dPhi/dx_i = 2 pi G q x_i times the integral over tau of rho(m(tau)) / [(1 + tau) sqrt(q^2 + tau)] / (a_i^2 + tau).
    /// </summary>
    private static (double R, double Z) Exact(SpheroidDensity density, double R, double z)
    {
        double q = density.AxisRatioZ, sumR = 0, sumZ = 0;
        GaussLegendre rule = GaussLegendre.Rule(10);
        for (double t = -16; t < 60; t += 0.5)
        {
            sumR += rule.Integrate(x => Integrand(x) / (1 + Math.Exp(x)), t, t + 0.5);
            sumZ += rule.Integrate(x => Integrand(x) / (q * q + Math.Exp(x)), t, t + 0.5);
        }

        double k = 2 * Math.PI * Units.G * q;
        double centre = density.At(R, z) * Math.Exp(-16) / q; // tau below e^-16
        return (k * R * (sumR + centre), k * z * (sumZ + centre / (q * q)));

        double Integrand(double x)
        {
            double tau = Math.Exp(x), m = Math.Sqrt(R * R / (1 + tau) + z * z / (q * q + tau));
            return density.At(m, 0) * tau / ((1 + tau) * Math.Sqrt(q * q + tau));
        }
    }
}
