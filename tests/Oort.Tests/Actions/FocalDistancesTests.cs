using Oort.Actions;
using Oort.Orbits;
using Oort.Potentials;

namespace Oort.Tests.Actions;

public class FocalDistancesTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly Potential Galaxy = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);
    private static readonly double[] Radii = [0.02, 0.13, 0.5, 1.7, 5.3, 8.27, 21, 75, 300];

    private static (double E, double Lc) Circular(Potential potential, double R)
    {
        PotentialPoint p = potential.At(R, 0);
        return (p.Phi + 0.5 * R * p.PhiR, R * Math.Sqrt(R * p.PhiR));
    }

    [Fact]
    public void A_Staeckel_potential_has_one_focal_distance()
    {
        KuzminKutuzov potential = new(1e11, 4, 1.5);
        FocalDistances focal = new(potential);
        Assert.InRange(focal.Missing, 0, 100); // near the axis of the core, where shell orbits become straight lines
        foreach (double R in Radii)
        {
            (double E, double Lc) = Circular(potential, R);
            foreach (double l in (double[])[0, 0.01, 0.3, 0.6, 0.9, 0.99, 1])
            {
                Assert.Equal(potential.Delta, focal.At(E, l * Lc), 2e-4 * Math.Max(potential.Delta, R));
            }
        }
    }

    [Fact]
    public void A_spherical_potential_has_none()
    {
        Isochrone potential = new(1e11, 2);
        FocalDistances focal = new(potential);
        foreach (double R in Radii)
        {
            (double E, double Lc) = Circular(potential, R);
            Assert.InRange(focal.At(E, 0.4 * Lc) / R, 0, 1e-3);
            Assert.InRange(focal.At(E, Lc) / R, 0, 1e-3);
        }
    }

    [Theory]
    [InlineData(false, 1e-3)]
    [InlineData(true, 1e-2)]
    public void The_table_agrees_with_a_twice_finer_one(bool published, double bar)
    {
        Potential potential = published ? Potentials.MilkyWayModels.Potential("McMillan17") : Galaxy;
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        FocalDistances focal = new(potential);
        output.WriteLine(FormattableString.Invariant($"built in {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms"));
        FocalDistances finer = new(potential, new() { Energies = 191, Momenta = 71 });
        Random random = new(1);
        List<double> errors = [];
        for (int i = 0; i < 4000; i++)
        {
            (double E, double Lc) = Circular(potential, 0.05 * Math.Pow(4000, random.NextDouble()));
            double l = random.NextDouble() * Lc, expected = finer.At(E, l);
            double R = focal.Circular.Radius(E);
            errors.Add(Math.Abs(focal.At(E, l) - expected) / (expected + 0.03 * R));
        }

        errors.Sort();
        output.WriteLine(FormattableString.Invariant($"median {errors[2000]:E1}, 95 % {errors[3800]:E1}, worst {errors[^1]:E1}"));
        Assert.InRange(errors[3800], 0, bar);
    }

    [Fact]
    public void A_table_started_from_that_of_a_similar_potential_is_the_same()
    {
        FocalDistances before = new(new CompositePotential([new MiyamotoNagai(5e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]));
        FocalDistances cold = new(Galaxy), warm = new(Galaxy, previous: before), parallel = new(Galaxy, threads: 3);
        foreach (double R in Radii)
        {
            (double E, double Lc) = Circular(Galaxy, R);
            foreach (double l in (double[])[0, 0.2, 0.7, 0.95])
            {
                Assert.Equal(cold.At(E, l * Lc), warm.At(E, l * Lc), 1e-4 * R);
                Assert.Equal(cold.At(E, l * Lc), parallel.At(E, l * Lc));
                Assert.Equal(cold.At(E, l * Lc), cold.At(E, -l * Lc));
            }
        }
    }

    [Fact]
    public void Potentials_without_an_escape_speed_or_a_finite_centre_work()
    {
        FocalDistances focal = new(new Logarithmic(220, 0.5, 0.8));
        Assert.InRange(focal.Missing, 0, 100);
        (double E, double Lc) = Circular(new Logarithmic(220, 0.5, 0.8), 8);
        Assert.InRange(focal.At(E, 0.8 * Lc), 2, 8);
        Assert.Equal(8, focal.Circular.Radius(E), 1e-6);
    }

    [Fact]
    public void Batches_of_any_length_agree_and_unbound_orbits_are_NaN()
    {
        FocalDistances focal = new(Galaxy);
        Random random = new(2);
        double[] E = new double[301], Lz = new double[301], delta = new double[301];
        for (int i = 0; i < E.Length; i++)
        {
            (E[i], double Lc) = Circular(Galaxy, 0.1 + 20 * random.NextDouble());
            Lz[i] = (2 * random.NextDouble() - 1) * Lc;
        }

        (E[7], E[130], Lz[200]) = (1, double.NaN, double.NaN);
        focal.Evaluate(E, Lz, delta);
        for (int i = 0; i < E.Length; i++)
        {
            Assert.Equal(i is 7 or 130 or 200, double.IsNaN(delta[i]));
            // Vector.Exp may round differently beside a NaN.
            Assert.Equal(double.IsNaN(delta[i]) ? double.NaN : 1, focal.At(E[i], Lz[i]) / delta[i], 1e-14);
        }

        for (int n = 0; n < 70; n++)
        {
            double[] part = new double[n];
            focal.Evaluate(E.AsSpan(20, n), Lz.AsSpan(20, n), part);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(1, part[i] / delta[20 + i], 1e-14);
            }
        }
    }

    [Fact]
    public void Circular_orbits_and_reach_are_found_by_energy()
    {
        CircularOrbits circular = new FocalDistances(Galaxy).Circular;
        foreach (double R in Radii)
        {
            (double E, double Lc) = Circular(Galaxy, R);
            Span<double> found = new double[3];
            circular.Evaluate([E], found[..1], found.Slice(1, 1), found.Slice(2, 1));
            Assert.Equal(1, found[0] / R, 1e-7);
            Assert.Equal(1, found[1] / Lc, 1e-7);
            Assert.Equal(E, Galaxy.Phi(found[2], 0), 1e-7 * Math.Abs(E));
        }
    }
}
