using System.Globalization;
using System.Reflection;

namespace Oort.Surveys;

/// <summary>
/// Zero point of the parallaxes of Gaia EDR3 and DR3 as a function of magnitude, colour and ecliptic latitude (Lindegren et al. 2021, A&amp;A 649, A4, appendix A).
/// </summary>
/// <remarks>
/// Z = sum over j and k of q_jk(G) c_j(colour) b_k(latitude), equation A.3, with q_jk linear in G between the magnitudes of Tables 9 and 10 and constant beyond the first and
/// the last, 6 and 21. The colour is the effective wavenumber for five-parameter solutions, the astrometrically estimated pseudocolour for six-parameter ones; the law was fitted to 1.1-1.9 and
/// 1.24-1.72 per micrometre and is continued beyond as its basis functions go.
/// </remarks>
public sealed class ParallaxZeroPoint
{
    private static readonly Lazy<ParallaxZeroPoint> Five = new(() => Load("parallax_zero_point_5p.csv")), Six = new(() => Load("parallax_zero_point_6p.csv"));

    private readonly int[] j, k;
    private readonly double[] magnitudes;
    private readonly double[][] coefficients;

    private ParallaxZeroPoint(int[] j, int[] k, double[] magnitudes, double[][] coefficients)
        => (this.j, this.k, this.magnitudes, this.coefficients) = (j, k, magnitudes, coefficients);

    /// <summary>For five-parameter solutions (<c>astrometric_params_solved</c> 31), Table 9; the colour is <c>nu_eff_used_in_astrometry</c>.</summary>
    public static ParallaxZeroPoint FiveParameters => Five.Value;

    /// <summary>For six-parameter solutions (<c>astrometric_params_solved</c> 95), Table 10; the colour is <c>pseudocolour</c>.</summary>
    public static ParallaxZeroPoint SixParameters => Six.Value;

    /// <summary>The zero point, mas, which is to be subtracted from the parallax of the archive; NaN where something is.</summary>
    /// <param name="magnitude">G magnitude.</param>
    /// <param name="colour">Effective wavenumber or pseudocolour, 1/um.</param>
    /// <param name="eclipticLatitude">Ecliptic latitude, degrees.</param>
    public double At(double magnitude, double colour, double eclipticLatitude)
    {
        if (double.IsNaN(magnitude + colour + eclipticLatitude))
        {
            return double.NaN;
        }

        double sin = Math.Sin(eclipticLatitude * Coordinates.Units.Degree), clipped = Math.Clamp(colour, 1.24, 1.72);
        ReadOnlySpan<double> b = [1, sin, sin * sin - 1.0 / 3];
        double blue = Math.Max(0, 1.48 - clipped);
        ReadOnlySpan<double> c = [1, clipped - 1.48, blue * blue * blue, Math.Min(0, colour - 1.24), Math.Max(0, colour - 1.72)];

        double g = Math.Clamp(magnitude, magnitudes[0], magnitudes[^1]);
        int i = 0;
        while (i + 2 < magnitudes.Length && g >= magnitudes[i + 1])
        {
            i++;
        }

        double t = (g - magnitudes[i]) / (magnitudes[i + 1] - magnitudes[i]), sum = 0;
        for (int n = 0; n < j.Length; n++)
        {
            sum += ((1 - t) * coefficients[i][n] + t * coefficients[i + 1][n]) * c[j[n]] * b[k[n]];
        }

        // The tables are in microarcseconds.
        return 1e-3 * sum;
    }

    /// <summary>The first two rows are j and k of the columns, after a filler; then follow rows of G and coefficients.</summary>
    private static ParallaxZeroPoint Load(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream);
        double[][] rows = [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray())];
        return new([.. rows[0][1..].Select(x => (int)x)], [.. rows[1][1..].Select(x => (int)x)], [.. rows[2..].Select(r => r[0])], [.. rows[2..].Select(r => r[1..])]);
    }
}
