using Oort.Numerics;

namespace Oort.Potentials;

/// <summary>
/// Coefficients of P_l (without sqrt(2l+1)) and their derivatives in ln r: [l][node]. The monopole is
/// <paramref name="Offset"/> + Values[0].
/// </summary>
internal sealed record MultipoleCoefficients(double[] LogRadii, double[][] Values, double[][] Slopes, double Offset)
{
    /// <summary>Whether all odd degrees vanish.</summary>
    public bool IsEven => !Enumerable.Range(0, Values.Length).Any(l => l % 2 == 1 && Values[l].Concat(Slopes[l]).Any(v => v != 0));

    /// <summary>The same on nodes equally spaced in ln r: itself where they are already (to the digits of a file), else interpolated to four times as many.</summary>
    public MultipoleCoefficients EquallySpaced()
    {
        int n = LogRadii.Length;
        double first = LogRadii[0], step = (LogRadii[^1] - first) / (n - 1);
        if (Enumerable.Range(0, n).All(i => Math.Abs(LogRadii[i] - first - i * step) < 1e-8 * step))
        {
            return this;
        }

        int m = 4 * (n - 1) + 1;
        double[] x = [.. Enumerable.Range(0, m).Select(i => first + (LogRadii[^1] - first) * i / (m - 1))];
        double[][] values = new double[Values.Length][], slopes = new double[Values.Length][];
        for (int l = 0; l < Values.Length; l++)
        {
            QuinticSpline spline = new(LogRadii, Values[l], Slopes[l]);
            (values[l], slopes[l]) = (new double[m], new double[m]);
            spline.Evaluate(x, values[l], slopes[l]);
        }

        return new(x, values, slopes, Offset);
    }
}
