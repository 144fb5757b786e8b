using Oort.Models;

namespace Oort.Report;

/// <summary>A component as figures show it: the same everywhere.</summary>
/// <param name="Name">Its name in the model file.</param>
/// <param name="Kind">What it consists of.</param>
/// <param name="IsDisc">Whether it is a stellar disc.</param>
/// <param name="Style">Its colour and dash.</param>
internal sealed record ShownComponent(string Name, ComponentKind Kind, bool IsDisc, Style Style)
{
    /// <summary>Its name as markup, with a capital.</summary>
    public string Label => Markup.Of(Name.Length > 0 ? char.ToUpperInvariant(Name[0]) + Name[1..] : Name);
}

/// <summary>
/// Colours and dashes of a model's components. Dashes are those of Binney &amp; Vasiliev (2023): young disc full, middle dotted, old short-dashed, thick
/// long-dashed, stellar halo dotted, dark halo dashed. Components of other names get what is left, in their order.
/// </summary>
internal static class ComponentStyles
{
    /// <summary>Of the sum of all stars.</summary>
    public static Style AllStars { get; } = new(Colour.Ink, Width: 2.2);

    /// <summary>Of a prediction of the model that stands beside data.</summary>
    public static Style Model { get; } = new(Colour.Vermillion);

    /// <summary>Of data.</summary>
    public static Style Data { get; } = new(Colour.Ink, Width: 1.2);

    /// <summary>Of what others have fitted or assumed.</summary>
    public static Style Elsewhere { get; } = new(Colour.Grey, Dash.Dash);

    private static readonly (string Word, Style Style)[] ByName =
    [
        ("young", new(Colour.Sky)),
        ("middle", new(Colour.Blue, Dash.Dot)),
        ("old", new(Colour.Green, Dash.Dash)),
        ("thick", new(Colour.Purple, Dash.LongDash)),
        ("bulge", new(Colour.Orange, Dash.DashDot)),
        ("stellar halo", new(Colour.Wine, Dash.Dot)),
        ("dark", new(Colour.Ink, Dash.Dash)),
        ("thin", new(Colour.Green)),
        ("H2", new(Colour.Vermillion, Dash.Dash)),
        ("CGM", new(Colour.Green, Dash.Dot)),
        ("HI gas", new(Colour.Grey, Dash.DashDot)),
        ("gas", new(Colour.Grey, Dash.LongDash)),
    ];

    /// <summary>The components of a model.</summary>
    public static IReadOnlyList<ShownComponent> Of(IEnumerable<GalaxyComponent> components)
    {
        GalaxyComponent[] all = [.. components];
        Style?[] named = [.. all.Select(c => ByName.Where(n => c.Name.Contains(n.Word, StringComparison.OrdinalIgnoreCase)).Select(n => (Style?)n.Style).FirstOrDefault())];
        Queue<Style> free = new(ByName.Select(n => n.Style).Distinct().Where(s => !named.Contains(s)));
        HashSet<Style> taken = [];
        List<ShownComponent> shown = [];
        for (int i = 0; i < all.Length; i++)
        {
            Style style = named[i] is Style s && taken.Add(s) ? s
                : free.Count > 0 ? free.Dequeue()
                : new(Palette.Colours[1 + (i % (Palette.Colours.Count - 1))].Colour, (Dash)(i / 2 % 5));
            shown.Add(new(all[i].Name, all[i].Kind, all[i].IsDisc, style));
        }

        return shown;
    }
}
