namespace Oort.Definitions;

/// <summary>What a fit does.</summary>
public enum FitMethod
{
    /// <summary>Looks for the least misfit.</summary>
    Search,

    /// <summary>Draws from the posterior: an ensemble sampler.</summary>
    Sample,
}
