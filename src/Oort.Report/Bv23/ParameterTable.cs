using Oort.DistributionFunctions;
using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Table 3: the parameters of the distribution functions.</summary>
internal static class ParameterTable
{
    private static readonly Dictionary<string, double[]> PaperSpheroids = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dark halo"] = [98, 100, 10000, 20000, 1.6, 2.7, 2, 1.4, 1.2, 100000],
        ["stellar halo"] = [0.1, 5, 600, 100000, 1, 3.5, 2, 1.8, 1.2, 100000],
        ["bulge"] = [1.1, 5, 19.5, 200, 0.5, 1.8, 2, 3, 2, 100000],
    };

    private static readonly Dictionary<string, double[]> PaperDiscs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["young disk"] = [0.175, 650, 10, 0.65, -0.7, -0.3, 10, 100],
        ["middle disk"] = [0.75, 600, 17, 2.8, -0.35, -0.1, 10, 700],
        ["old disk"] = [1.0, 550, 22, 5, -0.25, -0.1, 10, 700],
        ["thick disk"] = [0.95, 400, 63, 30, 0.13, 0.05, 20, 40],
    };

    private static readonly string[] SpheroidKeys = ["mass", "Jcore", "J0", "Jcutoff", "slopeIn", "slopeOut", "cutoffStrength", "Fin", "Fout", "L0"];
    private static readonly string[] DiscKeys = ["mass", "Jphi0", "Jr0", "Jz0", "pr", "pz", "addJden", "addJvel"];

    /// <summary>The paper's value of a key of a component's distribution function, in the unit of the model file; null where it has none.</summary>
    public static double? Published(string component, string key)
    {
        double? Of(Dictionary<string, double[]> values, string[] keys)
            => Array.FindIndex(keys, k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) is int i and >= 0 && values.TryGetValue(component, out double[]? row) ? row[i] * (i == 0 ? 1e10 : 1) : null;
        return Of(PaperDiscs, DiscKeys) ?? Of(PaperSpheroids, SpheroidKeys);
    }

    /// <summary>The section.</summary>
    public static Section Of(Bv23Context context)
    {
        GalaxyComponent[] all = [.. context.Results.Model.Setup.Components];
        string Label(GalaxyComponent c) => context.Components.First(s => s.Name == c.Name).Label;
        IReadOnlyList<string>[] spheroids = [.. all.Where(c => c.DistributionFunction is NewDoublePowerLaw)
            .Select(c => Row(Label(c), Values(c, ((NewDoublePowerLaw)c.DistributionFunction!).Parameters), PaperSpheroids.GetValueOrDefault(c.Name)))];
        IReadOnlyList<string>[] discs = [.. all.Where(c => c.DistributionFunction is NewExponential)
            .Select(c => Row(Label(c), Values(c, ((NewExponential)c.DistributionFunction!).Parameters), PaperDiscs.GetValueOrDefault(c.Name)))];
        const string Mass = "Mass<br>10<sup>10</sup> M<sub>⊙</sub>";
        return new("table-3", "Table 3", "Parameters of the distribution functions",
            $"The distribution functions of this model, as its file has them. Actions are in kpc km s<sup>−1</sup>. Where a value is not the paper’s, the paper’s stands below it in grey.{Others(all)}",
            [
                new Table("table-3-spheroids", "Spheroids",
                    ["", Mass, "<i>J</i><sub>c</sub>", "<i>J</i><sub>0</sub>", "<i>J</i><sub>cut</sub>", "<i>α</i>", "<i>β</i>", "<i>δ</i>", "<i>F</i><sub>in</sub>", "<i>F</i><sub>out</sub>", "<i>L</i><sub>0</sub>"], spheroids),
                new Table("table-3-discs", "Discs",
                    ["", Mass, "<i>J</i><sub>φ0</sub>", "<i>J</i><sub>r0</sub>", "<i>J</i><sub>z0</sub>", "<i>p</i><sub>r</sub>", "<i>p</i><sub>z</sub>", "<i>J</i><sub>d0</sub>", "<i>J</i><sub>v0</sub>"], discs),
            ])
        {
            Comparisons = context.Quoted("table-3"),
        };
    }

    /// <summary>Whether a model's distribution functions are the paper's, all of them.</summary>
    public static bool IsPapers(IReadOnlyCollection<GalaxyComponent> components)
    {
        (string Name, double[] Values, double[]? Paper)[] all =
        [
            .. components.Where(c => c.DistributionFunction is NewDoublePowerLaw).Select(c => (c.Name, Values(c, ((NewDoublePowerLaw)c.DistributionFunction!).Parameters), PaperSpheroids.GetValueOrDefault(c.Name))),
            .. components.Where(c => c.DistributionFunction is NewExponential).Select(c => (c.Name, Values(c, ((NewExponential)c.DistributionFunction!).Parameters), PaperDiscs.GetValueOrDefault(c.Name))),
        ];
        return all.Length == PaperSpheroids.Count + PaperDiscs.Count && all.All(c => c.Paper is double[] paper && c.Values.Zip(paper).All(v => Math.Abs(v.First - v.Second) <= 1e-6 * Math.Abs(v.Second)));
    }

    private static string Others(GalaxyComponent[] all)
    {
        string[] others = [.. all.Where(c => c.DistributionFunction is not (null or NewDoublePowerLaw or NewExponential)).Select(c => Markup.Of(c.Name))];
        return others.Length == 0 ? "" : $" Not in the paper’s table, for its family of distribution functions is another: {string.Join(", ", others)}.";
    }

    private static double[] Values(GalaxyComponent c, NewDoublePowerLawParameters p)
        => [c.Mass / 1e10, p.Jcore, p.J0, p.Jcutoff, p.SlopeIn, p.SlopeOut, p.CutoffStrength, p.Fin, p.Fout, p.L0];

    private static double[] Values(GalaxyComponent c, NewExponentialParameters p)
        => [c.Mass / 1e10, p.Jphi0, p.Jr0, p.Jz0, p.pr, p.pz, p.AddJden, p.AddJvel];

    private static string[] Row(string name, double[] ours, double[]? paper)
        => [name, .. ours.Select((value, i) => Markup.Beside(value, paper?[i]))];
}
