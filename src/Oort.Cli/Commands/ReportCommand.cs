using System.CommandLine;
using Oort.Cli.Output;
using Oort.Report;
using Oort.Report.Bv23;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort report</c>: a page with the figures and tables of Binney &amp; Vasiliev (2023) for a build.</summary>
internal static class ReportCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> build = CommonOptions.Build();
        Option<string?> data = new("--data")
        {
            HelpName = "HIST",
            Description = "Histograms of stars that oort reduce wrote, drawn beside the model's.",
        };
        Option<string?> survey = new("--survey")
        {
            HelpName = "FILE.ini",
            Description = "The survey whose bins, selection and errors are used: that of the histograms; surveys/bv23.ini if none is given.",
        };
        Option<string?> chemistry = new("--chemistry")
        {
            HelpName = "FILE",
            Description = "Abundances of the components' stars, as in models/bv23-chemistry.ini, which is used if none is given.",
        };
        Option<string?> observations = new("--observations")
        {
            HelpName = "FOLDER",
            Description = "A folder with published data, drawn beside the model: eilers2019_circular_velocity.txt.",
        };
        Option<string?> output = CommonOptions.Out();
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("report", """
            Draws a build as Binney & Vasiliev (2023) drew their model: one HTML page with a section for each of their figures
            and tables, in their order, and the paper's numbers beside the model's. The page holds all it needs and works offline.
            """)
        {
            Examples =
            [
                ("oort report bv23 --out report.html", "The page of the build bv23."),
                ("oort report bv23 --data hist.ecsv --survey surveys/bv23.ini --out report.html", "With the histograms that oort reduce made of a catalogue."),
            ],
        };
        command.Add(build);
        command.Add(data);
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
            Bv23Results results = ReportResults.Of(new(parsed.GetRequiredValue(build), parsed.GetValue(data), parsed.GetValue(survey), parsed.GetValue(chemistry), parsed.GetValue(observations), parsed.GetValue(threads)), stages, cancellation);
            Page page = Bv23Report.Of(results);
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
}
