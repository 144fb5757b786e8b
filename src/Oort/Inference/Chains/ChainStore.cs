using System.Globalization;
using Microsoft.Data.Sqlite;
using Oort.Inference.Sampling;

namespace Oort.Inference.Chains;

/// <summary>
/// A Markov chain of an ensemble of walkers in an SQLite database, which may hold the log of a search besides (<see cref="FitLog"/>). A step is one transaction in a write-ahead log that is flushed to
/// the disk before the next step begins: whatever kills the process, the database holds all steps that were appended, whole, and the chain goes on from the last. Others may read it meanwhile. It
/// names what it is of by fingerprints, and is refused to any other.
/// Tables: <c>chain</c> (name, value: fingerprints and settings), <c>parameter</c> (number, name), <c>coordinate</c> (number, transform: in which coordinate a parameter is moved),
/// <c>step</c> (number from 0, the start; evaluations, seconds, moved, whole, state). docs/fitting.md says what the bytes of moved and state mean.
/// </summary>
public sealed class ChainStore : IDisposable
{
    private const string Table = "chain";

    private readonly RunDatabase database;
    private readonly ParameterScale[] scales;

    private ChainStore(RunDatabase database)
    {
        this.database = database;
        Names = database.Rows("SELECT name FROM parameter ORDER BY number", r => r.GetString(0));
        scales = database.Rows("SELECT transform FROM coordinate ORDER BY number", r => Scale(r.GetString(0)));
        Walkers = int.Parse(Input("number of walkers"), CultureInfo.InvariantCulture);
        MoveNames = [.. Input("moves").Split(", ").Select(m => m[..m.LastIndexOf(' ')])];
    }

    /// <summary>Names of the parameters.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many parameters there are.</summary>
    public int Dimensions => Names.Count;

    /// <summary>How many walkers there are.</summary>
    public int Walkers { get; }

    /// <summary>The moves of the mixture.</summary>
    internal string[] MoveNames { get; }

    /// <summary>Steps taken so far, by whichever process.</summary>
    public int Steps => (int)database.Number("SELECT coalesce(max(number), 0) FROM step");

    /// <summary>Points at which the density was asked for so far.</summary>
    public long Evaluations => database.Number("SELECT coalesce(sum(evaluations), 0) FROM step");

    /// <summary>Time of all steps so far.</summary>
    public double Seconds => database.Rows("SELECT coalesce(sum(seconds), 0.0) FROM step", r => r.GetDouble(0))[0];

    /// <summary>Opens a chain to go on with it, or begins one.</summary>
    /// <param name="path">The database.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="settings">How it is sampled.</param>
    /// <param name="inputs">Fingerprints of all else that the chain depends on, by name.</param>
    /// <exception cref="InputException">It is no such database, of something else, or cannot be written.</exception>
    public static ChainStore Open(string path, ParameterSet parameters, SamplingSettings settings, IReadOnlyDictionary<string, string> inputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(inputs);
        RunDatabase database = RunDatabase.Open(path);
        try
        {
            using (SqliteTransaction transaction = database.Begin())
            {
                if (database.Begins(Table, "chain of another fit", new Dictionary<string, string>(inputs.Concat(settings.Inputs)), parameters.Names))
                {
                    for (int i = 0; i < parameters.Count; i++)
                    {
                        database.Execute("INSERT INTO coordinate VALUES ($a, $b)", i + 1, Word(parameters[i].Scale));
                    }
                }

                transaction.Commit();
            }

            return new(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a chain to read it, even while a process writes it.</summary>
    /// <param name="path">The database.</param>
    /// <exception cref="InputException">It is no such database, or has no chain in it.</exception>
    public static ChainStore OpenToRead(string path)
    {
        RunDatabase database = RunDatabase.OpenToRead(path);
        try
        {
            return database.Number("SELECT count(*) FROM sqlite_master WHERE name = 'step'") == 1 && database.Number("SELECT count(*) FROM step") > 0
                ? new(database) : throw database.Wrong("has no chain in it: a fit with method = sample writes one");
        }
        catch (SqliteException e)
        {
            database.Dispose();
            throw database.Wrong($"cannot be read: {e.Message}");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Refuses to be taken for the chain of another posterior.</summary>
    /// <param name="inputs">Fingerprints of all that the posterior depends on, by name, as <see cref="Open"/> was given them.</param>
    /// <exception cref="InputException">One is another.</exception>
    public void Check(IReadOnlyDictionary<string, string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Dictionary<string, string> known = database.Rows($"SELECT name, value FROM {Table}", r => (Name: r.GetString(0), Value: r.GetString(1))).ToDictionary(r => r.Name, r => r.Value);
        string[] changed = [.. inputs.Where(i => known.GetValueOrDefault(i.Key) != i.Value).Select(i => i.Key).Order(StringComparer.Ordinal)];
        if (changed.Length > 0)
        {
            throw database.Wrong($"is the chain of another fit: the {string.Join(", ", changed)} {(changed.Length == 1 ? "is" : "are")} not the one it was sampled with");
        }
    }

    /// <summary>The last step; null where not even the start is there.</summary>
    public Ensemble? Last => database.Number("SELECT count(*) FROM step") == 0 ? null : Read(Steps).Last();

    /// <summary>Appends a step; when this returns it is safe.</summary>
    /// <param name="step">The step after the last one, or the start.</param>
    /// <param name="seconds">Time that it took.</param>
    /// <exception cref="InputException">Another process has appended it, or it cannot be written.</exception>
    public void Append(Ensemble step, double seconds)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Walkers != Walkers || step.Dimensions != Dimensions)
        {
            throw database.Wrong(FormattableString.Invariant($"has {Walkers} walkers in {Dimensions} dimensions; a step of {step.Walkers} in {step.Dimensions} is not of this chain"));
        }

        bool whole = StepBlob.IsWhole(step.Number);
        try
        {
            using SqliteTransaction transaction = database.Begin();
            database.Execute("INSERT INTO step SELECT $a, $b, $c, $d, $e, $f WHERE $a = (SELECT coalesce(max(number), -1) + 1 FROM step)",
                step.Number, step.Evaluations, seconds, StepBlob.Moved(step), whole ? 1 : 0, StepBlob.State(step, whole));
            if (database.Number("SELECT changes()") != 1)
            {
                throw database.Wrong("another process goes on with the same chain");
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw database.Wrong($"cannot be written: {e.Message}");
        }
    }

    /// <summary>Steps one by one, all those of the moment when the first is read.</summary>
    /// <param name="from">Number of the first one.</param>
    /// <param name="every">Every so many steps one is given.</param>
    /// <exception cref="InputException">The chain is damaged.</exception>
    public IEnumerable<Ensemble> Read(int from = 0, int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Ensemble? last = null;
        foreach (SqliteDataReader r in database.Stream(
            "SELECT number, moved, whole, state, evaluations FROM step WHERE number >= (SELECT max(number) FROM step WHERE whole AND number <= $a) ORDER BY number", from))
        {
            int number = r.GetInt32(0);
            last = StepBlob.Read(number, last, Walkers, Dimensions, r.GetFieldValue<byte[]>(1), r.GetInt32(2) != 0, r.GetFieldValue<byte[]>(3), r.GetInt32(4));
            if (number >= from && (number - from) % every == 0)
            {
                yield return last;
            }
        }
    }

    /// <summary>A parameter's value, in the unit of the model file, of its coordinate.</summary>
    /// <param name="parameter">Which one, from 0.</param>
    /// <param name="coordinate">The coordinate in which it is moved.</param>
    public double Value(int parameter, double coordinate) => scales[parameter] == ParameterScale.Linear ? coordinate : Math.Exp(coordinate);

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    /// <summary>In which coordinate a parameter is moved.</summary>
    /// <param name="parameter">Which one, from 0.</param>
    internal ParameterScale ScaleOf(int parameter) => scales[parameter];

    private string Input(string name) => database.Rows("SELECT value FROM chain WHERE name = $a", r => r.GetString(0), name)[0];

    private static string Word(ParameterScale scale) => scale == ParameterScale.Linear ? "linear" : "log";

    private ParameterScale Scale(string word) => word switch
    {
        "linear" => ParameterScale.Linear,
        "log" => ParameterScale.Logarithmic,
        _ => throw database.Wrong($"a parameter is moved in the coordinate '{word}', which this oort does not know"),
    };
}
