using System.Globalization;
using Oort.Actions;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Orbits;
using Oort.Potentials;
using Oort.Surveys;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Surveys;

/// <summary>The stars of a catalogue as figures show them, from catalogues whose stars are known.</summary>
public sealed class CatalogueViewsTests : IDisposable
{
    private const string Header = "ra,dec,d_carlin,d_carlin_error,parallax,parallax_error,pmra,pmdec,rv,teff,logg,feh,snrg";

    private static readonly Survey Sun25 = SurveyFile.Parse(File.ReadAllText(Path.Combine(Repository.Root, "surveys", "sun25.ini")), "survey.ini");

    private static readonly Potential Galaxy = new CompositePotential([new MiyamotoNagai(6.8e10, 3, 0.28), new NFW(8e11, 16)]);

    private static readonly StaeckelFudgeFinder Orbits = new(Galaxy);

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    private CatalogueViews Read(string text, int threads = 2) => CatalogueViews.Read(work.File("stars.csv", text), Sun25, [Orbits], threads);

    /// <summary>A star at (l, b, d) with a velocity in cylindrical coordinates of the model frame, as a row of the catalogue with the errors that the survey corrects.</summary>
    private static string Row(double l, double b, double d, double vR = 0, double vphi = 220, double vz = 0, double feh = -0.3, double teff = 4800, double parallaxError = 0.01, double distanceError = 0.1)
    {
        double[] ra = [l], dec = [b], distance = [d], pmra = [0], pmdec = [0], vlos = [0], x = [0], y = [0], z = [0], vx = [0], vy = [0], velocityZ = [0];
        GalacticCoordinates.ToIcrs(ra, dec, ra, dec);
        GalactocentricTransform transform = new(Sun25.Sun);
        transform.FromSky(new() { Ra = ra, Dec = dec, Distance = distance, PmRa = pmra, PmDec = pmdec, LineOfSightVelocity = vlos }, GalacticFrame.Model, new() { x = x, y = y, z = z, vx = vx, vy = vy, vz = velocityZ });
        double R = Math.Sqrt(x[0] * x[0] + y[0] * y[0]), c = x[0] / R, s = y[0] / R;
        (vx[0], vy[0], velocityZ[0]) = (vR * c - vphi * s, vR * s + vphi * c, vz);
        transform.ToSky(new() { x = x, y = y, z = z, vx = vx, vy = vy, vz = velocityZ }, GalacticFrame.Model, new() { Ra = ra, Dec = dec, Distance = distance, PmRa = pmra, PmDec = pmdec, LineOfSightVelocity = vlos });
        double carlin = d * (b >= 80 ? 0.97 : 0.86);
        double[] cells = [ra[0], dec[0], carlin, distanceError * carlin, 1 / d, parallaxError / d, pmra[0], pmdec[0], vlos[0] - 5.7, teff, 2.5, feh, 30];
        return "\n" + string.Join(',', cells.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Giants_are_left_by_the_cuts_on_quality_and_members_by_those_on_velocity_and_metallicity()
    {
        CatalogueViews views = Read(Header + Row(175, 5, 2.5) + Row(175, 5, 2.6) + Row(20, 85, 1) + Row(60, -30, 1) + Row(175, 5, 2.5, teff: 6500) + Row(175, 5, 2.5, feh: -1.2) + Row(175, 5, 2.5, vR: 250) + Row(175, 5, 2.5, vphi: -50));
        Assert.Equal((8, 7, 4), (views.Rows, views.Giants, views.Members));
        Assert.Equal(7, views.PositionsXY.Stars);
        Assert.Equal((4, 0), (views.Eccentricities[0].Stars, views.Eccentricities[0].Unbound));
        Assert.Equal([.. Enumerable.Range(1, 30).Select(n => n switch { 18 => 2L, 25 => 1, _ => 0 })], views.RegionCounts);
        Assert.False(views.IsMock);
    }

    [Fact]
    public void Regions_hold_the_stars_that_reduction_puts_there()
    {
        Random random = new(3);
        string text = Header + string.Concat(Enumerable.Range(0, 400).Select(_ =>
            Row(130 + 90 * random.NextDouble(), 40 * random.NextDouble() - 20, 6 * random.NextDouble() + 0.1, 250 * (random.NextDouble() - 0.5), 150 + 150 * random.NextDouble(), 0, -1.3 + random.NextDouble())));
        CatalogueViews views = Read(text);
        CatalogueReduction reduction = CatalogueReduction.Read(work.File("stars.csv", text), Sun25, 2);
        Assert.Equal(reduction.Histograms.Bins.Select(b => (long)b.Stars), views.RegionCounts);
        Assert.True(views.RegionCounts.Sum() > 50 && views.Giants == 400);
        CatalogueViews alone = Read(text, threads: 1);
        Assert.Equal(views.Eccentricities[0].Counts, alone.Eccentricities[0].Counts);
        Assert.Equal(views.VelocitiesRPhi!.Density().Cast<double>(), alone.VelocitiesRPhi!.Density().Cast<double>());
    }

    [Fact]
    public void Positions_and_velocities_are_where_the_star_is()
    {
        // Towards the anticentre the sky frame's x is -R; the Sun is at -8.178.
        CatalogueViews views = Read(Header + Row(180, 0, 3.1, vR: 43, vphi: 217, vz: -12));
        AssertOnly(views.PositionsXY, -11.278, 0);
        AssertOnly(views.PositionsXZ, -11.278, 0.02);
        AssertOnly(views.VelocitiesRPhi!, 43, 217);
        AssertOnly(views.VelocitiesRZ!, 43, -12);
        AssertOnly(views.Sky, 180, 0);
        Assert.Equal(1 / (0.25 * 0.25), views.PositionsXY.Density().Cast<double>().Max());
        CatalogueViews pole = Read(Header + Row(90, 84, 1));
        AssertOnly(pole.Pole, 0, 6);
        (double[] x, double[] y) = new SkyWindow(0, 360, 80, 90).AroundPole(4);
        Assert.Equal([10, 0, -10, 0, 10], x.Select(v => Math.Round(v, 9)));
        Assert.Equal([0, 10, 0, -10, 0], y.Select(v => Math.Round(v, 9)));

        static void AssertOnly(StarMap map, double x, double y)
        {
            double[,] density = map.Density();
            Assert.Equal(1, density.Cast<double>().Count(d => d > 0));

            // A star on an edge may be in either cell.
            (int column, int row) = Enumerable.Range(0, map.X.Count).SelectMany(i => Enumerable.Range(0, map.Y.Count).Select(j => (i, j))).Single(c => map[c.i, c.j] == 1);
            Assert.InRange(x, map.X.Edges[column] - 1e-6, map.X.Edges[column + 1] + 1e-6);
            Assert.InRange(y, map.Y.Edges[row] - 1e-6, map.Y.Edges[row + 1] + 1e-6);
        }
    }

    [Fact]
    public void Distances_are_compared_where_both_are_good()
    {
        Random random = new(5);
        string good = string.Concat(Enumerable.Range(0, 101).Select(_ => Row(180, 0, 1 + random.NextDouble()))) + string.Concat(Enumerable.Range(0, 11).Select(_ => Row(0, 88, 1)));
        CatalogueViews views = Read(Header + good + Row(180, 0, 1, parallaxError: 0.11) + Row(180, 0, 1, distanceError: 0.6) + Row(90, 0, 1) + Row(180, 30, 1));
        Assert.Equal((101, 11), (views.Distances[0].Stars, views.Distances[1].Stars));
        Assert.Equal(0.86, views.Distances[0].MedianRatio, 1.1e-3);
        Assert.Equal(0.97, views.Distances[1].MedianRatio, 1.1e-3);
        Assert.True(double.IsNaN(Read(Header + Row(90, 0, 1)).Distances[0].MedianRatio));
    }

    [Fact]
    public void Eccentricities_are_those_of_the_orbits_in_the_model()
    {
        // All alike: the distribution is one value.
        CatalogueViews views = Read(Header + string.Concat(Enumerable.Repeat(Row(180, 0, 2, vR: 60, vphi: 200, vz: 15), 9)));
        double R = 2 + Math.Sqrt(8.178 * 8.178 - 0.0208 * 0.0208);
        OrbitShape shape = new OrbitIntegrator(Galaxy).Shapes([OrbitPoint.FromCylindrical(new(R, 0.0208, 0, 60, 15, 200))])[0];
        Assert.Equal(shape.Eccentricity, views.Eccentricities[0].Quantile(0.5), 3e-3);
        Assert.Equal(9, views.Eccentricities[0].Counts[(int)(shape.Eccentricity * 50)]);
    }

    [Fact]
    public void What_a_catalogue_has_no_columns_for_is_not_there()
    {
        string[] columns = Header.Split(','), row = Row(175, 5, 2.5).Trim().Split(',');
        string Without(params string[] names) => string.Join(',', columns.Where(c => !names.Contains(c))) + "\n" + string.Join(',', row.Where((_, i) => !names.Contains(columns[i])));
        CatalogueViews views = Read(Without("pmra", "pmdec", "parallax"));
        Assert.Null(views.VelocitiesRPhi);
        Assert.Empty(views.Eccentricities);
        Assert.Empty(views.Distances);
        Assert.Equal(1, views.RegionCounts[17]);
        Assert.True(Read(Without().Replace("\n", ",component\n", StringComparison.Ordinal) + ",thin disk").IsMock);
    }

    [Theory]
    [InlineData("h.csv")]
    [InlineData("h.ecsv")]
    public void Histograms_of_mock_stars_can_be_told_from_those_of_observed_ones(string name)
    {
        foreach (bool isMock in new[] { true, false })
        {
            string text = Header + (isMock ? ",component" : "") + Row(175, 5, 2.5) + (isMock ? ",thin disk" : "");
            CatalogueReduction.Read(work.File("stars.csv", text), Sun25, 1).Histograms.Write(work.Path(name));
            HistogramSet read = HistogramSet.Read(work.Path(name));
            Assert.Equal(isMock, read.IsMock);
            Assert.Equal(isMock, read.Counted().IsMock);
        }
    }
}
