using Oort.Potentials;

namespace Oort.Actions;

/// <summary>
/// The potential in and close to the plane, on a grid uniform in ln R: for first guesses and for the nodes of quadratures. No result depends on
/// it but through their errors.
/// </summary>
internal sealed class PlanarProfile
{
    private const int Cells = 192, Halvings = 12, Quantities = 4;
    private const double Smallest = 1e-3, Largest = 1e3, Lowest = 1e-3, Beside = 1e-5;

    private readonly double first = Math.Log(Smallest), perLog = Cells / Math.Log(Largest / Smallest);
    private readonly double[] values = new double[(Cells + 1) * Quantities];

    /// <summary>Tabulates a potential.</summary>
    internal PlanarProfile(Potential potential)
    {
        const int n = Cells + 1;
        double[] R = new double[n], z = new double[n], phi = new double[n], pull = new double[n], slope = new double[n], spring = new double[n];
        double[] low = new double[n], high = new double[n];
        for (int i = 0; i < n; i++)
        {
            R[i] = Math.Exp(first + i / perLog);
            z[i] = Beside * R[i];
            (low[i], high[i]) = (Math.Log(Lowest), 0.5); // of ln(z/R)
        }

        potential.Evaluate(R, z, new() { Phi = phi, PhiR = pull, PhiZ = slope });
        for (int i = 0; i < n; i++)
        {
            spring[i] = slope[i] / z[i];
        }

        for (int k = 0; k < Halvings; k++)
        {
            for (int i = 0; i < n; i++)
            {
                z[i] = R[i] * Math.Exp(0.5 * (low[i] + high[i]));
            }

            potential.Evaluate(R, z, new() { PhiZ = slope });
            for (int i = 0; i < n; i++)
            {
                (slope[i] > 0.5 * spring[i] * z[i] ? ref low[i] : ref high[i]) = 0.5 * (low[i] + high[i]);
            }
        }

        for (int i = 0; i < n; i++)
        {
            double[] row = [Math.Exp(low[i]) / Math.Sqrt(3), phi[i], R[i] * pull[i], R[i] * R[i] * spring[i]];
            row.CopyTo(values, i * Quantities);
        }
    }

    /// <summary>What the potential is like where ln R = <paramref name="logRadius"/> (R in kpc).</summary>
    /// <param name="logRadius">ln R.</param>
    /// <param name="height">
    /// The height where the vertical force stops rising, Phi_z ~ z / (h^2 + z^2)^(1/2), over R: where Phi_z/z is half its value in the plane, over sqrt(3).
    /// </param>
    /// <param name="phi">Phi, (km/s)^2.</param>
    /// <param name="pull">R Phi_R.</param>
    /// <param name="spring">R^2 Phi_zz.</param>
    internal void At(double logRadius, out double height, out double phi, out double pull, out double spring)
    {
        double u = Math.Min(Math.Max((logRadius - first) * perLog, 0), Cells);
        int i = Math.Min((int)u, Cells - 1);
        double t = u - i;
        ReadOnlySpan<double> v = values.AsSpan(i * Quantities, 2 * Quantities);
        (height, phi) = (v[0] + t * (v[4] - v[0]), v[1] + t * (v[5] - v[1]));
        (pull, spring) = (v[2] + t * (v[6] - v[2]), v[3] + t * (v[7] - v[3]));
    }
}
