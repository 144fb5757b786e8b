using Oort.Chemistry;

namespace Oort.Tests.Chemistry;

public sealed class DensityLevelTests
{
    /// <summary>Within the contour where a Gaussian in two dimensions has the density peak (1 - p), a share p of it lies.</summary>
    [Theory]
    [InlineData(0.02, 2e-2)]
    [InlineData(0.005, 2e-3)]
    public void The_contours_of_a_Gaussian_are_known(double step, double error)
    {
        const double SigmaX = 0.2, SigmaY = 0.05;
        List<double> density = [];
        for (double x = -1 + 0.3 * step; x < 1; x += step)
        {
            for (double y = -0.3 + 0.1 * step; y < 0.3; y += step)
            {
                density.Add(Math.Exp(-0.5 * (x * x / (SigmaX * SigmaX) + y * y / (SigmaY * SigmaY))) / (2 * Math.PI * SigmaX * SigmaY));
            }
        }

        double peak = 1 / (2 * Math.PI * SigmaX * SigmaY);
        foreach (double share in new[] { 0.1, 0.5, 0.9 })
        {
            Assert.Equal((1 - share) * peak, DensityLevel.Enclosing([.. density], step * step, share), error * peak);
        }
    }

    [Fact]
    public void What_does_not_hold_the_share_has_no_contour()
    {
        Assert.Equal(double.NaN, DensityLevel.Enclosing([1, 2, 3], 0.1, 0.9));
        Assert.Equal(8, DensityLevel.Enclosing([1, 8, 1], 0.1, 0.3));
    }
}
