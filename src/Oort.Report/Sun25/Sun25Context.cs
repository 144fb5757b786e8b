using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report.Sun25;

/// <summary>What all figures of a page after Sun et al. (2025) share.</summary>
internal sealed class Sun25Context(Sun25Results results)
{
    /// <summary>The results.</summary>
    public Sun25Results Results { get; } = results;

    /// <summary>The models as they are shown, in their order.</summary>
    public IReadOnlyList<ShownModel> Models { get; } = [.. results.Models.Select((m, i) => new ShownModel(m, Markup.Of(m.Name), ModelStyles.Of(i), ComponentStyles.Of(m.Solved.Galaxy.Components)))];

    /// <summary>Those of which densities and velocities are predicted.</summary>
    public ShownModel[] Predicted => [.. Models.Where(m => m.Model.Predictions is not null)];
}

/// <summary>A model as figures show it: the same everywhere.</summary>
/// <param name="Model">The model.</param>
/// <param name="Label">Its name, as markup.</param>
/// <param name="Style">Its colour and dash where models are compared.</param>
/// <param name="Components">Its components in its order, with their colours and dashes where components are compared.</param>
internal sealed record ShownModel(Sun25Model Model, string Label, Style Style, IReadOnlyList<ShownComponent> Components)
{
    /// <summary>What it predicts in the plane; only where there are predictions.</summary>
    public MidPlane Plane => Model.Predictions!.MidPlane;

    /// <summary>A component as it is shown.</summary>
    public ShownComponent Shown(GalaxyComponent component) => Components.First(c => c.Name == component.Name);
}
