using System.CommandLine;
using Oort.Cli.Output;
using Oort.Report;
using Oort.Report.Bv23;
using Oort.Report.Sun25;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort report</c>: a page with the figures and tables of Binney &amp; Vasiliev (2023) for a build, or of Sun et al. (2025) for several.</summary>
internal static class ReportCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string[]> build = new("DIR") { Description = "Directories that oort build wrote: one, or several side by side on the page for regions of the sky.", Arity = ArgumentArity.OneOrMore };
        Option<string?> data = new("--data")
        {
            HelpName = "HIST",
            Description = "Histograms of stars that oort reduce wrote, drawn beside the model's.",
        };
        Option<string?> catalogue = new("--catalogue")
        {
            HelpName = "CATALOGUE",
            Description = "For regions of the sky: a catalogue, as oort reduce reads it, whose stars are shown; its histograms too, unless --data gives some.",
        };
        Option<string?> survey = new("--survey")
        {
            HelpName = "FILE.ini",
            Description = "The survey whose bins or regions, selection and errors are used: that of the histograms; surveys/bv23.ini if none is given.",
        };
        Option<string?> chemistry = new("--chemistry")
        {
            HelpName = "FILE",
            Description = "Abundances of the components' stars, as in models/bv23-chemistry.ini, which is used if none is given.",
        };
        Option<string?> observations = new("--observations")
        {
            HelpName = "FOLDER",
            Description = "A folder with published data, drawn beside the models: eilers2019_circular_velocity.txt and the like.",
        };
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("report", """
            Draws a build as Binney & Vasiliev (2023) drew their model: one HTML page with a section for each of their figures
            and tables, in their order, and the paper's numbers beside the model's. The page holds all it needs and works offline.

            With a survey of regions of the sky, such as surveys/sun25.ini, the page is that of Sun et al. (2025), for several
            builds side by side: --data adds the stars' histograms and chi-squared, --catalogue the stars themselves.
            """)
        {
            Examples =
            [
                ("oort report bv23 --out report.html", "The page of the build bv23."),
                ("oort report bv23 --data hist.ecsv --survey surveys/bv23.ini --out report.html", "With the histograms that oort reduce made of a catalogue."),
                ("oort report mc17a ca20d bv23 --survey surveys/sun25.ini --catalogue giants.fits --out report.html", "Three models beside K giants, as Sun et al. (2025)."),
            ],
        };
        command.Add(build);
        command.Add(data);
        command.Add(catalogue);
        command.Add(survey);
        command.Add(chemistry);
        command.Add(observations);
        command.Add(output);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string? path = parsed.GetValue(output);
            ResultFile.Check(path);
            Stages stages = new(streams, "report");
            ReportRequest request = new(parsed.GetRequiredValue(build), parsed.GetValue(data), parsed.GetValue(catalogue), parsed.GetValue(chemistry), parsed.GetValue(observations), parsed.GetValue(threads));
            Page page = PageOf(request, ReportSurvey.Definition(parsed.GetValue(survey)), stages, cancellation);
            if (path is null)
            {
                page.Write(streams.Out);
            }
            else
            {
                OutputFile.Write(path, page.Write);
            }

            return 0;
        }, cancellation));
        return command;
    }

    /// <summary>The survey tells which paper's page is wanted: with regions of the sky it is that of Sun et al. (2025).</summary>
    private static Page PageOf(ReportRequest request, Survey survey, Stages stages, CancellationToken cancellation)
    {
        if (survey.Regions is not null)
        {
            return request.Chemistry is null ? Sun25Report.Of(Sun25Work.Of(request, survey, stages, cancellation))
                : throw new InputException($"--chemistry: is for pages with bins in R and |z|; {survey.Name} has regions of the sky");
        }

        if (request.Catalogue is not null)
        {
            throw new InputException($"--catalogue: is for regions of the sky; {survey.Name} has bins in R and |z|, whose histograms --data gives");
        }

        return request.Builds.Count == 1 ? Bv23Report.Of(Bv23Work.Of(request, survey, stages, cancellation))
            : throw new InputException($"{request.Builds[1]}: one build only with {survey.Name}, which has bins in R and |z|; several stand side by side with regions of the sky (--survey surveys/sun25.ini)");
    }
}
