namespace Oort.Actions;

/// <summary>
/// How accurately a finder does its quadratures. The error is |dJ|/(J + 1 kpc km/s) against converged quadrature of the same
/// integrals; it says nothing about how well the potential is approximated by one of Staeckel form.
/// </summary>
public enum ActionAccuracy
{
    /// <summary>
    /// Within 2e-4 for 99 % of the orbits, 2e-3 for 99.9 %, 0.06 for the worst of ten thousand (little Lz, or
    /// all but at rest between the turning points): for samples, where the error of the fudge itself is ten times as large.
    /// </summary>
    Fast,

    /// <summary>Within 1e-6 for 99 % of the orbits, 2e-5 for 99.9 %: for catalogues.</summary>
    Standard,

    /// <summary>Within 1e-9 where the potential is smooth: for tests and exact cases.</summary>
    High,
}
