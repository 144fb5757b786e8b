using System.CommandLine;
using Oort.Cli.Output;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort vdf</c>: one-dimensional velocity distributions of a build's components at a point.</summary>
internal static class VdfCommand
{
    private static readonly (VelocityAxis Axis, string Name)[] Axes = [(VelocityAxis.R, "R"), (VelocityAxis.Z, "z"), (VelocityAxis.Phi, "phi")];

    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<(double R, double z)> at = new("--at")
        {
            HelpName = "R,z",
            Description = "The point: two numbers with a comma between them, kpc.",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                string[] parts = text.Split(',');
                if (parts.Length == 2 && Numbers.TryParseFinite(parts[0], out double R) && Numbers.TryParseFinite(parts[1], out double z) && R >= 0)
                {
                    return (R, z);
                }

                result.AddError($"--at {text}: must be R,z: two numbers with a comma between them, R not negative, such as 8.27,0");
                return default;
            },
        };
        Option<string?> component = CommonOptions.Component(), output = CommonOptions.Out();
        Option<double> step = CommonOptions.Number("--step", "V", "Distance of the velocities, km/s.", v => v is >= 0.1 and <= 100, "from 0.1 to 100 (km/s)", 5);
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("vdf", """
            Distributions of v_R, v_z and v_phi of each component at a point, from minus to plus the escape speed. Writes
            component,R,z,axis,v,f: axis is R, z or phi, v in km/s, and the integral of f over v is the density in Msun/pc^3.
            """)
        {
            Examples =
            [
                ("oort vdf bv23 --at 8.27,0", "Every component of the build bv23 at the Sun."),
                ("oort vdf bv23 --at 8.27,1.5 --component \"thick disk\" --step 2 --out vdf.csv", "The thick disc above the Sun, on a finer grid, to a file."),
            ],
        };
        command.Add(build);
        command.Add(at);
        command.Add(component);
        command.Add(step);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            _ = KernelCompilation.BeginVelocities();
            Galaxy galaxy = GalaxyFile.Read(parsed.GetRequiredValue(build), threads: parsed.GetValue(threads));
            string? name = parsed.GetValue(component);
            galaxy = ComponentChoice.Of(galaxy, name, parsed.GetValue(threads));
            if (name is not null && galaxy.Components[0].DistributionFunction is null)
            {
                throw new InputException($"--component {name}: is static, it has no velocities");
            }

            (double R, double z) = parsed.GetValue(at);
            double h = parsed.GetValue(step);
            int half = (int)Math.Ceiling(Math.Sqrt(-2 * galaxy.Potential.Phi(R, z)) / h);
            double[] v = [.. Enumerable.Range(-half, 2 * half + 1).Select(i => i * h)];
            List<(string Axis, double[,] F)> results = [];
            foreach ((VelocityAxis axis, string axisName) in Axes)
            {
                cancellation.ThrowIfCancellationRequested();
                results.Add((axisName, galaxy.VelocityDistribution(R, z, axis, v)));
            }

            ResultFile.Write(path, streams, csv =>
            {
                csv.Verbatim("component,R,z,axis,v,f").EndRow();
                foreach (int c in Enumerable.Range(0, galaxy.Components.Count).Where(c => galaxy.Components[c].DistributionFunction is not null))
                {
                    foreach ((string axis, double[,] f) in results)
                    {
                        for (int i = 0; i < v.Length; i++)
                        {
                            csv.Text(galaxy.Components[c].Name).Number(R).Number(z).Text(axis).Number(v[i]).Number(f[c, i] / Units.PerCubicParsec).EndRow();
                        }
                    }
                }
            });
            return 0;
        }, cancellation));
        return command;
    }
}
