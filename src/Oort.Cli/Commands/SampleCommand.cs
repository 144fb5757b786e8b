using System.CommandLine;
using System.Globalization;
using Oort.Chemistry;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort sample</c>: an N-body snapshot of a build.</summary>
internal static class SampleCommand
{
    private static readonly (string Name, SnapshotFormat Format, string[] Extensions)[] Formats =
    [
        ("csv", SnapshotFormat.Csv, [".csv"]),
        ("text", SnapshotFormat.Text, [".txt"]),
        ("nemo", SnapshotFormat.Nemo, [".nemo"]),
        ("gadget", SnapshotFormat.Gadget, [".gadget"]),
        ("fits", SnapshotFormat.Fits, [".fits", ".fit"]),
    ];

    private static readonly (string Name, SamplingActions Actions)[] Finders =
        [("fudge", SamplingActions.Fudge), ("interpolated", SamplingActions.Interpolated), ("exact", SamplingActions.Exact)];

    public static Command Create(Streams streams)
    {
        string[] names = [.. Formats.Select(f => f.Name)];
        Argument<string> build = CommonOptions.Build();
        Option<string[]> count = new("--count")
        {
            HelpName = "[NAME=]N",
            Description = "Number of particles in all, or of a component or kind; may be repeated with NAMEs.",
            Required = true,
        };
        Option<string?> component = CommonOptions.Component(), output = CommonOptions.Out();
        Option<ulong> seed = CommonOptions.Seed("particles");
        Option<string?> format = CommonOptions.OneOf("--format", "format", "Format; if not given, what the name of --out ends in, or else csv.", names);
        Option<string?> actions = CommonOptions.OneOf("--actions", "kind of actions", "How the actions are found; if not given, interpolated for more than 2e6 particles, else fudge.",
            [.. Finders.Select(f => f.Name)]);
        Option<string?> chemistry = new("--chemistry")
        {
            HelpName = "FILE",
            Description = "Chemistry of the components (models/bv23-chemistry.ini): adds the stars' abundances fe_h and alpha_fe.",
        };
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("sample", """
            Draws particles from a build: positions and velocities as the distribution functions have them, gas as its density
            has it with velocities from Jeans' equations. Writes x,y,z (kpc), vx,vy,vz (km/s) in the model's frame (the Sun at
            x = +R0), mass (Msun) and component: as text (csv, text), NEMO or Gadget-2 snapshot, or FITS table, while they are
            drawn, so that memory does not grow with their number.

            --count N shares N particles among the components by mass, so that all have about the same. --count NAME=N, once or
            more, gives N to the component NAME or to all components of a kind (stars, dark, gas), which share them by mass;
            what is not named gets none. N may be written 3e8. Without --format, files called .txt, .nemo, .gadget and .fits
            get these formats.

            --chemistry FILE adds two columns, fe_h ([Fe/H], dex) and alpha_fe ([alpha/Fe], dex), to csv, text and fits; for gas
            and dark matter they are nan. The particles are the same as without.

            --actions fudge finds each star's actions by itself, interpolated from tables that pay for more than about 2e6
            particles, exact with finer quadratures at twice the cost. The same seed, counts and --actions give the same
            particles, and the first ones of a larger draw are those of a smaller one.
            """)
        {
            Examples =
            [
                ("oort sample bv23 --count 1e6 --format fits --out stars.fits", "A million particles of the build bv23, of about the same mass each."),
                ("oort sample bv23 --count dark=750000 --count stars=200000 --count gas=50000 --out bv23.nemo", "As many of each kind, as a NEMO snapshot."),
                ("oort sample bv23 --count 10000 --component \"thick disk\" --seed 7", "The thick disc alone, comma-separated, to standard output."),
                ("oort sample bv23 --count stars=1e6 --chemistry models/bv23-chemistry.ini --out stars.fits", "A million stars with their abundances."),
                ("oort sample bv23 --count stars=3e8 --format nemo | your-program", "Three hundred million stars into a pipe."),
            ],
        };
        command.Add(build);
        command.Add(count);
        command.Add(seed);
        command.Add(component);
        command.Add(format);
        command.Add(output);
        command.Add(actions);
        command.Add(chemistry);
        command.Add(threads);
        command.Validators.Add(result =>
        {
            if (ParticleCounts.Error(result.GetValue(count) ?? []) is string error)
            {
                result.AddError(error);
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            Request request = new(
                parsed.GetRequiredValue(build), parsed.GetRequiredValue(count), parsed.GetValue(component), parsed.GetValue(seed), ActionsOf(parsed.GetValue(actions)),
                FormatOf(parsed.GetValue(format), path), path == "-" ? null : path, parsed.GetValue(chemistry), parsed.GetValue(threads));
            Run(streams, request, cancellation);
            return 0;
        }, cancellation));
        return command;
    }

    private static void Run(Streams streams, Request request, CancellationToken cancellation)
    {
        if (request.Path is null && streams.OutIsTerminal && request.Format is not (SnapshotFormat.Csv or SnapshotFormat.Text))
        {
            throw new InputException("standard output is a terminal, which binary formats are not for: give --out FILE, or lead it into a pipe");
        }

        ResultFile.Check(request.Path);
        ChemistrySetup? setup = null;
        if (request.Chemistry is not null)
        {
            SnapshotFile.CheckColumns(request.Format, GalaxyChemistry.Columns);
            setup = ChemistryFile.Read(request.Chemistry);
        }

        _ = KernelCompilation.BeginSampling();
        Galaxy galaxy = GalaxyFile.Read(request.Build, threads: request.Threads);
        long[] counts = ParticleCounts.Of(new(galaxy), request.Counts, request.Component);
        GalaxySampler sampler = new(galaxy, request.Actions ?? GalaxySampler.SoonestActions(counts), request.Threads);
        SnapshotFile.CheckCount(request.Format, counts.Sum());
        IParticleSource particles = Particles(request, sampler, counts, setup);
        using ShareProgress progress = new(streams, "particles");
        SnapshotOptions options = new()
        {
            Threads = request.Threads,
            History = request.History,
            Progress = progress,
        };
        if (request.Path is null)
        {
            streams.Out.Flush();
            SnapshotFile.Write(streams.OutBytes, request.Format, particles, options, cancellation);
        }
        else
        {
            OutputFile.WriteBinary(request.Path, stream => SnapshotFile.Write(stream, request.Format, particles, options, cancellation));
        }
    }

    private static IParticleSource Particles(Request request, GalaxySampler sampler, long[] counts, ChemistrySetup? setup)
    {
        // What is wrong with the chemistry is found out before anything is prepared to be drawn.
        GalaxyChemistry? chemistry = setup is null ? null : new(sampler.Galaxy, setup, GalaxyFile.SunRadius(request.Build));
        IParticleSource particles = sampler.Particles(counts, request.Seed);
        return chemistry is null ? particles : chemistry.WithAbundances(particles, request.Seed);
    }

    private static SamplingActions? ActionsOf(string? name) => name is null ? null : Finders.First(f => f.Name == name).Actions;

    private static SnapshotFormat FormatOf(string? name, string? path)
    {
        string extension = Path.GetExtension(path ?? "");
        return Formats.FirstOrDefault(f => name is null ? f.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) : f.Name == name).Format;
    }

    private sealed record Request(string Build, string[] Counts, string? Component, ulong Seed, SamplingActions? Actions, SnapshotFormat Format, string? Path, string? Chemistry, int Threads)
    {
        /// <summary>What makes these particles, for the snapshot to keep.</summary>
        public string History => string.Create(CultureInfo.InvariantCulture,
            $"oort sample {System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Build))} {string.Join(' ', Counts.Select(c => $"--count {Quoted(c)}"))}{(Component is null ? "" : $" --component {Quoted(Component)}")}{(Chemistry is null ? "" : $" --chemistry {Quoted(System.IO.Path.GetFileName(Chemistry))}")}{(Actions is null ? "" : $" --actions {Finders.First(f => f.Actions == Actions).Name}")} --seed {Seed}");

        private static string Quoted(string word) => word.Contains(' ') ? $"\"{word}\"" : word;
    }
}
