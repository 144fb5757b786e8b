using Oort.Tables;

namespace Oort.Tests.Tables;

public sealed class UnitTextTests
{
    /// <summary>The FITS standard (4.0, section 4.3.1) writes powers of ten 10**k, 10^k or 10+k; astropy does where FITS has no prefix for a unit.</summary>
    [Theory]
    [InlineData("10**-6 arcsec", "mas", 1e-3)]
    [InlineData("10**(-6) arcsec", "mas", 1e-3)]
    [InlineData("10^3 m", "km", 1)]
    [InlineData("10+3.pc", "kpc", 1)]
    [InlineData("10-3 kpc s-1", "pc / s", 1)]
    [InlineData("km/10**3/s", "m / s", 1)]
    [InlineData("uarcsec / yr", "mas/yr", 1e-3)]
    [InlineData("km.s**-1", "m s-1", 1000)]
    public void Units_are_converted_however_they_are_spelled(string from, string to, double factor) => Assert.Equal(factor, UnitText.Factor(from, to)!.Value, 1e-15 * factor);

    [Theory]
    [InlineData("10**x arcsec", "mas")]
    [InlineData("kg", "mas / yr")]
    [InlineData("km / s", "mas / yr")]
    public void Others_are_not(string from, string to) => Assert.Null(UnitText.Factor(from, to));
}
