using Oort.Models;

namespace Oort.Report.Sun25;

/// <summary>What figures share in which each model has a panel of its own.</summary>
internal static class ModelPanels
{
    /// <summary>How many panels stand side by side.</summary>
    public static int Columns(int panels) => Math.Clamp(panels, 1, 3);

    /// <summary>A name with a capital, as plain text.</summary>
    public static string Capital(string name) => name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : name;

    /// <summary>Curves of components in their colours.</summary>
    public static IEnumerable<Mark> Curves<T>(ShownModel model, double[] x, IEnumerable<T> profiles, Func<T, GalaxyComponent> component, Func<T, double[]> values)
        => profiles.Select(p => new Curve(model.Shown(component(p)).Label, model.Shown(component(p)).Style, x, values(p)));
}
