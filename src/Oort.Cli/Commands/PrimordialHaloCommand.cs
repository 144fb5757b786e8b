using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Cli.Commands;

/// <summary><c>oort primordial-halo</c>: a build's dark halo before the baryons came.</summary>
internal static class PrimordialHaloCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<bool> asJson = new("--json") { Description = "Write JSON, with the profiles, instead of a table of the main numbers." };
        Option<double> hubble = CommonOptions.Number("--h0", "H0", "The Hubble constant, km/s/Mpc, for r200 and M200.",
            h => h > 0, "greater than 0 (km/s/Mpc)", HaloStructure.DefaultHubbleConstant);
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("primordial-halo", """
            The dark halo before the baryons came: the self-consistent model of the dark halo's distribution function alone, with
            and without its core. Gives the radius rs at which its density falls as r^-2, r200 and M200 for 200 times the critical
            density, the peak of its circular speed, and how much denser the halo in the galaxy is at 1 kpc. With --json also
            profiles in the plane: R (kpc), rho (Msun/pc^3), vcirc, sigmaR, sigmaz, sigmaphi (km/s), the NFW halo of the same rs,
            and the density of the halo in the galaxy.
            """)
        {
            Examples =
            [
                ("oort primordial-halo bv23", "The numbers of Binney & Vasiliev (2023), Table 5, beside the paper's."),
                ("oort primordial-halo bv23 --json --out halo.json", "Their Figure 19, too, to a file."),
            ],
        };
        command.Add(build);
        command.Add(asJson);
        command.Add(hubble);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            string directory = parsed.GetRequiredValue(build);
            Galaxy galaxy = GalaxyFile.Read(directory, threads: parsed.GetValue(threads));
            PrimordialHaloSettings settings = new() { HubbleConstant = parsed.GetValue(hubble), Threads = parsed.GetValue(threads) };
            PrimordialHalo halo = BuildProgress.Show(streams, settings.Tolerance, progress => Solve(directory, galaxy, settings, progress, cancellation));
            ResultFile.WriteText(path, streams, writer =>
            {
                if (parsed.GetValue(asJson))
                {
                    writer.Write(PrimordialHaloJson.Text(halo, settings));
                }
                else
                {
                    PrimordialHaloTable.Write(writer, halo, settings);
                }
            });
            if (halo.Core.Model.Converged && halo.NoCore.Model.Converged)
            {
                return 0;
            }

            streams.Error.WriteLine("oort: the halo did not converge; its numbers are those of the last iteration");
            return 1;
        }, cancellation));
        return command;
    }

    private static PrimordialHalo Solve(
        string directory, Galaxy galaxy, PrimordialHaloSettings settings, IProgress<IterationReport> progress, CancellationToken cancellation)
    {
        try
        {
            return PrimordialHaloModel.Solve(galaxy, settings, progress, cancellation);
        }
        catch (InputException e)
        {
            throw new InputException($"{Path.Combine(directory, ModelFile.NameInBuild)}: {e.Message}", e);
        }
    }
}
