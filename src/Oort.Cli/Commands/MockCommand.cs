using System.CommandLine;
using Oort.Chemistry;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Models;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort mock</c>: a mock catalogue of a build.</summary>
internal static class MockCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<string> survey = CommonOptions.Survey();
        Option<long> count = CommonOptions.Count("Number of stars; may be written 1e6. For regions of the sky: in each, after all cuts; those of [Mock] unless given.");
        Option<ulong> seed = CommonOptions.Seed("stars");
        Option<bool> exact = new("--no-errors") { Description = "What is measured has no errors; the columns of errors stay, for cuts." };
        Option<string?> chemistry = new("--chemistry")
        {
            HelpName = "FILE",
            Description = "Chemistry of the components (models/bv23-chemistry.ini): adds the stars' abundances fe_h and alpha_fe.",
        };
        Option<string[]> component = new("--component") { HelpName = "NAME", Description = "For regions of the sky: stars of this component; several may be given, and the discs are the default." };
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("mock", """
            Draws a mock catalogue from a build, as a survey would see it: stars near the Sun, seen with the fraction that the
            survey file's [Selection] gives for their distance, their parallaxes, proper motions and line-of-sight velocities
            scattered by the uncertainties of its [Errors]. Columns have the Gaia archive's names: source_id, ra, dec, parallax,
            parallax_error, parallax_over_error, pmra, pmra_error, pmdec, pmdec_error, radial_velocity, radial_velocity_error;
            then component, by its name. --chemistry FILE adds fe_h and alpha_fe.

            Each star's component is drawn, with the share that the component has of the mass behind the selection. What the
            name of --out ends in gives the format: .csv, .ecsv (with units) or .fits, .gz after it compresses; standard output
            gets csv. The same seed gives the same stars, with and without errors, and a catalogue begins as a longer one.

            With a survey of regions of the sky, such as surveys/sun25.ini: stars of the discs that are in the regions and within
            the limits on velocities by what is measured of them, region after region, as many as its [Mock] or --count says.
            Columns are source_id, region, ra, dec, distance, distance_error, pmra, ..., radial_velocity, radial_velocity_error
            and component, named as in the survey file; [Corrections] are undone, for oort reduce to make again.
            """)
        {
            Examples =
            [
                ("oort mock bv23 --survey surveys/bv23.ini --count 1e6 --out mock.csv.gz", "A million stars of the build bv23."),
                ("oort reduce mock.csv.gz --survey surveys/bv23.ini --out mock-histograms.ecsv", "Their velocity histograms, as of any catalogue."),
                ("oort mock mc17a --survey surveys/sun25.ini --out giants.ecsv", "As many stars in each region as Sun et al. (2025) had."),
                ("oort mock bv23 --survey surveys/bv23.ini --count 1e5 --no-errors --chemistry models/bv23-chemistry.ini --out mock.fits", "Without errors, with abundances, as a FITS table."),
            ],
        };
        foreach (Option option in (Option[])[survey, count, seed, exact, chemistry, component, output, threads])
        {
            command.Add(option);
        }

        command.Add(build);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output) is string p and not "-" ? p : null;
            (StreamedFormat format, bool gzip) = path is null ? (StreamedFormat.Csv, false) : MockCatalogueOptions.ByName(path);
            ResultFile.Check(path);
            string source = parsed.GetRequiredValue(build), surveyPath = parsed.GetRequiredValue(survey);
            int workers = parsed.GetValue(threads);
            Survey definition = SurveyFile.Read(surveyPath);
            long? number = parsed.GetResult(count) is null ? null : parsed.GetValue(count);
            string[] names = parsed.GetValue(component) ?? [];
            string? file = parsed.GetValue(chemistry);
            Action<Stream, MockCatalogueOptions> write = definition.Regions is null ? Bins() : InRegions();
            using ShareProgress progress = new(streams, "stars");
            string given = string.Concat(number is long n ? FormattableString.Invariant($" --count {n}") : "", FormattableString.Invariant($" --seed {parsed.GetValue(seed)}"),
                string.Concat(names.Select(c => $" --component {c}")), parsed.GetValue(exact) ? " --no-errors" : "", file is null ? "" : $" --chemistry {Name(file)}");
            MockCatalogueOptions options = new()
            {
                Seed = parsed.GetValue(seed),
                Scatter = !parsed.GetValue(exact),
                Format = format,
                Gzip = gzip,
                Threads = workers,
                Progress = progress,
                History = $"oort mock {Name(source)} --survey {Name(surveyPath)}{given}",
            };
            if (path is null)
            {
                streams.Out.Flush();
                write(streams.OutBytes, options);
            }
            else
            {
                OutputFile.WriteBinary(path, stream => write(stream, options));
            }

            return 0;

            Action<Stream, MockCatalogueOptions> Bins()
            {
                if (names.Length > 0)
                {
                    throw new InputException($"--component is for regions of the sky; {definition.Name} has bins in R and |z|");
                }

                long stars = number ?? throw new InputException("--count is missing: how many stars?");
                HeliocentricSelection selection = definition.SeenStars();
                ErrorModel errors = definition.Errors ?? throw NoErrors(definition);
                ChemistrySetup? setup = file is null ? null : ChemistryFile.Read(file);
                _ = KernelCompilation.BeginSampling();
                Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
                GalaxyChemistry? abundances = setup is null ? null : new(galaxy, setup, GalaxyFile.SunRadius(source));
                MockSurvey mock = new(new(galaxy, selection, threads: workers, cancellation: cancellation), definition.Sun, errors, definition.ParallaxZeroPoint, abundances);
                return (stream, options) => MockCatalogue.Write(stream, mock, stars, options, cancellation);
            }

            Action<Stream, MockCatalogueOptions> InRegions()
            {
                if (file is not null)
                {
                    throw new InputException($"--chemistry is for bins in R and |z|; {definition.Name} has regions of the sky");
                }

                if (definition.Errors is null)
                {
                    throw NoErrors(definition);
                }

                IReadOnlyList<long> stars = number is long each ? [.. definition.Regions!.All.Select(_ => each)]
                    : definition.MockStars ?? throw new InputException($"--count is missing: {definition.Name} has no section [Mock], which says how many stars there are in each region");
                _ = KernelCompilation.BeginSampling();
                Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
                HashSet<GalaxyComponent> set = [.. names.Select(c => galaxy.Components[ComponentChoice.Find(galaxy, c)])];
                RegionMock mock = new(galaxy, GalaxyFile.SunRadius(source), definition, set.Count > 0 ? set.Contains : null);
                return (stream, options) => mock.Write(stream, stars, options, cancellation);
            }
        }, cancellation));
        return command;
    }

    private static InputException NoErrors(Survey survey) => new($"{survey.Name}: has no section [Errors], which says how uncertain what is measured is");

    /// <summary>The last part of a path, which is all that is kept of it.</summary>
    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
