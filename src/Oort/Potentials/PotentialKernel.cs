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
    /// <summary>Fills <paramref name="result"/>; the contract of <see cref="Potential.Evaluate"/>.</summary>
    public static void Evaluate<TKernel>(
        in TKernel kernel, ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        where TKernel : struct, IPotentialKernel
    {
        bool hessian = result.WantsHessian, gradient = hessian || result.WantsGradient;
        int width = Vector<double>.Count, whole = R.Length - R.Length % width;
        TKernel k = kernel;
        for (int i = 0; i < whole; i += width)
        {
            k.Evaluate(
                new Vector<double>(R.Slice(i, width)), new Vector<double>(z.Slice(i, width)), gradient, hessian,
                out var phi, out var phiR, out var phiZ, out var phiRR, out var phiRZ, out var phiZZ);
            Store(phi, result.Phi, i);
            if (gradient)
            {
                Store(phiR, result.PhiR, i);
                Store(phiZ, result.PhiZ, i);
            }

            if (hessian)
            {
                Store(phiRR, result.PhiRR, i);
                Store(phiRZ, result.PhiRZ, i);
                Store(phiZZ, result.PhiZZ, i);
            }
        }

        if (whole < R.Length)
        {
            Span<double> lanes = stackalloc double[width];
            k.Evaluate(
                Padded(R[whole..], lanes), Padded(z[whole..], lanes), gradient, hessian,
                out var phi, out var phiR, out var phiZ, out var phiRR, out var phiRZ, out var phiZZ);
            StoreRest(phi, result.Phi, whole, lanes);
            StoreRest(phiR, result.PhiR, whole, lanes);
            StoreRest(phiZ, result.PhiZ, whole, lanes);
            StoreRest(phiRR, result.PhiRR, whole, lanes);
            StoreRest(phiRZ, result.PhiRZ, whole, lanes);
            StoreRest(phiZZ, result.PhiZZ, whole, lanes);
        }
    }

    /// <summary>Fills <paramref name="rho"/> with the kernel's density.</summary>
    public static void Density<TKernel>(in TKernel kernel, ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        where TKernel : struct, IDensityKernel
    {
        int width = Vector<double>.Count, whole = R.Length - R.Length % width;
        TKernel k = kernel;
        for (int i = 0; i < whole; i += width)
        {
            Store(k.Density(new Vector<double>(R.Slice(i, width)), new Vector<double>(z.Slice(i, width))), rho, i);
        }

        if (whole < R.Length)
        {
            Span<double> lanes = stackalloc double[width];
            StoreRest(k.Density(Padded(R[whole..], lanes), Padded(z[whole..], lanes)), rho, whole, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<double> value, Span<double> to, int at)
    {
        if (!to.IsEmpty)
        {
            value.CopyTo(to[at..]);
        }
    }

    private static Vector<double> Padded(ReadOnlySpan<double> rest, Span<double> lanes)
    {
        lanes.Fill(1);
        rest.CopyTo(lanes);
        return new Vector<double>(lanes);
    }

    private static void StoreRest(Vector<double> value, Span<double> to, int at, Span<double> lanes)
    {
        if (!to.IsEmpty)
        {
            value.CopyTo(lanes);
            lanes[..(to.Length - at)].CopyTo(to[at..]);
        }
    }
}
