using Oort.Potentials;

namespace Oort.Models.Predictions;

/// <summary>
/// Circular speeds in the plane (Binney &amp; Vasiliev 2023, Figure 15), km/s; negative where the force points outwards. The squares, with
/// their signs, add up.
/// </summary>
/// <param name="R">Distances from the axis, kpc.</param>
/// <param name="Total">Of everything.</param>
/// <param name="Baryons">Of stars and gas.</param>
/// <param name="Dark">Of dark matter.</param>
/// <param name="Components">Of every component alone, in the model's order.</param>
public sealed record CircularSpeeds(double[] R, double[] Total, double[] Baryons, double[] Dark, IReadOnlyList<ComponentValues> Components)
{
    /// <summary>Up to this radius, kpc, the figure is drawn.</summary>
    internal const double Largest = 30;

    private static readonly double[] Radii = [.. Enumerable.Range(0, 20).Select(i => 0.05 + 0.05 * i), .. Enumerable.Range(0, 116).Select(i => 1.25 + 0.25 * i)];

    internal static CircularSpeeds Of(SolvedGalaxy model)
    {
        double[] R = [.. Radii.Select(x => Math.Round(x, 6))];
        ComponentValues[] components = [.. model.Components.Select(c => new ComponentValues(c.Component, Pulls([c], R)))];
        double[] Sum(Func<ComponentValues, bool> which) => [.. R.Select((_, i) => Speed(components.Where(which).Sum(c => c.Values[i])))];
        return new(
            R, [.. R.Select(model.Galaxy.CircularSpeed)], Sum(c => c.Component.Kind != ComponentKind.Dark), Sum(c => c.Component.Kind == ComponentKind.Dark),
            [.. components.Select(c => c with { Values = [.. c.Values.Select(Speed)] })]);
    }

    /// <summary>R dPhi/dR in the plane of some components together, (km/s)^2.</summary>
    internal static double[] Pulls(IEnumerable<ComponentResult> components, double[] R)
    {
        double[] sum = new double[R.Length], plane = new double[R.Length], force = new double[R.Length];
        foreach (ComponentResult c in components)
        {
            c.Potential.Evaluate(R, plane, new() { PhiR = force });
            for (int i = 0; i < R.Length; i++)
            {
                sum[i] += R[i] * force[i];
            }
        }

        return sum;
    }

    private static double Speed(double pull) => Math.Sign(pull) * Math.Sqrt(Math.Abs(pull));
}
