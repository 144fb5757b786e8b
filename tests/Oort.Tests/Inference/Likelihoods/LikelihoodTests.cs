using Oort.Coordinates;
using Oort.Inference;
using Oort.Inference.Likelihoods;
using Oort.Models;
using Oort.Models.Predictions;
using Oort.Surveys;
using Oort.Tests.Surveys;

namespace Oort.Tests.Inference.Likelihoods;

/// <summary>Likelihoods of data sets against their definitions.</summary>
public sealed class LikelihoodTests
{
    private static Galaxy Galaxy => MockBv23.Galaxy;

    /// <summary>Means over the 13 nodes are those of the normal distribution for all monomials up to the fifth degree.</summary>
    [Fact]
    public void Error_nodes_average_polynomials_of_the_fifth_degree()
    {
        // Mean 1, -2, 3; covariance with all correlations.
        double[] star = [8, 0, 1, -2, 3, 4, 1, -0.5, 2, 0.6, 1.5];
        double[] vR = new double[ErrorNodes.Count], vz = new double[ErrorNodes.Count], vphi = new double[ErrorNodes.Count];
        ErrorNodes.Velocities(star, vR, vz, vphi);
        double Mean(Func<double, double, double, double> g) => ErrorNodes.Mean([.. vR.Select((r, i) => g(r, vz[i], vphi[i]))]);
        Assert.Equal(1, Mean((_, _, _) => 1), 1e-12);
        Assert.Equal(1, Mean((r, _, _) => r), 1e-12);
        Assert.Equal(3, Mean((_, _, p) => p), 1e-12);
        Assert.Equal(1 + 4, Mean((r, _, _) => r * r), 1e-12);
        Assert.Equal(-2 + 1, Mean((r, z, _) => r * z), 1e-12);
        Assert.Equal(3 - 0.5, Mean((r, _, p) => r * p), 1e-12);
        Assert.Equal(-6 + 0.6, Mean((_, z, p) => z * p), 1e-12);

        // Isserlis' theorem: E x^2 y^2 = sxx syy + 2 sxy^2 about the mean, and odd moments vanish.
        Assert.Equal((4 * 1.5) + (2 * 0.25), Mean((r, _, p) => (r - 1) * (r - 1) * (p - 3) * (p - 3)), 1e-11);
        Assert.Equal(3 * 4, Mean((_, z, _) => Math.Pow(z + 2, 4)), 1e-11);
        Assert.Equal(0, Mean((r, z, p) => Math.Pow(r - 1, 3) * (z + 2) * (p - 3)), 1e-10);
        Assert.Equal(0.4 * 2, ErrorNodes.Mean([2, .. Enumerable.Repeat(double.NaN, 12)]), 1e-12);
    }

    /// <summary>The probability density of a velocity given its place is f over the density of all stars, found here without tables.</summary>
    [Fact]
    public void Velocities_have_f_over_the_density()
    {
        CylindricalPoint[] stars =
        [
            new(8.2, 0.05, 0, 12, -5, 225), new(6.4, -0.4, 0, -60, 22, 190), new(9.7, 1.3, 0, 30, 40, 150), new(8.3, 2.2, 0, 150, -90, -40), new(7.1, 0.2, 0, 0.5, 0.2, 232), new(10.9, 0.01, 0, 20, 3, 215),
        ];
        VelocityLikelihood likelihood = new(StarVelocities.Of(stars), MockBv23.Bins, Galaxy, 2);
        Misfit found = likelihood.Evaluate(Galaxy);
        Oort.Actions.StaeckelFudgeFinder finder = new(Galaxy.Potential, Galaxy.FocalDistances);
        double expected = 0;
        foreach (CylindricalPoint star in stars)
        {
            double[] J = new double[3];
            finder.Actions(new() { R = [star.R], z = [star.z], vR = [star.vR], vz = [star.vz], vphi = [star.vphi] }, new() { Jr = J.AsSpan(0, 1), Jz = J.AsSpan(1, 1), Jphi = J.AsSpan(2, 1) });
            Moments[] moments = Galaxy.Moments(star.R, star.z);
            double f = 0, rho = 0;
            for (int c = 0; c < moments.Length; c++)
            {
                if (Galaxy.Components[c] is { Kind: ComponentKind.Stars, DistributionFunction: { } df })
                {
                    (f, rho) = (f + df.At(J[0], J[1], J[2]), rho + moments[c].Rho);
                }
            }

            expected -= 2 * Math.Log(f / rho);
        }

        Assert.Equal(expected, found.ChiSquared, 0.02);
        Assert.Equal(18, found.Cells);
        Assert.Equal(found.ChiSquared, found.Parts.Sum(p => p.ChiSquared), 1e-9);
        Assert.Equal([.. stars.Select(s => MockBv23.Bins.Find(s.R, s.z)).Distinct().Order()], found.Parts.Select(p => p.Bin));

        // The order of stars and the number of threads do not matter to the last bit.
        Assert.Equal(found.ChiSquared, new VelocityLikelihood(StarVelocities.Of(stars.Reverse()), MockBv23.Bins, Galaxy, 1).Evaluate(Galaxy).ChiSquared);
    }

    /// <summary>A normalisation for each ring: multiplying a ring's numbers by what one likes changes nothing but the number of stars.</summary>
    [Fact]
    public void Star_counts_are_multinomial_in_each_ring()
    {
        SpatialBins bins = new([7, 8, 9], [0, 0.2, 0.5, 1]);
        double[] mass = [50, 30, 20, 5, 3, 2], stars = [480, 320, 200, 49, 0, 51];
        HistogramSet Counts(double[] n) => new([.. n.Select((x, i) => new HistogramBin(i + 1, x, 8, 0.1, []))], []);
        Given predictor = new(Counts(mass));
        Misfit found = new StarCountLikelihood(predictor, Counts(stars), bins).Evaluate(Galaxy);
        double expected = 2 * ((480 * Math.Log(480 / 500.0)) + (320 * Math.Log(320 / 300.0)) + (200 * Math.Log(200 / 200.0)) + (49 * Math.Log(49 / (500.0 / 7))) + (51 * Math.Log(51 / (200.0 / 7))));
        Assert.Equal(expected, found.ChiSquared, 1e-9);
        Assert.Equal(2 + 1, found.Cells);
        Assert.Equal(found.ChiSquared, found.Residuals.Sum(r => r * r), 1e-9);
        Given other = new(Counts([500, 300, 200, 5, 3, 2]));
        Assert.Equal(found.ChiSquared, new StarCountLikelihood(other, Counts(stars), bins).Evaluate(Galaxy).ChiSquared, 1e-9);
        Assert.Throws<InputException>(() => new StarCountLikelihood(predictor, Counts([1, 0, 0, 1, 0, 0]), bins));
    }

    /// <summary>With the offset integrated over, chi-squared is that of the covariance matrix e^2 + s^2: found here from its inverse.</summary>
    [Fact]
    public void A_common_offset_of_circular_speeds_is_integrated_over()
    {
        double[] R = [6, 8, 10, 12], e = [1, 2, 1.5, 3];
        double[] v = [.. R.Select((r, i) => Galaxy.CircularSpeed(r) + new[] { 4, 6, 3, 9.0 }[i])];
        const double S = 5;
        Misfit found = new CircularSpeedLikelihood(new(R, v, e, e), S).Evaluate(Galaxy);
        MathNet.Numerics.LinearAlgebra.Matrix<double> covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(4, 4, (i, j) => (S * S) + (i == j ? e[i] * e[i] : 0));
        MathNet.Numerics.LinearAlgebra.Vector<double> d = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([4, 6, 3, 9]);
        Assert.Equal(d * covariance.Solve(d), found.ChiSquared, 1e-8);
        Assert.Equal(16 + 9 + 4 + 9, new CircularSpeedLikelihood(new(R, v, e, e), 0).Evaluate(Galaxy).ChiSquared, 1e-8);
        Assert.Equal(4, found.Cells);
    }

    [Fact]
    public void Data_sets_add_up_by_name()
    {
        double[] R = [8.0], v = [Galaxy.CircularSpeed(8) + 3], e = [1.0];
        CircularSpeedLikelihood one = new(new(R, v, e, e), 0);
        Misfit found = new GalaxyObjective(new Same(), [("first", one), ("second", one)]).Evaluate([1]);
        Assert.Equal(18, found.ChiSquared, 1e-9);
        Assert.Equal(2, found.Cells);
        Assert.Equal(["first: vcirc", "second: vcirc"], found.Parts.Select(p => p.Quantity));
        Assert.Equal(2, found.Residuals.Count);
    }

    private sealed class Given(HistogramSet set) : IHistogramPredictor
    {
        public HistogramSet Predict(Galaxy galaxy, CancellationToken cancellation = default) => set;
    }

    private sealed class Same : IGalaxySource
    {
        public Galaxy At(IReadOnlyList<double> values, CancellationToken cancellation = default) => Galaxy;
    }
}
