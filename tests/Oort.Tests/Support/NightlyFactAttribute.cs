namespace Oort.Tests.Support;

/// <summary>A test too slow for every run: skipped unless the environment variable OORT_NIGHTLY is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NightlyFactAttribute : FactAttribute
{
    public NightlyFactAttribute() => Skip = WhySkipped;

    /// <summary>Why slow tests are skipped; null where they are not.</summary>
    internal static string? WhySkipped => Environment.GetEnvironmentVariable("OORT_NIGHTLY") == "1" ? null : "takes minutes; set OORT_NIGHTLY=1 to run it";
}
