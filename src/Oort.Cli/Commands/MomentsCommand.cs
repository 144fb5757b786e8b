using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Cli.Commands;

/// <summary><c>oort moments</c>: densities and velocity moments of a build's components at points.</summary>
internal static class MomentsCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build(), points = CommonOptions.Points("R,z (kpc)");
        Option<string?> component = CommonOptions.Component(), output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("moments", """
            Density, mean rotation and second velocity moments of each component at points. Writes a row per component and
            point: component,R,z,rho,meanvphi,vR2,vz2,vphi2,vRvz, with rho in Msun/pc^3, meanvphi in km/s, and
            vR2 = <v_R^2> etc. in (km/s)^2, about zero, not the mean. Static components have a density only.
            """)
        {
            Examples =
            [
                ("oort moments bv23 points.csv", "Every component of the build bv23; points.csv begins with the line R,z."),
                ("printf 'R,z\\n8.27,0\\n' | oort moments bv23 - --component \"thick disk\"", "The thick disc at the Sun."),
            ],
        };
        command.Add(build);
        command.Add(points);
        command.Add(component);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            _ = KernelCompilation.BeginVelocities();
            Galaxy galaxy = GalaxyFile.Read(parsed.GetRequiredValue(build), threads: parsed.GetValue(threads));
            galaxy = ComponentChoice.Of(galaxy, parsed.GetValue(component), parsed.GetValue(threads));
            PointTable table = PointTable.Read(parsed.GetRequiredValue(points), streams);
            (double[] R, double[] z) = table.Places();
            PointTable.WarnOfNaN(R, "a coordinate is missing or infinite, or R is negative", streams);
            using CountProgress progress = new(streams, "points", R.Length);
            Moments[,] moments = galaxy.Moments(R, z, progress, cancellation);
            progress.Dispose();
            ResultFile.Write(path, streams, csv =>
            {
                csv.Verbatim("component,R,z,rho,meanvphi,vR2,vz2,vphi2,vRvz").EndRow();
                for (int c = 0; c < galaxy.Components.Count; c++)
                {
                    for (int i = 0; i < R.Length; i++)
                    {
                        Moments m = moments[i, c];
                        csv.Text(galaxy.Components[c].Name).Number(R[i]).Number(z[i]).Number(m.RhoPerCubicParsec)
                            .Number(m.MeanVphi).Number(m.VR2).Number(m.Vz2).Number(m.Vphi2).Number(m.VRvz).EndRow();
                    }
                }
            });
            return 0;
        }, cancellation));
        return command;
    }
}
