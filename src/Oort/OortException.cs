namespace Oort;

/// <summary>
/// Something the user gave cannot be used: a file, section, key, value, column or unit.
/// The message is one line that names it and says what is allowed. The command prints it and exits with 2.
/// </summary>
public class InputException : Exception
{
    /// <summary>An error whose whole text is <paramref name="message"/>.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>An error whose whole text is <paramref name="message"/>, caused by <paramref name="inner"/>.</summary>
    public InputException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>
/// A numerical method failed on valid input: no bracket, no convergence. The message is one line that says where.
/// The command prints it and exits with 1.
/// </summary>
public class NumericalException : Exception
{
    /// <summary>An error whose whole text is <paramref name="message"/>.</summary>
    public NumericalException(string message) : base(message) { }
}

/// <summary>
/// A parameter of a potential, density or distribution function is out of its range.
/// Constructors throw it; <c>Oort.Definitions</c> adds the file and section it came from.
/// </summary>
public sealed class ParameterException : InputException
{
    /// <summary>Key as written in a model file, for instance <c>scaleRadius</c>.</summary>
    public string Key { get; }

    /// <summary>Reports that <paramref name="key"/> = <paramref name="value"/> is not <paramref name="allowed"/>.</summary>
    /// <param name="model">Type whose parameter it is, for instance <c>Spheroid</c>.</param>
    /// <param name="key">Key as written in a model file.</param>
    /// <param name="value">The value given.</param>
    /// <param name="allowed">What is allowed, for instance <c>&gt; 0 (kpc)</c>.</param>
    public ParameterException(string model, string key, double value, string allowed)
        : base(FormattableString.Invariant($"{model}: {key} = {value:R} is not allowed: it must be {allowed}")) => Key = key;

    /// <summary>Throws unless <paramref name="value"/> is finite and <paramref name="ok"/> holds.</summary>
    /// <inheritdoc cref="ParameterException(string, string, double, string)"/>
    /// <param name="model">Type whose parameter it is.</param>
    /// <param name="key">Key as written in a model file.</param>
    /// <param name="value">The value given.</param>
    /// <param name="ok">Whether it is in range.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <returns><paramref name="value"/></returns>
    internal static double Check(string model, string key, double value, bool ok, string allowed)
        => ok && double.IsFinite(value) ? value : throw new ParameterException(model, key, value, allowed);
}
