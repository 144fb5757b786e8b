namespace Oort.Inference.Chains;

/// <summary>How far a chain has come.</summary>
/// <param name="Step">The last step.</param>
/// <param name="Most">The step at which the chain ends at the latest.</param>
/// <param name="Needed">Steps that it needs to be long enough by the autocorrelation time so far; infinite if that is not known or does not count.</param>
/// <param name="Time">The longest autocorrelation time of all parameters when it was last looked at, in steps; NaN before.</param>
/// <param name="Acceptance">Share of the walkers that accepted what was proposed to them in the last step.</param>
/// <param name="LogDensity">The largest log density of the walkers.</param>
/// <param name="LongEnough">Whether the chain is as long as it should be.</param>
/// <param name="SecondsEach">Mean time of a step of this run; NaN if it took none.</param>
public readonly record struct ChainProgress(int Step, int Most, double Needed, double Time, double Acceptance, double LogDensity, bool LongEnough, double SecondsEach)
{
    /// <summary>Steps that are left by what is known.</summary>
    public int StepsLeft => (int)Math.Max(0, Math.Min(Most, Needed) - Step);
}
