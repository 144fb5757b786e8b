using Oort.Potentials;

namespace Oort.Models;

/// <summary>Circular speeds.</summary>
internal static class Rotation
{
    /// <summary>sqrt(R dPhi/dR) in the plane, km/s; where the force points outwards, minus the root of its size.</summary>
    public static double CircularSpeed(Potential potential, double R)
    {
        double pull = 0;
        potential.Evaluate(new(in R), [0.0], new() { PhiR = new(ref pull) });
        return Math.Sign(pull) * Math.Sqrt(Math.Abs(R * pull));
    }
}
