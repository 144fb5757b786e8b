using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;
using Oort.Potentials;

namespace Oort.Benchmarks;

/// <summary>
/// What the benchmarks run on: the model of models/bv23.ini, solved once a process, and points and stars of that galaxy,
/// the same in every run.
/// </summary>
internal static class Bv23
{
    /// <summary>The root of the repository: the nearest folder above the program that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The model as its file defines it.</summary>
    public static ModelSetup Setup { get; } = ModelFile.Read(Path.Combine(Root, "models", "bv23.ini")).Setup;

    private static readonly Lazy<SelfConsistentResult> Solved = new(() => new SelfConsistentModel(Setup).Solve());

    /// <summary>The model, solved to the default tolerance.</summary>
    public static SelfConsistentResult Result => Solved.Value;

    /// <summary>The solved galaxy.</summary>
    public static Galaxy Galaxy => Result.Galaxy;

    /// <summary>Its potential: a multipole expansion and a spline in (R, z).</summary>
    public static Potential Potential => Galaxy.Potential;

    /// <summary>Points from 0.05 to 50 kpc, even in ln r, half of them within a tenth of the radius of the plane.</summary>
    public static (double[] R, double[] Z) Points(int count)
    {
        Random random = new(1);
        (double[] R, double[] z) = (new double[count], new double[count]);
        for (int i = 0; i < count; i++)
        {
            double r = 0.05 * Math.Pow(1000, random.NextDouble()), sine = (i % 2 == 0 ? 0.1 : 1) * (2 * random.NextDouble() - 1);
            (R[i], z[i]) = (r * Math.Sqrt(1 - sine * sine), r * sine);
        }

        return (R, z);
    }

    /// <summary>Bound stars, two thirds on disc orbits (rotation with a dispersion of 40 km/s), one third on any.</summary>
    public static Stars StarsOf(int count)
    {
        Random random = new(2);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        Stars stars = new(count);
        for (int i = 0; i < count; i++)
        {
            bool disc = i % 3 != 0;
            double R = disc ? 2 + 12 * random.NextDouble() : 30 * Math.Pow(random.NextDouble(), 2) + 0.1, z = disc ? 0.4 * Normal() : 0.5 * R * Normal();
            double escape = EnclosedMass.EscapeSpeed(Potential, R, z), circular = Galaxy.CircularSpeed(R);
            double scale = disc ? 40 : 0.3 * escape, vR, vz, vphi;
            do
            {
                (vR, vz, vphi) = (scale * Normal(), 0.6 * scale * Normal(), (disc ? circular - 10 : 0) + 0.7 * scale * Normal());
            }
            while (vR * vR + vz * vz + vphi * vphi > 0.9 * escape * escape);
            (stars.R[i], stars.Z[i], stars.VR[i], stars.VZ[i], stars.VPhi[i]) = (R, z, vR, vz, vphi);
        }

        return stars;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Oort.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Oort.slnx");
    }

    /// <summary>Positions and velocities, kpc and km/s.</summary>
    internal sealed class Stars(int count)
    {
        public double[] R { get; } = new double[count];

        public double[] Z { get; } = new double[count];

        public double[] VR { get; } = new double[count];

        public double[] VZ { get; } = new double[count];

        public double[] VPhi { get; } = new double[count];

        public PhaseSpaceBatch Batch => new() { R = R, z = Z, vR = VR, vz = VZ, vphi = VPhi };
    }
}
