namespace Oort.Inference;

/// <summary>What went wrong with a model.</summary>
internal static class Failure
{
    /// <summary>What went wrong in a parallel loop, or what it is.</summary>
    public static Exception Of(Exception e) => e is AggregateException { InnerExceptions.Count: > 0 } many ? many.Flatten().InnerExceptions[0] : e;
}
