namespace Oort.DistributionFunctions;

/// <summary>
/// The one-dimensional part that the spheroidal families share, a function of one action h (kpc km/s): double power
/// law, exponential cutoff, and the core of Cole &amp; Binney (2017),
/// D(h) = (1+(J0/h)^eta)^(slopeIn/eta) (1+(h/J0)^eta)^(-slopeOut/eta) exp(-(h/Jcutoff)^cutoffStrength), times
/// [1 + (Jcore/h)(Jcore/h - zeta)]^(-slopeIn/2).
/// </summary>
internal readonly record struct SpheroidProfile(
    double J0, double SlopeIn, double SlopeOut, double Steepness,
    double Jcutoff, double CutoffStrength, double Jcore, double? Zeta)
{
    private const double MostZeta = 1.9;

    /// <summary>e-folds over which a tail of unit slope falls by 2e-16.</summary>
    private const double Depth = 36;

    /// <summary>Whether there is an exponential cutoff.</summary>
    public bool IsCut => double.IsFinite(Jcutoff) && Jcutoff > 0;

    /// <summary>Slope of D towards h = 0 with the core in place.</summary>
    public double InnermostSlope => Jcore > 0 ? 0 : SlopeIn;

    /// <summary>Refuses parameters outside their ranges or with a divergent mass.</summary>
    public static void Check(string model, in SpheroidProfile p)
    {
        ParameterException.Check(model, "J0", p.J0, p.J0 > 0, "> 0 (kpc km/s)");
        ParameterException.Check(
            model, "slopeIn", p.SlopeIn, p.SlopeIn is >= 0 and < 3, ">= 0 and < 3, or the mass diverges at small actions");
        if (!double.IsPositiveInfinity(p.Jcutoff))
        {
            ParameterException.Check(model, "Jcutoff", p.Jcutoff, p.Jcutoff >= 0, "> 0 (kpc km/s), or 0 for no cutoff");
        }

        if (p.IsCut)
        {
            ParameterException.Check(model, "slopeOut", p.SlopeOut, p.SlopeOut is >= 0 and <= 20, ">= 0 and <= 20");
        }
        else
        {
            ParameterException.Check(model, "slopeOut", p.SlopeOut, p.SlopeOut is > 3 and <= 20,
                "> 3 and <= 20, or the mass diverges at large actions (a finite Jcutoff allows less)");
        }

        ParameterException.Check(model, "steepness", p.Steepness, p.Steepness is >= 0.1 and <= 10, "from 0.1 to 10");
        ParameterException.Check(
            model, "cutoffStrength", p.CutoffStrength, p.CutoffStrength is >= 0.1 and <= 10, "from 0.1 to 10");
        ParameterException.Check(model, "Jcore", p.Jcore, p.Jcore >= 0, ">= 0 (kpc km/s), 0 for no core");
        if (p.Zeta is double zeta)
        {
            ParameterException.Check(model, "zeta", zeta, zeta is >= 0 and <= MostZeta, $"from 0 to {MostZeta}");
        }
    }

    /// <summary>Refuses a rotation that makes f negative somewhere.</summary>
    public static void CheckRotation(string model, double rotFrac, double Jphi0)
    {
        ParameterException.Check(model, "rotFrac", rotFrac, Math.Abs(rotFrac) <= 1, "from -1 to 1, or f is negative");
        ParameterException.Check(model, "Jphi0", Jphi0, Jphi0 >= 0, ">= 0 (kpc km/s), 0 for a step");
    }

    /// <summary>
    /// zeta as given, or the one for which the core leaves the integral of D(h) h^2 dh as it is without the core.
    /// </summary>
    /// <exception cref="ParameterException">No zeta up to 1.9 does: the core is too large.</exception>
    public double FindZeta(string model)
    {
        if (Zeta is double given)
        {
            return given;
        }

        if (Jcore == 0 || SlopeIn == 0)
        {
            return 0;
        }

        // A smaller zeta allows a coarser rule, and the core is rarely so large that zeta passes 1.
        foreach (double bound in (ReadOnlySpan<double>)[1, MostZeta])
        {
            if (SolveZeta(bound) is double zeta)
            {
                return zeta;
            }
        }

        throw new ParameterException(model, "Jcore", Jcore, FormattableString.Invariant(
            $"much below J0 and Jcutoff: no zeta up to {MostZeta} makes up for the mass that so large a core removes"));
    }

    /// <summary>The zeta up to <paramref name="bound"/> that conserves the integral, or null.</summary>
    private double? SolveZeta(double bound)
    {
        double rate = Math.Min(1, Steepness);
        (double low, double high, double step) = LogRange(SlopeIn, rate, rate, bound);
        // Nodes as pairs: D(h) (h/J0)^3 and Jcore/h.
        (double Term, double Ratio)[] nodes = new (double, double)[(int)Math.Ceiling((high - low) / step) + 1];
        for (int i = 0; i < nodes.Length; i++)
        {
            double x = low + i * step - Math.Log(J0);
            double log = SlopeIn / Steepness * Log1PlusExp(-Steepness * x)
                - SlopeOut / Steepness * Log1PlusExp(Steepness * x) + 3 * x;
            if (IsCut)
            {
                log -= Math.Pow(Math.Exp(x) * J0 / Jcutoff, CutoffStrength);
            }

            nodes[i] = (Math.Exp(log), Math.Exp(-x) * (Jcore / J0));
        }

        // Below the first node only the -1 of (core - 1) is left; above the last one both sums fall as h^(2-slopeOut).
        nodes[0].Term /= 1 - Math.Exp(-step * (3 - SlopeIn));
        nodes[^1].Term /= IsCut ? 1 : 1 - Math.Exp(-step * (SlopeOut - 2));
        if (Excess(nodes, SlopeIn, bound).Value < 0)
        {
            return null;
        }

        // The excess is convex and rises with zeta: Newton's steps from the right end cannot overshoot.
        double zeta = bound;
        for (int i = 0; i < 60; i++)
        {
            (double value, double slope) = Excess(nodes, SlopeIn, zeta);
            double next = Math.Max(zeta - value / slope, 0);
            if (Math.Abs(next - zeta) <= 1e-14)
            {
                return next;
            }

            zeta = next;
        }

        return zeta;
    }

    /// <summary>Integral of D(h) (core - 1) h^2 dh, up to a factor, and its derivative in zeta.</summary>
    private static (double Value, double Slope) Excess((double Term, double Ratio)[] nodes, double slopeIn, double zeta)
    {
        double value = 0, slope = 0;
        foreach ((double term, double ratio) in nodes)
        {
            double bracket = 1 + ratio * (ratio - zeta);
            double core = Math.Pow(bracket, -slopeIn / 2);
            value += term * (core - 1);
            slope += term * core * (slopeIn / 2) * ratio / bracket;
        }

        return (value, slope);
    }

    /// <summary>
    /// The range of ln h and the step in which the trapezoidal rule integrates D(h) h^2 dh to about 1e-14. The error is
    /// exp(-2 pi d/step) for a function analytic within d of the real axis: the double power law has poles at pi/eta,
    /// the core at acos(zeta/2), and the transform of the cutoff falls as exp(-pi^2/(delta step)).
    /// </summary>
    /// <param name="innerSlope">Slope of the integrand's D towards h = 0.</param>
    /// <param name="innerRate">Power of h with which corrections to the inner power law die.</param>
    /// <param name="outerRate">Power of h with which corrections to the outer power law die.</param>
    /// <param name="zeta">Coefficient of the core.</param>
    public (double Low, double High, double Step) LogRange(
        double innerSlope, double innerRate, double outerRate, double zeta)
    {
        double core = Jcore > 0 ? Jcore : J0;
        // A tail ends where it no longer matters, or where it is a pure power law, whose sum is known.
        double low = Math.Max(
            Math.Log(Math.Min(J0, core)) - Depth / (3 - innerSlope),
            Math.Log(Math.Min(J0, core)) - Depth / innerRate);
        double high = double.PositiveInfinity;
        if (SlopeOut > 3)
        {
            high = Math.Log(J0) + Depth / (SlopeOut - 3);
        }

        if (IsCut)
        {
            high = Math.Min(high, Math.Log(Jcutoff) + Math.Log(Depth + 12) / CutoffStrength);
        }
        else
        {
            high = Math.Min(high, Math.Log(Math.Max(J0, Jcore)) + Depth / outerRate);
        }

        double step = Math.Min(0.25, 0.6 / Steepness);
        if (IsCut)
        {
            step = Math.Min(step, 0.3 / CutoffStrength);
        }

        if (Jcore > 0)
        {
            step = Math.Min(step, 0.19 * Math.Acos(zeta / 2));
        }

        return (low, high, step);
    }

    private static double Log1PlusExp(double x) => x > 36 ? x : Math.Log(1 + Math.Exp(x));
}
