using Oort.Inference;
using Oort.Inference.Chains;
using Oort.Surveys;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>
/// Fit files: a section [Fit], a section [Parameter NAME] for each number of the model that is free, sections [Derived NAME] for numbers that follow from these, sections [Data NAME] for data sets besides, or
/// instead of, that which [Fit] names, and [Sampler].
/// </summary>
public static class FitFile
{
    private const string FitSection = "Fit", ParameterSection = "Parameter", DerivedSection = "Derived", Key = "key", Sum = "sum";

    private static readonly string[] Known = [FitSection, ParameterSection, DerivedSection, FitDataSet.Section, SamplerSection.Name];

    /// <summary>Reads a fit file, and the model, survey and data that it names; their names are relative to its folder.</summary>
    /// <param name="path">The fit file.</param>
    /// <param name="data">Histograms instead of those that the file names, relative to the working directory.</param>
    /// <exception cref="InputException">Something is not allowed; the message names file, line, section, key and value.</exception>
    public static FitDefinition Read(string path, string? data = null)
    {
        IniFile file = IniFile.Read(path);
        SectionReader fit = new(TheFit(file));
        string Relative(string key) => Path.Combine(Path.GetDirectoryName(path) ?? "", fit.Text(key));
        List<FitDataSet> sets = ReadData(file, Path.GetDirectoryName(path) ?? "");
        FitDataSet? first = sets.Find(s => s.Type == FitDataType.VelocityHistograms);
        bool names = fit.Has("data"), hasOwn = fit.Has("survey") || names || data is not null || first is null;
        string modelPath = Relative("model"), surveyPath = hasOwn ? Relative("survey") : first!.SurveyPath!;
        string dataPath = !hasOwn ? first!.Path : data ?? (names ? Relative("data") : throw fit.Error("data", "missing; name the histograms that oort reduce wrote, or give --data"));
        T Choice<T>(string key, T otherwise, params ReadOnlySpan<(string Word, T Value)> choices) => fit.Has(key) ? fit.Choice(key, choices) : otherwise;
        SearchSettings search = new()
        {
            Method = Choice("search", SearchMethod.GaussNewton, ("simplex", SearchMethod.Simplex), ("gauss-newton", SearchMethod.GaussNewton), ("cma-es", SearchMethod.CmaEs)),
            Tolerance = fit.Positive("tolerance", 0.01),
            Restarts = fit.Integer("restarts", 3, 0, 100),
            Seed = (ulong)fit.Integer("seed", 1, 0, int.MaxValue),
        };
        int evaluations = fit.Integer("evaluations", 2000, 1, 100_000_000);
        bool isFixed = Choice("potential", false, ("self-consistent", false), ("fixed", true));
        bool saysWhere = fit.Has("at");
        PredictionPlace place = Choice("at", PredictionPlace.Barycentre, ("barycentre", PredictionPlace.Barycentre), ("bin", PredictionPlace.Bin));
        MisfitStatistic statistic = Choice("statistic", MisfitStatistic.ChiSquared, ("chi-squared", MisfitStatistic.ChiSquared), ("likelihood", MisfitStatistic.Likelihood));
        FitMethod method = Choice("method", FitMethod.Search, ("search", FitMethod.Search), ("sample", FitMethod.Sample));
        double modelTolerance = fit.Positive("model_tolerance", 1e-3);
        ParametrisedModel model = new(Sections.Read(modelPath, ModelFile.NameInBuild));
        Survey survey = hasOwn ? SurveyFile.Read(surveyPath) : first!.Survey!;
        HistogramSet histograms = hasOwn ? HistogramSet.Read(dataPath) : first!.Histograms!;
        if (!hasOwn)
        {
            // The first section of histograms stands for what [Fit] does not name.
            sets.Remove(first!);
            (place, statistic) = (first!.Place, first.Statistic);
            if (saysWhere || fit.Has("statistic"))
            {
                throw fit.Error(saysWhere ? "at" : "statistic", $"belongs into the sections [{FitDataSet.Section} NAME], which say what is compared");
            }
        }
        else if (survey.Regions is not null && sets.Count > 0)
        {
            throw fit.Error("survey", $"has regions of the sky; these cannot be fitted together with sections [{FitDataSet.Section} NAME] yet");
        }

        if (survey.Regions is not null && saysWhere)
        {
            throw fit.Error("at", $"is for bins in R and |z|; {survey.Name} has regions of the sky");
        }

        RegionSettings? inRegions = survey.Regions is null ? null : FitRegions.Read(fit, survey, model.ComponentNames);
        if (inRegions is not null)
        {
            histograms = FitRegions.Compared(histograms, dataPath, survey, inRegions, statistic);
        }

        fit.Done();

        (ParameterSet parameters, string description) = ReadParameters(file, model, isFixed, survey);
        SamplingSettings sampling = SamplerSection.Read(file, parameters.Count, isFixed);
        if (sampling.Emulation > 0 && search.Method != SearchMethod.GaussNewton)
        {
            throw fit.Error("search", $"must be gauss-newton where [{SamplerSection.Name}] has emulation: residuals are emulated");
        }

        string searching = FormattableString.Invariant($"{search.Tolerance:R} {search.Restarts} {search.Seed}{(search.Method == SearchMethod.Simplex ? "" : $" {search.Method}")}{(sampling.Emulation > 0 ? " emulation" : "")}");
        string misfit = FormattableString.Invariant($"{isFixed} {place} {statistic} {modelTolerance:R}{inRegions?.Description}{(hasOwn ? "" : $"\n{first!.Description}")}{string.Concat(sets.Select(s => $"\n{s.Description}"))}\n{description}");
        return new(model, searching, misfit)
        {
            Source = file.Name,
            ModelPath = modelPath,
            SurveyPath = surveyPath,
            DataPath = dataPath,
            Parameters = parameters,
            Method = method,
            Sampling = sampling,
            Search = search with { Approaches = inRegions is null, Emulates = sampling.Emulation > 0 },
            Evaluations = evaluations,
            IsPotentialFixed = isFixed,
            Place = place,
            Statistic = statistic,
            ModelTolerance = modelTolerance,
            Survey = survey,
            InRegions = inRegions,
            Data = histograms,
            DataName = hasOwn ? "" : first!.Name,
            WithErrors = !hasOwn && first!.WithErrors,
            MoreData = sets,
        };
    }

    private static IniSection TheFit(IniFile file)
    {
        foreach (IniSection section in file.Sections)
        {
            if (!section.Header.Equals(FitSection, StringComparison.OrdinalIgnoreCase) && !section.Is(ParameterSection, out _) && !section.Is(DerivedSection, out _) && !section.Is(FitDataSet.Section, out _)
                && !SamplerSection.Is(section))
            {
                string first = section.Header.Split(' ')[0];
                throw new InputException($"{file.Name}:{section.Line}: [{section.Header}]: unknown section{(Suggestion.Nearest(first, Known) is string s ? $"; did you mean {s}?" : ".")} "
                    + $"A fit file has the sections [{FitSection}], [{ParameterSection} NAME], [{DerivedSection} NAME], [{FitDataSet.Section} NAME] and [{SamplerSection.Name}]");
            }
        }

        IniSection[] found = [.. file.Sections.Where(s => s.Header.Equals(FitSection, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InputException($"{file.Name}: has no section [{FitSection}], which names model, survey and data"),
            _ => throw new InputException($"{file.Name}:{found[1].Line}: [{FitSection}]: given twice, first on line {found[0].Line}"),
        };
    }

    private static List<FitDataSet> ReadData(IniFile file, string folder)
    {
        List<FitDataSet> sets = [];
        foreach (IniSection section in file.Sections)
        {
            if (section.Is(FitDataSet.Section, out string name))
            {
                sets.Add(sets.Exists(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? throw new SectionReader(section).Error("there is another data set of this name")
                    : FitDataSet.Read(section, name, folder));
            }
        }

        return sets;
    }

    private static (ParameterSet Parameters, string Description) ReadParameters(IniFile file, ParametrisedModel model, bool isFixed, Survey survey)
    {
        List<(SectionReader Section, FitParameter Parameter)> read = [];
        List<string> description = [];
        foreach (IniSection section in file.Sections)
        {
            if (!section.Is(ParameterSection, out string name))
            {
                continue;
            }

            SectionReader r = new(section);
            if (name.Length == 0 || read.Any(p => p.Parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw r.Error(name.Length == 0 ? $"has no name: write [{ParameterSection} NAME]" : "there is another parameter of this name");
            }

            Prior? prior = PriorOf(r);
            double start = r.Number("start", model.Add(r, Key)), least = BoundOf(r, "min", prior?.Support.Low), most = BoundOf(r, "max", prior?.Support.High), step = r.Number("step");
            ParameterScale scale = r.Has("transform") ? r.Choice("transform", ("linear", ParameterScale.Linear), ("log", ParameterScale.Logarithmic)) : ParameterScale.Linear;
            FitParameter parameter = r.Make(() => new FitParameter(name, start, least, most, step, scale, prior));
            r.Done();
            read.Add((r, parameter));
            description.Add(FormattableString.Invariant($"{name} = {string.Join(',', r.List(Key))} {start:R} {least:R} {most:R} {step:R} {scale}{(prior is null ? "" : $" {prior}")}"));
        }

        if (read.Count == 0)
        {
            throw new InputException($"{file.Name}: has no section [{ParameterSection} NAME]; a fit needs one parameter at least");
        }

        foreach (IniSection section in file.Sections.Where(s => s.Is(DerivedSection, out _)))
        {
            SectionReader r = new(section);
            model.AddSum(r, Key, Terms(r, [.. read.Select(p => p.Parameter.Name)]));
            r.Done();
            description.Add($"{string.Join(',', r.List(Key))} = {r.Text(Sum)}");
        }

        double[] values = [.. read.Select(p => p.Parameter.Start)];
        for (int i = 0; i < read.Count; i++)
        {
            (SectionReader r, FitParameter p) = read[i];
            model.CheckEffect(r, Key, i, values, p.Start + p.Step <= p.Most ? p.Start + p.Step : p.Start - Math.Min(p.Step, p.Start - p.Least), isFixed, survey is { Regions: not null, UsesModelR0: true });
        }

        return (new(read.Select(p => p.Parameter)) { Exchanges = model.Exchanges() }, string.Join('\n', description));
    }

    /// <summary>A bound that need not be given where the prior ends.</summary>
    private static double BoundOf(SectionReader r, string key, double? end) => end is double known && double.IsFinite(known) ? r.Number(key, known)
        : end is null || r.Has(key) ? r.Number(key) : throw r.Error(key, "is missing, and the prior has no end there");

    /// <summary>The key prior: the distribution's name and its numbers.</summary>
    private static Prior? PriorOf(SectionReader r)
    {
        const string Key = "prior", Forms = "uniform LOW HIGH, log-uniform LOW HIGH, normal MEAN SIGMA, log-normal MEDIAN SIGMA, half-normal SIGMA";
        if (!r.Has(Key))
        {
            return null;
        }

        string[] words = r.Text(Key).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = new double[words.Length - 1];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Numbers.TryParseFinite(words[i + 1], out double x) ? x : throw r.Error(Key, $"'{words[i + 1]}' is no number; write one of {Forms}");
        }

        try
        {
            return (words[0].ToUpperInvariant(), numbers.Length) switch
            {
                ("UNIFORM", 2) => new Prior.Uniform(numbers[0], numbers[1]),
                ("LOG-UNIFORM", 2) => new Prior.LogUniform(numbers[0], numbers[1]),
                ("NORMAL", 2) => new Prior.Normal(numbers[0], numbers[1]),
                ("LOG-NORMAL", 2) => new Prior.LogNormal(numbers[0], numbers[1]),
                ("HALF-NORMAL", 1) => new Prior.HalfNormal(numbers[0]),
                _ => throw r.Error(Key, $"must be one of {Forms}"),
            };
        }
        catch (ParameterException e)
        {
            throw r.Error(Key, e.Message);
        }
    }

    /// <summary>The key sum: FACTOR * PARAMETER + FACTOR * PARAMETER ..., a factor of 1 may be left out.</summary>
    private static (int Parameter, double Factor)[] Terms(SectionReader r, string[] names)
    {
        List<(int, double)> terms = [];
        foreach (string term in r.Text(Sum).Split(" + ", StringSplitOptions.TrimEntries))
        {
            int times = term.IndexOf('*', StringComparison.Ordinal);
            double factor = 1;
            if (times >= 0 && !Numbers.TryParseFinite(term[..times].Trim(), out factor))
            {
                throw r.Error(Sum, $"'{term[..times].Trim()}' is no number; write FACTOR * PARAMETER + FACTOR * PARAMETER");
            }

            string name = term[(times + 1)..].Trim();
            int parameter = Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
            terms.Add(parameter >= 0 ? (parameter, factor)
                : throw r.Error(Sum, $"there is no parameter '{name}'{(Suggestion.Nearest(name, names) is string s ? $"; did you mean {s}?" : ".")} There are: {string.Join(", ", names)}"));
        }

        return [.. terms];
    }
}
