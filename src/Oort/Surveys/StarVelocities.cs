using Oort.Coordinates;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// Places and velocities of single stars in the model frame, and how uncertain the velocities are: what <c>oort reduce</c> makes histograms of. In an order of their own, whatever that of the catalogue. Immutable.
/// </summary>
public sealed class StarVelocities
{
    private static readonly string[] ErrorMeanings = ["parallax_error", "pmra_error", "pmdec_error", "radial_velocity_error"];

    // km/s of a proper motion of 1 mas/yr at 1 kpc.
    private const double VelocityPerMasKpc = 4.740470463533349;

    private readonly double[] numbers;

    private StarVelocities(double[] numbers, bool hasErrors) => (this.numbers, HasErrors) = (numbers, hasErrors);

    /// <summary>Numbers of a star: R, |z|, v_R, v_z (of the star's mirror image where z is below 0), v_phi, and the covariance of the velocity: RR, Rz, Rphi, zz, zphi, phiphi.</summary>
    internal const int Row = 11;

    /// <summary>Number of stars.</summary>
    public int Count => numbers.Length / Row;

    /// <summary>Whether the catalogue has errors.</summary>
    public bool HasErrors { get; }

    /// <summary>The numbers of a star.</summary>
    internal ReadOnlySpan<double> this[int star] => numbers.AsSpan(star * Row, Row);

    /// <summary>
    /// Reads a catalogue (<see cref="CatalogueReduction.Read"/>): the stars in a survey's bins that are left by its cuts. Where it has the errors of parallax (or distance from it), proper motions and line-of-sight velocity,
    /// velocities are as uncertain as these make them at the star's place; both proper motions count as equally uncertain.
    /// </summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="survey">Columns, cuts and bins in R and |z|.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The file cannot be read, lacks columns, or has no star in a bin.</exception>
    public static StarVelocities Read(string path, Survey survey, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(survey);
        SpatialBins bins = survey.Bins;
        using TableStream table = TableStream.Open(path);
        CatalogueLayout layout = new(table, survey, ErrorMeanings);
        bool hasErrors = !layout.IsCartesian && ErrorMeanings.All(m => layout.IndexOf(m) >= 0);
        (StarSelector Selector, Sink Sink)[] parts =
        [
            .. table.Read(layout.Columns, threads, () =>
            {
                Sink sink = new(bins, survey.Sun, layout.Limits, hasErrors);
                return (new StarSelector(layout, survey, sink, ErrorMeanings), sink);
            }, (part, block) => part.Item1.Add(block), null, cancellation),
        ];
        double[][] stars = [.. parts.SelectMany(p => p.Sink.Stars)];
        Array.Sort(stars, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return stars.Length > 0 ? new(Joined(stars), hasErrors) : throw new InputException($"{path}: has no star in a bin of {survey.Name} that its cuts leave");
    }

    /// <summary>Stars of given places and velocities, without errors.</summary>
    /// <param name="stars">Position and velocity of each in the model frame.</param>
    public static StarVelocities Of(IEnumerable<CylindricalPoint> stars)
    {
        double[][] rows = [.. stars.Select(s => Numbers(s))];
        Array.Sort(rows, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return new(Joined(rows), false);
    }

    private static double[] Joined(double[][] rows)
    {
        double[] all = new double[rows.Length * Row];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].CopyTo(all, i * Row);
        }

        return all;
    }

    private static double[] Numbers(in CylindricalPoint star) => [star.R, Math.Abs(star.z), star.vR, star.z < 0 ? -star.vz : star.vz, star.vphi, 0, 0, 0, 0, 0, 0];

    private sealed class Sink(SpatialBins bins, Sun sun, VelocityLimits? limits, bool hasErrors) : IStarSink
    {
        public List<double[]> Stars { get; } = [];

        public void Add(StarBatch stars)
        {
            CartesianBatch m = stars.Model;
            Span<double> e = stackalloc double[ErrorMeanings.Length];
            for (int i = 0; i < stars.Longitude.Length; i++)
            {
                CylindricalPoint star = CylindricalPoint.FromCartesian(m.x[i], m.y[i], m.z[i], m.vx[i], m.vy[i], m.vz[i]);
                if (bins.Find(star.R, star.z) == 0 || !double.IsFinite(star.vR + star.vz + star.vphi) || limits is VelocityLimits within && !within.Contains(star.vR, star.vphi, star.vz))
                {
                    continue;
                }

                double[] row = Numbers(star);
                if (hasErrors)
                {
                    for (int k = 0; k < e.Length; k++)
                    {
                        e[k] = stars.Kept[k][i];
                    }

                    if (!double.IsFinite(e[0] + e[1] + e[2] + e[3]))
                    {
                        continue;
                    }

                    Covariance([m.x[i], m.y[i], m.z[i]], [m.vx[i], m.vy[i], m.vz[i]], e, row);
                }

                Stars.Add(row);
            }
        }

        /// <summary>
        /// sigma_los^2 n n + (d sigma_mu)^2 (1 - n n) + (d sigma_parallax)^2 v_t v_t: along the line of sight n, across it, and along the transverse velocity v_t, in proportion to which a wrong distance changes it.
        /// </summary>
        private void Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> v, ReadOnlySpan<double> e, double[] row)
        {
            Span<double> n = [x[0] - sun.R, x[1], x[2] - sun.Z], t = stackalloc double[3];
            ReadOnlySpan<double> own = [-sun.U, sun.V, sun.W];
            double d = Math.Sqrt(Dot(n, n)), along = 0;
            for (int k = 0; k < 3; k++)
            {
                n[k] /= d;
                along += n[k] * (v[k] - own[k]);
            }

            for (int k = 0; k < 3; k++)
            {
                t[k] = v[k] - own[k] - along * n[k];
            }

            double across = d * VelocityPerMasKpc * Math.Sqrt(0.5 * (e[1] * e[1] + e[2] * e[2])), wrong = d * e[0], R = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
            double sign = x[2] < 0 ? -1 : 1;

            // Along R, z and phi.
            ReadOnlySpan<double> axes = [x[0] / R, x[1] / R, 0, 0, 0, sign, -x[1] / R, x[0] / R, 0];
            for (int a = 0, at = 5; a < 3; a++)
            {
                for (int b = a; b < 3; b++, at++)
                {
                    ReadOnlySpan<double> first = axes.Slice(3 * a, 3), second = axes.Slice(3 * b, 3);
                    double na = Dot(first, n), nb = Dot(second, n);
                    row[at] = e[3] * e[3] * na * nb + across * across * ((a == b ? 1 : 0) - na * nb) + wrong * wrong * Dot(first, t) * Dot(second, t);
                }
            }
        }

        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
