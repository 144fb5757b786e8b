using Oort.Models;
using Oort.Potentials;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>Solved models in the directories that <c>oort build</c> writes.</summary>
public static class GalaxyFile
{
    /// <summary>Reads the galaxy of a build: the components of its model.ini in the potential of its potential.ini.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="accuracy">Accuracy of the velocity integrals.</param>
    /// <param name="threads">Threads to use; results do not depend on it.</param>
    /// <exception cref="InputException">It is not a build's directory, or a file in it is damaged.</exception>
    public static Galaxy Read(string directory, ModelAccuracy? accuracy = null, int? threads = null)
    {
        return ReadWith(directory, accuracy, threads).Galaxy;
    }

    /// <summary>Reads the galaxy of a build with each component's own density, from its density_NAME.ini, and potential.</summary>
    /// <inheritdoc cref="Read"/>
    public static SolvedGalaxy ReadSolved(string directory, ModelAccuracy? accuracy = null, int? threads = null)
    {
        (Galaxy galaxy, ModelSetup setup) = ReadWith(directory, accuracy, threads);
        Density[] densities = [.. setup.Groups.SelectMany(g => g.Members).Select(c => DensityFile.Read(Path.Combine(directory, DensityNameInBuild(c.Name))))];
        return SolvedGalaxy.Of(galaxy, setup, densities, threads ?? Environment.ProcessorCount);
    }

    /// <summary>Name of a component's density in a build's directory.</summary>
    public static string DensityNameInBuild(string component) => $"density_{ModelFile.FileNameOf(component)}.ini";

    private static (Galaxy Galaxy, ModelSetup Setup) ReadWith(string directory, ModelAccuracy? accuracy, int? threads)
    {
        CheckDirectory(directory);
        (_, List<ComponentGroup> groups, List<GalaxyComponent> statics) = ModelFile.ReadComponents(Sections.Read(directory, ModelFile.NameInBuild));
        Potential potential = PotentialFile.Read(directory);
        ModelSetup setup = new(potential, groups, statics);
        return (new(potential, [.. setup.Components], accuracy, FocalDistancesFile.Read(directory, potential), threads), setup);
    }

    /// <summary>The Sun's distance from the centre that a build's model gives, kpc.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="InputException">It is not a build's directory, or its model is damaged.</exception>
    public static double SunRadius(string directory)
    {
        CheckDirectory(directory);
        return ModelFile.ReadComponents(Sections.Read(directory, ModelFile.NameInBuild)).Sections.SunRadius;
    }

    private static void CheckDirectory(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new InputException(File.Exists(directory)
                ? $"{directory}: is a file; the directory that oort build wrote is needed"
                : $"{directory}: no such directory; oort build writes one");
        }
    }
}
