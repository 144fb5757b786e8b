using Oort.Actions;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>The finders of the actions of a galaxy's stars. Immutable and safe to share between threads.</summary>
internal sealed class SamplingFinders
{
    private readonly Potential potential;
    private readonly FocalDistances focalDistances;

    /// <summary>Finders for a galaxy.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="actions">Which actions the stars follow.</param>
    /// <param name="threads">Threads to tabulate with.</param>
    public SamplingFinders(Galaxy galaxy, SamplingActions actions, int threads)
    {
        (potential, focalDistances) = (galaxy.Potential, galaxy.FocalDistances);
        Fast = new StaeckelFudgeFinder(potential, focalDistances, ActionAccuracy.Fast);
        Stars = actions switch
        {
            SamplingActions.Interpolated => new InterpolatedActionFinder(potential, focalDistances, threads: threads),
            SamplingActions.Exact => new StaeckelFudgeFinder(potential, focalDistances),
            _ => Fast,
        };
    }

    /// <summary>The finder of the stars that are drawn.</summary>
    public ActionFinder Stars { get; }

    /// <summary>The finder for what the proposals are made from.</summary>
    public ActionFinder Fast { get; }

    /// <summary>Scratch space for a thread's nodes.</summary>
    public SamplingNodes Nodes() => new(potential, focalDistances, Fast);
}
