using Oort.Coordinates;
using Oort.Models;
using Oort.Potentials;
using Oort.Tests.Potentials;

namespace Oort.Tests.Models;

public sealed class HaloStructureTests
{
    /// <summary>An NFW halo by its formulas: slope -2 at a; M = M0 (ln(1+x) - x/(1+x)); v_c is largest at 2.16258 a (Binney &amp; Tremaine 2008, sections 2.2.2).</summary>
    [Theory]
    [InlineData(8e11, 20, 70)]
    [InlineData(3e9, 2, 67.66)]
    public void Of_NFW(double mass, double a, double hubble)
    {
        NFW halo = new(mass, a);
        HaloStructure s = HaloStructure.Of(Density(halo.Density), halo, hubble);
        Assert.Equal(a, s.ScaleRadius, 1e-5 * a);
        Assert.Equal(a, s.MajorAxisScaleRadius, 1e-5 * a);
        double Shape(double x) => Math.Log(1 + x) - x / (1 + x);
        double critical = 3 * hubble * hubble / (8 * Math.PI * Units.G * 1e6);
        double inside = mass * Shape(s.VirialRadius / a);
        Assert.Equal(inside, s.VirialMass, 1e-9 * inside);
        Assert.Equal(200, inside / (4 * Math.PI / 3 * Math.Pow(s.VirialRadius, 3)) / critical, 1e-6);
        Assert.Equal(2.162582, s.PeakRadius / a, 1e-4);
        Assert.Equal(Math.Sqrt(Units.G * mass / a * Shape(2.162582) / 2.162582), s.PeakCircularSpeed, 1e-6 * s.PeakCircularSpeed);
    }

    /// <summary>Dehnen (1993): slope -(gamma + 4x)/(1+x) is -2 at x = (2 - gamma)/2; v_c^2 = G M r^(2-gamma)/(r+a)^(3-gamma) is largest at x = 2 - gamma.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)] // Hernquist (1990)
    [InlineData(1.5)]
    public void Of_Dehnen(double gamma)
    {
        const double mass = 1e12, a = 30;
        Dehnen halo = new(mass, a, gamma);
        HaloStructure s = HaloStructure.Of(Density(halo.Density), halo);
        Assert.Equal((2 - gamma) / 2 * a, s.ScaleRadius, 1e-5 * a);
        Assert.Equal((2 - gamma) * a, s.PeakRadius, 1e-4 * a);
        Assert.Equal(Math.Sqrt(Units.G * mass / a * Math.Pow(2 - gamma, 2 - gamma) / Math.Pow(3 - gamma, 3 - gamma)), s.PeakCircularSpeed, 1e-6 * s.PeakCircularSpeed);
        Assert.Equal(mass * Math.Pow(s.VirialRadius / (s.VirialRadius + a), 3 - gamma), s.VirialMass, 1e-6 * s.VirialMass);
    }

    /// <summary>Flattened by a term in P2, whose mean over a sphere is 0 while it moves the radius along the major axis.</summary>
    [Fact]
    public void The_mean_over_spheres_and_the_major_axis_are_told_apart()
    {
        const double a = 20;
        FormulaDensity flattened = new(
            (R, z) =>
            {
                double r = Math.Sqrt(R * R + z * z), cos = z / r, x = r / a;
                return 1e7 / (x * (1 + x) * (1 + x)) * (1 - 0.4 * x / (1 + x) * (1.5 * cos * cos - 0.5));
            }, double.PositiveInfinity);
        HaloStructure s = HaloStructure.Of(flattened, new NFW(8e11, a));
        Assert.Equal(a, s.ScaleRadius, 1e-5 * a);

        // In the plane the last factor is 1 + 0.2 x/(1+x) = (1 + 1.2 x)/(1+x): the slope is -(1+3x)/(1+x) + 1.2x/(1+1.2x) - x/(1+x).
        double y = s.MajorAxisScaleRadius / a;
        Assert.Equal(-2, -(1 + 3 * y) / (1 + y) + 1.2 * y / (1 + 1.2 * y) - y / (1 + y), 1e-6);
        Assert.InRange(y, 1.05, 1.4);
    }

    [Fact]
    public void What_a_halo_does_not_have_is_NaN()
    {
        // rho falls as r^-1 everywhere: no scale radius. A point-like mass: no peak.
        FormulaDensity shallow = new((R, z) => 1e6 / Math.Sqrt(R * R + z * z), double.PositiveInfinity);
        HaloStructure s = HaloStructure.Of(shallow, new Plummer(1e10, 1e-5));
        Assert.True(double.IsNaN(s.ScaleRadius) && double.IsNaN(s.MajorAxisScaleRadius));
        Assert.True(double.IsNaN(s.PeakCircularSpeed) && double.IsNaN(s.PeakRadius));
        Assert.Throws<ParameterException>(() => HaloStructure.CriticalDensity(0));
    }

    private static FormulaDensity Density(Func<double, double, double> rho) => new(rho, double.PositiveInfinity);
}
