namespace Oort.Tests.Support;

/// <summary>A theory too slow for every run: skipped unless the environment variable OORT_NIGHTLY is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NightlyTheoryAttribute : TheoryAttribute
{
    public NightlyTheoryAttribute() => Skip = NightlyFactAttribute.WhySkipped;
}
