using System.CommandLine;
using Oort.Cli.Output;
using Oort.Orbits;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort orbit</c>: shapes of stars' orbits, or their trajectories.</summary>
internal static class OrbitCommand
{
    private const int DefaultSteps = 1000, MaximumSteps = 10_000_000, ShapesAtATime = 128;

    public static Command Create(Streams streams)
    {
        Argument<string> file = CommonOptions.Potential(), points = CommonOptions.Points("x,y,z (kpc), vx,vy,vz (km/s)");
        Option<double> time = CommonOptions.Number(
            "--time", "T", "Length of the trajectory, kpc/(km/s) (0.978 Gyr); below 0 to go back in time.", t => t != 0, "a number other than 0 (kpc/(km/s))");
        Option<int> steps = CommonOptions.Integer(
            "--steps", "N", $"Number of equal intervals at whose ends the trajectory is written; {DefaultSteps} if not given. Goes with --time.", 1, MaximumSteps);
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("orbit", """
            Orbits of stars. Writes the input's columns and, after them, pericentre, apocentre, zmax (kpc) and eccentricity.
            With --time, writes trajectories instead: star,t,x,y,z,vx,vy,vz, where star counts the rows from 0 and t (kpc/(km/s))
            begins with 0. The frame is the model's: the Sun at x = +R0. A star that is not bound has no shape: nan.
            """)
        {
            Examples =
            [
                ("oort orbit bv23 stars.csv", "Pericentres and apocentres; stars.csv begins with the line x,y,z,vx,vy,vz."),
                ("printf 'x,y,z,vx,vy,vz\\n8.27,0,0.02,-11,245,7\\n' | oort orbit bv23 - --time 1 --steps 500", "The Sun's path over 0.978 Gyr, in the potential that a build found."),
            ],
        };
        command.Add(file);
        command.Add(points);
        command.Add(time);
        command.Add(steps);
        command.Add(output);
        command.Add(threads);
        command.Validators.Add(result =>
        {
            if (result.GetResult(steps) is not null && result.GetResult(time) is null)
            {
                result.AddError("--steps goes with --time, which is missing");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            Potential potential = PotentialInput.Potential(parsed.GetRequiredValue(file), parsed.GetRequiredValue(points), streams);
            PointTable table = PointTable.Read(parsed.GetRequiredValue(points), streams);
            OrbitPoint[] stars = [.. table.Stars().Select(OrbitPoint.FromCylindrical)];
            OrbitIntegrator integrator = new(potential, threads: parsed.GetValue(threads));
            if (parsed.GetResult(time) is null)
            {
                Shapes(path, streams, table.Table, Follow(streams, integrator, stars, cancellation));
            }
            else
            {
                int n = parsed.GetResult(steps) is null ? DefaultSteps : parsed.GetValue(steps);
                Trajectories(path, streams, integrator, stars, parsed.GetValue(time), n, cancellation);
            }

            return 0;
        }, cancellation));
        return command;
    }

    /// <summary>Shapes of all orbits, some at a time: it takes a while, so that progress is shown and it can be interrupted.</summary>
    private static OrbitShape[] Follow(Streams streams, OrbitIntegrator integrator, OrbitPoint[] stars, CancellationToken cancellation)
    {
        OrbitShape[] shapes = new OrbitShape[stars.Length];
        using CountProgress progress = new(streams, "stars", stars.Length);
        for (int first = 0; first < stars.Length; first += ShapesAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
            OrbitPoint[] some = stars[first..Math.Min(first + ShapesAtATime, stars.Length)];
            integrator.Shapes(some).CopyTo(shapes, first);
            progress.Report(first + some.Length);
        }

        return shapes;
    }

    private static void Shapes(string? path, Streams streams, CsvTable table, OrbitShape[] shapes)
    {
        double[] pericentres = [.. shapes.Select(s => s.Pericentre)];
        PointTable.WarnOfNaN(pericentres, "the star is not bound, or a coordinate is missing or infinite", streams);
        ResultFile.Append(path, streams, table, ("pericentre", pericentres), ("apocentre", [.. shapes.Select(s => s.Apocentre)]),
            ("zmax", [.. shapes.Select(s => s.ZMax)]), ("eccentricity", [.. shapes.Select(s => s.Eccentricity)]));
    }

    private static void Trajectories(
        string? path, Streams streams, OrbitIntegrator integrator, OrbitPoint[] stars, double time, int steps, CancellationToken cancellation)
    {
        double[] times = [.. Enumerable.Range(0, steps + 1).Select(i => time * i / steps)];
        PointTable.WarnOfNaN([.. stars.Select(s => s.x)], "a coordinate is missing or infinite", streams);

        // As many stars at a time as fit into moderate memory.
        int batch = Math.Max(1, 1_000_000 / times.Length);
        ResultFile.Write(path, streams, csv =>
        {
            csv.Verbatim("star,t,x,y,z,vx,vy,vz").EndRow();
            for (int first = 0; first < stars.Length; first += batch)
            {
                cancellation.ThrowIfCancellationRequested();
                OrbitPoint[][] orbits = integrator.Trajectories(stars[first..Math.Min(first + batch, stars.Length)], times);
                for (int s = 0; s < orbits.Length; s++)
                {
                    for (int i = 0; i < times.Length; i++)
                    {
                        OrbitPoint p = orbits[s][i];
                        csv.Number(first + s).Number(times[i]).Number(p.x).Number(p.y).Number(p.z).Number(p.vx).Number(p.vy).Number(p.vz).EndRow();
                    }
                }
            }
        });
    }
}
