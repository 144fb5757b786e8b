using Oort.Numerics;
using Oort.Potentials;

namespace Oort.DistributionFunctions;

/// <summary>
/// What a <see cref="QuasiIsothermal"/> takes from the circular orbit of angular momentum J, as functions of ln J:
/// ln of f's amplitude, and the factors of -Jr, -Jz and -max(0, -Jphi) in its exponent.
/// </summary>
internal sealed class CircularOrbitTable
{
    /// <summary>Number of quantities.</summary>
    public const int Quantities = 4;

    /// <summary>Smallest and largest angular momentum, kpc km/s; beyond them the orbits are those at the ends.</summary>
    public const double Smallest = 1e-4, Largest = 1e6;

    /// <summary>Cells per unit of ln J.</summary>
    public const double PerUnit = 16;

    /// <summary>ln of the smallest angular momentum.</summary>
    public static readonly double First = Math.Log(Smallest);

    /// <summary>Number of cells.</summary>
    public static readonly int Cells = (int)Math.Ceiling(Math.Log(Largest / Smallest) * PerUnit);

    private const double SmallestSquare = 1e-30; // (km/s)^2

    private readonly QuinticSpline[] splines = new QuinticSpline[Quantities];

    public CircularOrbitTable(QuasiIsothermalParameters p, Potential potential)
    {
        int n = Cells + 1;
        double[] x = new double[n], J = new double[n], R = new double[n], kappa = new double[n], nu = new double[n], omega = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = First + i / PerUnit;
            J[i] = Math.Exp(x[i]);
        }

        CircularMotion.RadiusOfAngularMomentum(potential, J, R);
        CircularMotion.Frequencies(potential, R, kappa, nu, omega);
        double[][] y = [.. Enumerable.Range(0, Quantities).Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            if (!(kappa[i] > 0 && nu[i] > 0 && omega[i] > 0))
            {
                throw new NumericalException(FormattableString.Invariant(
                    $"QuasiIsothermal: its potential has no stable circular orbit of angular momentum {J[i]:G4} kpc km/s (R = {R[i]:G4} kpc)"));
            }

            double radial = Square(p.Sigmar0, R[i] / p.Rsigmar, p.Sigmamin), vertical = Square(p.Sigmaz0, R[i] / p.Rsigmaz, p.Sigmamin);
            y[0][i] = Math.Log(p.Sigma0 / (2 * Math.PI * Math.PI)) - R[i] / p.Rdisk
                + Math.Log(omega[i] / kappa[i]) + Math.Log(nu[i]) - Math.Log(radial) - Math.Log(vertical);
            y[1][i] = kappa[i] / radial;
            y[2][i] = nu[i] / vertical;
            y[3][i] = 2 * omega[i] / radial;
        }

        Table = new(Cells, Quantities);
        double[] slopes = new double[n], c = new double[QuinticSpline.CoefficientsPerCell];
        for (int q = 0; q < Quantities; q++)
        {
            SplineLine.EvenSlopes(x, y[q], slopes);
            splines[q] = new(x, y[q], slopes);
            for (int i = 0; i < Cells; i++)
            {
                double scale = 1;
                for (int k = 0; k < c.Length; k++, scale /= PerUnit)
                {
                    c[k] = splines[q].Coefficients(i)[k] * scale;
                }

                Table.Set(i, q, c);
            }
        }
    }

    /// <summary>The quantities by cell, for batches.</summary>
    public QuinticTable Table { get; }

    /// <summary>Quantity q at ln J within the table.</summary>
    public double Value(int q, double logJ) => splines[q].Value(logJ);

    // Without a least dispersion the square underflows far out, where there are no stars.
    private static double Square(double central, double scaled, double least)
        => Math.Max(central * central * Math.Exp(-2 * scaled) + least * least, SmallestSquare);
}
