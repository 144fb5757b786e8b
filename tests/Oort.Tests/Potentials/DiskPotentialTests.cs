using MathNet.Numerics;
using Oort.Coordinates;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Tests.Potentials;

public sealed class DiskPotentialTests
{
    private static readonly Dictionary<string, Disk> Disks = new()
    {
        ["thin"] = new(new(8e8, 2.5, 0)),
        ["exponential"] = new(new(8e8, 2.5, 0.3)),
        ["sech2"] = new(new(8e8, 2.5, -0.2)),
        ["hole"] = new(new(5e7, 7, -0.085, 4)),
        ["thin with a hole"] = new(new(2e9, 1.5, 0, 12)),
    };

    public static TheoryData<string> All => [.. Disks.Keys];

    [Fact]
    public void Razor_thin_disc_has_the_circular_speed_of_Freeman()
    {
        // Freeman 1970, eq. 12; Binney and Tremaine 2008, eq. 2.165.
        Disk disk = Disks["thin"];
        double worst = 0;
        for (double R = 0.05; R < 40; R *= 1.1)
        {
            double y = R / 5;
            double v2 = 4 * Math.PI * Units.G * 8e8 * 2.5 * y * y
                * (SpecialFunctions.BesselI0(y) * SpecialFunctions.BesselK0(y) - SpecialFunctions.BesselI1(y) * SpecialFunctions.BesselK1(y));
            worst = Math.Max(worst, Math.Abs(R * disk.At(R, 0).PhiR / v2 - 1));
        }

        Assert.True(worst < 2e-4, $"{worst:E1}");
    }

    [Theory, MemberData(nameof(All))]
    public void On_the_axis_Phi_is_the_sum_over_rings(string name)
    {
        Disk disk = Disks[name];
        double worst = 0;
        foreach (double z in new[] { 0, 0.3, 3, 30 })
        {
            double expected = OnAxis(disk.DiskDensity, z);
            worst = Math.Max(worst, Math.Abs(disk.Phi(0, z) / expected - 1));
        }

        Assert.True(worst < (disk.DiskDensity.ScaleHeight == 0 ? 5e-5 : 1e-5), $"{name}: {worst:E1}");
    }

    [Theory, MemberData(nameof(All))]
    public void Force_converges_with_the_degree_and_carries_the_mass_far_out(string name)
    {
        Disk disk = Disks[name], fine = new(disk.DiskDensity, 90);
        double sum = 0, worst = 0;
        int count = 0;
        for (int i = 0; i < 300; i++)
        {
            double R = Math.Exp(-3 + 6 * i / 300.0), z = R * (i * 0.618 % 1) * (i % 2 == 0 ? 0.05 : 1);
            PotentialPoint p = disk.At(R, z), q = fine.At(R, z);
            double error = Math.Sqrt(Math.Pow(p.PhiR - q.PhiR, 2) + Math.Pow(p.PhiZ - q.PhiZ, 2)) / Math.Sqrt(q.PhiR * q.PhiR + q.PhiZ * q.PhiZ);
            (sum, worst, count) = (sum + error, Math.Max(worst, error), count + 1);
        }

        Assert.True(worst < 2e-3 && sum / count < 2e-4, $"{name}: mean {sum / count:E1}, worst {worst:E1}");
        Assert.Equal(1, -disk.Phi(3e5, 1e5) * Math.Sqrt(1e11) / (Units.G * disk.DiskDensity.TotalMass), 1e-7);
    }

    [Fact]
    public void Density_of_the_potential_is_the_disc()
    {
        Disk disk = Disks["exponential"];
        Assert.Equal(disk.DiskDensity.At(4, 0.2), disk.Density(4, 0.2));
        Assert.Equal(0, new Disk(new(0, 2.5, 0.3)).Phi(3, 1));
        Assert.Throws<ParameterException>(() => new Disk(disk.DiskDensity, 1000));
    }

    /// <summary>-2 pi G times the integral of Sigma(R) h(z') R/sqrt(R^2 + (z - z')^2), in R by t = ln R, in z' piece by piece.</summary>
    private static double OnAxis(DiskDensity disk, double z)
    {
        double height = Math.Abs(disk.ScaleHeight), sum = 0;
        GaussLegendre rule = GaussLegendre.Rule(12);
        for (double t = -16; t < 5.5; t += 0.5)
        {
            sum += rule.Integrate(x => Ring(Math.Exp(x)), t, t + 0.5);
        }

        return -2 * Math.PI * Units.G * sum;

        double Ring(double R)
        {
            double mass = disk.SurfaceDensity(R) * R * R;
            if (mass < 1)
            {
                return 0;
            }

            if (height == 0)
            {
                return mass / Math.Sqrt(R * R + z * z);
            }

            // The integrand bends at z' = 0 and within R of z' = z: cells that shrink towards both.
            double vertical = 0;
            double[] edges = [.. new[] { 0, z }.SelectMany(c => Enumerable.Range(-8, 14).SelectMany(
                k => new[] { c + height * Math.Pow(2, k), c - height * Math.Pow(2, k), c }))
                .Where(e => Math.Abs(e) < 45 * height).Append(45 * height).Append(-45 * height).Distinct().Order()];
            for (int i = 1; i < edges.Length; i++)
            {
                vertical += GaussLegendre.Rule(8).Integrate(s => Profile(s) / Math.Sqrt(R * R + (z - s) * (z - s)), edges[i - 1], edges[i]);
            }

            return mass * vertical;
        }

        double Profile(double s)
        {
            double x = Math.Abs(s) / height;
            return disk.ScaleHeight > 0 ? Math.Exp(-x) / (2 * height) : Math.Pow(Math.Cosh(x / 2), -2) / (4 * height);
        }
    }
}
