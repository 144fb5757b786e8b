using Oort.Chemistry;
using Oort.Tests.Support;

namespace Oort.Tests.Chemistry;

/// <summary>Abundances at given actions against the closed forms of Binney &amp; Vasiliev (2023), equations 18 to 21.</summary>
public sealed class AbundanceDistributionTests
{
    private const double SunRadius = 8, SunSpeed = 240, SunJphi = SunRadius * SunSpeed;
    private const int Stars = 40_000;

    private static readonly ChemicalParameters Own = new(-0.5, -0.04, 0.2, 0.2, 0.03, 25 * Math.PI / 180);
    private static readonly ChemicalParameters Disc = new(-0.2, -0.07, 0.06, 0.1, 0.05, -10 * Math.PI / 180);

    private static AbundanceDistribution One(ChemicalParameters parameters) => new(new(parameters, SunRadius, SunSpeed));

    private static AbundanceDistribution Two(HighAlphaSplit split)
        => new(new(Own, SunRadius, SunSpeed), split, new(Disc, SunRadius, SunSpeed));

    private static (double[] FeH, double[] AlphaFe) Draw(AbundanceDistribution distribution, double Jz, double Jphi, ulong seed = 3)
    {
        (double[] jz, double[] jphi) = (new double[Stars], new double[Stars]);
        Array.Fill(jz, Jz);
        Array.Fill(jphi, Jphi);
        (double[] feH, double[] alphaFe) = (new double[Stars], new double[Stars]);
        distribution.Draw(jz, jphi, seed, 1, 0, feH, alphaFe);
        return (feH, alphaFe);
    }

    private static double Density(AbundanceDistribution distribution, double feH, double alphaFe, double Jz, double Jphi)
    {
        double[] density = new double[1];
        distribution.Density([feH], [alphaFe], [Jz], [Jphi], density);
        return density[0];
    }

    [Theory]
    [InlineData(SunJphi)]
    [InlineData(3000)]
    [InlineData(-500)]
    public void Drawn_stars_have_the_mean_and_the_covariance_of_the_turned_Gaussian(double Jphi)
    {
        (double[] feH, double[] alphaFe) = Draw(One(Own), 10, Jphi);

        // Written out: equation 19 for the mean of x, then the matrix that inverts equation 18.
        double theta = 25 * Math.PI / 180, x = -0.5 - 0.04 / SunSpeed * (Jphi - SunRadius * SunSpeed), y = 0.2;
        double meanFeH = x * Math.Cos(theta) + y * Math.Sin(theta), meanAlphaFe = -x * Math.Sin(theta) + y * Math.Cos(theta);
        double varianceFeH = Math.Pow(0.2 * Math.Cos(theta), 2) + Math.Pow(0.03 * Math.Sin(theta), 2);
        double varianceAlphaFe = Math.Pow(0.2 * Math.Sin(theta), 2) + Math.Pow(0.03 * Math.Cos(theta), 2);
        double covariance = (0.03 * 0.03 - 0.2 * 0.2) * Math.Sin(theta) * Math.Cos(theta);

        Near(meanFeH, feH.Average(), Math.Sqrt(varianceFeH / Stars));
        Near(meanAlphaFe, alphaFe.Average(), Math.Sqrt(varianceAlphaFe / Stars));
        Near(varianceFeH, feH.Average(v => (v - meanFeH) * (v - meanFeH)), varianceFeH * Math.Sqrt(2.0 / Stars));
        Near(varianceAlphaFe, alphaFe.Average(v => (v - meanAlphaFe) * (v - meanAlphaFe)), varianceAlphaFe * Math.Sqrt(2.0 / Stars));
        Near(covariance, feH.Zip(alphaFe, (a, b) => (a - meanFeH) * (b - meanAlphaFe)).Average(),
            Math.Sqrt((varianceFeH * varianceAlphaFe + covariance * covariance) / Stars));

        AbundanceMoments moments = One(Own).Moments(10, Jphi);
        Assert.Equal(meanFeH, moments.FeH, 1e-12);
        Assert.Equal(meanAlphaFe, moments.AlphaFe, 1e-12);
        Assert.Equal(varianceFeH, moments.FeHVariance, 1e-12);
        Assert.Equal(varianceAlphaFe, moments.AlphaFeVariance, 1e-12);
        Assert.Equal(covariance, moments.Covariance, 1e-12);
    }

    [Fact]
    public void Stars_turned_back_are_Gaussian_in_x_and_y_and_these_are_independent()
    {
        double theta = 25 * Math.PI / 180;
        (double[] feH, double[] alphaFe) = Draw(One(Own), 10, SunJphi);
        double[] x = [.. feH.Zip(alphaFe, (a, b) => a * Math.Cos(theta) - b * Math.Sin(theta))];
        double[] y = [.. feH.Zip(alphaFe, (a, b) => a * Math.Sin(theta) + b * Math.Cos(theta))];
        Assert.InRange(Statistics.KolmogorovSmirnov(x, v => MathNet.Numerics.Distributions.Normal.CDF(-0.5, 0.2, v)), 1e-3, 1);
        Assert.InRange(Statistics.KolmogorovSmirnov(y, v => MathNet.Numerics.Distributions.Normal.CDF(0.2, 0.03, v)), 1e-3, 1);
        double correlation = x.Zip(y, (a, b) => (a + 0.5) / 0.2 * (b - 0.2) / 0.03).Average();
        Near(0, correlation, 1 / Math.Sqrt(Stars));
    }

    [Theory]
    [InlineData(SplitAction.Jz, 50, 15)]
    [InlineData(SplitAction.Jphi, 2000, 300)]
    public void A_split_component_follows_its_pdf_and_cumulative_distributions(SplitAction action, double centre, double width)
    {
        const double Jz = 55, Jphi = 2100;
        AbundanceDistribution distribution = Two(new(action, centre, width));
        (double[] feH, double[] alphaFe) = Draw(distribution, Jz, Jphi, seed: 5);
        double[] probability = new double[1];
        Assert.InRange(Statistics.KolmogorovSmirnov(feH, v => Cumulative(v, distribution.CumulativeFeH)), 1e-3, 1);
        Assert.InRange(Statistics.KolmogorovSmirnov(alphaFe, v => Cumulative(v, distribution.CumulativeAlphaFe)), 1e-3, 1);

        // The pdf, summed over a fine grid: unit mass, and its part below a value of [Fe/H] and of [alpha/Fe] is the cumulative distribution there.
        const double Step = 0.01;
        double all = 0, metalPoor = 0, alphaPoor = 0;
        for (double a = -1.995; a < 1; a += Step)
        {
            for (double b = -0.995; b < 1.2; b += Step)
            {
                double here = Density(distribution, a, b, Jz, Jphi) * Step * Step;
                (all, metalPoor, alphaPoor) = (all + here, metalPoor + (a < -0.3 ? here : 0), alphaPoor + (b < 0.2 ? here : 0));
            }
        }

        Assert.Equal(1, all, 1e-6);
        Assert.Equal(Cumulative(-0.3, distribution.CumulativeFeH), metalPoor, 1e-3);
        Assert.Equal(Cumulative(0.2, distribution.CumulativeAlphaFe), alphaPoor, 1e-3);

        double Cumulative(double value, CumulativeOf of)
        {
            of([value], [Jz], [Jphi], probability);
            return probability[0];
        }
    }

    private delegate void CumulativeOf(ReadOnlySpan<double> value, ReadOnlySpan<double> Jz, ReadOnlySpan<double> Jphi, Span<double> probability);

    [Fact]
    public void The_two_splits_are_equations_20_and_21()
    {
        HighAlphaSplit vertical = new(SplitAction.Jz, 50, 15), azimuthal = new(SplitAction.Jphi, 2000, 15);
        foreach (double J in new[] { 0.0, 20, 50, 53, 80, 300 })
        {
            Assert.Equal(0.5 * (1 + Math.Tanh((J - 50) / 15)), vertical.Probability(J, 123), 1e-14);
            Assert.Equal(0.5 * (1 - Math.Tanh((1950 + J - 2000) / 15)), azimuthal.Probability(123, 1950 + J), 1e-14);
        }

        Assert.Equal(1, vertical.Probability(1e6, 0));
        Assert.Equal(0, vertical.Probability(-1e6, 0), 1e-300);
        Assert.Equal(double.NaN, vertical.Probability(double.NaN, 1));
    }

    /// <summary>High-alpha stars forget Jphi; the thick disc's others move with it as the old disc does.</summary>
    [Fact]
    public void High_alpha_stars_do_not_know_Jphi_and_the_others_are_as_the_old_disc()
    {
        ChemistrySetup table = Oort.Definitions.ChemistryFile.BinneyVasiliev2023;
        PopulationChemistry thick = table.Find("Thick Disk")!, old = table.Find("old disk")!;
        AbundanceDistribution disc = One(old.Parameters);
        AbundanceDistribution both = new(new(thick.Parameters, SunRadius, SunSpeed), thick.Split, new(old.Parameters, SunRadius, SunSpeed));
        foreach (double Jphi in new[] { 500.0, SunJphi, 3300 })
        {
            AbundanceMoments high = both.Moments(1e4, Jphi), low = both.Moments(0, Jphi), expected = disc.Moments(0, Jphi);
            Assert.Equal(both.Moments(1e4, 0).FeH, high.FeH, 1e-12);
            Assert.Equal(both.Moments(1e4, 0).AlphaFe, high.AlphaFe, 1e-12);

            // P_hi(0) is 1.3e-3.
            Assert.Equal(expected.FeH, low.FeH, 2e-3);
            Assert.Equal(expected.AlphaFe, low.AlphaFe, 1e-3);
        }

        // d[Fe/H]/dJphi of the old disc: cos theta times Table 6's gradient over the circular speed.
        double drift = (disc.Moments(0, 2 * SunJphi).FeH - disc.Moments(0, SunJphi).FeH) / SunJphi;
        Assert.Equal(-0.07 * Math.Cos(2 * Math.PI / 180) / SunSpeed, drift, 1e-12);
    }

    [Fact]
    public void A_star_is_the_same_in_any_batch_and_other_names_give_other_stars()
    {
        AbundanceDistribution distribution = Two(new(SplitAction.Jz, 50, 15));
        double[] Jz = [.. Enumerable.Range(0, 1000).Select(i => 0.1 * i)], Jphi = [.. Jz.Select(j => 20 * j)];
        double[] a = new double[1000], b = new double[1000], c = new double[1000], d = new double[1000];
        distribution.Draw(Jz, Jphi, 7, 2, 0, a, b);
        distribution.Draw(Jz.AsSpan(0, 300), Jphi.AsSpan(0, 300), 7, 2, 0, c.AsSpan(0, 300), d.AsSpan(0, 300));
        distribution.Draw(Jz.AsSpan(300), Jphi.AsSpan(300), 7, 2, 300, c.AsSpan(300), d.AsSpan(300));
        Assert.Equal(a, c);
        Assert.Equal(b, d);
        foreach ((ulong seed, int component, long first) in new[] { (8UL, 2, 0L), (7UL, 3, 0L), (7UL, 2, 1L) })
        {
            distribution.Draw(Jz, Jphi, seed, component, first, c, d);
            Assert.DoesNotContain(a.Zip(c), pair => pair.First == pair.Second);
        }
    }

    [Fact]
    public void What_a_star_does_not_depend_on_may_be_unknown()
    {
        double[] a = new double[2], b = new double[2];
        One(Own with { Gradient = 0 }).Draw([double.NaN, double.NaN], [double.NaN, 1], 1, 0, 0, a, b);
        Assert.All(a, v => Assert.True(double.IsFinite(v)));
        One(Own).Draw([double.NaN, 1], [1, double.NaN], 1, 0, 0, a, b);
        Assert.True(double.IsFinite(a[0]) && double.IsNaN(a[1]) && double.IsNaN(b[1]));
        Two(new(SplitAction.Jz, 50, 15)).Draw([double.NaN, 1], [1, 1], 1, 0, 0, a, b);
        Assert.True(double.IsNaN(a[0]) && double.IsNaN(b[0]) && double.IsFinite(a[1]));
        Assert.Throws<ArgumentException>(() => One(Own).Draw([1, 2], [1], 1, 0, 0, new double[2], new double[2]));
    }

    [Theory]
    [InlineData("sigmax", 0.0, 0.1, 0.0)]
    [InlineData("sigmay", 0.1, -0.1, 0.0)]
    [InlineData("theta", 0.1, 0.1, 1.6)]
    [InlineData("sigmax", double.NaN, 0.1, 0.0)]
    public void Parameters_out_of_range_are_refused(string key, double sigmaX, double sigmaY, double theta)
        => Assert.Equal(key, Assert.Throws<ParameterException>(() => One(new(0, 0, 0, sigmaX, sigmaY, theta))).Key);

    private static void Near(double expected, double actual, double error) => Assert.InRange(actual, expected - 4 * error, expected + 4 * error);
}
