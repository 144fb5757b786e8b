using System.Globalization;
using Oort.Models;
using Spectre.Console;

namespace Oort.Cli.Output;

/// <summary>What <c>oort primordial-halo</c> found, for people.</summary>
internal static class PrimordialHaloTable
{
    /// <summary>Writes it as plain text.</summary>
    public static void Write(TextWriter writer, PrimordialHalo halo, PrimordialHaloSettings settings)
    {
        HaloStructure core = halo.Core.Structure, bare = halo.NoCore.Structure;
        writer.WriteLine(Text($"The dark halo alone, {Facts(halo.Core)}; without its core, {Facts(halo.NoCore)}"));
        Table table = SummaryTable.Plain("", "with the core", "without", "BV23, without");
        table.AddRow("rs (kpc)", Text($"{core.ScaleRadius:F2}"), Text($"{bare.ScaleRadius:F2}"), "20.0");
        table.AddRow("rs, major axis (kpc)", Text($"{core.MajorAxisScaleRadius:F2}"), Text($"{bare.MajorAxisScaleRadius:F2}"), "");
        table.AddRow("r200 (kpc)", Text($"{core.VirialRadius:F1}"), Text($"{bare.VirialRadius:F1}"), "192");
        table.AddRow("M200 (1e10 Msun)", Text($"{core.VirialMass / 1e10:F1}"), Text($"{bare.VirialMass / 1e10:F1}"), "80.5");
        table.AddRow("peak circular speed (km/s)", Text($"{core.PeakCircularSpeed:F1}"), Text($"{bare.PeakCircularSpeed:F1}"), "170");
        table.AddRow("its radius (kpc)", Text($"{core.PeakRadius:F1}"), Text($"{bare.PeakRadius:F1}"), "");
        table.AddRow(Text($"denser in the galaxy at {halo.CompressionRadius:0.##} kpc"), Text($"{halo.CompressionOverCore:F2}x"), Text($"{halo.CompressionOverNoCore:F2}x"), "> 3x");
        SummaryTable.Print(writer, table);
        writer.WriteLine(Text($"rs: where the density averaged over spheres falls as r^-2. r200, M200: 200 times the critical density, H0 = {settings.HubbleConstant:0.##} km/s/Mpc."));
        writer.WriteLine("BV23: Binney & Vasiliev (2023), Table 5 and section 4.5, for the parameters of models/bv23.ini.");
    }

    private static string Facts(IsolatedHalo halo)
        => Text($"{(halo.Model.Converged ? "converged" : "NOT CONVERGED")} after {halo.Model.History.Count} iterations (residual {halo.Model.Residual:0.##e+0})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
