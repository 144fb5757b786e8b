using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Potentials;

/// <summary>
/// A closed-form potential at one hardware vector of points. Implemented by readonly structs, so that
/// <see cref="PotentialKernel.Evaluate"/> is compiled once for each with the formula inlined.
/// </summary>
internal interface IPotentialKernel
{
    /// <summary>
    /// Phi always; the gradient if <paramref name="gradient"/>, second derivatives if <paramref name="hessian"/>
    /// (which implies the gradient); what is not asked for may be anything.
    /// </summary>
    void Evaluate(
        Vector<double> R, Vector<double> z, bool gradient, bool hessian,
        out Vector<double> phi, out Vector<double> phiR, out Vector<double> phiZ,
        out Vector<double> phiRR, out Vector<double> phiRZ, out Vector<double> phiZZ);
}

/// <summary>A scalar function of (R, z) at one hardware vector of points: a density in closed form.</summary>
internal interface IDensityKernel
{
    /// <summary>Density, Msun/kpc^3.</summary>
    Vector<double> Density(Vector<double> R, Vector<double> z);
}

/// <summary>
/// Runs kernels over batches of any length. The last, incomplete vector is padded, so a point's result does not
/// depend on the batch it stands in.
/// </summary>
internal static class PotentialKernel
{
    /// <summary>Added to r^2 (kpc^2) where 1/r occurs: keeps its powers finite at the centre, changes nothing elsewhere.</summary>
    public const double Tiny = 1e-100;

    /// <summary>Fills <paramref name="result"/>; the contract of <see cref="Potential.Evaluate"/>.</summary>
    [SkipLocalsInit]
    public static void Evaluate<TKernel>(
        in TKernel kernel, ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        where TKernel : struct, IPotentialKernel
    {
        bool hessian = result.WantsHessian, gradient = hessian || result.WantsGradient;
        int width = Vector<double>.Count;
        Span<double> lanes = stackalloc double[width];
        TKernel k = kernel;
        for (int i = 0; i < R.Length; i += width)
        {
            int rest = R.Length - i;
            k.Evaluate(
                Load(R[i..], lanes), Load(z[i..], lanes), gradient, hessian,
                out var phi, out var phiR, out var phiZ, out var phiRR, out var phiRZ, out var phiZZ);
            Store(phi, result.Phi, i, rest, lanes);
            if (gradient)
            {
                Store(phiR, result.PhiR, i, rest, lanes);
                Store(phiZ, result.PhiZ, i, rest, lanes);
            }

            if (hessian)
            {
                Store(phiRR, result.PhiRR, i, rest, lanes);
                Store(phiRZ, result.PhiRZ, i, rest, lanes);
                Store(phiZZ, result.PhiZZ, i, rest, lanes);
            }
        }
    }

    /// <summary>Fills <paramref name="rho"/> with the kernel's density.</summary>
    [SkipLocalsInit]
    public static void Density<TKernel>(in TKernel kernel, ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        where TKernel : struct, IDensityKernel
    {
        int width = Vector<double>.Count;
        Span<double> lanes = stackalloc double[width];
        TKernel k = kernel;
        for (int i = 0; i < R.Length; i += width)
        {
            Store(k.Density(Load(R[i..], lanes), Load(z[i..], lanes)), rho, i, R.Length - i, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(ReadOnlySpan<double> from, Span<double> lanes)
        => from.Length >= Vector<double>.Count ? new(from) : Padded(from, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<double> value, Span<double> to, int at, int rest, Span<double> lanes)
    {
        if (to.IsEmpty)
        {
            return;
        }

        if (rest >= Vector<double>.Count)
        {
            value.CopyTo(to[at..]);
        }
        else
        {
            StoreRest(value, to.Slice(at, rest), lanes);
        }
    }

    // Single points, the commonest remainder, go without a detour through memory.
    private static Vector<double> Padded(ReadOnlySpan<double> rest, Span<double> lanes)
    {
        if (rest.Length == 1)
        {
            return new Vector<double>(rest[0]);
        }

        lanes.Fill(rest[0]);
        rest.CopyTo(lanes);
        return new Vector<double>(lanes);
    }

    private static void StoreRest(Vector<double> value, Span<double> to, Span<double> lanes)
    {
        if (to.Length == 1)
        {
            to[0] = value[0];
            return;
        }

        value.CopyTo(lanes);
        lanes[..to.Length].CopyTo(to);
    }
}
