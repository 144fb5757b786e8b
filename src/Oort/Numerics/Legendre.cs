namespace Oort.Numerics;

/// <summary>Legendre polynomials P_l(u) by the three-term recurrence, stable for |u| up to 1.</summary>
internal static class Legendre
{
    /// <summary>Writes P_0(u), P_1(u), ... into <paramref name="p"/>.</summary>
    public static void Polynomials(double u, Span<double> p)
    {
        double previous = 1, current = u;
        for (int l = 0; l < p.Length; l++)
        {
            p[l] = previous;
            (previous, current) = (current, ((2 * l + 3) * u * current - (l + 1) * previous) / (l + 2));
        }
    }

    /// <summary>P_l(u) and its derivative, for |u| below 1.</summary>
    public static (double Value, double Slope) ValueAndSlope(int l, double u)
    {
        double previous = 1, current = u;
        if (l == 0)
        {
            return (1, 0);
        }

        for (int k = 1; k < l; k++)
        {
            (previous, current) = (current, ((2 * k + 1) * u * current - k * previous) / (k + 1));
        }

        return (current, l * (previous - u * current) / ((1 - u) * (1 + u)));
    }
}
