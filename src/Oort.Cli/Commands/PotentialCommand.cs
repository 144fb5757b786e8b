using System.CommandLine;
using Oort.Cli.Output;
using Oort.Potentials;

namespace Oort.Cli.Commands;

/// <summary><c>oort potential</c>: Phi, force and density at points.</summary>
internal static class PotentialCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> file = CommonOptions.Potential(), points = CommonOptions.Points("R,z or x,y,z (kpc)");
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("potential", """
            Potential, force and density at points. Writes the input's columns and, after them, Phi ((km/s)^2), FR and Fz
            (the force per unit mass, (km/s)^2/kpc) and rho (Msun/kpc^3).
            """)
        {
            Examples =
            [
                ("oort potential potential.ini points.csv", "In a potential of an INI file; points.csv begins with the line R,z."),
                ("printf 'R,z\\n8.27,0\\n' | oort potential bv23 -", "In the potential that a build found, at a point on standard input."),
            ],
        };
        command.Add(file);
        command.Add(points);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            Potential potential = PotentialInput.Potential(parsed.GetRequiredValue(file), parsed.GetRequiredValue(points), streams);
            PointTable table = PointTable.Read(parsed.GetRequiredValue(points), streams);
            (double[] R, double[] z) = table.Places();
            double[] phi = new double[R.Length], FR = new double[R.Length], Fz = new double[R.Length], rho = new double[R.Length];
            PointTable.ForPieces(R.Length, parsed.GetValue(threads), (start, n) =>
            {
                potential.Evaluate(R.AsSpan(start, n), z.AsSpan(start, n), new()
                {
                    Phi = phi.AsSpan(start, n),
                    PhiR = FR.AsSpan(start, n),
                    PhiZ = Fz.AsSpan(start, n),
                });
                potential.Density(R.AsSpan(start, n), z.AsSpan(start, n), rho.AsSpan(start, n));
                for (int i = start; i < start + n; i++)
                {
                    // The force is minus the gradient; subtracting from 0 avoids writing -0.
                    (FR[i], Fz[i]) = (0 - FR[i], 0 - Fz[i]);
                }
            }, cancellation);
            PointTable.WarnOfNaN(phi, "a coordinate is missing or infinite, or R is negative", streams);
            ResultFile.Append(path, streams, table.Table, ("Phi", phi), ("FR", FR), ("Fz", Fz), ("rho", rho));
            return 0;
        }, cancellation));
        return command;
    }
}
