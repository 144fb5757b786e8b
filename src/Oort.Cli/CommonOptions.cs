using System.CommandLine;
using System.Globalization;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Cli;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    private const string StandardAccuracy = "standard", HighAccuracy = "high";

    /// <summary>A potential: an INI file or a build's directory.</summary>
    public static Argument<string> Potential() => new("FILE.ini")
    {
        Description = "An INI file with sections [Potential NAME] (a model file's are only a first guess), or the directory that a build wrote; - is standard input.",
    };

    /// <summary>A build's directory.</summary>
    public static Argument<string> Build() => new("DIR") { Description = "The directory that oort build wrote." };

    /// <summary>A table of points.</summary>
    public static Argument<string> Points(string columns) => new("POINTS.csv")
    {
        Description = $"A table with a header line and the columns {columns}; - is standard input.",
    };

    /// <summary>Where results go.</summary>
    public static Option<string?> Out() => new("--out", "-o")
    {
        HelpName = "FILE",
        Description = "Write the results to this file instead of standard output.",
    };

    /// <summary>Number of threads.</summary>
    public static Option<int> Threads() => Integer("--threads", "N", "Threads to use; the results do not depend on it.", 1, 1024, Environment.ProcessorCount);

    /// <summary>A survey file.</summary>
    public static Option<string> Survey() => new("--survey")
    {
        HelpName = "FILE.ini",
        Description = "A survey file: the Sun, columns, cuts, bins or regions, and histograms; surveys/bv23.ini and surveys/sun25.ini are such.",
        Required = true,
    };

    /// <summary>What names a draw.</summary>
    public static Option<ulong> Seed(string what) => new("--seed")
    {
        HelpName = "S",
        Description = $"Names the draw: the same seed, the same {what}, whatever the number of threads.",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong s))
            {
                return s;
            }

            result.AddError($"--seed {text}: must be a whole number from 0 to {ulong.MaxValue}");
            return 0;
        },
    };

    /// <summary>A number of stars.</summary>
    public static Option<long> Count(string description) => new("--count")
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!ParticleCounts.TryNumber(text, out long n))
            {
                result.AddError($"--count {text}: must be a whole number from 1 to 1e15");
            }

            return n;
        },
    };

    /// <summary>How finely integrals over regions of the sky are taken.</summary>
    public static Option<string?> RegionAccuracy() => OneOf("--accuracy", "accuracy", "Of integrals over regions of the sky: high takes several times as long, and 1e7 stars a region tell no difference.", [StandardAccuracy, HighAccuracy]);

    /// <summary>Predicts by integration, as finely as <see cref="RegionAccuracy"/> says.</summary>
    public static RegionPrediction Integrate(RegionPredictor predictor, string? accuracy, CancellationToken cancellation)
        => accuracy == HighAccuracy ? predictor.IntegrateFinely(cancellation) : predictor.Integrate(cancellation);

    /// <summary>One component only.</summary>
    public static Option<string?> Component() => new("--component")
    {
        HelpName = "NAME",
        Description = "Only this component: the NAME of a section [DF NAME] or of a static density.",
    };

    /// <summary>An option that takes an integer of a range.</summary>
    public static Option<int> Integer(string name, string helpName, string description, int low, int high, int? otherwise = null)
    {
        Option<int> option = new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int n) && n >= low && n <= high)
                {
                    return n;
                }

                result.AddError($"{name} {text}: must be an integer from {low} to {high}");
                return 0;
            },
        };
        if (otherwise is int value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    /// <summary>An option that takes a finite number with a condition.</summary>
    public static Option<double> Number(string name, string helpName, string description, Predicate<double> allowed, string condition, double? otherwise = null)
    {
        Option<double> option = new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (Numbers.TryParseFinite(text, out double x) && allowed(x))
                {
                    return x;
                }

                result.AddError($"{name} {text}: must be {condition}");
                return 0;
            },
        };
        if (otherwise is double value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    /// <summary>An option that takes one of a few words.</summary>
    public static Option<string?> OneOf(string name, string what, string description, string[] words, string? otherwise = null)
    {
        Option<string?> option = new(name)
        {
            HelpName = string.Join('|', words),
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (!words.Contains(text))
                {
                    result.AddError($"{name} {text}: unknown {what}{(Suggestion.Nearest(text, words) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", words)}");
                }

                return text;
            },
        };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        option.CompletionSources.Add(words);
        return option;
    }
}
