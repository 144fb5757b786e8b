using System.CommandLine;
using Oort.Actions;
using Oort.Cli.Output;
using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Cli.Commands;

/// <summary><c>oort actions</c>: actions, angles and frequencies of stars.</summary>
internal static class ActionsCommand
{
    private static readonly string[] Names = ["Jr", "Jz", "Jphi", "theta_r", "theta_z", "theta_phi", "Omega_r", "Omega_z", "Omega_phi"];

    public static Command Create(Streams streams)
    {
        Argument<string> file = CommonOptions.Potential(), points = CommonOptions.Points("x,y,z (kpc), vx,vy,vz (km/s)");
        Option<bool> angles = new("--angles") { Description = "Angles (radians) and frequencies (km/s/kpc), too." };
        Option<bool> interpolated = new("--interpolated") { Description = "Faster, from a table of the potential: 99 % of actions within 2e-4, a few stars worse." };
        Option<string?> accuracy = CommonOptions.OneOf("--accuracy", "accuracy", "99 % of Jr, Jz within this of J + 1 kpc km/s: fast 2e-4, standard 1e-6, high 1e-9.",
            ["fast", "standard", "high"], "standard");
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("actions", """
            Actions of stars by the Staeckel fudge; exact in spherical potentials. Writes the input's columns and, after
            them, Jr,Jz,Jphi (kpc km/s) and with --angles theta_r,theta_z,theta_phi,Omega_r,Omega_z,Omega_phi. The frame is
            the model's: the Sun at x = +R0, Jphi > 0 for Galactic rotation. A star that is not bound gets nan.

            --accuracy is that of the integrals, not of the fudge: with fast one star in a thousand is off by more than
            2e-3, the worst by some per cent. --interpolated is always fast.
            """)
        {
            Examples =
            [
                ("oort actions bv23 stars.csv --out actions.csv", "In the potential that a build found; stars.csv begins with the line x,y,z,vx,vy,vz."),
                ("printf 'x,y,z,vx,vy,vz\\n8.27,0,0.02,-11,245,7\\n' | oort actions potential.ini - --angles", "The Sun, in a potential of an INI file."),
            ],
        };
        command.Add(file);
        command.Add(points);
        command.Add(angles);
        command.Add(interpolated);
        command.Add(accuracy);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            Potential potential = PotentialInput.Potential(parsed.GetRequiredValue(file), parsed.GetRequiredValue(points), streams);
            PointTable table = PointTable.Read(parsed.GetRequiredValue(points), streams);
            CylindricalPoint[] stars = table.Stars();
            bool wantsAngles = parsed.GetValue(angles);
            int n = parsed.GetValue(threads);
            ActionFinder finder = ActionFinders.For(potential, parsed.GetValue(interpolated), n, Enum.Parse<ActionAccuracy>(parsed.GetRequiredValue(accuracy)!, ignoreCase: true));
            double[][] columns = [.. Enumerable.Range(0, wantsAngles ? 9 : 3).Select(_ => new double[stars.Length])];
            PointTable.ForPieces(stars.Length, n, (start, count) => Find(finder, stars.AsSpan(start, count), columns, start, wantsAngles), cancellation);
            PointTable.WarnOfNaN(columns[0], "the star is not bound, or a coordinate is missing or infinite", streams);
            ResultFile.Append(path, streams, table.Table, [.. columns.Select((c, i) => (Names[i], c))]);
            return 0;
        }, cancellation));
        return command;
    }

    private static void Find(ActionFinder finder, ReadOnlySpan<CylindricalPoint> stars, double[][] columns, int start, bool angles)
    {
        int n = stars.Length;
        double[] R = new double[n], z = new double[n], phi = new double[n], vR = new double[n], vz = new double[n], vphi = new double[n];
        for (int i = 0; i < n; i++)
        {
            (R[i], z[i], phi[i], vR[i], vz[i], vphi[i]) = (stars[i].R, stars[i].z, stars[i].phi, stars[i].vR, stars[i].vz, stars[i].vphi);
        }

        PhaseSpaceBatch batch = new() { R = R, z = z, phi = phi, vR = vR, vz = vz, vphi = vphi };
        ActionBatch actions = new() { Jr = columns[0].AsSpan(start, n), Jz = columns[1].AsSpan(start, n), Jphi = columns[2].AsSpan(start, n) };
        if (!angles)
        {
            finder.Actions(batch, actions);
            return;
        }

        finder.ActionsAndAngles(batch, actions, new()
        {
            ThetaR = columns[3].AsSpan(start, n),
            ThetaZ = columns[4].AsSpan(start, n),
            ThetaPhi = columns[5].AsSpan(start, n),
            OmegaR = columns[6].AsSpan(start, n),
            OmegaZ = columns[7].AsSpan(start, n),
            OmegaPhi = columns[8].AsSpan(start, n),
        });
    }
}
