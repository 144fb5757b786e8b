using System.Diagnostics;
using Oort.Actions;
using Oort.Potentials;
using Oort.Tests.Potentials;
using Xunit.Abstractions;

namespace Oort.Tests.Actions;

public class InterpolatedActionFinderTests(ITestOutputHelper output)
{
    private static readonly Potential Galaxy = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);

    [Theory]
    [InlineData("smooth")]
    [InlineData("MWPotential2014")]
    [InlineData("McMillan17")]
    public void Actions_are_those_of_the_fudge(string name)
    {
        Potential potential = name == "smooth" ? Galaxy : MilkyWayModels.Potential(name);
        FocalDistances focal = new(potential);
        InterpolatedActionFinder finder = new(potential, focal);
        StaeckelFudgeFinder fudge = new(potential, focal);
        StarTable stars = StarTable.Random(potential, 5000, 21), exact = stars.Copy().Actions(fudge);
        stars.Actions(finder);
        foreach ((string action, double[] a, double[] b) in new[] { ("Jr", stars.Jr, exact.Jr), ("Jz", stars.Jz, exact.Jz) })
        {
            double[] error = [.. a.Select((x, i) => Math.Abs(x - b[i]) / (b[i] + 1)).Order()];
            output.WriteLine(FormattableString.Invariant($"{action}: median {error[2500]:E1}, 99 % {error[4950]:E1}, worst {error[^1]:E1}"));
            Assert.InRange(error[4950], 0, 2e-4);
        }

        output.WriteLine(FormattableString.Invariant($"{Fastest(stars, finder):F0} ns a star, the fudge {Fastest(exact, fudge):F0}"));
    }

    [Fact]
    public void Angles_are_those_of_the_fudge_and_bad_stars_are_isolated()
    {
        FocalDistances focal = new(Galaxy);
        StarTable stars = StarTable.Random(Galaxy, 70, 3);
        stars.vphi[5] = 4000;
        stars.R[6] = double.NaN;
        StarTable exact = stars.Copy().Angles(new StaeckelFudgeFinder(Galaxy, focal));
        stars.Angles(new InterpolatedActionFinder(Galaxy, focal));
        Assert.Equal(exact.ThetaZ, stars.ThetaZ);
        Assert.Equal(exact.OmegaR, stars.OmegaR);
        for (int i = 0; i < stars.Count; i++)
        {
            Assert.Equal(i is 5 or 6, double.IsNaN(stars.Jr[i]));
            Assert.Equal(i is 5 or 6, double.IsNaN(stars.Jz[i]));
        }
    }

    [Fact]
    public void The_tabulated_potential_is_the_potential()
    {
        Random random = new(1);
        TabulatedPotential table = new(Galaxy, 0.02, 1000, 256, 2);
        for (int i = 0; i < 2000; i++)
        {
            double r = 0.02 * Math.Pow(40000, random.NextDouble()), c = 2 * random.NextDouble() - 1, R = r * Math.Sqrt(1 - c * c), z = r * c;
            Span<double> v = new double[3];
            table.Evaluate([R], [z], new() { Phi = v[..1], PhiR = v.Slice(1, 1), PhiZ = v.Slice(2, 1) });
            PotentialPoint p = Galaxy.At(R, z);
            double force = Math.Sqrt(p.PhiR * p.PhiR + p.PhiZ * p.PhiZ);
            Assert.Equal(1, v[0] / p.Phi, 1e-6);
            Assert.InRange(Math.Sqrt(Math.Pow(v[1] - p.PhiR, 2) + Math.Pow(v[2] - p.PhiZ, 2)) / force, 0, 1e-4);
            Assert.Equal(v[0], table.Phi(R, z), 1e-9 * Math.Abs(v[0]));
        }

        Assert.Equal(Galaxy.Phi(3000, 10), table.Phi(3000, 10));
        Assert.Throws<NotSupportedException>(() => table.At(1, 1));
    }

    private static double Fastest(StarTable stars, ActionFinder finder)
    {
        double fastest = double.PositiveInfinity;
        for (int i = 0; i < 8; i++)
        {
            long start = Stopwatch.GetTimestamp();
            stars.Actions(finder);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / stars.Count);
        }

        return fastest;
    }
}
