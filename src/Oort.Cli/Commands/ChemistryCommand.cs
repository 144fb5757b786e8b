using System.CommandLine;
using Oort.Chemistry;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort chemistry</c>: abundances of a build's stars in bins of radius and height.</summary>
internal static class ChemistryCommand
{
    private const int DefaultCount = 10_000, LargestCount = 10_000_000;

    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<string?> chemistry = File("--chemistry", "Chemistry of the components; if not given, that of models/bv23-chemistry.ini.");
        Option<bool> integrated = new("--integrated") { Description = "Integrate over each bin, instead of taking its centre for it." };
        Option<bool> asJson = new("--json") { Description = "Write JSON: the bins, Table 6 with the gradients it implies, and Figure 21." };
        Option<string?> map = File("--map", "Also write the density of stars in the plane of abundances, bin by bin, to this file.");
        Option<string?> stars = File("--stars", "Also draw stars at the centre of each bin and write them to this file.");
        Option<int> count = CommonOptions.Integer("--count", "N", "Number of stars to draw in each bin.", 1, LargestCount, DefaultCount);
        Option<string?> counts = File("--counts", "Numbers of stars to draw: a table with the columns Rlo,Rhi,zlo,zhi,count and a row for each bin.");
        Option<int> seed = CommonOptions.Integer("--seed", "S", "Names the draw: the same seed, the same stars.", 0, int.MaxValue, 1);
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("chemistry", """
            Abundances of a build's stars in 18 bins, R from 3 to 15 kpc by 2 and |z| 0 to 0.5 to 1 to 2 kpc, as in section 4.6 of Binney &
            Vasiliev (2023). Writes a row per bin: its ranges, the mean R and |z| of its stars (kpc), the fraction of each component,
            high_alpha, the fraction of stars with the thick disc's own chemistry, mean and dispersion of [Fe/H] and [alpha/Fe]
            (dex), the densities level50 and level90 (1/dex^2) of the contours that hold 50 and 90 % of the stars, and the fraction
            outside the plane's grid, [Fe/H] -2 to 0.8, [alpha/Fe] -0.3 to 0.6.

            --map FILE holds bin,fe_h,alpha_fe,density; bins count from 1, R being the outer loop. --stars FILE holds drawn stars,
            bin,component,R,z,vR,vz,vphi,fe_h,alpha_fe, all at the bins' centres.
            """)
        {
            Examples =
            [
                ("oort chemistry bv23", "Which stars are where, and their abundances."),
                ("oort chemistry bv23 --json --out chemistry.json", "With Table 6 and the curves of Figure 21."),
                ("oort chemistry bv23 --map map.csv --stars stars.csv --count 5000", "Figure 20 as densities, and as 5000 stars a bin."),
            ],
        };
        command.Add(build);
        command.Add(chemistry);
        command.Add(integrated);
        command.Add(asJson);
        command.Add(map);
        command.Add(stars);
        command.Add(count);
        command.Add(counts);
        command.Add(seed);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            (string? path, string? mapPath, string? starsPath, string? countsPath) =
                (parsed.GetValue(output), parsed.GetValue(map), parsed.GetValue(stars), parsed.GetValue(counts));
            if (starsPath is null && (countsPath is not null || parsed.GetResult(count) is { Implicit: false }))
            {
                throw new InputException($"{(countsPath is null ? "--count" : "--counts")}: says how many stars to draw; give --stars FILE for them");
            }

            Array.ForEach([path, mapPath, starsPath], ResultFile.Check);
            ChemistrySetup setup = parsed.GetValue(chemistry) is string file ? ChemistryFile.Read(file) : ChemistryFile.BinneyVasiliev2023;
            long[] numbers = countsPath is null ? [.. ChemicalBin.Hayden.Select(_ => (long)parsed.GetValue(count))] : ChemistryTables.Counts(countsPath, LargestCount);
            (string directory, int n) = (parsed.GetRequiredValue(build), parsed.GetValue(threads));
            Galaxy galaxy = GalaxyFile.Read(directory, threads: n);
            ChemicalBins bins = new(new(galaxy, setup, GalaxyFile.SunRadius(directory)), threads: n);
            ChemicalMaps maps = bins.Maps(integrated: parsed.GetValue(integrated), cancellation: cancellation);
            // First what takes longest: an interrupted run leaves no file.
            if (starsPath is not null)
            {
                using CountProgress progress = new(streams, "bins", bins.Bins.Count);
                GalaxySampler sampler = new(galaxy, threads: n);
                OutputFile.Write(starsPath, writer =>
                    ChemistryTables.WriteStars(new(writer), bins, bin => bins.Draw(sampler, bin, (int)numbers[bin], (ulong)parsed.GetValue(seed), cancellation), progress, cancellation));
            }

            ResultFile.WriteText(path, streams, writer =>
            {
                if (parsed.GetValue(asJson))
                {
                    writer.Write(ChemistryJson.Text(bins, maps));
                }
                else
                {
                    ChemistryTables.WriteBins(new(writer), maps);
                }
            });
            if (mapPath is not null)
            {
                OutputFile.Write(mapPath, writer => ChemistryTables.WriteMaps(new(writer), maps));
            }

            return 0;
        }, cancellation));
        return command;

        static Option<string?> File(string name, string description) => new(name) { HelpName = "FILE", Description = description };
    }
}
