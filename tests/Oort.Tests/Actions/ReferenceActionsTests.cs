using Oort.Actions;
using Oort.Coordinates;
using Oort.Orbits;
using Oort.Potentials;
using Oort.Tests.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Actions;

/// <summary>Against Data/actions.csv; its first lines say how it was made. A quarter of each potential's rows is a class of orbits.</summary>
public class ReferenceActionsTests(ITestOutputHelper output)
{
    private const int PointsAnOrbit = 100, RadialPeriods = 20;

    private static readonly string[] Classes = ["thin", "thick", "halo", "box-like"];

    private static readonly Lazy<Dictionary<string, (Potential Potential, StaeckelFudgeFinder Finder)>> Models = new(() => new()
    {
        ["McMillan17"] = Model(MilkyWayModels.Potential("McMillan17")),
        ["MWPotential2014"] = Model(MilkyWayModels.Potential("MWPotential2014")),
    });

    private static (Potential, StaeckelFudgeFinder) Model(Potential potential) => (potential, new(potential));

    private static OrbitPoint[] Points(ReferenceTable table)
    {
        double[] x = table["x"], y = table["y"], z = table["z"], vx = table["vx"], vy = table["vy"], vz = table["vz"];
        return [.. x.Select((_, i) => new OrbitPoint(x[i], y[i], z[i], vx[i], vy[i], vz[i]))];
    }

    private static double Quantile(IEnumerable<double> values, double q)
    {
        double[] sorted = [.. values.Order()];
        double at = q * (sorted.Length - 1);
        int i = Math.Min((int)at, sorted.Length - 2);
        return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }

    [Fact]
    public void Actions_angles_and_frequencies_agree_with_the_reference()
    {
        ReferenceTable table = ReferenceTable.Read("actions.csv");
        string[] model = table.Text("potential");
        OrbitPoint[] points = Points(table);
        StarTable stars = new(points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            stars.Set(i, points[i].Cylindrical);
        }

        foreach ((string name, (_, StaeckelFudgeFinder finder)) in Models.Value)
        {
            StarTable all = stars.Copy().Angles(finder);
            foreach (int i in Enumerable.Range(0, points.Length).Where(i => model[i] == name))
            {
                stars.Take(i, all);
            }
        }

        List<string> failures = [];
        void Check(string column, double[] ours, double bar, Func<double, double, double> error)
        {
            double[] expected = table[column], errors = [.. ours.Select((value, i) => error(value, expected[i]))];
            string line = FormattableString.Invariant($"{column}: 90 % within {Quantile(errors, 0.9):E2}");
            foreach (string name in Models.Value.Keys)
            {
                line += FormattableString.Invariant($", {name} {Quantile(errors.Where((_, i) => model[i] == name), 0.9):E2}");
            }

            output.WriteLine(line);
            if (!(Quantile(errors, 0.9) <= bar))
            {
                failures.Add(line);
            }
        }

        static double Action(double a, double b) => Math.Abs(a - b) / (Math.Abs(b) + 1);
        static double Frequency(double a, double b) => Math.Abs(a / b - 1);
        Check("Jr", stars.Jr, 2e-3, Action);
        Check("Jz", stars.Jz, 2e-3, Action);
        Check("Jphi", stars.Jphi, 1e-8, Action);
        Check("theta_r", stars.ThetaR, 2e-3, StarTable.AngleDistance);
        Check("theta_z", stars.ThetaZ, 2e-3, StarTable.AngleDistance);
        Check("theta_phi", stars.ThetaPhi, 2e-3, StarTable.AngleDistance);
        Check("Omega_r", stars.OmegaR, 2e-3, Frequency);
        Check("Omega_z", stars.OmegaZ, 2e-3, Frequency);
        Check("Omega_phi", stars.OmegaPhi, 2e-3, Frequency);
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData("McMillan17")]
    [InlineData("MWPotential2014")]
    public void Quadratures_are_converged_for_the_rows_of_the_reference(string model)
    {
        OrbitPoint[] points = Points(ReferenceTable.Read("actions.csv").Where("potential", model));
        (Potential potential, StaeckelFudgeFinder finder) = Models.Value[model];
        StarTable stars = new(points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            stars.Set(i, points[i].Cylindrical);
        }

        StarTable exact = stars.Copy().Actions(new StaeckelFudgeFinder(potential, finder.FocalDistances, ActionAccuracy.High));
        stars.Actions(finder);
        foreach ((double[] a, double[] b) in new[] { (stars.Jr, exact.Jr), (stars.Jz, exact.Jz) })
        {
            double error = Quantile(a.Select((x, i) => Math.Abs(x - b[i]) / (b[i] + 1)), 0.99);
            output.WriteLine(FormattableString.Invariant($"99 % within {error:E1}"));
            Assert.InRange(error, 0, 1e-6);
        }
    }

    [Theory]
    [InlineData("McMillan17")]
    [InlineData("MWPotential2014")]
    public void Actions_scatter_along_orbits_no_more_than_the_reference_s(string model)
    {
        ReferenceTable table = ReferenceTable.Read("actions.csv").Where("potential", model);
        (Potential potential, StaeckelFudgeFinder finder) = Models.Value[model];
        OrbitPoint[] points = Points(table);
        double[] omegaR = table["Omega_r"], JrStd = table["Jr_orbit_std"], JzStd = table["Jz_orbit_std"];
        OrbitIntegrator integrator = new(potential, 1e-9);
        double[] sJr = new double[points.Length], sJz = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            double duration = RadialPeriods * 2 * Math.PI / omegaR[i];
            OrbitPoint[] path = integrator.Trajectory(points[i], [.. Enumerable.Range(0, PointsAnOrbit).Select(k => duration * k / (PointsAnOrbit - 1))]);
            StarTable stars = new(PointsAnOrbit);
            for (int k = 0; k < PointsAnOrbit; k++)
            {
                stars.Set(k, path[k].Cylindrical);
            }

            stars.Actions(finder);
            (sJr[i], sJz[i]) = (Deviation(stars.Jr), Deviation(stars.Jz));
        }

        List<string> failures = [];
        for (int c = 0; c < Classes.Length; c++)
        {
            int[] rows = [.. Enumerable.Range(0, points.Length).Where(i => i * Classes.Length / points.Length == c)];
            foreach ((string name, double[] ours, double[] reference) in new[] { ("Jr", sJr, JrStd), ("Jz", sJz, JzStd) })
            {
                foreach (double q in (double[])[0.5, 0.9])
                {
                    double a = Quantile(rows.Select(i => ours[i]), q), b = Quantile(rows.Select(i => reference[i]), q);
                    string line = FormattableString.Invariant($"{model} {Classes[c]} {name} {q}: {a:G4} against {b:G4}, ratio {a / b:F3}");
                    output.WriteLine(line);
                    if (a > 1.05 * b)
                    {
                        failures.Add(line);
                    }
                }
            }
        }

        Assert.Empty(failures);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
