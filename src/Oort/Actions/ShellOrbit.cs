namespace Oort.Actions;

/// <summary>What is remembered of a shell orbit, to find that of a neighbouring angular momentum or a similar potential quickly.</summary>
/// <param name="Ratio">Radius where it crosses the plane, over that of the circular orbit; NaN where not known.</param>
/// <param name="Quarter">Time from the plane to the top, in units of the circular orbit's radius over its speed.</param>
/// <param name="Slope">Derivative of the miss at the top (R vR in units of the circular orbit's angular momentum) with respect to the ratio.</param>
/// <param name="Step">First step of the integration, as a fraction of the quarter; NaN where the orbit was not found, but guessed.</param>
internal readonly record struct ShellOrbit(double Ratio, double Quarter, double Slope, double Step)
{
    /// <summary>An orbit of which nothing is known.</summary>
    internal static ShellOrbit Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The orbit a fraction <paramref name="w"/> of the way from <paramref name="a"/> to <paramref name="b"/>.</summary>
    internal static ShellOrbit Between(ShellOrbit a, ShellOrbit b, double w)
        => new(Mix(a.Ratio, b.Ratio, w), Mix(a.Quarter, b.Quarter, w), Mix(a.Slope, b.Slope, w), Mix(a.Step, b.Step, w));

    private static double Mix(double a, double b, double w) => a + w * (b - a);
}
