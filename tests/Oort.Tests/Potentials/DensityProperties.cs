using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>What holds for every density.</summary>
public sealed class DensityProperties
{
    private static readonly Dictionary<string, Func<Density>> Cases = new()
    {
        ["NFW with cutoff"] = () => new SpheroidDensity(8.5e6, 1, 3, 1, 19.6, 1, 300),
        ["flattened bulge"] = () => new SpheroidDensity(9.8e10, 0, 1.8, 1, 0.075, 0.5, 2.1),
        ["power law with cutoff"] = () => new SpheroidDensity(2.2e8, 1.8, 1.8, 1, 1, 1, 1.9),
        ["steep"] = () => new SpheroidDensity(1e8, -0.5, 4.5, 2.5, 3, 1.4),
        ["Einasto"] = () => new SpheroidDensity(1e8, 0, 0, 1, 1, 0.8, 0.3, 0.6),
        ["exponential disk"] = () => new DiskDensity(8.9e8, 2.5, 0.3),
        ["sech2 disk with a hole"] = () => new DiskDensity(5.3e7, 7, -0.085, 4),
        ["Sersic disk"] = () => new DiskDensity(5.3e7, 1.5, 0.2, 0.3, 2.2),
        ["thin residual"] = () => new DiskResidualDensity(new(8.9e8, 2.5, 0)),
        ["exponential residual"] = () => new DiskResidualDensity(new(8.9e8, 2.5, 0.3)),
        ["sech2 residual with a hole"] = () => new DiskResidualDensity(new(5.3e7, 7, -0.085, 4)),
        ["Sersic residual"] = () => new DiskResidualDensity(new(5.3e7, 1.5, 0.2, 0.3, 1.5)),
        ["sum"] = () => new CompositeDensity(new DiskDensity(8.9e8, 2.5, 0.3), new SpheroidDensity(9.8e10, 0, 1.8, 1, 0.075, 0.5, 2.1)),
    };

    public static TheoryData<string> All => [.. Cases.Keys];

    [Theory, MemberData(nameof(All))]
    public void Batch_of_any_length_equals_single_points(string name)
    {
        Density density = Cases[name]();
        var random = new Random(3);
        double[] R = [.. Enumerable.Range(0, 130).Select(_ => 20 * random.NextDouble())];
        double[] z = [.. R.Select(_ => 4 * random.NextDouble() - 2)];
        foreach (int n in new[] { 0, 1, 2, 3, 5, 8, 9, 127, 128, 129, 130 })
        {
            double[] rho = new double[n];
            density.Evaluate(R.AsSpan(0, n), z.AsSpan(0, n), rho);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(density.At(R[i], z[i]), rho[i]);
                Assert.Equal(density.At(R[i], -z[i]), rho[i]);
                Assert.True(double.IsFinite(rho[i]));
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public void NaN_stays_at_its_point_and_the_centre_is_a_number(string name)
    {
        double[] rho = new double[4];
        Cases[name]().Evaluate([1, double.NaN, 2, 0], [0.5, 0.5, double.NaN, 0], rho);
        Assert.Equal([false, true, true, false], rho.Select(double.IsNaN));
    }

    [Theory, MemberData(nameof(All))]
    public void Integral_over_space_is_the_total_mass(string name)
    {
        Density density = Cases[name]();
        // Trapezoidal rule in ln R and ln z: both integrands fall as powers or faster at both ends.
        const double step = 0.08;
        double[] t = [.. Enumerable.Range(0, 480).Select(i => Math.Exp(-24 + step * i))];
        double[] rho = new double[t.Length], R = new double[t.Length];
        double mass = 0;
        foreach (double x in t)
        {
            Array.Fill(R, x);
            density.Evaluate(R, t, rho);
            mass += 4 * Math.PI * x * x * step * rho.Zip(t, (d, z) => d * z * step).Sum();
        }

        Assert.Equal(1, mass / density.TotalMass, 1e-6);
    }
}
