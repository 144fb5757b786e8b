namespace Oort.Inference;

/// <summary>In which coordinate a search moves a parameter.</summary>
public enum ParameterScale
{
    /// <summary>The parameter itself.</summary>
    Linear,

    /// <summary>Its natural logarithm: for what is positive and known to a factor, such as a mass.</summary>
    Logarithmic,
}

/// <summary>A parameter that a fit is free to change, in the unit of the model file.</summary>
public sealed record FitParameter
{
    // A start farther from what the prior says is a mistake in one of the two.
    private const double MostSigmas = 100;

    /// <summary>A parameter.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="start">Where the search begins, between the bounds.</param>
    /// <param name="least">Lower bound.</param>
    /// <param name="most">Upper bound.</param>
    /// <param name="step">How far the first step goes: about what the parameter is uncertain by.</param>
    /// <param name="scale">In which coordinate.</param>
    /// <param name="prior">What is known of it before the data; null for a density that is constant in its coordinate, between the bounds.</param>
    /// <exception cref="ParameterException">A number is not allowed.</exception>
    public FitParameter(string name, double start, double least, double most, double step, ParameterScale scale = ParameterScale.Linear, Prior? prior = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Scale, Prior) = (name, scale, prior);
        Least = ParameterException.Check(name, "min", least, scale == ParameterScale.Linear || least > 0, "a finite number, above 0 where the transform is log");
        Most = ParameterException.Check(name, "max", most, most > least, "above min");
        Start = ParameterException.Check(name, "start", start, start >= least && start <= most, FormattableString.Invariant($"between min and max, {least:R} and {most:R}"));
        Step = ParameterException.Check(name, "step", step, step > 0 && step <= most - least, "> 0 and not above max - min");
        if (prior is not null)
        {
            (double low, double high) = prior.Support;
            ParameterException.Check(name, "min", least, least >= low, FormattableString.Invariant($"{low:R} or above: there is no prior probability below"));
            ParameterException.Check(name, "max", most, most <= high, FormattableString.Invariant($"{high:R} or below: there is no prior probability above"));
            ParameterException.Check(name, "start", start, double.IsFinite(prior.LogDensity(start)) && Math.Abs(prior.Residual(start) ?? 0) <= MostSigmas, FormattableString.Invariant($"within {MostSigmas} standard deviations of what the prior says"));
        }
    }

    /// <summary>Its name in tables.</summary>
    public string Name { get; }

    /// <summary>Where the search begins.</summary>
    public double Start { get; }

    /// <summary>Lower bound.</summary>
    public double Least { get; }

    /// <summary>Upper bound.</summary>
    public double Most { get; }

    /// <summary>How far the first step goes.</summary>
    public double Step { get; }

    /// <summary>In which coordinate a search moves it.</summary>
    public ParameterScale Scale { get; }

    /// <summary>What is known of it before the data; null for a density that is constant in its coordinate, between the bounds.</summary>
    public Prior? Prior { get; }

    /// <summary>The bounds in that coordinate.</summary>
    internal (double Low, double High) Range => (Coordinate(Least), Coordinate(Most));

    /// <summary>The step in that coordinate.</summary>
    internal double CoordinateStep => Scale == ParameterScale.Linear ? Step : Math.Log(1 + Step / Start);

    /// <summary>The coordinate of a value.</summary>
    internal double Coordinate(double value) => Scale == ParameterScale.Linear ? value : Math.Log(value);

    /// <summary>
    /// The value of a coordinate, which may be any number: beyond a bound it is reflected there, and at the other one, and so on. That is continuous, leaves what
    /// is between the bounds as it is, and lets a simplex that has left them come back.
    /// </summary>
    internal double Value(double coordinate)
    {
        (double low, double high) = Range;
        double u = coordinate;
        if (!(u >= low && u <= high))
        {
            double width = high - low, t = Math.IEEERemainder(u - low, 2 * width);
            u = low + Math.Abs(t);
        }

        return Math.Clamp(Scale == ParameterScale.Linear ? u : Math.Exp(u), Least, Most);
    }

    /// <summary>
    /// Logarithm of the prior density in the coordinate, that of the value and |dx/du| of the transform; minus infinity beyond the bounds, where nothing is reflected.
    /// </summary>
    internal double LogPrior(double coordinate)
    {
        (double low, double high) = Range;
        if (!(coordinate >= low && coordinate <= high))
        {
            return double.NegativeInfinity;
        }

        return Prior is null ? -Math.Log(high - low) : Prior.LogDensity(Value(coordinate)) + (Scale == ParameterScale.Linear ? 0 : coordinate);
    }

    /// <summary>What a small change of the coordinate means for the parameter: dx/du at a value.</summary>
    internal double Slope(double value) => Scale == ParameterScale.Linear ? 1 : value;
}
