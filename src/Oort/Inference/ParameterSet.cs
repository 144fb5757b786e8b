namespace Oort.Inference;

/// <summary>The parameters of a fit, and the coordinates in which a search moves them. Immutable.</summary>
public sealed class ParameterSet
{
    private readonly FitParameter[] parameters;

    /// <summary>Some parameters.</summary>
    /// <exception cref="InputException">There is none, or two have one name.</exception>
    public ParameterSet(IEnumerable<FitParameter> parameters)
    {
        this.parameters = [.. parameters];
        if (this.parameters.Length == 0)
        {
            throw new InputException("a fit needs one parameter at least");
        }

        if (this.parameters.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new InputException($"two parameters are called {same.Key}");
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => parameters.Length;

    /// <summary>A parameter.</summary>
    public FitParameter this[int i] => parameters[i];

    /// <summary>Pairs of parameters whose values another valley of the misfit may have the other way round, all pairs of one list at once: those of two components that can take each other's part.</summary>
    internal IReadOnlyList<IReadOnlyList<(int One, int Other)>> Exchanges { get; init; } = [];

    /// <summary>Where the search begins: values.</summary>
    public IReadOnlyList<double> Start => [.. parameters.Select(p => p.Start)];

    /// <summary>Their names.</summary>
    internal IEnumerable<string> Names => parameters.Select(p => p.Name);

    /// <summary>Steps in coordinates.</summary>
    internal double[] Steps => [.. parameters.Select(p => p.CoordinateStep)];

    /// <summary>Values of coordinates, within the bounds.</summary>
    internal double[] Values(ReadOnlySpan<double> coordinates)
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = parameters[i].Value(coordinates[i]);
        }

        return values;
    }

    /// <summary>Logarithm of the prior density in the coordinates: the sum over parameters (<see cref="FitParameter.Prior"/>), with the Jacobian of the transforms; minus infinity beyond a bound.</summary>
    internal double LogPrior(ReadOnlySpan<double> coordinates)
    {
        double sum = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            sum += parameters[i].LogPrior(coordinates[i]);
        }

        return sum;
    }

    /// <summary>What the priors add to the residuals of a search (<see cref="Prior.Residual"/>): one for each parameter whose prior is not constant between bounds.</summary>
    internal IEnumerable<double> PriorResiduals(IReadOnlyList<double> values)
        => parameters.Zip(values, (p, v) => p.Prior?.Residual(v)).OfType<double>();

    /// <summary>The sum of their squares: what a search adds to chi-squared.</summary>
    internal double PriorSquares(IReadOnlyList<double> values) => PriorResiduals(values).Sum(r => r * r);

    /// <summary>Coordinates with the values of pairs exchanged, as far as the bounds allow.</summary>
    internal double[] Exchanged(ReadOnlySpan<double> coordinates, IReadOnlyList<(int One, int Other)> pairs)
    {
        double[] values = Values(coordinates);
        foreach ((int one, int other) in pairs)
        {
            (FitParameter a, FitParameter b) = (parameters[one], parameters[other]);
            (values[one], values[other]) = (Math.Clamp(values[other], a.Least, a.Most), Math.Clamp(values[one], b.Least, b.Most));
        }

        return Coordinates(values);
    }

    /// <summary>Coordinates of values.</summary>
    internal double[] Coordinates(IReadOnlyList<double> values) => [.. parameters.Select((p, i) => p.Coordinate(values[i]))];
}
