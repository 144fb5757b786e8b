namespace Oort.Numerics;

/// <summary>
/// Integrals over x from 0 to infinity of smooth positive functions that behave like powers or fall faster at both ends:
/// the trapezoidal rule in ln x, whose error falls exponentially with 1/step.
/// </summary>
internal static class HalfLineQuadrature
{
    private const int MaximumSteps = 1_000_000;

    /// <summary>The integral of <paramref name="f"/>; summation stops on either side where terms no longer count.</summary>
    /// <param name="f">The integrand times x, as a function of t = ln x; it must vanish at both ends.</param>
    /// <param name="low">Below this x, <paramref name="f"/> only falls.</param>
    /// <param name="high">Above this x it only falls, once it has risen.</param>
    /// <param name="step">Step in t.</param>
    /// <exception cref="NumericalException">The terms do not become negligible: the integral diverges or nearly so.</exception>
    public static double Integrate(Func<double, double> f, double low, double high, double step)
    {
        double start = Math.Log(low), end = Math.Log(high), sum = 0;
        for (int direction = 1; direction >= -1; direction -= 2)
        {
            for (int i = direction == 1 ? 0 : 1; ; i++)
            {
                double t = start + direction * i * step, term = f(t);
                sum += term;
                if ((direction == -1 || t > end) && !(Math.Abs(term) > 1e-18 * Math.Abs(sum)))
                {
                    break;
                }

                if (i > MaximumSteps)
                {
                    throw new NumericalException("an integral over the half line does not converge");
                }
            }
        }

        return sum * step;
    }
}
