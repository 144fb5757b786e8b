using Oort.Inference.Chains;
using Oort.Inference.Sampling;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>The section [Sampler] of a fit file: walkers, steps, autocorrelation_times, moves, independence, emulation, screen, seed, spread.</summary>
internal static class SamplerSection
{
    /// <summary>Its name.</summary>
    public const string Name = "Sampler";

    private const string Screen = "screen", FixedPotential = "fixed-potential";

    private const int MostWalkers = 100_000, MostEmulated = 25;

    /// <summary>Moves by their names in fit files.</summary>
    private static readonly (string Word, Func<EnsembleMove> Make)[] Moves =
    [
        ("stretch", () => new StretchMove()), ("differential-evolution", () => new DifferentialEvolutionMove()), ("snooker", () => new SnookerMove()),
    ];

    /// <summary>Reads the section, which may be missing.</summary>
    /// <param name="file">The fit file.</param>
    /// <param name="dimensions">How many parameters there are.</param>
    /// <param name="isPotentialFixed">Whether all models share one potential.</param>
    /// <exception cref="InputException">Something is not allowed.</exception>
    public static SamplingSettings Read(IniFile file, int dimensions, bool isPotentialFixed)
    {
        IniSection[] found = [.. file.Sections.Where(Is)];
        if (found.Length > 1)
        {
            throw new InputException($"{file.Name}:{found[1].Line}: [{Name}]: given twice, first on line {found[0].Line}");
        }

        SamplingSettings settings = new() { Walkers = SamplingSettings.DefaultWalkers(dimensions) };
        if (found.Length == 0)
        {
            return settings;
        }

        SectionReader r = new(found[0]);
        settings = settings with
        {
            Moves = r.Has("moves") ? Mixture(r) : settings.Moves,
            Independence = Share(r, "independence"),
            Emulation = Share(r, "emulation"),
            IsScreened = r.Has(Screen) && r.Choice(Screen, ("none", false), (FixedPotential, true)),
        };
        if (settings.Emulation > 0 && dimensions > MostEmulated)
        {
            throw r.Error("emulation", FormattableString.Invariant($"is for {MostEmulated} parameters at most, not {dimensions}: what it learns grows with their square"));
        }

        if (settings.Independence + settings.Emulation > 1 + 1e-9)
        {
            throw r.Error("emulation", "must leave room for independence: together they are a part of all proposals, 0 to 1");
        }

        if (settings.IsScreened && isPotentialFixed)
        {
            throw r.Error(Screen, $"{FixedPotential} is for self-consistent models; here all share one potential already");
        }

        int walkers = r.Integer("walkers", settings.Walkers, settings.LeastWalkers(dimensions), MostWalkers);
        if (walkers % 2 != 0)
        {
            throw r.Error("walkers", "must be even: the walkers are moved in two halves");
        }

        double times = r.Number("autocorrelation_times", settings.Length.Times ?? 0);
        settings = settings with
        {
            Walkers = walkers,
            Length = settings.Length with
            {
                MostSteps = r.Integer("steps", settings.Length.MostSteps, 1, int.MaxValue),
                Times = times > 0 ? times : times == 0 ? null : throw r.Error("autocorrelation_times", "must be > 0, or 0 for steps alone to decide"),
            },
            Seed = (ulong)r.Integer("seed", 1, 0, int.MaxValue),
            Spread = r.Positive("spread", settings.Spread),
        };
        r.Done();
        return settings;
    }

    /// <summary>Whether a section is this one.</summary>
    public static bool Is(IniSection section) => section.Header.Equals(Name, StringComparison.OrdinalIgnoreCase);

    private static double Share(SectionReader r, string key) => r.Number(key, 0) is double share and >= 0 and <= 1 ? share : throw r.Error(key, "must be a part of all proposals, 0 to 1");

    /// <summary>The key moves: names, each with a weight or with that of one, separated by commas.</summary>
    private static MoveMixture Mixture(SectionReader r)
    {
        string[] words = [.. Moves.Select(m => m.Word)];
        List<(EnsembleMove, double)> moves = [];
        List<string> seen = [];
        foreach (string entry in r.List("moves"))
        {
            string[] parts = entry.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            int i = Array.FindIndex(words, w => w.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
            if (i < 0)
            {
                throw r.Error("moves", $"unknown move {parts[0]}{Suggestion.Hint(parts[0], words)}; there are {string.Join(", ", words)}");
            }

            double weight = 1;
            if (parts.Length > 2 || (parts.Length == 2 && (!Numbers.TryParseFinite(parts[1], out weight) || weight <= 0)))
            {
                throw r.Error("moves", $"'{entry}' must be a move and a weight > 0, such as {words[i]} 0.5");
            }

            if (seen.Contains(words[i]))
            {
                throw r.Error("moves", $"{words[i]} is given twice");
            }

            seen.Add(words[i]);
            moves.Add((Moves[i].Make(), weight));
        }

        return new(moves);
    }
}
