using System.Numerics;

namespace Oort.Actions;

/// <summary>
/// Families of orbits through one position, one in each lane: a family shares energy, angular momentum and focal distance, and its
/// members differ in the direction psi of the meridional velocity.
/// </summary>
/// <param name="Energy">Energy, (km/s)^2.</param>
/// <param name="Lz">|Lz|, kpc km/s.</param>
/// <param name="Delta">Focal distance, kpc.</param>
/// <param name="S0">s at the position, kpc^2.</param>
/// <param name="C0">c at the position.</param>
/// <param name="Constant">h^2 vm^2 = X + Y, (kpc km/s)^2.</param>
internal readonly record struct OrbitFamilies(
    Vector<double> Energy, Vector<double> Lz, Vector<double> Delta, Vector<double> S0, Vector<double> C0, Vector<double> Constant)
{
    /// <summary>The families of the pairs whose numbers are given, as many as there are lanes.</summary>
    public static OrbitFamilies Gather(PositionActions.Pairs pairs, ReadOnlySpan<int> which, double R, double z)
    {
        int lanes = Vector<double>.Count;
        Span<double> rows = stackalloc double[4 * lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            int i = which[lane];
            (rows[lane], rows[lanes + lane], rows[2 * lanes + lane], rows[3 * lanes + lane])
                = (pairs.Energy[i], Math.Abs(pairs.Lz[i]), pairs.Delta[i], pairs.Speed2[i]);
        }

        Vector<double> delta = new(rows[(2 * lanes)..]), delta2 = delta * delta;
        (Vector<double> s0, Vector<double> c0) = Spheroidal(R, z, delta2);
        Vector<double> constant = (s0 + delta2 * (Vector<double>.One - c0)) * new Vector<double>(rows[(3 * lanes)..]);

        // A star at rest in the meridional plane would have nothing to be divided by.
        const double AtRest = 1e-290;
        return new(new(rows), new(rows[lanes..]), delta, s0, c0, Vector.MaxNative(constant, new(AtRest)));
    }

    private static (Vector<double> S0, Vector<double> C0) Spheroidal(double R, double z, Vector<double> delta2)
    {
        Vector<double> b = new Vector<double>(R * R + z * z) - delta2, four = 4 * R * R * delta2;
        Vector<double> root = Vector.SquareRoot(b * b + four), s0 = Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(b, Vector<double>.Zero), 0.5 * (b + root), 0.5 * four / (root - b));
        return (s0, new Vector<double>(z * z) / (s0 + delta2));
    }
}
