using System.Diagnostics;
using System.Globalization;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Benchmarks;

/// <summary>
/// What a fit pays: times of the BV23 model in a process that is warm, best of some repeats, the alternatives in turn. Seconds of
/// the wall clock, of the processors, and megabytes allocated.
/// </summary>
internal static class WarmModel
{
    /// <summary>Radii and heights of the peer's diagnostics: 39 and 29.</summary>
    private static readonly double[] Radii = [.. Enumerable.Range(0, 39).Select(i => 0.25 * Math.Pow(120, i / 38.0))],
        Heights = [.. Enumerable.Range(0, 29).Select(i => 0.025 * i * (1 + 0.15 * i))];

    private static readonly (double R, double Z)[] Points = [(8.27, 0), (8.27, 1), (4, 0), (2, 0.5)];

    /// <summary>Runs all.</summary>
    /// <param name="repeats">How often.</param>
    public static void Run(int repeats)
    {
        int threads = Environment.ProcessorCount;
        SolverSettings settings = new() { Threads = threads };
        ModelSetup neighbour = Neighbour();
        SelfConsistentResult solved = Bv23.Result;
        DensityStep one = new(Bv23.Setup.Groups, ModelAccuracy.Densities, 1), two = new(Bv23.Setup.Groups, ModelAccuracy.Densities, 2);
        (string Name, Action Work)[] all =
        [
            ("solve, from a cold potential", () => new SelfConsistentModel(Bv23.Setup, settings).Solve()),
            ("solve, from a neighbouring model", () => new SelfConsistentModel(neighbour, settings).SolveFrom(solved)),
            ("density step, 1 thread", () => one.LogDensities(solved.Galaxy.Potential, solved.Galaxy.FocalDistances, CancellationToken.None)),
            ("density step, 2 threads", () => two.LogDensities(solved.Galaxy.Potential, solved.Galaxy.FocalDistances, CancellationToken.None)),
            ("diagnostics: moments", () => Moments(solved.Galaxy)),
            ("diagnostics: surface densities", () => solved.SurfaceDensities(Radii)),
            ("diagnostics: velocity distributions", () => Velocities(solved.Galaxy)),
        ];
        (double Wall, double Cpu, double Megabytes)[] best = new (double, double, double)[all.Length];
        Array.Fill(best, (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity));
        for (int i = 0; i <= repeats; i++)
        {
            for (int k = 0; k < all.Length; k++)
            {
                (double Wall, double Cpu, double Megabytes) now = Measure(all[k].Work);
                best[k] = i == 0 ? best[k] : (Math.Min(best[k].Wall, now.Wall), Math.Min(best[k].Cpu, now.Cpu), Math.Min(best[k].Megabytes, now.Megabytes));
            }
        }

        Console.WriteLine($"{threads} processors, {one.Positions} positions of {ModelAccuracy.Densities.Velocities} velocities; best of {repeats}");
        Console.WriteLine($"{"",-38}{"wall s",9}{"CPU s",9}{"MB",9}");
        for (int k = 0; k < all.Length; k++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[k].Name,-38}{best[k].Wall,9:F3}{best[k].Cpu,9:F3}{best[k].Megabytes,9:F1}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"two threads against one: {best[2].Wall / best[3].Wall:F2} times"));
    }

    /// <summary>The model with parameters of its discs and halo changed by some per cent.</summary>
    private static ModelSetup Neighbour()
    {
        (string, string)[] changes = [("mass = 98e10", "mass = 95e10"), ("Jphi0 = 550", "Jphi0 = 565"), ("Jr0 = 22", "Jr0 = 23"), ("mass = 0.95e10", "mass = 0.98e10")];
        string text = File.ReadAllText(Path.Combine(Bv23.Root, "models", "bv23.ini"));
        foreach ((string from, string to) in changes)
        {
            text = text.Contains(from, StringComparison.Ordinal) ? text.Replace(from, to, StringComparison.Ordinal) : throw new InvalidOperationException($"no '{from}' in the model");
        }

        return ModelFile.Parse(text).Setup;
    }

    /// <summary>Seconds of the wall clock, of the processors, and megabytes allocated.</summary>
    public static (double Wall, double Cpu, double Megabytes) Measure(Action work)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes(), start = Stopwatch.GetTimestamp();
        work();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return (wall, (process.TotalProcessorTime - before).TotalSeconds, (GC.GetTotalAllocatedBytes() - bytes) / 1e6);
    }

    private static void Moments(Galaxy galaxy)
    {
        double[] R = [.. Radii, .. Heights.Select(_ => 8.27)], z = [.. Radii.Select(_ => 0.0), .. Heights];
        galaxy.Moments(R, z);
    }

    private static void Velocities(Galaxy galaxy)
    {
        double[] v = [.. Enumerable.Range(-40, 81).Select(i => 10.0 * i)];
        foreach ((double R, double z) in Points)
        {
            foreach (VelocityAxis axis in Enum.GetValues<VelocityAxis>())
            {
                galaxy.VelocityDistribution(R, z, axis, v);
            }
        }
    }
}
