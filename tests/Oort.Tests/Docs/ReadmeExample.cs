using Oort.Actions;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;

namespace Oort.Tests.Docs;

/// <summary>The README's example as compiled code: a test compares it with the README line by line, and runs it.</summary>
internal static class ReadmeExample
{
    /// <summary>Runs the example, a program in the README: here its console is any writer.</summary>
#pragma warning disable SA1313, CA1305 // The name is that of the class Console; the program's culture is the invariant one.
    public static void Run(string[] args, TextWriter Console)
    {
        // README begins
        SelfConsistentResult model = new SelfConsistentModel(ModelFile.Read(args[0]).Setup).Solve();
        Galaxy galaxy = model.Galaxy;
        Moments[] moments = galaxy.Moments(R: 8.27, z: 0.5);
        double[,] f = galaxy.VelocityDistribution(R: 8.27, z: 0.5, VelocityAxis.Z, [0, 50]);
        for (int c = 0; c < moments.Length; c++)
        {
            Console.WriteLine($"{galaxy.Components[c].Name}: {moments[c].RhoPerCubicParsec:g3} Msun/pc^3, "
                + $"sigma_z {moments[c].SigmaZ:f1} km/s, f(v_z = 50)/f(0) {f[c, 1] / f[c, 0]:f3}");
        }

        ActionFinder finder = new StaeckelFudgeFinder(galaxy.Potential, galaxy.FocalDistances);
        Console.WriteLine(finder.Actions(CylindricalPoint.FromCartesian(x: 8.27, y: 0, z: 0.02, vx: -11, vy: 245, vz: 7)));
        // README ends
    }
#pragma warning restore SA1313, CA1305
}
