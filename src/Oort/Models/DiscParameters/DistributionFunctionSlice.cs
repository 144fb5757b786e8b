using Oort.DistributionFunctions;

namespace Oort.Models.DiscParameters;

/// <summary>A disc's f(Jphi) at fixed Jr and Jz: a curve of Binney &amp; Vasiliev (2023), Figure 1.</summary>
/// <param name="Varied">The parameter that the curve's panel varies.</param>
/// <param name="Disc">The disc's parameters; its norm M of equation 4 is 1 Msun.</param>
/// <param name="Jr">Radial action, kpc km/s.</param>
/// <param name="Jz">Vertical action, kpc km/s.</param>
/// <param name="Jphi">Angular momenta, kpc km/s.</param>
/// <param name="f">f there, for M = 1 Msun: (kpc km/s)^-3.</param>
public sealed record DistributionFunctionSlice(
    DiscParameter Varied, NewExponentialParameters Disc, double Jr, double Jz, IReadOnlyList<double> Jphi, IReadOnlyList<double> f);
