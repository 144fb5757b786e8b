using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oort.Potentials;

/// <summary>
/// What is left of a disc when the density of its <see cref="DiskAnsatz"/> is taken away,
/// rho = [Sigma(R) - Sigma(r)] h(z) - 2 Sigma'(r) (z/r) H'(z) - H(z) [Sigma''(r) + 2 Sigma'(r)/r]
/// (Dehnen and Binney 1998, section 2.3). It has no thin layer, so a multipole expansion of it converges quickly; it takes
/// both signs. In a razor-thin disc the delta functions cancel exactly.
/// </summary>
internal sealed class DiskResidualDensity : Density
{
    private readonly Kernel kernel;

    /// <summary>The remainder of <paramref name="disk"/>.</summary>
    public DiskResidualDensity(DiskDensity disk)
    {
        Disk = disk;
        kernel = new(disk.Radial, disk.Vertical);
    }

    /// <summary>The disc.</summary>
    public DiskDensity Disk { get; }

    /// <summary>Total mass, Msun: the disc's, since the potential of the other part falls exponentially.</summary>
    public override double TotalMass => Disk.TotalMass;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho)
        => PotentialKernel.Density(kernel, R, z, rho);

    private readonly struct Kernel(DiskRadialProfile radial, DiskVerticalProfile vertical) : IDensityKernel
    {
        private readonly DiskRadialProfile radial = radial;
        private readonly DiskVerticalProfile vertical = vertical;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Density(Vector<double> R, Vector<double> z)
        {
            Vector<double> tiny = new(1e-50), two = new(2);
            Vector<double> r = Vector.SquareRoot(R * R + z * z) + tiny, overR = Vector<double>.One / r;
            vertical.Evaluate(z, out var h, out var H, out var H1);
            radial.Evaluate(r, out var sigma, out var first, out var second);
            return (radial.Evaluate(R + tiny) - sigma) * h - two * first * z * overR * H1 - H * (second + two * first * overR);
        }
    }
}
