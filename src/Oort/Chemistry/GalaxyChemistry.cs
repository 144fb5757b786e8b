using Oort.Models;
using Oort.Tables;

namespace Oort.Chemistry;

/// <summary>
/// The chemistry of a galaxy's stars: of each component, the distribution of abundances at given actions, in the scale that the galaxy's
/// circular speed at the Sun sets (Binney &amp; Vasiliev 2023, section 4.6). Immutable and safe to share between threads.
/// </summary>
public sealed class GalaxyChemistry
{
    /// <summary>The columns that particles with abundances have: fe_h and alpha_fe, in dex.</summary>
    public static IReadOnlyList<ParticleColumn> Columns { get; } = [new("fe_h", "", "[Fe/H] in dex"), new("alpha_fe", "", "[alpha/Fe] in dex")];

    private readonly AbundanceDistribution?[] distributions;

    /// <summary>The chemistry of a galaxy.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="setup">Chemistry of its components: every one of stars with a distribution function must have a row, no other may.</param>
    /// <param name="sunRadius">R0, the Sun's distance from the centre, kpc.</param>
    /// <exception cref="InputException">A component has no row, a row no component, or a parameter is out of its range.</exception>
    public GalaxyChemistry(Galaxy galaxy, ChemistrySetup setup, double sunRadius)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ArgumentNullException.ThrowIfNull(setup);
        ParameterException.Check("Chemistry", "R0", sunRadius, sunRadius > 0, "> 0 (kpc)");
        (Galaxy, Setup, SunRadius, SunCircularSpeed) = (galaxy, setup, sunRadius, galaxy.CircularSpeed(sunRadius));
        if (!(SunCircularSpeed > 0))
        {
            throw new InputException(FormattableString.Invariant($"{setup.Source}: there are no circular orbits at the Sun's distance, {sunRadius} kpc, from the centre of this model"));
        }

        string[] stars = [.. galaxy.Components.Where(AreStars).Select(c => c.Name)];
        foreach (PopulationChemistry row in setup.Populations)
        {
            if (!stars.Contains(row.Component, StringComparer.OrdinalIgnoreCase))
            {
                throw new InputException($"{setup.Source}: [Chemistry {row.Component}]: the model has no such component of stars with a distribution function"
                    + $"{(Suggestion.Nearest(row.Component, stars) is string s ? $"; did you mean {s}?" : ".")} It has: {string.Join(", ", stars)}");
            }
        }

        distributions = new AbundanceDistribution?[galaxy.Components.Count];
        for (int c = 0; c < distributions.Length; c++)
        {
            if (AreStars(galaxy.Components[c]))
            {
                distributions[c] = Make(setup.Find(galaxy.Components[c].Name)
                    ?? throw new InputException($"{setup.Source}: has no section [Chemistry {galaxy.Components[c].Name}]: each of the model's components of stars needs one"));
            }
        }
    }

    /// <summary>The galaxy.</summary>
    public Galaxy Galaxy { get; }

    /// <summary>What it was made from.</summary>
    public ChemistrySetup Setup { get; }

    /// <summary>R0, kpc.</summary>
    public double SunRadius { get; }

    /// <summary>v_c(R0), km/s.</summary>
    public double SunCircularSpeed { get; }

    /// <summary>Angular momentum of the circular orbit through the Sun, kpc km/s.</summary>
    public double SunJphi => SunRadius * SunCircularSpeed;

    /// <summary>Abundances of a component's stars; null for what is not stars.</summary>
    /// <param name="component">Place in <see cref="Galaxy.Components"/>.</param>
    public AbundanceDistribution? Of(int component) => distributions[component];

    /// <summary>
    /// Abundances of particles that a <see cref="GalaxySampler"/> drew, from the actions it drew them by; NaN for what is not stars.
    /// </summary>
    /// <param name="component">Their component.</param>
    /// <param name="first">Number, within the component, of the chunk's first particle.</param>
    /// <param name="particles">The particles.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="feH">Receives [Fe/H], dex, of each particle.</param>
    /// <param name="alphaFe">Receives [alpha/Fe], dex.</param>
    public void Draw(int component, long first, ParticleChunk particles, ulong seed, Span<double> feH, Span<double> alphaFe)
    {
        ArgumentNullException.ThrowIfNull(particles);
        feH = feH[..particles.Count];
        alphaFe = alphaFe[..particles.Count];
        if (distributions[component] is not { } distribution)
        {
            feH.Fill(double.NaN);
            alphaFe.Fill(double.NaN);
            return;
        }

        const int Batch = 256;
        Span<double> Jphi = stackalloc double[Batch];
        for (int start = 0; start < particles.Count; start += Batch)
        {
            int n = Math.Min(Batch, particles.Count - start);
            for (int k = 0; k < n; k++)
            {
                int i = start + k;
                Jphi[k] = particles.X[i] * particles.VY[i] - particles.Y[i] * particles.VX[i];
            }

            distribution.Draw(particles.Jz.AsSpan(start, n), Jphi[..n], seed, component, first + start, feH.Slice(start, n), alphaFe.Slice(start, n));
        }
    }

    /// <summary>The same particles with <see cref="Columns"/> besides.</summary>
    /// <param name="particles">Particles of the galaxy's components that a <see cref="GalaxySampler"/> draws.</param>
    /// <param name="seed">Names the draw of abundances.</param>
    public IParticleSource WithAbundances(IParticleSource particles, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(particles);
        return new AbundanceSource(this, particles, seed);
    }

    private static bool AreStars(GalaxyComponent component) => component.Kind == ComponentKind.Stars && component.DistributionFunction is not null;

    private AbundanceDistribution Make(PopulationChemistry row)
    {
        RotatedGaussian own = new(row.Parameters, SunRadius, SunCircularSpeed);
        if (row.Split is null)
        {
            return new(own);
        }

        PopulationChemistry others = row.Others is string name && Setup.Find(name) is { } found ? found
            : throw new InputException($"{Setup.Source}: [Chemistry {row.Component}]: others = {row.Others}: there is no section [Chemistry {row.Others}]");
        return new(own, row.Split, new(others.Parameters, SunRadius, SunCircularSpeed));
    }
}
