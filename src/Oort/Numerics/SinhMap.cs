namespace Oort.Numerics;

/// <summary>Gauss-Legendre nodes on [from, to], crowded towards <c>from</c>: x = from + a sinh(t asinh(length / a)).</summary>
internal static class SinhMap
{
    /// <summary>Writes the mapped rule with as many nodes as the spans are long.</summary>
    /// <param name="from">End towards which the nodes crowd.</param>
    /// <param name="to">The other end, above or below.</param>
    /// <param name="scale">Distance from the crowded end within which the spacing is even.</param>
    /// <param name="nodes">Receives the nodes.</param>
    /// <param name="weights">Receives the weights, positive.</param>
    public static void Nodes(double from, double to, double scale, Span<double> nodes, Span<double> weights)
    {
        GaussLegendre rule = GaussLegendre.Rule(nodes.Length);
        double sign = Math.Sign(to - from), full = Math.Asinh(Math.Abs(to - from) / scale);
        for (int i = 0; i < nodes.Length; i++)
        {
            double t = 0.5 * full * (1 + rule.Nodes[i]);
            nodes[i] = from + sign * scale * Math.Sinh(t);
            weights[i] = 0.5 * full * rule.Weights[i] * scale * Math.Cosh(t);
        }
    }
}
