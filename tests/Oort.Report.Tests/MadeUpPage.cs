namespace Oort.Report.Tests;

/// <summary>A page with every kind of mark, whose numbers are known.</summary>
internal static class MadeUpPage
{
    public static double[] X { get; } = [1, 2, 3, 4];

    public static Page Create() => new("Made <up> & checked", "<p>All kinds of marks.</p>",
    [
        new Section("figure-1", "Figure 1", "Marks", "A caption.",
        [
            new Figure("marks", "All kinds of marks", 2,
            [
                new Panel("Left", Axis.Radius(), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, 0.01, 100),
                    [new Curve("Thin &lt;disc&gt;", new(Colour.Blue), X, [10, 1, double.NaN, 0.123456789]), new Points("Data, points", new(Colour.Ink), X, [5, 6, 7, 8]) { Below = [1, 1, 1, 1], Above = [2, 2, 2, 2] }]),
                new Panel("Right", new("<i>v</i>", "km s<sup>−1</sup>"), new("<i>p</i>", ""),
                    [new Steps("Data", new(Colour.Ink), [0, 1, 2, 3], [4, 9, 2]) { Errors = [0.1, 0.2, 0.3] }, new Curve("Thin &lt;disc&gt;", new(Colour.Blue, Dash.Dash), X, [4, 8, 3, 1])])
                {
                    Notes = [new(Corner.UpperRight, "first"), new(Corner.UpperRight, "second", Colour.Blue)],
                },
                new Panel("Map", Axis.Radius(), new("<i>z</i>", "kpc"),
                    [new HeatMap("Stars", new(Colour.Ink), [0, 1, 2, 3], [0, 1, 2], new double[,] { { 0, 1, 2, 1 }, { 1, 3, 4, 2 }, { 0, 2, double.NaN, 1 } }, "log<sub>10</sub> <i>ρ</i>") { Levels = [0.5, 2.5] }]),
            ]),
            new Figure("choice", "A choice", 1,
            [
                new View("first", [new Panel("One", Axis.Radius(), new("<i>y</i>"), [new Curve("C", new(Colour.Sky), X, [1, 2, 3, 4]), new Labels("C", new(Colour.Sky), [2, 3], [3, 2], ["at <i>two</i>", "at three"])])]),
                new View("second", [new Panel("Two &amp; <i>R</i>", Axis.Radius(), new("<i>y</i>"), [new Curve("C", new(Colour.Sky), X, [40, 30, 20, 10])])]),
            ]),
        ]) { Comparisons = [new("<i>q</i>", "kpc", 1.03, 1), new("<i>r</i>", "", 2.5e-7, double.NaN)], Missing = "Some are missing." },
    ]);

    /// <summary>The page as text.</summary>
    public static string Text()
    {
        using StringWriter writer = new();
        Create().Write(writer);
        return writer.ToString();
    }
}
