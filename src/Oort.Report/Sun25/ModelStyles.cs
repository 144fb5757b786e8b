namespace Oort.Report.Sun25;

/// <summary>Colours of models: the same wherever models are compared; where components are, these have colours (<see cref="ComponentStyles"/>) and models panels of their own.</summary>
internal static class ModelStyles
{
    private static readonly Colour[] Colours = [Colour.Blue, Colour.Vermillion, Colour.Green, Colour.Purple, Colour.Orange, Colour.Sky, Colour.Wine];

    /// <summary>How many models have colours of their own.</summary>
    public static int Count => Colours.Length;

    /// <summary>Of data beside models.</summary>
    public static Style Data { get; } = new(Colour.Ink, Width: 1.2);

    /// <summary>Of a model by its place among those of the page, from 0; more models than colours have dashes.</summary>
    public static Style Of(int index) => new(Colours[index % Colours.Length], (Dash)(index / Colours.Length % 5));
}
