using Oort.Definitions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Cli.Output;

/// <summary>The directory that a build writes: complete, or not there.</summary>
internal static class BuildDirectory
{
    private const string Summary = "summary.json";

    /// <summary>Finds out before the work whether the directory could be written.</summary>
    public static void Check(string path) => OutputFile.CheckWritable(path, isDirectory: true);

    /// <summary>Writes all files.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="model">The model file's text, copied so that the directory is complete.</param>
    /// <param name="result">The solved model.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="tables">Names and contents of the tables.</param>
    public static void Write(
        string path, string model, SelfConsistentResult result, BuildSummary summary, IEnumerable<(string Name, EcsvTable Table)> tables)
    {
        (string Name, EcsvTable Table)[] all = [.. tables];
        string[] before = Densities(path);
        OutputFile.WriteDirectory(path, Summary, directory =>
        {
            Text(directory, ModelFile.NameInBuild, w => w.Write(model));
            Text(directory, PotentialFile.NameInBuild, w => PotentialFile.Write(w, result.Galaxy.Potential));
            FocalDistancesFile.Write(directory, result.Galaxy.FocalDistances);
            foreach (ComponentResult c in result.Components)
            {
                Text(directory, GalaxyFile.DensityNameInBuild(c.Component.Name), w => DensityFile.Write(w, c.Density));
            }

            foreach ((string name, EcsvTable table) in all)
            {
                Text(directory, name, table.Write);
            }

            Text(directory, Summary, w => w.Write(SummaryJson.Text(summary)));
        });
        foreach (string stale in before.Except(result.Components.Select(c => GalaxyFile.DensityNameInBuild(c.Component.Name))))
        {
            File.Delete(Path.Combine(path, stale));
        }
    }

    /// <summary>Files of densities that an earlier build has written there, none where its model cannot be read: nothing else is ours to delete.</summary>
    private static string[] Densities(string path)
    {
        try
        {
            return File.Exists(Path.Combine(path, ModelFile.NameInBuild)) ? [.. ModelFile.ComponentNames(path).Select(GalaxyFile.DensityNameInBuild)] : [];
        }
        catch (InputException)
        {
            return [];
        }
    }

    private static void Text(string directory, string name, Action<TextWriter> write)
        => OutputFile.Write(Path.Combine(directory, name), write);
}
