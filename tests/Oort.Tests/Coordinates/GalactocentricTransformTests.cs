using System.Globalization;
using Oort.Coordinates;
using Oort.Tests.Support;

namespace Oort.Tests.Coordinates;

/// <summary>Frames against astropy: recorded numbers, and astropy itself where it is installed.</summary>
public sealed class GalactocentricTransformTests
{
    private const double Tolerance = 1e-9;

    private static readonly string[] SunColumns = ["R0", "zsun", "U", "V", "W"];

    [Fact]
    public void A_thousand_recorded_stars_agree_with_astropy_both_ways()
    {
        ReferenceTable table = ReferenceTable.Read("astropy_frames.csv");
        Assert.Equal(1000, table.Count);
        AssertAgrees(c => table[c]);
    }

    [PythonFact]
    public void Other_random_stars_agree_with_astropy_that_is_installed()
    {
        string script = Path.Combine(Repository.Root, "tests", "Oort.Tests", "Coordinates", "astropy_frames.py");
        (int code, string output, string error) = Python.Run(Python.Executable!, ".", script, "300", DateTime.UtcNow.DayOfYear.ToString(CultureInfo.InvariantCulture));
        Assert.True(code == 0, error);
        string[][] lines = [.. output.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(','))];
        Assert.Equal(301, lines.Length);
        AssertAgrees(c => [.. lines[1..].Select(l => double.Parse(l[Array.IndexOf(lines[0], c)], CultureInfo.InvariantCulture))]);
    }

    [Fact]
    public void The_Sun_itself_is_where_its_parameters_say()
    {
        foreach (GalacticFrame frame in Enum.GetValues<GalacticFrame>())
        {
            double sign = frame == GalacticFrame.Sky ? 1 : -1;
            Star sun = FromSky(Sun.Bv23, frame, new(123, 45, 0, 1, 2, 0));
            double[] expected = [-sign * Math.Sqrt(8.27 * 8.27 - 0.0208 * 0.0208), 0, 0.0208, sign * 11.1, 250, 7.47];
            AssertNear(expected, sun.Values, 1e-14);

            // Towards the centre the sky frame's x grows and the model frame's falls; the centre is the origin.
            Star centre = FromSky(Sun.Bv23, frame, new(266.4051, -28.936175, 8.27, 0, 0, 0));
            AssertNear([0, 0, 0], centre.Values[..3], 1e-14);
        }
    }

    [Fact]
    public void The_line_of_sight_velocity_is_the_rate_of_the_distance_and_proper_motion_that_of_the_direction()
    {
        // Over 1e-4 of time a star moves by 1e-4 of its velocity; mas/yr in radians per kpc/(km/s) from an independent value of the parsec.
        const double step = 1e-5, kmPerKpc = 3.0856775814913673e16, secondsPerYear = 365.25 * 86400;
        Star star = new(7.1, 1.3, -0.4, 35, 180, -22), sunFrame = new(Sun.Bv23.U, Sun.Bv23.V, Sun.Bv23.W, 0, 0, 0);
        double[] velocity = [star.Values[3] - sunFrame.Values[0], star.Values[4] - sunFrame.Values[1], star.Values[5] - sunFrame.Values[2]];
        Star Moved(double t) => new(star.Values[0] + t * velocity[0], star.Values[1] + t * velocity[1], star.Values[2] + t * velocity[2], 0, 0, 0);
        double[] now = ToSky(Sun.Bv23, GalacticFrame.Sky, star).Values, before = ToSky(Sun.Bv23, GalacticFrame.Sky, Moved(-step)).Values, after = ToSky(Sun.Bv23, GalacticFrame.Sky, Moved(step)).Values;
        double perYear = kmPerKpc / secondsPerYear, degreesToMas = 3.6e6;
        Assert.Equal((after[2] - before[2]) / (2 * step), now[5], 1e-5);
        Assert.Equal((after[1] - before[1]) / (2 * step) * degreesToMas / perYear, now[4], 1e-6);
        Assert.Equal((after[0] - before[0]) / (2 * step) * degreesToMas / perYear * Math.Cos(now[1] * Units.Degree), now[3], 1e-6);
    }

    [Fact]
    public void A_star_without_velocity_keeps_its_position_and_disturbs_no_other()
    {
        double[] nan = FromSky(Sun.Bv23, GalacticFrame.Model, new(10, 20, 1, 1, 1, double.NaN)).Values;
        Assert.All(nan[..3], x => Assert.True(double.IsFinite(x)));
        Assert.All(nan[3..], x => Assert.True(double.IsNaN(x)));
        double[] atSun = ToSky(Sun.Bv23, GalacticFrame.Sky, new(-Sun.Bv23.R, 0, Sun.Bv23.Z, 0, 0, 0)).Values;
        Assert.Equal(0, atSun[2]);
        Assert.All(new[] { atSun[0], atSun[1], atSun[3], atSun[4] }, x => Assert.True(double.IsNaN(x)));
    }

    [Theory]
    [InlineData(0, 0, "R0 = 0 is not allowed")]
    [InlineData(double.NaN, 0, "R0 = NaN is not allowed")]
    [InlineData(8, -8, "z = -8 is not allowed: it must be smaller than R0")]
    public void A_Sun_that_cannot_be_is_refused(double R0, double z, string message)
        => Assert.Contains(message, Assert.Throws<ParameterException>(() => new GalactocentricTransform(new() { R0 = R0, Z = z })).Message);

    private static void AssertAgrees(Func<string, double[]> column)
    {
        double[][] sky = [.. new[] { "ra", "dec", "distance", "pmra", "pmdec", "vlos" }.Select(column)], sun = [.. SunColumns.Select(column)];
        double[][] galactocentric = [.. new[] { "x", "y", "z", "vx", "vy", "vz" }.Select(column)];
        double[] l = column("l"), b = column("b");
        for (int i = 0; i < l.Length; i++)
        {
            Sun s = new() { R0 = sun[0][i], Z = sun[1][i], U = sun[2][i], V = sun[3][i], W = sun[4][i] };
            Star seen = Star.At(sky, i), star = Star.At(galactocentric, i);
            Star model = new(-star.Values[0], star.Values[1], star.Values[2], -star.Values[3], star.Values[4], star.Values[5]);
            AssertNear(star.Values, FromSky(s, GalacticFrame.Sky, seen).Values, Tolerance);
            AssertNear(model.Values, FromSky(s, GalacticFrame.Model, seen).Values, Tolerance);
            AssertNear(seen.Values, ToSky(s, GalacticFrame.Sky, star).Values, Tolerance);
            AssertNear(seen.Values, ToSky(s, GalacticFrame.Model, model).Values, Tolerance);
        }

        double[] longitude = new double[l.Length], latitude = new double[l.Length];
        GalacticCoordinates.FromIcrs(sky[0], sky[1], longitude, latitude);
        AssertNear(l, longitude, Tolerance);
        AssertNear(b, latitude, Tolerance);
        GalacticCoordinates.ToIcrs(longitude, latitude, longitude, latitude);
        AssertNear(sky[0], longitude, Tolerance);
        AssertNear(sky[1], latitude, Tolerance);
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{i}: {actual[i]:R} instead of {expected[i]:R}");
        }
    }

    private static Star FromSky(Sun sun, GalacticFrame frame, Star s)
    {
        Star result = new();
        new GalactocentricTransform(sun).FromSky(s.Sky, frame, result.Cartesian);
        return result;
    }

    private static Star ToSky(Sun sun, GalacticFrame frame, Star s)
    {
        Star result = new();
        new GalactocentricTransform(sun).ToSky(s.Cartesian, frame, result.Sky);
        return result;
    }

    /// <summary>Six numbers of one star, as either batch.</summary>
    private sealed class Star(params double[] values)
    {
        public Star() : this(new double[6]) { }

        public double[] Values => values;

        public SkyBatch Sky => new()
        {
            Ra = values.AsSpan(0, 1),
            Dec = values.AsSpan(1, 1),
            Distance = values.AsSpan(2, 1),
            PmRa = values.AsSpan(3, 1),
            PmDec = values.AsSpan(4, 1),
            LineOfSightVelocity = values.AsSpan(5, 1),
        };

        public CartesianBatch Cartesian => new()
        {
            x = values.AsSpan(0, 1),
            y = values.AsSpan(1, 1),
            z = values.AsSpan(2, 1),
            vx = values.AsSpan(3, 1),
            vy = values.AsSpan(4, 1),
            vz = values.AsSpan(5, 1),
        };

        public static Star At(double[][] columns, int row) => new([.. columns.Select(c => c[row])]);
    }
}
