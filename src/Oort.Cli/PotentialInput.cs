using Oort.Definitions;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>The arguments FILE.ini and MODEL.ini: a file, a build's directory, or <c>-</c> for standard input.</summary>
internal static class PotentialInput
{
    private const string Dash = "-", Name = "standard input";

    /// <summary>Reads a potential.</summary>
    /// <param name="path">A file, a directory or <c>-</c>.</param>
    /// <param name="points">Where the command's points come from: not from standard input as well.</param>
    /// <param name="streams">The streams.</param>
    public static Potential Potential(string path, string points, Streams streams)
    {
        if (path == Dash && points == Dash)
        {
            throw new InputException("FILE.ini and POINTS.csv are both -: standard input can be one of them only");
        }

        return path == Dash ? PotentialFile.Parse(Text(streams), Name) : PotentialFile.Read(path);
    }

    /// <summary>Reads a model.</summary>
    public static ModelDefinition Model(string path, Streams streams) => path == Dash ? ModelFile.Parse(Text(streams), Name) : ModelFile.Read(path);

    private static string Text(Streams streams)
    {
        using TextReader reader = streams.In();
        return reader.ReadToEnd();
    }
}
