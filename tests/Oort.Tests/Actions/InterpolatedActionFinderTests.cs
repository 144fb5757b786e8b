using Oort.Actions;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Potentials;
using Oort.Tests.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Actions;

public class InterpolatedActionFinderTests(ITestOutputHelper output)
{
    private static readonly Potential Smooth = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16), new Plummer(5e9, 0.3)]);
    private static readonly Lazy<Tested> SmoothFinder = new(() => new(Smooth));

    [Fact]
    public void Actions_of_a_smooth_galaxy_are_those_of_the_fudge() => Compare(SmoothFinder.Value);

    [Fact]
    public void Actions_in_MWPotential2014_are_those_of_the_fudge() => Compare(new(MilkyWayModels.Potential("MWPotential2014")));

    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void Actions_in_an_expansion_are_those_of_the_fudge() => Compare(new(PotentialFile.Read(SharedFile.Path("reference/potentials/bv23_fixed.ini"))));

    [Fact]
    public void Tables_are_the_same_whatever_the_number_of_threads_and_stars_whatever_their_batch()
    {
        StarTable stars = GalacticStars.Of("thick disc", Smooth, 300, 8), whole = stars.Copy(), parts = stars.Copy();
        ActionTableSettings small = new() { Energies = 24, Momenta = 12, Levels = 8, Tolerance = double.MaxValue };
        whole.Actions(new InterpolatedActionFinder(Smooth, SmoothFinder.Value.Focal, small, 1));
        InterpolatedActionFinder finder = new(Smooth, SmoothFinder.Value.Focal, small, 3);
        for (int start = 0, n = 1; start < 300; start += n, n = Math.Min(n + 2, 300 - start))
        {
            finder.Actions(
                new() { R = stars.R.AsSpan(start, n), z = stars.z.AsSpan(start, n), vR = stars.vR.AsSpan(start, n), vz = stars.vz.AsSpan(start, n), vphi = stars.vphi.AsSpan(start, n) },
                new() { Jr = parts.Jr.AsSpan(start, n), Jz = parts.Jz.AsSpan(start, n), Jphi = parts.Jphi.AsSpan(start, n) });
        }

        Assert.Equal(whole.Jr, parts.Jr);
        Assert.Equal(whole.Jz, parts.Jz);
        Assert.Equal(whole.Jphi, parts.Jphi);
    }

    [Fact]
    public void Reflected_stars_have_the_same_actions()
    {
        StarTable stars = GalacticStars.Of("thick disc", Smooth, 500, 9), above = stars.Copy(), back = stars.Copy();
        for (int i = 0; i < stars.Count; i++)
        {
            (above.z[i], above.vz[i]) = (-stars.z[i], -stars.vz[i]);
            (back.vR[i], back.vz[i], back.vphi[i]) = (-stars.vR[i], -stars.vz[i], -stars.vphi[i]);
        }

        stars.Actions(SmoothFinder.Value.Finder);
        above.Actions(SmoothFinder.Value.Finder);
        back.Actions(SmoothFinder.Value.Finder);
        Assert.Equal(stars.Jr, above.Jr);
        Assert.Equal(stars.Jz, above.Jz);
        Assert.Equal(stars.Jr, back.Jr);
        Assert.Equal(stars.Jz, back.Jz);
        Assert.Equal(stars.Jphi.Select(j => -j), back.Jphi);
    }

    [Theory]
    [InlineData(8, 0.1, 30, 10, 225)]
    [InlineData(4, 1, 80, 60, 120)]
    public void Actions_are_continuous_across_the_cells_of_the_table(double R, double z, double vR, double vz, double vphi)
    {
        // A line through several cells of energy, angular momentum and the third variable: a jump would stand out from its neighbours.
        const int N = 4000;
        StarTable line = new(N);
        for (int i = 0; i < N; i++)
        {
            double t = i / (double)N;
            line.Set(i, new(R, z, 0, vR * (1 - 0.9 * t), vz * (0.2 + t), vphi * (1 - 0.3 * t)));
        }

        Assert.Equal(0, SmoothFinder.Value.Finder.Interpolate(line.Batch, new() { Jr = line.Jr, Jz = line.Jz, Jphi = line.Jphi }));
        foreach (double[] J in new[] { line.Jr, line.Jz })
        {
            double range = J.Max() - J.Min();
            for (int i = 2; i < N; i++)
            {
                // Single precision of the tables shows as 1e-5 of the action; a second difference is of order range/N^2, the error of the table 1e-3.
                Assert.InRange(Math.Abs(J[i] - 2 * J[i - 1] + J[i - 2]), 0, 200 * range / N / N + 1e-4 * J.Max());
            }
        }
    }

    [Fact]
    public void Angles_are_those_of_the_fudge_and_bad_stars_are_isolated()
    {
        StarTable stars = StarTable.Random(Smooth, 70, 3);
        stars.vphi[5] = 4000;
        stars.R[6] = double.NaN;
        stars.vz[7] = double.PositiveInfinity;
        StarTable exact = stars.Copy().Angles(new StaeckelFudgeFinder(Smooth, SmoothFinder.Value.Focal));
        stars.Angles(SmoothFinder.Value.Finder);
        Assert.Equal(exact.ThetaZ, stars.ThetaZ);
        Assert.Equal(exact.OmegaR, stars.OmegaR);
        for (int i = 0; i < stars.Count; i++)
        {
            Assert.Equal(i is 5 or 6 or 7, double.IsNaN(stars.Jr[i]));
            Assert.Equal(i is 5 or 6 or 7, double.IsNaN(stars.Jz[i]));
        }
    }

    /// <summary>Errors over the populations of a galaxy, and how many stars the table leaves to the fudge.</summary>
    private void Compare(Tested tested)
    {
        foreach (string population in GalacticStars.Populations)
        {
            const int N = 3000;
            StarTable stars = GalacticStars.Of(population, tested.Potential, N, 21), exact = stars.Copy().Actions(new StaeckelFudgeFinder(tested.Potential, tested.Focal));
            int left = tested.Finder.Interpolate(stars.Batch, new() { Jr = stars.Jr, Jz = stars.Jz, Jphi = stars.Jphi });
            Assert.Equal(exact.Jphi, stars.Jphi);
            foreach ((string action, double[] a, double[] b) in new[] { ("Jr", stars.Jr, exact.Jr), ("Jz", stars.Jz, exact.Jz) })
            {
                double[] error = [.. a.Select((x, i) => Math.Abs(x - b[i]) / (b[i] + 1)).Order()];
                output.WriteLine(FormattableString.Invariant(
                    $"{population} {action}: 50 % {error[N / 2]:E1}, 90 % {error[N * 9 / 10]:E1}, 99 % {error[N * 99 / 100]:E1}, 99.9 % {error[N * 999 / 1000]:E1}, worst {error[^1]:E1}; left to the fudge {100.0 * left / N:F1} %"));
                Assert.InRange(error[N / 2], 0, 1e-3);
                Assert.InRange(error[N * 99 / 100], 0, population.EndsWith("disc", StringComparison.Ordinal) ? 4e-3 : 5e-3);
                Assert.InRange(error[N * 999 / 1000], 0, population.EndsWith("disc", StringComparison.Ordinal) ? 2e-2 : 0.2);
            }
        }
    }

    private sealed class Tested(Potential potential)
    {
        public Potential Potential => potential;

        public FocalDistances Focal { get; } = new(potential, threads: 2);

        public InterpolatedActionFinder Finder => field ??= new(potential, Focal, threads: 2);
    }
}
