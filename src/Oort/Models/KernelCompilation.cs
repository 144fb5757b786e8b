using System.Reflection;
using System.Runtime.CompilerServices;
using Oort.Actions;
using Oort.Numerics;
using Oort.Orbits;

namespace Oort.Models;

/// <summary>
/// Compiles kernels ahead on another core, so that a command which first has files to read finds them ready. Only the time that a process
/// takes depends on it.
/// </summary>
public static class KernelCompilation
{
    private static readonly Type[] Velocities =
    [
        typeof(VelocityNodes), typeof(RadialActions), typeof(VerticalActions), typeof(PositionActions), typeof(PositionTable), typeof(ThresholdSearch),
        typeof(FocalDistances), typeof(MomentIntegrals), typeof(QuinticTable), typeof(VectorMath),
    ];

    private static readonly Type[] Sampling =
    [
        typeof(CircularOrbits), typeof(EnergyScale), typeof(PlanarProfile), typeof(FudgeBlock), typeof(SamplingScales), typeof(SamplingMap),
        typeof(SamplingNodes), typeof(DistributionSampler), typeof(MultilinearDensity), typeof(GalaxySampler), typeof(StaticSampler),
    ];

    /// <summary>Begins with what integrals over velocities need.</summary>
    /// <returns>The work, which nobody need wait for.</returns>
    public static Task BeginVelocities() => Begin(Velocities);

    /// <summary>Begins with what the drawing of stars needs.</summary>
    /// <returns>The work, which nobody need wait for.</returns>
    public static Task BeginSampling() => Begin([.. Velocities, .. Sampling]);

    private static Task Begin(Type[] kernels) => Task.Run(() =>
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (MethodBase method in kernels.SelectMany(type => type.GetMembers(Any)).OfType<MethodBase>().Where(m => !m.IsAbstract))
        {
            if (!method.ContainsGenericParameters)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            else if (method.DeclaringType == typeof(RadialActions) || method.DeclaringType == typeof(VerticalActions))
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle, [typeof(ManyOrbits).TypeHandle]);
            }
        }
    });
}
