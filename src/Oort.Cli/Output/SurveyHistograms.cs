using System.Globalization;
using Oort.Surveys;

namespace Oort.Cli.Output;

/// <summary>Reads histograms of stars that have to be those of a survey.</summary>
internal static class SurveyHistograms
{
    private const string Advice = "give the survey that oort reduce had (--survey)";

    /// <summary>The histograms of a file.</summary>
    /// <exception cref="InputException">They cannot be read, or are of other bins, quantities or cells than the survey's.</exception>
    public static HistogramSet Read(string path, Survey survey)
    {
        HistogramSet data = HistogramSet.Read(path);
        foreach (HistogramBin bin in data.Bins)
        {
            if (bin.Bin < 1 || bin.Bin > survey.Bins.Count)
            {
                throw new InputException($"{path}: has a bin {bin.Bin}; {survey.Name} has the bins 1 to {survey.Bins.Count}; {Advice}");
            }

            if (bin.Stars > 0 && survey.Bins.Find(bin.R, bin.Z) is int holder && holder != bin.Bin)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: the barycentre of bin {bin.Bin}, R = {bin.R:0.####}, z = {bin.Z:0.####} kpc, lies ")
                    + $"{(holder == 0 ? "outside all bins" : $"in bin {holder}")} of {survey.Name}: its histograms are of another survey; {Advice}");
            }
        }

        CheckCells(path, data, survey, _ => survey.Axes);
        return data;
    }

    /// <summary>The histograms of a file in a survey's regions of the sky.</summary>
    /// <exception cref="InputException">They cannot be read, or are of other regions, quantities or cells than the survey's.</exception>
    public static HistogramSet ReadRegions(string path, Survey survey)
    {
        HistogramSet data = HistogramSet.Read(path);
        SkyRegions regions = survey.Regions!;
        if (data.Bins.FirstOrDefault(b => b.Bin < 1 || b.Bin > regions.Count) is HistogramBin other)
        {
            throw new InputException($"{path}: has a bin {other.Bin}; {survey.Name} has the regions 1 to {regions.Count}; {Advice}");
        }

        CheckCells(path, data, survey, h => regions.AxesOf(h.Bin));
        return data;
    }

    private static void CheckCells(string path, HistogramSet data, Survey survey, Func<Histogram, IReadOnlyList<HistogramAxis>> axes)
    {
        foreach (Histogram histogram in data.Histograms)
        {
            HistogramAxis axis = axes(histogram).FirstOrDefault(a => a.Quantity == histogram.Quantity)
                ?? throw new InputException($"{path}: has histograms of {histogram.Quantity}; {survey.Name} has them of {string.Join(", ", axes(histogram).Select(a => a.Quantity))}; {Advice}");
            if (!axis.Edges.SequenceEqual(histogram.Edges))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}: bin {histogram.Bin}, {histogram.Quantity}: has {histogram.Cells} cells from {histogram.Edges[0]} to {histogram.Edges[^1]}; ")
                    + string.Create(CultureInfo.InvariantCulture, $"{survey.Name} has {axis.Count} from {axis.Low} to {axis.High}; {Advice}"));
            }
        }
    }
}
