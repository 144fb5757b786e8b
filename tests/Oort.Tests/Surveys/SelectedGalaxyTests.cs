using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Surveys;
using Oort.Tables;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Surveys;

/// <summary>Stars drawn behind a selection function: distributed as f times it, component by component, whatever the threads.</summary>
public class SelectedGalaxyTests(ITestOutputHelper output)
{
    private static readonly Galaxy Galaxy = SolvedBv23.Result.Galaxy;

    private static readonly DistanceLaw Law = new([0, 0.15, 0.3, 0.5, 0.8, 1.2, 1.7, 2.3, 3], [1, 0.6, 0.35, 0.18, 0.09, 0.05, 0.03, 0.02, 0.012]);

    private static readonly HeliocentricSelection Nearby = new(new Sun(), Law), Cone = new(new Sun(), new([0.2, 1.2], [1, 0.5]), new(170, 190, -30, -10));

    private static readonly SelectedGalaxy Seen = new(Galaxy, Nearby, threads: 2), InCone = new(Galaxy, Cone, threads: 2);

    public static TheoryData<string> Names => [.. Seen.Components.Select(c => Galaxy.Components[c].Name)];

    [Fact]
    public void Few_proposals_are_lost_and_few_stars_have_twins()
    {
        foreach ((string name, SelectedGalaxy seen) in new[] { ("nearby", Seen), ("cone", InCone) })
        {
            double total = seen.SelectedMass.Sum();
            for (int c = 0; c < seen.Components.Count; c++)
            {
                double share = seen.SelectedMass[c] / total;
                if (share < 1e-3)
                {
                    continue;
                }

                Xoshiro256 random = new(4, (ulong)c);
                ParticleChunk chunk = new(20_000);
                System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
                SelectedSampler sampler = seen.Sampler(c);
                double made = watch.Elapsed.TotalMilliseconds;
                watch.Restart();
                sampler.Fill(chunk, 20_000, ref random, out SamplingTally places, out SamplingTally speeds);
                output.WriteLine($"{name} {Galaxy.Components[seen.Components[c]].Name}: share {share:E2}, places {places.Sum / places.Proposals:F3} twins {places.Excess / places.Sum:E1} most {places.Largest:F2}, velocities {speeds.Sum / speeds.Proposals:F3} twins {speeds.Excess / speeds.Sum:E1}; made in {made:F0} ms, {watch.Elapsed.TotalMilliseconds / 20:F2} us a star");
                Assert.InRange(places.Sum / places.Proposals, 0.35, 1);
                Assert.InRange(places.Excess / places.Sum, 0, 1e-3);
                Assert.InRange(speeds.Sum / speeds.Proposals, 0.6, 1);
                Assert.InRange(speeds.Excess / speeds.Sum, 0, 3e-3);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Places_and_velocities_are_those_of_the_model_times_the_selection(string name)
    {
        int c = Seen.Components.ToList().FindIndex(i => Galaxy.Components[i].Name == name);
        if (Seen.SelectedMass[c] < 1e-6 * Seen.SelectedMass.Sum())
        {
            Assert.Equal("bulge", name);
            return;
        }

        const int N = 60_000;
        Xoshiro256 random = new(11, (ulong)c);
        ParticleChunk stars = new(N);
        Seen.Sampler(c).Fill(stars, N, ref random);

        // Bins of distance, of azimuth about the Sun and of height, with the Sun's own height among the edges.
        double[] distance = [0, 0.3, 0.6, 1, 1.5, 2.2, 3], height = [-1, -0.3, -0.1, 0, 0.0208, 0.1, 0.3, 1];
        const int Sectors = 4;
        int bins = (distance.Length - 1) * (height.Length + 1) * Sectors;
        double[] expected = new double[bins], found = new double[bins];
        Integrate((d, l, z, mass) => expected[Bin(d, l, z)] += mass);
        for (int i = 0; i < N; i++)
        {
            double dx = Nearby.Sun.R - stars.X[i], dy = stars.Y[i], dz = stars.Z[i] - Nearby.Sun.Z;
            found[Bin(Math.Sqrt(dx * dx + dy * dy + dz * dz), Math.Atan2(dy, dx), stars.Z[i])]++;
        }

        double total = expected.Sum(), chi2 = 0;
        int terms = 0;
        for (int b = 0; b < bins; b++)
        {
            double wanted = N * expected[b] / total;
            if (wanted > 20)
            {
                chi2 += (found[b] - wanted) * (found[b] - wanted) / wanted;
                terms++;
            }
        }

        Assert.True(terms > 50, $"{terms} terms");
        double p = Statistics.ChiSquared(chi2, terms - 1);
        double[] ofVelocities = VelocityProbabilities(c, stars);
        output.WriteLine($"{name}: mass {total / Seen.SelectedMass[c] - 1:E1}, {terms} bins, p = {p:F4}, velocities {string.Join(' ', ofVelocities.Select(q => q.ToString("F4")))}");
        Assert.Equal(1, Seen.SelectedMass[c] / total, 3e-4);
        Assert.InRange(p, 1e-3, 0.9995);
        Assert.All(ofVelocities, q => Assert.InRange(q, 1e-3, 0.9995));

        int Bin(double d, double l, double z)
        {
            int i = Math.Clamp(Array.FindLastIndex(distance, e => e <= d), 0, distance.Length - 2), j = Array.FindLastIndex(height, e => e <= z) + 1;
            return ((i * (height.Length + 1)) + j) * Sectors + Math.Clamp((int)((l + Math.PI) / (2 * Math.PI) * Sectors), 0, Sectors - 1);
        }

        void Integrate(Action<double, double, double, double> add)
        {
            // Cylinders about the Sun's axis, cut by spheres, are cells of the coordinates height, distance and azimuth about the Sun: dV = d dd dl dz.
            double top = Nearby.Sun.Z + 3, bottom = Nearby.Sun.Z - 3;
            double[] edges = [bottom, .. height, top];
            for (int j = 0; j < edges.Length - 1; j++)
            {
                foreach ((double z, double wz) in Nodes(edges[j], edges[j + 1], 10))
                {
                    double dz = Math.Abs(z - Nearby.Sun.Z);
                    double[] shells = [.. distance.Concat(Law.Distances).Append(dz).Where(d => d >= dz).Distinct().Order()];
                    for (int i = 0; i < shells.Length - 1; i++)
                    {
                        foreach ((double d, double wd) in Nodes(shells[i], shells[i + 1], 6))
                        {
                            for (int s = 0; s < Sectors; s++)
                            {
                                foreach ((double l, double wl) in Nodes(-Math.PI + 2 * Math.PI * s / Sectors, -Math.PI + 2 * Math.PI * (s + 1) / Sectors, 8))
                                {
                                    double across = Math.Sqrt(d * d - dz * dz), x = Nearby.Sun.R - across * Math.Cos(l), y = across * Math.Sin(l);
                                    add(d, l, z, wz * wd * wl * d * Law.At(d) * Seen.Densities.At(c, Math.Sqrt(x * x + y * y), z));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Of streaming and second moments in cells of (R, z), with each star's velocity over what the model has at its own place.</summary>
    private static double[] VelocityProbabilities(int c, ParticleChunk stars)
    {
        // Every hundredth star: a place's moments cost as much as a thousand stars.
        int[] chosen = [.. Enumerable.Range(0, stars.Count / 100).Select(i => 100 * i)];
        double[] R = [.. chosen.Select(i => Math.Sqrt(stars.X[i] * stars.X[i] + stars.Y[i] * stars.Y[i]))], z = [.. chosen.Select(i => stars.Z[i])];
        Moments[,] moments = Galaxy.Moments(R, z);
        double[] sum = new double[6], square = new double[6];
        for (int k = 0; k < chosen.Length; k++)
        {
            int i = chosen[k];
            Moments m = moments[k, Seen.Components[c]];
            double vR = (stars.VX[i] * stars.X[i] + stars.VY[i] * stars.Y[i]) / R[k], vphi = (stars.VY[i] * stars.X[i] - stars.VX[i] * stars.Y[i]) / R[k], vz = stars.VZ[i];
            double[] terms =
            [
                vR / m.SigmaR, vz / m.SigmaZ, (vphi - m.MeanVphi) / m.SigmaPhi, vR * vR / m.VR2 - 1, vz * vz / m.Vz2 - 1, (vR * vz - m.VRvz) / (m.SigmaR * m.SigmaZ),
            ];
            for (int q = 0; q < terms.Length; q++)
            {
                sum[q] += terms[q];
                square[q] += terms[q] * terms[q];
            }
        }

        return [.. sum.Select((s, q) => Statistics.Normal(s / Math.Sqrt(square[q])))];
    }

    private static IEnumerable<(double X, double W)> Nodes(double a, double b, int n)
    {
        double[] x = new double[n], w = new double[n];
        GaussLegendre.Rule(n).Map(a, b, x, w);
        return x.Zip(w);
    }

    [Fact]
    public void Densities_between_their_nodes_are_those_of_the_model()
    {
        Random random = new(5);
        double[] R = new double[60], z = new double[60];
        for (int i = 0; i < R.Length; i++)
        {
            (R[i], z[i]) = (5.4 + 5.7 * random.NextDouble(), 3 * Math.Pow(random.NextDouble(), 3));
        }

        // The quadrature over velocities itself is good to 2e-4 for discs, 9e-4 for what is hot.
        Moments[,] moments = Galaxy.Moments(R, z);
        double worst = 0, squares = 0;
        int terms = 0;
        for (int c = 0; c < Seen.Components.Count; c++)
        {
            for (int i = 0; i < R.Length; i++)
            {
                double rho = moments[i, Seen.Components[c]].Rho;
                if (rho > 1e-3 * Seen.Densities.At(c, 5.4, 0))
                {
                    double error = Math.Abs(Seen.Densities.At(c, R[i], z[i]) / rho - 1);
                    worst = Math.Max(worst, error);
                    squares += error * error;
                    terms++;
                }
            }
        }

        output.WriteLine($"worst {worst:E1}, rms {Math.Sqrt(squares / terms):E1}");
        Assert.InRange(worst, 0, 1e-3);
        Assert.InRange(Math.Sqrt(squares / terms), 0, 1.5e-4);
    }

    [Fact]
    public void Stars_in_a_window_of_the_sky_are_in_it_and_their_number_with_distance_is_right()
    {
        const int N = 40_000;
        StarChunk chunk = new(SelectedGalaxy.ChunkSize);
        double[] edges = [0.2, 0.4, 0.6, 0.8, 1, 1.2], found = new double[5], expected = new double[5];
        for (int index = 0, left = N; left > 0; index++, left -= chunk.Stars.Count)
        {
            InCone.Fill(index, Math.Min(left, SelectedGalaxy.ChunkSize), 3, chunk);
            for (int i = 0; i < chunk.Stars.Count; i++)
            {
                double dx = Cone.Sun.R - chunk.Stars.X[i], dy = chunk.Stars.Y[i], dz = chunk.Stars.Z[i] - Cone.Sun.Z;
                Assert.True(Cone.At(chunk.Stars.X[i], chunk.Stars.Y[i], chunk.Stars.Z[i]) > 0);
                found[Array.FindLastIndex(edges, e => e <= Math.Sqrt(dx * dx + dy * dy + dz * dz))]++;
            }
        }

        // By the transformation that catalogues are read with, in Galactic coordinates.
        GalactocentricTransform transform = new(Cone.Sun);
        double[] l = new double[1], b = new double[1], ra = new double[1], dec = new double[1], none = new double[1], x = new double[1], y = new double[1], z = new double[1];
        for (int k = 0; k < 5; k++)
        {
            foreach ((double d, double wd) in Nodes(edges[k], edges[k + 1], 5))
            {
                foreach ((double sinB, double wb) in Nodes(Math.Sin(-30 * Units.Degree), Math.Sin(-10 * Units.Degree), 6))
                {
                    foreach ((double longitude, double wl) in Nodes(170, 190, 4))
                    {
                        (l[0], b[0]) = (longitude, Math.Asin(sinB) / Units.Degree);
                        GalacticCoordinates.ToIcrs(l, b, ra, dec);
                        transform.FromSky(
                            new() { Ra = ra, Dec = dec, Distance = new double[] { d }, PmRa = none, PmDec = none, LineOfSightVelocity = none }, GalacticFrame.Model,
                            new() { x = x, y = y, z = z, vx = new double[1], vy = new double[1], vz = new double[1] });
                        double weight = wd * wb * wl * Units.Degree * d * d * Cone.Law.At(d);
                        expected[k] += weight * Enumerable.Range(0, InCone.Components.Count).Sum(c => InCone.Densities.At(c, Math.Sqrt(x[0] * x[0] + y[0] * y[0]), z[0]));
                        Assert.Equal(Cone.Law.At(d), Cone.At(x[0], y[0], z[0]), 1e-4);
                    }
                }
            }
        }

        double sum = expected.Sum();
        Assert.Equal(InCone.SelectedMass.Sum(), sum, 1e-4 * sum);
        expected = [.. expected.Select(e => N * e / sum)];
        double chi2 = found.Zip(expected, (f, e) => (f - e) * (f - e) / e).Sum();
        Assert.InRange(Statistics.ChiSquared(chi2, 4), 1e-3, 0.9995);
    }

    [Fact]
    public void The_same_stars_whatever_the_threads_and_a_draw_begins_as_any_larger_one()
    {
        SelectedGalaxy other = new(Galaxy, Nearby, threads: 1);
        StarChunk one = new(4000), two = new(4000);
        Seen.Fill(3, 4000, 7, one);
        other.Fill(3, 1234, 7, two);
        AssertSame(one, two, 1234);
        Seen.Fill(2, 1234, 7, two);
        Assert.NotEqual(one.Stars.X[0], two.Stars.X[0]);
    }

    [Fact]
    public void Components_have_the_shares_of_their_masses()
    {
        const int N = 16_384;
        StarChunk chunk = new(N);
        Seen.Fill(0, N, 1, chunk);
        double chi2 = 0, total = Seen.SelectedMass.Sum();
        int terms = 0;
        for (int c = 0; c < Seen.Components.Count; c++)
        {
            double expected = N * Seen.SelectedMass[c] / total;
            if (expected > 5)
            {
                chi2 += Math.Pow(chunk.Component.Count(i => i == Seen.Components[c]) - expected, 2) / expected;
                terms++;
            }
        }

        Assert.True(terms >= 5);
        Assert.InRange(Statistics.ChiSquared(chi2, terms - 1), 1e-3, 0.9995);
        Assert.All(chunk.Component, c => Assert.Equal(ComponentKind.Stars, Galaxy.Components[c].Kind));
    }

    [Fact]
    public void Where_nothing_is_seen_an_error_says_so()
        => Assert.Contains("nothing can be seen", Assert.Throws<InputException>(() => new SelectedGalaxy(Galaxy, Nearby, c => c.Kind == ComponentKind.Gas)).Message, StringComparison.Ordinal);

    private static void AssertSame(StarChunk a, StarChunk b, int count)
    {
        foreach ((double[] x, double[] y) in new[] { (a.Stars.X, b.Stars.X), (a.Stars.Y, b.Stars.Y), (a.Stars.Z, b.Stars.Z), (a.Stars.VX, b.Stars.VX), (a.Stars.VY, b.Stars.VY), (a.Stars.VZ, b.Stars.VZ) })
        {
            Assert.True(x.AsSpan(0, count).SequenceEqual(y.AsSpan(0, count)));
        }

        Assert.True(a.Component.AsSpan(0, count).SequenceEqual(b.Component.AsSpan(0, count)));
    }
}
