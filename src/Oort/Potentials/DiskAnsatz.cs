using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Coordinates;

namespace Oort.Potentials;

/// <summary>
/// The closed-form part of a disc's potential, Phi = 4 pi G Sigma(r) H(z), r^2 = R^2 + z^2, H'' = h(z)
/// (Dehnen and Binney 1998, section 2.3). It holds all that is thin; what <see cref="DiskResidualDensity"/> generates
/// is smooth and makes up the rest. Phi falls exponentially with r: its own total mass is 0.
/// </summary>
/// <remarks>For a razor-thin disc the second derivative by z and the density leave out the delta function in the plane,
/// where the vertical force is given as its mean of both sides, 0.</remarks>
internal sealed class DiskAnsatz : Potential
{
    private readonly Kernel kernel;

    /// <summary>The part that belongs to <paramref name="disk"/>.</summary>
    public DiskAnsatz(DiskDensity disk)
    {
        Disk = disk;
        kernel = new(disk.Radial, disk.Vertical);
    }

    /// <summary>The disc.</summary>
    public DiskDensity Disk { get; }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, PotentialDerivatives result)
        => PotentialKernel.Evaluate(kernel, R, z, result);

    /// <inheritdoc/>
    public override void Density(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    /// <summary>The formulae, with c = R/r and s = z/r.</summary>
    internal readonly struct Kernel(DiskRadialProfile radial, DiskVerticalProfile vertical) : IPotentialKernel, IDensityKernel
    {
        private readonly DiskRadialProfile radial = radial;
        private readonly DiskVerticalProfile vertical = vertical;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Evaluate(
            Vector<double> R, Vector<double> z, bool gradient, bool hessian,
            out Vector<double> phi, out Vector<double> phiR, out Vector<double> phiZ,
            out Vector<double> phiRR, out Vector<double> phiRZ, out Vector<double> phiZZ)
        {
            Vector<double> r = Vector.SquareRoot(R * R + z * z + new Vector<double>(PotentialKernel.Tiny));
            vertical.Evaluate(z, out var h, out var H, out var H1);
            Vector<double> k = new(4 * Math.PI * Units.G);
            radial.Evaluate(r, out var sigma, out var first, out var second);
            phi = k * sigma * H;
            phiR = phiZ = phiRR = phiRZ = phiZZ = Vector<double>.Zero;
            if (gradient)
            {
                Vector<double> overR = Vector<double>.One / r, c = R * overR, s = z * overR, kFirst = k * first;
                phiR = kFirst * c * H;
                phiZ = kFirst * s * H + k * sigma * H1;
                if (hessian)
                {
                    Vector<double> bend = k * second, tilt = kFirst * overR;
                    phiRR = H * (bend * c * c + tilt * s * s);
                    phiRZ = c * (s * (bend - tilt) * H + kFirst * H1);
                    phiZZ = H * (bend * s * s + tilt * c * c) + (s + s) * kFirst * H1 + k * sigma * h;
                }
            }
        }

        /// <summary>Laplacian over 4 pi G: Sigma h + 2 Sigma' (z/r) H' + H (Sigma'' + 2 Sigma'/r).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> r = Vector.SquareRoot(R * R + z * z + new Vector<double>(PotentialKernel.Tiny));
            vertical.Evaluate(z, out var h, out var H, out var H1);
            radial.Evaluate(r, out var sigma, out var first, out var second);
            Vector<double> overR = Vector<double>.One / r, two = new(2);
            return sigma * h + two * first * z * overR * H1 + H * (second + two * first * overR);
        }
    }
}
