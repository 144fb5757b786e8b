using System.Globalization;
using System.Text;
using Oort.Tables;

namespace Oort.Tests.Tables;

public class ShortNumberTests
{
    private static string Text(double x)
    {
        byte[] bytes = new byte[ShortNumber.MaxLength];
        return Encoding.UTF8.GetString(bytes, 0, ShortNumber.Write(bytes, x));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(10, "10")]
    [InlineData(999999999, "999999999")]
    [InlineData(9999999999, "10000000000")]
    [InlineData(123456789012, "123456789000")]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.00012345678949, "-0.000123456789")]
    [InlineData(0.99999999949, "0.999999999")]
    [InlineData(0.9999999996, "1")]
    [InlineData(99.999999951, "100")]
    [InlineData(8.27, "8.27")]
    [InlineData(236.125, "236.125")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Digits_are_those_of_the_number(double x, string text) => Assert.Equal(text, Text(x));

    [Fact]
    public void Any_number_reads_back_to_nine_digits()
    {
        Random random = new(1);
        for (int i = 0; i < 200_000; i++)
        {
            double x = (random.Next(2) == 0 ? 1 : -1) * Math.Pow(10, 40 * random.NextDouble() - 20) * (i % 3 == 0 ? 1 + 1e-12 : 1);
            string text = Text(x);
            Assert.True(text.Length <= ShortNumber.MaxLength);

            // Half a unit of the ninth digit, and what the scaling of a double may round.
            double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(x))) - 8);
            Assert.Equal(x, double.Parse(text, CultureInfo.InvariantCulture), 0.500001 * unit);
            Assert.False(text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal) && text[^1] == '0', text);
        }
    }

    [Fact]
    public void Powers_of_ten_and_their_neighbours_have_the_right_size()
    {
        for (int e = -12; e <= 18; e++)
        {
            double x = double.Parse($"1e{e}", CultureInfo.InvariantCulture);
            foreach (double y in new[] { Math.BitDecrement(x), x, Math.BitIncrement(x) })
            {
                Assert.Equal(x, double.Parse(Text(y), CultureInfo.InvariantCulture), 1e-15 * x);
            }
        }
    }
}
