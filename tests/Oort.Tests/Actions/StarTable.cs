using Oort.Actions;
using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>Stars in arrays, and what a finder says of them.</summary>
internal sealed class StarTable(int n)
{
    public double[] R = new double[n], z = new double[n], phi = new double[n], vR = new double[n], vz = new double[n], vphi = new double[n];
    public double[] Jr = new double[n], Jz = new double[n], Jphi = new double[n];
    public double[] ThetaR = new double[n], ThetaZ = new double[n], ThetaPhi = new double[n], OmegaR = new double[n], OmegaZ = new double[n], OmegaPhi = new double[n];

    public int Count => R.Length;

    public PhaseSpaceBatch Batch => new() { R = R, z = z, phi = phi, vR = vR, vz = vz, vphi = vphi };

    public void Set(int i, CylindricalPoint p) => (R[i], z[i], phi[i], vR[i], vz[i], vphi[i]) = (p.R, p.z, p.phi, p.vR, p.vz, p.vphi);

    public StarTable Actions(ActionFinder finder)
    {
        finder.Actions(Batch, new() { Jr = Jr, Jz = Jz, Jphi = Jphi });
        return this;
    }

    public StarTable Angles(ActionFinder finder)
    {
        finder.ActionsAndAngles(
            Batch,
            new() { Jr = Jr, Jz = Jz, Jphi = Jphi },
            new() { ThetaR = ThetaR, ThetaZ = ThetaZ, ThetaPhi = ThetaPhi, OmegaR = OmegaR, OmegaZ = OmegaZ, OmegaPhi = OmegaPhi });
        return this;
    }

    public StarTable Copy()
    {
        StarTable copy = new(Count);
        for (int i = 0; i < Count; i++)
        {
            copy.Set(i, new(R[i], z[i], phi[i], vR[i], vz[i], vphi[i]));
        }

        return copy;
    }

    /// <summary>Takes over what another table of the same stars says of one of them.</summary>
    public void Take(int i, StarTable from)
    {
        (Jr[i], Jz[i], Jphi[i]) = (from.Jr[i], from.Jz[i], from.Jphi[i]);
        (ThetaR[i], ThetaZ[i], ThetaPhi[i]) = (from.ThetaR[i], from.ThetaZ[i], from.ThetaPhi[i]);
        (OmegaR[i], OmegaZ[i], OmegaPhi[i]) = (from.OmegaR[i], from.OmegaZ[i], from.OmegaPhi[i]);
    }

    /// <summary>Bound stars of all kinds: anywhere from 0.1 to 50 kpc, speeds up to 0.95 of the escape speed (or 2 V_c), any direction.</summary>
    public static StarTable Random(Potential potential, int n, int seed)
    {
        Random random = new(seed);
        StarTable stars = new(n);
        for (int i = 0; i < n; i++)
        {
            double r = 0.1 * Math.Pow(500, random.NextDouble()), c = 2 * random.NextDouble() - 1, R = r * Math.Sqrt(1 - c * c), z = r * c;
            double speed = 0.95 * random.NextDouble() * (potential.HasEscapeSpeed ? Math.Sqrt(-2 * potential.Phi(R, z)) : 2 * Math.Sqrt(R * potential.At(R, z).PhiR));
            double u = 2 * random.NextDouble() - 1, angle = 2 * Math.PI * random.NextDouble(), across = speed * Math.Sqrt(1 - u * u);
            stars.Set(i, new(R, z, 2 * Math.PI * random.NextDouble(), across * Math.Cos(angle), speed * u, across * Math.Sin(angle)));
        }

        return stars;
    }

    /// <summary>Stars of a thin and a thick disc, between 2 and 16 kpc.</summary>
    public static StarTable Disc(Potential potential, int n, int seed)
    {
        Random random = new(seed);
        StarTable stars = new(n);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        for (int i = 0; i < n; i++)
        {
            double hot = random.NextDouble() < 0.2 ? 1.8 : 1, R = 2 + 14 * random.NextDouble(), z = -0.3 * hot * hot * Math.Log(1 - random.NextDouble());
            double sigma = 35 * hot * Math.Exp(-(R - 8) / 12), speed = Math.Sqrt(R * potential.At(R, 0).PhiR) - sigma * sigma / 80;
            stars.Set(i, new(R, i % 2 == 0 ? z : -z, 0, sigma * Normal(), 0.6 * sigma * Normal(), speed + 0.7 * sigma * Normal()));
        }

        return stars;
    }

    /// <summary>Difference of two angles, from 0 to pi.</summary>
    public static double AngleDistance(double a, double b) => Math.Abs(Math.IEEERemainder(a - b, 2 * Math.PI));
}
