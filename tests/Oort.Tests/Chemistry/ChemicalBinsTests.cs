using Oort.Chemistry;
using Oort.Definitions;
using Oort.Models;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Chemistry;

/// <summary>The stars of the BV23 model in the plane of abundances, bin by bin: Binney &amp; Vasiliev (2023), section 4.6.</summary>
public sealed class ChemicalBinsTests(ITestOutputHelper output)
{
    private static readonly Galaxy Galaxy = SolvedBv23.Result.Galaxy;
    private static readonly GalaxyChemistry Chemistry = new(Galaxy, ChemistryFile.BinneyVasiliev2023, SolvedBv23.SunRadius);
    private static readonly ChemicalBins Bins = new(Chemistry);

    /// <summary>The galaxy with moments as exact as the bins are.</summary>
    private static readonly Galaxy Fine = new(Galaxy.Potential, Galaxy.Components, ModelAccuracy.High, Galaxy.FocalDistances);

    private static readonly Lazy<ChemicalMaps> Maps = new(() => Bins.Maps());
    private static readonly GalaxySampler Sampler = new(Galaxy);

    [Fact]
    public void The_bins_are_those_of_Hayden_and_others()
    {
        Assert.Equal(18, Bins.Bins.Count);
        Assert.Equal(new(3, 5, 0, 0.5), Bins.Bins[0]);
        Assert.Equal(new(3, 5, 1, 2), Bins.Bins[2]);
        Assert.Equal(new(13, 15, 1, 2), Bins.Bins[17]);
        Assert.Equal(["bulge", "young disk", "middle disk", "old disk", "thick disk", "stellar halo"], Maps.Value.Components);
        Assert.Throws<ParameterException>(() => new ChemicalBins(Chemistry, [new(3, 3, 0, 1)]));
        Assert.Throws<ParameterException>(() => Bins.Maps(ChemicalPlane.Default with { FeHCells = 0 }));
    }

    /// <summary>The fractions of the components are those of their densities at the bin's centre, which another rule integrates.</summary>
    [Fact]
    public void Fractions_are_those_of_the_densities_and_add_up_to_one()
    {
        foreach (ChemicalMap map in Maps.Value.Bins)
        {
            Moments[] moments = Fine.Moments(map.Bin.R, map.Bin.Z);
            double[] rho = [.. Bins.Stars.Select(c => moments[c].Rho)];
            Assert.Equal(1, map.Fractions.Sum(), 1e-12);
            Assert.All(Enumerable.Range(0, rho.Length), k => Assert.Equal(rho[k] / rho.Sum(), map.Fractions[k], 1e-9));
            Assert.Equal((map.Bin.R, map.Bin.Z), (map.MeanR, map.MeanZ));
        }
    }

    /// <summary>
    /// The mean of x of a disc is linear in Jphi, and the spread of Jphi adds to that of the Gaussian: means and variances in closed form from
    /// those of v_phi.
    /// </summary>
    [Theory]
    [InlineData("young disk", 0.2, 0, 0.1, 0.03)]
    [InlineData("middle disk", 0, 0.03, 0.1, 0.03)]
    [InlineData("old disk", -0.2, 0.06, 0.1, 0.05)]
    public void The_moments_of_a_disc_follow_from_those_of_its_velocities(string name, double x, double y, double sigmaX, double sigmaY)
    {
        int c = SolvedBv23.Index(Galaxy, name);
        double vc = Galaxy.CircularSpeed(8.27), slope = -0.07 / vc, cos = Math.Cos(2 * Math.PI / 180), sin = Math.Sin(2 * Math.PI / 180);
        foreach ((double R, double z) in new[] { (4.0, 0.25), (8.27, 0), (12, 0.75) })
        {
            Moments v = Fine.Moments(R, z)[c];
            AbundanceMoments moments = Bins.At(R, z).Moments(component: c);
            double mean = x + slope * (R * v.MeanVphi - 8.27 * vc), variance = sigmaX * sigmaX + Math.Pow(slope * R * v.SigmaPhi, 2);
            Assert.Equal(mean * cos + y * sin, moments.FeH, 1e-9);
            Assert.Equal(y * cos - mean * sin, moments.AlphaFe, 1e-9);
            Assert.Equal(variance * cos * cos + sigmaY * sigmaY * sin * sin, moments.FeHVariance, 1e-9);
            Assert.Equal(variance * sin * sin + sigmaY * sigmaY * cos * cos, moments.AlphaFeVariance, 1e-9);
            Assert.Equal((sigmaY * sigmaY - variance) * sin * cos, moments.Covariance, 1e-9);
        }
    }

    [Fact]
    public void The_density_holds_all_stars_and_its_moments_are_theirs()
    {
        ChemicalPlane plane = Maps.Value.Plane;
        double[] feH = plane.FeH(), alphaFe = plane.AlphaFe();
        ChemicalPlane wide = new(-4, 2, 300, -1, 1.2, 220);
        double[] wideFeH = wide.FeH(), wideAlphaFe = wide.AlphaFe();
        foreach (ChemicalMap map in new ChemicalBins(Chemistry, [Bins.Bins[2], Bins.Bins[9]]).Maps(wide).Bins)
        {
            double all = 0, mean = 0, covariance = 0;
            for (int i = 0; i < wideFeH.Length; i++)
            {
                for (int j = 0; j < wideAlphaFe.Length; j++)
                {
                    double here = map.Density[i, j] * wide.CellArea;
                    all += here;
                    mean += here * wideFeH[i];
                    covariance += here * (wideFeH[i] - map.Moments.FeH) * (wideAlphaFe[j] - map.Moments.AlphaFe);
                }
            }

            Assert.Equal(1, all, 1e-9);
            Assert.InRange(map.Outside, 0, 1e-9);
            Assert.Equal(map.Moments.FeH, mean, 1e-9);
            Assert.Equal(map.Moments.Covariance, covariance, 1e-9);
        }

        foreach (ChemicalMap map in Maps.Value.Bins)
        {
            output.WriteLine($"R {map.MeanR} z {map.MeanZ}: outside {map.Outside:E2}, high {map.HighAlphaFraction:F3}, levels {map.Level50:F3} {map.Level90:F3}, normal [Fe/H] {map.NormalAlphaMoments.FeH:F3}, "
                + string.Join(" ", map.Fractions.Select(f => f.ToString("F4", System.Globalization.CultureInfo.InvariantCulture))));
            double inside50 = 0, inside90 = 0;
            for (int i = 0; i < feH.Length; i++)
            {
                for (int j = 0; j < alphaFe.Length; j++)
                {
                    double here = map.Density[i, j] * plane.CellArea;
                    inside50 += map.Density[i, j] > map.Level50 ? here : 0;
                    inside90 += map.Density[i, j] > map.Level90 ? here : 0;
                }
            }

            // To a cell on the contour.
            Assert.InRange(inside50, 0.5 - map.Level50 * plane.CellArea, 0.5 + map.Level50 * plane.CellArea);
            Assert.InRange(inside90, 0.9 - map.Level90 * plane.CellArea, 0.9 + map.Level90 * plane.CellArea);
        }
    }

    /// <summary>
    /// Stars drawn by rejection are distributed as the density says, which is an integral over other velocities: 36 cells or more a bin, and the numbers within
    /// the contours.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(16)]
    public void Drawn_stars_follow_the_density(int bin)
    {
        const int Stars = 20_000;
        ChemicalMap map = Maps.Value.Bins[bin];
        ChemicalPlane plane = Maps.Value.Plane;
        ChemicalStars stars = Bins.Draw(Sampler, bin, Stars, seed: 17);
        Assert.Equal(Stars, stars.Count);
        Assert.All(Enumerable.Range(0, 6), k => Assert.InRange(stars.Component.Count(c => c == Bins.Stars[k]) - Stars * map.Fractions[k], -1, 1));

        // Cells of 0.1 by 0.05 dex hold five by five of the map's; what is expected to hold few stars goes together with what is outside.
        int across = plane.FeHCells / 5, up = plane.AlphaFeCells / 5;
        double[] expected = new double[across * up + 1];
        int[] found = new int[expected.Length];
        for (int i = 0; i < plane.FeHCells; i++)
        {
            for (int j = 0; j < plane.AlphaFeCells; j++)
            {
                expected[i / 5 * up + j / 5] += map.Density[i, j] * plane.CellArea * Stars;
            }
        }

        double peak = map.Density.Cast<double>().Max();
        ChemicalMixture mixture = Bins.At(map.Bin.R, map.Bin.Z);
        (double[] feH, double[] alphaFe) = (plane.FeH(), plane.AlphaFe());
        for (int i = 0; i < plane.FeHCells; i += 3)
        {
            for (int j = 0; j < plane.AlphaFeCells; j += 3)
            {
                Assert.Equal(mixture.Density(feH[i], alphaFe[j]), map.Density[i, j], 1e-6 * peak);
            }
        }

        expected[^1] = map.Outside * Stars;
        int within50 = 0, within90 = 0;
        for (int s = 0; s < Stars; s++)
        {
            int i = (int)Math.Floor((stars.FeH[s] - plane.FeHLow) / (5 * plane.FeHStep)), j = (int)Math.Floor((stars.AlphaFe[s] - plane.AlphaFeLow) / (5 * plane.AlphaFeStep));
            found[i >= 0 && i < across && j >= 0 && j < up ? i * up + j : found.Length - 1]++;
            double density = mixture.Density(stars.FeH[s], stars.AlphaFe[s]);
            within50 += density > map.Level50 ? 1 : 0;
            within90 += density > map.Level90 ? 1 : 0;
        }

        int[] full = [.. Enumerable.Range(0, expected.Length).Where(k => expected[k] >= 20)], few = [.. Enumerable.Range(0, expected.Length).Except(full)];
        double chi2 = full.Sum(k => Math.Pow(found[k] - expected[k], 2) / expected[k]);
        double rest = few.Sum(k => expected[k]);
        chi2 += Math.Pow(few.Sum(k => found[k]) - rest, 2) / rest;
        double p = Statistics.ChiSquared(chi2, full.Length);
        output.WriteLine($"bin {bin}: chi2 {chi2:F1} of {full.Length}, p {p:F4}; within {within50 / (double)Stars:F4} {within90 / (double)Stars:F4}");
        Assert.True(full.Length > 35);
        Assert.InRange(p, 1e-3, 1);
        Assert.Equal(0.5, within50 / (double)Stars, 4 * Math.Sqrt(0.25 / Stars));
        Assert.Equal(0.9, within90 / (double)Stars, 4 * Math.Sqrt(0.09 / Stars));
    }

    [Fact]
    public void Draws_and_maps_do_not_depend_on_threads_and_bins_have_stars_of_their_own()
    {
        ChemicalBins bins = new(Chemistry, Bins.Bins, threads: 1);
        ChemicalStars one = bins.Draw(new GalaxySampler(Galaxy, threads: 1), 5, 500, 3), two = Bins.Draw(Sampler, 5, 500, 3), other = Bins.Draw(Sampler, 4, 500, 3), seed = Bins.Draw(Sampler, 5, 500, 4);
        Assert.Equal(one.FeH, two.FeH);
        Assert.Equal(one.Vphi, two.Vphi);
        Assert.DoesNotContain(one.AlphaFe.Zip(seed.AlphaFe), pair => pair.First == pair.Second);

        // High-alpha stars have the same Gaussian in all bins: with the same random numbers they would be the same.
        Assert.Empty(one.AlphaFe.Intersect(other.AlphaFe));
        Assert.Equal(Maps.Value.Bins[5].Density, bins.Maps().Bins[5].Density);
        Assert.Throws<ArgumentException>(() => Bins.Draw(new GalaxySampler(new Galaxy(Galaxy.Potential, Galaxy.Components, focalDistances: Galaxy.FocalDistances)), 0, 10, 1));
    }

    /// <summary>The error of the velocity integrals: the densities of abundances against those of a far finer rule.</summary>
    [Fact]
    public void Densities_are_converged()
    {
        ChemicalMaps usual = Maps.Value, fine = new ChemicalBins(Chemistry, accuracy: ModelAccuracy.Converged).Maps();
        for (int b = 0; b < Bins.Bins.Count; b++)
        {
            double peak = fine.Bins[b].Density.Cast<double>().Max();
            double error = usual.Bins[b].Density.Cast<double>().Zip(fine.Bins[b].Density.Cast<double>(), (u, f) => Math.Abs(u - f)).Max() / peak;
            double levels = Math.Max(Math.Abs(usual.Bins[b].Level50 / fine.Bins[b].Level50 - 1), Math.Abs(usual.Bins[b].Level90 / fine.Bins[b].Level90 - 1));
            output.WriteLine($"{Bins.Bins[b].R} {Bins.Bins[b].Z}: density {error:E2} of the peak, levels {levels:E2}");
            Assert.InRange(error, 0, 1e-4);
            Assert.InRange(levels, 0, 1e-3);
        }
    }

    /// <summary>
    /// What the paper says of Figure 20: the high-alpha population dominates at small R and large |z| and has all but gone beyond 10 kpc; the normal-alpha
    /// population drifts to lower [Fe/H] outwards.
    /// </summary>
    [Fact]
    public void The_populations_are_where_the_paper_finds_them()
    {
        ChemicalMap At(int R, int z) => Maps.Value.Bins[3 * R + z];
        Assert.True(At(0, 2).HighAlphaFraction > 0.5);
        Assert.Equal(At(0, 2).HighAlphaFraction, Maps.Value.Bins.Max(b => b.HighAlphaFraction));
        for (int R = 0; R < 6; R++)
        {
            Assert.True(At(R, 0).HighAlphaFraction < At(R, 1).HighAlphaFraction && At(R, 1).HighAlphaFraction < At(R, 2).HighAlphaFraction);
            Assert.InRange(At(R, 0).HighAlphaFraction, 0, 0.35);
            for (int z = 0; z < 3 && R > 0; z++)
            {
                Assert.True(At(R, z).HighAlphaFraction < At(R - 1, z).HighAlphaFraction);
            }

            if (R > 0)
            {
                // 2 kpc outwards: about -0.14 dex in the plane.
                Assert.InRange(At(R, 0).NormalAlphaMoments.FeH - At(R - 1, 0).NormalAlphaMoments.FeH, -0.16, -0.06);
            }
        }

        Assert.True(At(5, 0).HighAlphaFraction < 0.01 && At(4, 0).HighAlphaFraction < 0.02);
    }

    /// <summary>
    /// Why the paper splits by Jz: split by Jphi (equation 20), as sharply as it says is needed for them to vanish beyond 10 kpc, high-alpha stars are too prominent
    /// at z = 0.7 and 0.2.
    /// </summary>
    [Fact]
    public void Split_by_Jphi_high_alpha_stars_are_too_many_near_the_plane()
    {
        double Jphi0 = 10 * Galaxy.CircularSpeed(10);
        ChemistrySetup table = ChemistryFile.BinneyVasiliev2023, byJphi = table with
        {
            Populations = [.. table.Populations.Select(p => p.Split is null ? p : p with { Split = new(SplitAction.Jphi, Jphi0, Jphi0 / 100) })],
        };
        ChemicalMaps maps = new ChemicalBins(new(Galaxy, byJphi, SolvedBv23.SunRadius)).Maps(new(-2, 0.8, 14, -0.3, 0.6, 9));
        for (int R = 0; R < 3; R++)
        {
            ChemicalMap low = maps.Bins[3 * R], middle = maps.Bins[3 * R + 1];
            Assert.True(low.HighAlphaFraction > 5 * Maps.Value.Bins[3 * R].HighAlphaFraction);
            Assert.True(middle.HighAlphaFraction > 3 * Maps.Value.Bins[3 * R + 1].HighAlphaFraction);

            // Inside, nearly the whole thick disc is high-alpha, wherever it is.
            Assert.InRange(low.HighAlphaFraction / low.Fractions[4], 0.95, 1);
        }

        Assert.InRange(maps.Bins[17].HighAlphaFraction / maps.Bins[17].Fractions[4], 0, 0.2);
    }

    /// <summary>Integrated over the bins: the shares against a sum over a finer grid of positions, and means within the bins.</summary>
    [Fact]
    public void A_bin_can_be_integrated_over()
    {
        ChemicalBin[] some = [Bins.Bins[1], Bins.Bins[6]];
        ChemicalMaps maps = new ChemicalBins(Chemistry, some).Maps(new(-2, 0.8, 14, -0.3, 0.6, 9), integrated: true);
        foreach (ChemicalMap map in maps.Bins)
        {
            const int N = 10;
            double[] mass = new double[Galaxy.Components.Count];
            double meanR = 0, meanZ = 0;
            double[] R = [.. Enumerable.Range(0, N * N).Select(k => map.Bin.RLow + (k / N + 0.5) * (map.Bin.RHigh - map.Bin.RLow) / N)];
            double[] z = [.. Enumerable.Range(0, N * N).Select(k => map.Bin.ZLow + (k % N + 0.5) * (map.Bin.ZHigh - map.Bin.ZLow) / N)];
            Moments[,] moments = Galaxy.Moments(R, z);
            for (int k = 0; k < R.Length; k++)
            {
                foreach (int c in Bins.Stars)
                {
                    double here = R[k] * moments[k, c].Rho;
                    (mass[c], meanR, meanZ) = (mass[c] + here, meanR + here * R[k], meanZ + here * z[k]);
                }
            }

            // The midpoint rule of the test is the coarser one.
            Assert.Equal(1, map.Fractions.Sum(), 1e-12);
            Assert.All(Enumerable.Range(0, Bins.Stars.Count), k => Assert.Equal(mass[Bins.Stars[k]] / mass.Sum(), map.Fractions[k], 2e-3));
            Assert.Equal(meanR / mass.Sum(), map.MeanR, 2e-3);
            Assert.Equal(meanZ / mass.Sum(), map.MeanZ, 2e-3);
        }
    }

    /// <summary>Table 6's gradient, and that of the stars' mean angular momentum from moments of velocities.</summary>
    [Fact]
    public void The_implied_gradients_are_about_Table_6s()
    {
        IReadOnlyList<ChemistryRow> rows = ChemistryRow.Of(Bins);
        Assert.Equal(6, rows.Count);
        double slope = -0.07 / Galaxy.CircularSpeed(8.27), cos = Math.Cos(2 * Math.PI / 180);
        foreach (ChemistryRow row in rows)
        {
            output.WriteLine($"{row.Population.Component}: {row.Gradient:F4} {row.ModelGradient:F4}, local [Fe/H] {row.Local.FeH:F3} [alpha/Fe] {row.Local.AlphaFe:F3}");
            if (row.Population.Parameters.Gradient != 0)
            {
                int c = SolvedBv23.Index(Galaxy, row.Population.Component);
                double outer = 8.52 * Fine.Moments(8.52, 0)[c].MeanVphi, inner = 8.02 * Fine.Moments(8.02, 0)[c].MeanVphi;
                Assert.Equal(-0.07 * cos, row.Gradient, 1e-12);
                Assert.Equal(slope * cos * (outer - inner) / 0.5, row.ModelGradient, 1e-6);
                Assert.InRange(row.ModelGradient / row.Gradient, 0.85, 1.1);
            }
            else if (row.Population.Split is null)
            {
                Assert.Equal(0, row.ModelGradient, 1e-12);
            }
        }
    }

    [Fact]
    public void Figure_21_is_equation_21_and_the_thick_disc()
    {
        HighAlphaCurve curve = Assert.Single(HighAlphaCurve.Of(Chemistry));
        Assert.Equal("thick disk", curve.Component);
        Assert.Equal(8.27 * Galaxy.CircularSpeed(8.27), curve.Jphi, 1e-9);
        var thick = Bv23.Create("thick disk");
        for (int i = 0; i < curve.Jz.Count; i++)
        {
            Assert.Equal(i, curve.Jz[i], 1e-12);
            double probability = 0.5 * (1 + Math.Tanh((i - 50) / 15.0)), f = thick.At(0, i, curve.Jphi);
            Assert.Equal(probability, curve.Probability[i], 1e-12);
            Assert.Equal(f, curve.Whole[i], 1e-12 * f);
            Assert.Equal(probability * f, curve.DistributionFunction[i], 1e-12 * f);
        }
    }
}
