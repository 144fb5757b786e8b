using Oort.Coordinates;
using Oort.Potentials;

namespace Oort.Tests.Actions;

/// <summary>
/// Stars as a model of the Galaxy has them: thin and thick disc with the scales and dispersions of the solar neighbourhood, bulge, stellar and
/// dark halo. Not in equilibrium, and need not be.
/// </summary>
internal static class GalacticStars
{
    public static readonly string[] Populations = ["thin disc", "thick disc", "bulge", "stellar halo", "dark halo"];

    /// <summary>Bound stars of one population.</summary>
    public static StarTable Of(string population, Potential potential, int n, int seed)
    {
        Random random = new(seed);
        StarTable stars = new(n);
        for (int i = 0; i < n;)
        {
            CylindricalPoint star = population switch
            {
                "thin disc" => random.NextDouble() < 0.4 ? Disc(potential, random, 2.7, 0.08, 15, 7) : Disc(potential, random, 2.7, 0.3, 33, 18),
                "thick disc" => Disc(potential, random, 2.2, 0.8, 55, 38),
                "bulge" => Spheroid(random, -0.35 * Math.Log((1 - random.NextDouble()) * (1 - random.NextDouble()) * (1 - random.NextDouble())), 110, 91),
                "stellar halo" => Spheroid(random, Math.Pow(60, random.NextDouble()), 156, 92),
                _ => Spheroid(random, 0.5 * Math.Pow(300, Math.Sqrt(random.NextDouble())), 154, 127),
            };
            double energy = 0.5 * (star.vR * star.vR + star.vz * star.vz + star.vphi * star.vphi) + potential.Phi(star.R, star.z);
            if (energy < -3000)
            {
                stars.Set(i++, star);
            }
        }

        return stars;
    }

    private static CylindricalPoint Disc(Potential potential, Random random, double length, double height, double sigmaR, double sigmaZ)
    {
        double R = 0.05 - length * Math.Log((1 - random.NextDouble()) * (1 - random.NextDouble()));
        double z = height * Math.Log(1 - random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1), hotter = Math.Exp((8.2 - R) / 8);
        double circular = Math.Sqrt(R * potential.At(R, 0).PhiR), sigma = sigmaR * hotter;
        return new(R, z, Angle(random), sigma * Normal(random), sigmaZ * hotter * Normal(random), circular - 1.25 * sigma * sigma / circular + 0.7 * sigma * Normal(random));
    }

    private static CylindricalPoint Spheroid(Random random, double r, double sigmaR, double sigmaT)
    {
        double cosine = 2 * random.NextDouble() - 1, sine = Math.Sqrt(1 - cosine * cosine);
        double vr = sigmaR * Normal(random), vt = sigmaT * Normal(random);
        return new(r * sine, r * cosine, Angle(random), vr * sine - vt * cosine, vr * cosine + vt * sine, sigmaT * Normal(random));
    }

    private static double Angle(Random random) => 2 * Math.PI * random.NextDouble();

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Angle(random));
}
