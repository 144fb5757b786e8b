namespace Oort.Models.DiscParameters;

/// <summary>Which heights an exponential is fitted to. The heights are 0 and, from 20 pc on, each 4 % above the last.</summary>
public enum ScaleHeightRange
{
    /// <summary>The last eight before rho(z)/rho(0) falls below 1e-10, where the paper's curves end: 1e-7 to 1e-10, about.</summary>
    LastEight,

    /// <summary>Where rho(z)/rho(0) is 1e-1 to 1e-3: "less than a tenth of its central value", and still observable.</summary>
    TenthToThousandth,

    /// <summary>The same heights for all discs, 1 to 2 kpc, however little of the disc is left there.</summary>
    OneToTwoKiloparsecs,

    /// <summary>The same heights for all discs, 3 to 4 kpc.</summary>
    ThreeToFourKiloparsecs,
}
