using System.Numerics;
using Oort.Numerics;

namespace Oort.DistributionFunctions;

/// <summary>The rotation of the spheroidal families, 1 + rotFrac tanh(Jphi/Jphi0).</summary>
internal static class Rotation
{
    /// <summary>1/Jphi0, finite also for the step Jphi0 = 0.</summary>
    public static double Inverse(double Jphi0) => Math.Min(1 / Jphi0, ActionBounds.Most);

    /// <summary>f = amplitude f (1 + rotFrac tanh(Jphi/Jphi0)) in place.</summary>
    public static void Apply(ReadOnlySpan<double> Jphi, Span<double> f, double amplitude, double rotFrac, double inverseJphi0)
    {
        if (rotFrac == 0)
        {
            for (int i = 0; i < f.Length; i += Vector<double>.Count)
            {
                VectorMath.Store(VectorMath.Load(f, i) * amplitude, f, i);
            }

            return;
        }

        for (int i = 0; i < f.Length; i += Vector<double>.Count)
        {
            Vector<double> tanh = VectorMath.Tanh(ActionBounds.Signed(VectorMath.Load(Jphi, i)) * inverseJphi0);
            VectorMath.Store(VectorMath.Load(f, i) * amplitude * (Vector<double>.One + tanh * rotFrac), f, i);
        }
    }
}
