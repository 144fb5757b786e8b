using Oort.Coordinates;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

public sealed class ParallaxZeroPointTests
{
    [Fact]
    public void The_published_check_values_come_out()
    {
        ReferenceTable table = ReferenceTable.Read("parallax_zero_point_check.csv");
        double[] parameters = table["params"], g = table["G"], colour = table["colour"], latitude = table["ecl_lat"], expected = table["zero_point"];
        Assert.Equal(50, table.Count);
        for (int i = 0; i < table.Count; i++)
        {
            ParallaxZeroPoint law = parameters[i] == 5 ? ParallaxZeroPoint.FiveParameters : ParallaxZeroPoint.SixParameters;
            double Z(double dG, double dColour, double dLatitude) => 1000 * law.At(g[i] + dG, colour[i] + dColour, latitude[i] + dLatitude);

            // What the table's rounding to four decimals leaves open.
            const double Half = 5e-5;
            double open = 1e-6 + Math.Max(Math.Abs(Z(Half, 0, 0) - Z(0, 0, 0)), Math.Abs(Z(-Half, 0, 0) - Z(0, 0, 0)))
                + Math.Max(Math.Abs(Z(0, Half, 0) - Z(0, 0, 0)), Math.Abs(Z(0, -Half, 0) - Z(0, 0, 0))) + Math.Abs(Z(0, 0, Half) - Z(0, 0, 0));
            Assert.Equal(expected[i], Z(0, 0, 0), open);
            Assert.InRange(open, 0, 0.03);
        }
    }

    [Fact]
    public void It_is_continuous_constant_beyond_the_tables_and_NaN_without_a_colour()
    {
        foreach (ParallaxZeroPoint law in new[] { ParallaxZeroPoint.FiveParameters, ParallaxZeroPoint.SixParameters })
        {
            Assert.Equal(law.At(6, 1.5, 30), law.At(5, 1.5, 30));
            Assert.Equal(law.At(21, 1.5, 30), law.At(21.5, 1.5, 30));
            Assert.True(double.IsNaN(law.At(15, double.NaN, 30)) && double.IsNaN(law.At(double.NaN, 1.5, 30)) && double.IsNaN(law.At(15, 1.5, double.NaN)));
            foreach (double knot in new[] { 10.8, 13.1, 17.5, 20 })
            {
                Assert.Equal(law.At(knot - 1e-9, 1.3, -20), law.At(knot + 1e-9, 1.3, -20), 1e-9);
            }

            foreach (double knot in new[] { 1.24, 1.48, 1.72 })
            {
                Assert.Equal(law.At(15, knot - 1e-10, -20), law.At(15, knot + 1e-10, -20), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(270, 66.5607, 90)]
    [InlineData(90, -66.5607, -90)]
    [InlineData(0, 0, 0)]
    [InlineData(90, 23.4392794, 0)]
    [InlineData(90, 0, -23.4392794)]
    public void Ecliptic_latitudes_of_known_places(double ra, double dec, double latitude)
        => Assert.Equal(latitude, EclipticCoordinates.Latitude(ra, dec), 1e-4);
}
