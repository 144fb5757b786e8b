using System.CommandLine;
using System.Globalization;
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
        Option<long> count = CommonOptions.Count("Number of stars; may be written 1e6.");
        count.Required = true;
        Option<ulong> seed = CommonOptions.Seed("stars");
        Option<bool> exact = new("--no-errors") { Description = "What is measured has no errors; the columns of errors stay, for cuts." };
        Option<string?> chemistry = new("--chemistry")
        {
            HelpName = "FILE",
            Description = "Chemistry of the components (models/bv23-chemistry.ini): adds the stars' abundances fe_h and alpha_fe.",
        };
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
            """)
        {
            Examples =
            [
                ("oort mock bv23 --survey surveys/bv23.ini --count 1e6 --out mock.csv.gz", "A million stars of the build bv23."),
                ("oort reduce mock.csv.gz --survey surveys/bv23.ini --out mock-histograms.ecsv", "Their velocity histograms, as of any catalogue."),
                ("oort mock bv23 --survey surveys/bv23.ini --count 1e5 --no-errors --chemistry models/bv23-chemistry.ini --out mock.fits", "Without errors, with abundances, as a FITS table."),
            ],
        };
        foreach (Option option in (Option[])[survey, count, seed, exact, chemistry, output, threads])
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
            HeliocentricSelection selection = definition.SeenStars();
            ErrorModel errors = definition.Errors ?? throw new InputException($"{definition.Name}: has no section [Errors], which says how uncertain what is measured is");
            ChemistrySetup? setup = parsed.GetValue(chemistry) is string file ? ChemistryFile.Read(file) : null;
            _ = KernelCompilation.BeginSampling();
            Galaxy galaxy = GalaxyFile.Read(source, threads: workers);
            GalaxyChemistry? abundances = setup is null ? null : new(galaxy, setup, GalaxyFile.SunRadius(source));
            MockSurvey mock = new(new(galaxy, selection, threads: workers, cancellation: cancellation), definition.Sun, errors, definition.ParallaxZeroPoint, abundances);
            long number = parsed.GetValue(count);
            using ShareProgress progress = new(streams, "stars");
            MockCatalogueOptions options = new()
            {
                Seed = parsed.GetValue(seed),
                Scatter = !parsed.GetValue(exact),
                Format = format,
                Gzip = gzip,
                Threads = workers,
                Progress = progress,
                History = string.Create(CultureInfo.InvariantCulture,
                    $"oort mock {Name(source)} --survey {Name(surveyPath)} --count {number} --seed {parsed.GetValue(seed)}{(parsed.GetValue(exact) ? " --no-errors" : "")}{(parsed.GetValue(chemistry) is string c ? $" --chemistry {Name(c)}" : "")}"),
            };
            if (path is null)
            {
                streams.Out.Flush();
                MockCatalogue.Write(streams.OutBytes, mock, number, options, cancellation);
            }
            else
            {
                OutputFile.WriteBinary(path, stream => MockCatalogue.Write(stream, mock, number, options, cancellation));
            }

            return 0;
        }, cancellation));
        return command;
    }

    /// <summary>The last part of a path, which is all that is kept of it.</summary>
    private static string Name(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
}
