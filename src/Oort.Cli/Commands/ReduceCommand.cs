using System.CommandLine;
using Oort.Cli.Output;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Cli.Commands;

/// <summary><c>oort reduce</c>: velocity histograms of the stars of a catalogue.</summary>
internal static class ReduceCommand
{
    public static Command Create(Streams streams)
    {
        Argument<string> catalogue = new("CATALOGUE") { Description = "CSV, ECSV, text in columns, these compressed by gzip, or a FITS binary table (with CFITSIO)." };
        Option<string> survey = CommonOptions.Survey();
        Option<string> output = new("--out", "-o")
        {
            HelpName = "HIST",
            Description = "Write the histograms to this file, the bins to HIST_bins beside it; with units where it ends in .ecsv.",
            Required = true,
        };
        Option<bool> json = new("--json") { Description = "Write the summary as JSON instead of a table." };
        Option<int> threads = CommonOptions.Threads();
        DocumentedCommand command = new("reduce", """
            Reduces a catalogue of stars to velocity histograms in spatial bins: cuts in quality, turns sky coordinates into
            Galactocentric ones, and counts. Columns have the Gaia archive's names (ra, dec, parallax, parallax_error, pmra,
            pmdec, radial_velocity, ...) or those of samples with distances or with x,y,z,vx,vy,vz; the survey file can name
            others. Without distances, they are the inverse parallaxes. A cut for which the catalogue has no column is not
            applied, and standard error says so.

            Writes HIST: bin,quantity,lo,hi,count,p,err, with V_R, V_z, V_phi in km/s (V_phi > 0 with rotation), p per km/s,
            normalised by all stars of the bin; and HIST_bins: stars, barycentre (R, |z|), mean and dispersion of each
            quantity. Where the survey file has regions of the sky, the bins are these and the quantities vlos (km/s), pmra
            and pmdec (mas/yr), with p and err from resampling by the errors, and medians in HIST_bins.
            How many rows were not used, and why, goes to standard error. Ten million rows take seconds.
            """)
        {
            Examples =
            [
                ("oort reduce gaia.csv.gz --survey surveys/bv23.ini --out hist.ecsv", "The 35 bins of Binney & Vasiliev (2023) for a file from the Gaia archive."),
                ("oort reduce lamost_gaia.fits --survey surveys/sun25.ini --out hist.ecsv", "K giants in the 30 regions of Sun et al. (2025)."),
                ("oort reduce sample.fits --survey surveys/bv23.ini --out hist.csv --json", "A FITS table; the summary as JSON."),
            ],
        };
        command.Add(catalogue);
        command.Add(survey);
        command.Add(output);
        command.Add(json);
        command.Add(threads);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string path = parsed.GetRequiredValue(catalogue), result = parsed.GetRequiredValue(output);
            ResultFile.Check(result);
            ResultFile.Check(HistogramSet.BinsPath(result));
            Survey definition = SurveyFile.Read(parsed.GetRequiredValue(survey));
            using ShareProgress progress = new(streams, "catalogue");
            CatalogueReduction reduction = CatalogueReduction.Read(path, definition, parsed.GetValue(threads), progress, cancellation);
            progress.Dispose();
            reduction.Histograms.Write(result);
            ReductionSummary summary = new(path, reduction, definition);
            summary.WriteMessages(streams.Error);
            streams.Out.Write(parsed.GetValue(json) ? summary.Json() : summary.Table());
            return 0;
        }, cancellation));
        return command;
    }
}
