using Oort.Models;

namespace Oort.Inference.Likelihoods;

/// <summary>The misfit of a galaxy to several data sets together, as a function of its parameters: a sum, each data set's parts by its name.</summary>
public sealed class GalaxyObjective : IObjective
{
    private readonly IGalaxySource galaxies;
    private readonly IReadOnlyList<(string Name, ILikelihood Likelihood)> data;

    /// <summary>Such a function.</summary>
    /// <param name="galaxies">Galaxies by values of the parameters.</param>
    /// <param name="data">The data sets and their names; an empty name leaves quantities as they are called.</param>
    public GalaxyObjective(IGalaxySource galaxies, IReadOnlyList<(string Name, ILikelihood Likelihood)> data) => (this.galaxies, this.data) = (galaxies, data);

    /// <inheritdoc/>
    public IObjective Near(IReadOnlyList<double> values, CancellationToken cancellation = default) => new GalaxyObjective(galaxies.Near(values, cancellation), data);

    /// <inheritdoc/>
    public Misfit Evaluate(IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        Galaxy galaxy = galaxies.At(values, cancellation);
        List<MisfitPart> parts = [];
        List<double> residuals = [], guides = [];
        double sum = 0;
        int cells = 0;
        (bool areSquares, bool areGuided) = (true, false);
        foreach ((string name, ILikelihood likelihood) in data)
        {
            Misfit own = likelihood.Evaluate(galaxy, cancellation);
            (sum, cells) = (sum + own.ChiSquared, cells + own.Cells);
            parts.AddRange(own.Parts.Select(p => name.Length > 0 ? p with { Quantity = $"{name}: {p.Quantity}" } : p));
            residuals.AddRange(own.Residuals);
            areSquares &= own.Residuals.Count > 0;
            guides.AddRange(own.Guides.Count > 0 ? own.Guides : own.Residuals);
            areGuided |= own.Guides.Count > 0;
        }

        return new(sum, cells, parts) { Residuals = areSquares ? residuals : [], Guides = areSquares && areGuided ? guides : [] };
    }
}
