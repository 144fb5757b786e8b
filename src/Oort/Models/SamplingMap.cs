using System.Numerics;
using System.Runtime.CompilerServices;
using Oort.Numerics;

namespace Oort.Models;

/// <summary>
/// Coordinates (a, b, c, d, e) of the phase space of a component of an axisymmetric galaxy in which its density is smooth on the
/// scale 1, each from 0 to the number of nodes less 1: a even in ln r; b in the height, z = r sinh(kappa b')/sinh(kappa); c in
/// v_phi = V + s sinh(tau); d and e in the components of the meridional velocity along and across the radius,
/// (A cos chi, B sin chi) sinh(tau). The scales kappa, V, s, A, B depend on r, continuously. One hemisphere, half of the directions chi and v_phi >= 0 are
/// visited; the weight counts both hemispheres and all directions, but one sign of v_phi. Immutable and safe to share between threads.
/// </summary>
internal sealed class SamplingMap
{
    /// <summary>Number of coordinates.</summary>
    public const int Dimensions = 5;

    private const int Scales = 8;

    private readonly double firstLog, step, firstHeight, heightStep;
    private readonly double[] scales;

    /// <summary>Coordinates between two radii.</summary>
    /// <param name="smallest">First radius, kpc.</param>
    /// <param name="largest">Last radius, kpc.</param>
    /// <param name="sizes">Number of nodes of each coordinate.</param>
    /// <param name="shape">The shape of the component at a radius.</param>
    /// <param name="highest">Largest |z|/r that the coordinates need reach, above 0.</param>
    public SamplingMap(double smallest, double largest, ReadOnlySpan<int> sizes, Func<double, SamplingShape> shape, double highest = 1)
    {
        Sizes = sizes.ToArray();
        firstLog = Math.Log(smallest);
        step = Math.Log(largest / smallest) / (sizes[0] - 1);
        scales = new double[sizes[0] * Scales];
        double top = 0;
        for (int i = 0; i < sizes[0]; i++)
        {
            SamplingShape s = shape(Math.Exp(firstLog + i * step));
            double low = Math.Asinh(-s.Vphi / s.VphiScale), high = Math.Asinh((s.Escape - s.Vphi) / s.VphiScale);
            double reach = Math.Asinh(s.Escape / Math.Min(s.Along, s.Across));
            ReadOnlySpan<double> row =
                [s.Kappa, s.Vphi, s.VphiScale, low, (high - low) / (sizes[2] - 1), s.Along, s.Across, reach / (sizes[3] - 1)];
            row.CopyTo(scales.AsSpan(i * Scales));
            top = Math.Max(top, Math.Asinh(Math.Min(1, highest) * Math.Sinh(s.Kappa)) / s.Kappa);
        }

        heightStep = (highest < 1 ? top : 1) / (sizes[1] - 1);
    }

    /// <summary>The velocities of another map's coordinates at one place.</summary>
    private SamplingMap(SamplingMap map, double R, double z)
    {
        double r = Math.Max(Math.Sqrt(R * R + z * z), Math.Exp(map.firstLog));
        Sizes = [2, 2, .. map.Sizes.AsSpan(2)];
        scales = new double[2 * Scales];
        double a = Math.Min((Math.Log(r) - map.firstLog) / map.step, map.Sizes[0] - 1);
        int cell = Math.Min((int)a, map.Sizes[0] - 2);
        for (int k = 0; k < Scales; k++)
        {
            ReadOnlySpan<double> column = map.scales.AsSpan(cell * Scales + k);
            scales[k] = scales[k + Scales] = column[0] + (a - cell) * (column[Scales] - column[0]);
        }

        firstLog = Math.Log(r);
        firstHeight = Math.Asinh(Math.Min(1, z / r) * Math.Sinh(scales[0])) / scales[0];
    }

    /// <summary>Number of nodes of each coordinate.</summary>
    public int[] Sizes { get; }

    /// <summary>Whether all its points are at the same place, and their weights volumes of velocity space alone.</summary>
    public bool IsOnePlace => step == 0;

    /// <summary>The map of the velocities at one place.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    public SamplingMap At(double R, double z) => new(this, R, z);

    /// <summary>The coordinates a and b of a place, and the volume, kpc^3, of both hemispheres per unit of their area.</summary>
    /// <param name="R">Radius, kpc.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    public (double A, double B, double Volume) Locate(double R, double z)
    {
        double r = Math.Sqrt(R * R + z * z), a = Math.Clamp((Math.Log(r) - firstLog) / step, 0, Sizes[0] - 1);
        int cell = Math.Min((int)a, Sizes[0] - 2);
        double low = scales[cell * Scales], kappa = low + (a - cell) * (scales[(cell + 1) * Scales] - low), sinh = Math.Sinh(kappa), mu = z / r;
        double b = Math.Min(Math.Asinh(mu * sinh) / (kappa * heightStep), Sizes[1] - 1);
        return (a, b, 4 * Math.PI * step * r * r * r * Math.Sqrt(1 + mu * sinh * (mu * sinh)) / sinh * kappa * heightStep);
    }

    /// <summary>Positions and velocities, and the phase-space volume, (kpc km/s)^3, per unit volume of the coordinates.</summary>
    /// <param name="batch">Holds the coordinates, and receives the rest; a whole number of hardware vectors.</param>
    [SkipLocalsInit]
    public void Transform(SamplingBatch batch)
    {
        int n = batch.Count;
        Span<double> q = batch.Coordinates, table = batch.Scratch;
        for (int i = 0; i < n; i++)
        {
            int cell = Math.Min((int)q[i], Sizes[0] - 2);
            double w = q[i] - cell;
            ReadOnlySpan<double> row = scales.AsSpan(cell * Scales, 2 * Scales);
            for (int k = 0; k < Scales; k++)
            {
                table[k * n + i] = row[k] + w * (row[k + Scales] - row[k]);
            }
        }

        Vector<double> one = Vector<double>.One, half = new(0.5), perB = new(heightStep), perE = new(Math.PI / (Sizes[4] - 1));
        for (int i = 0; i < n; i += Vector<double>.Count)
        {
            Vector<double> kappa = Load(table, 0), b = new Vector<double>(firstHeight) + Load(q, 1) * perB;
            Vector<double> r = VectorMath.Exp(new Vector<double>(firstLog) + Load(q, 0) * new Vector<double>(step));
            Vector<double> exp = VectorMath.Exp(kappa * b), inverse = one / exp, full = VectorMath.Exp(kappa);
            Vector<double> over = one / (half * (full - one / full));
            Vector<double> mu = Vector.Min(half * (exp - inverse) * over, one), dmu = half * (exp + inverse) * over * kappa * perB;
            Vector<double> weight = IsOnePlace ? one : new Vector<double>(4 * Math.PI * step) * r * r * r * dmu;
            // On the axis itself the azimuthal velocity has no meaning: as close to it as this nothing differs.
            Vector<double> planar = Vector.Max(Vector.SquareRoot(Vector.Max(one - mu * mu, Vector<double>.Zero)), new Vector<double>(1e-5));

            Vector<double> tau = Load(table, 3) + Load(table, 4) * Load(q, 2), scale = Load(table, 2);
            exp = VectorMath.Exp(tau);
            inverse = one / exp;
            Store(batch.Vphi, Load(table, 1) + scale * half * (exp - inverse));
            weight *= scale * half * (exp + inverse) * Load(table, 4);

            Vector<double> along = Load(table, 5), across = Load(table, 6);
            exp = VectorMath.Exp(Load(table, 7) * Load(q, 3));
            inverse = one / exp;
            Vector<double> speed = half * (exp - inverse);
            weight *= along * across * speed * half * (exp + inverse) * Load(table, 7) * (perE + perE);
            (Vector<double> sin, Vector<double> cos) = Vector.SinCos(Load(q, 4) * perE);
            Vector<double> u = along * speed * cos, v = across * speed * sin;
            Store(batch.R, r * planar);
            Store(batch.Z, r * mu);
            Store(batch.VR, u * planar - v * mu);
            Store(batch.Vz, u * mu + v * planar);
            Store(batch.Weight, weight);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            Vector<double> Load(Span<double> rows, int k) => new(rows[(k * n + i)..]);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void Store(Span<double> to, Vector<double> value) => value.CopyTo(to[i..]);
        }
    }
}

/// <summary>The shape of a component's phase-space density at a radius.</summary>
/// <param name="Kappa">Crowding of heights towards the plane: asinh of the radius over the scale height.</param>
/// <param name="Vphi">Where v_phi crowds, km/s.</param>
/// <param name="VphiScale">The scale within which v_phi crowds, km/s.</param>
/// <param name="Escape">Escape speed, km/s.</param>
/// <param name="Along">Scale of the velocity along the radius, km/s.</param>
/// <param name="Across">Scale of the meridional velocity across the radius, km/s.</param>
internal readonly record struct SamplingShape(
    double Kappa, double Vphi, double VphiScale, double Escape, double Along, double Across);
