using Oort.Models;

namespace Oort.Inference.Likelihoods;

/// <summary>One data set: how probable it is in a galaxy. Those of several data sets add up. Safe to share between threads.</summary>
public interface ILikelihood
{
    /// <summary>-2 ln L of the data, less what it would be of a perfect model, and what each bin contributes. It depends on the galaxy alone.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="cancellation">Stops the work.</param>
    Misfit Evaluate(Galaxy galaxy, CancellationToken cancellation = default);
}
