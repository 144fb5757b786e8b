using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Oort.Inference;

/// <summary>
/// The evaluations of a fit in an SQLite database. An evaluation is one transaction in a write-ahead log that is flushed to the disk: whatever kills the process, the database holds
/// all that were appended, whole. Others may read it meanwhile. It names what the fit was of by fingerprints, and is refused to any other.
/// Tables: <c>fit</c> (name, value), <c>parameter</c> (number, name), <c>evaluation</c> (number, stage, chi2, seconds, failure), <c>position</c> (evaluation, parameter, value),
/// <c>part</c> (evaluation, bin, quantity, cells, chi2) of evaluations that were the best so far, <c>residual</c> (evaluation, value: 64-bit numbers, little-endian) where the search goes by them.
/// </summary>
public sealed class FitLog : IEvaluationLog, IDisposable
{
    /// <summary>Version of the tables.</summary>
    public const int Schema = 2;

    // "Oort" in ASCII: tells other databases apart.
    private const int ApplicationId = 0x4f6f7274;

    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly List<Evaluation> evaluations = [];

    private FitLog(SqliteConnection connection, string path) => (this.connection, this.path) = (connection, path);

    /// <inheritdoc/>
    public IReadOnlyList<Evaluation> Evaluations => evaluations;

    /// <inheritdoc/>
    public IReadOnlyList<MisfitPart> BestParts { get; private set; } = [];

    /// <summary>Opens a fit's log, or begins one.</summary>
    /// <param name="path">The database.</param>
    /// <param name="parameters">The fit's parameters.</param>
    /// <param name="inputs">Fingerprints of all that the fit depends on, by name.</param>
    /// <exception cref="InputException">It is no such database, of another fit, or cannot be written.</exception>
    public static FitLog Open(string path, ParameterSet parameters, IReadOnlyDictionary<string, string> inputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            bool isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
            connection.Open();
            FitLog log = new(connection, path);
            if (!isNew && log.Number("PRAGMA application_id") != ApplicationId)
            {
                throw log.Wrong("is no log of a fit; give --out another name");
            }

            log.Execute("PRAGMA journal_mode = WAL");
            log.Execute("PRAGMA synchronous = FULL");
            log.CreateIfEmpty(parameters, inputs);
            log.Check(inputs);
            log.Read(parameters.Count);
            return log;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InputException($"{path}: {(e.SqliteErrorCode == NotADatabase ? "is no log of a fit; give --out another name" : $"cannot be used as a fit's log: {e.Message}")}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private const int NotADatabase = 26, Constraint = 19;

    /// <inheritdoc/>
    public void Append(Evaluation evaluation, IReadOnlyList<MisfitPart>? parts)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute("INSERT INTO evaluation VALUES ($a, $b, $c, $d, $e)", evaluation.Number, evaluation.Stage,
                double.IsFinite(evaluation.ChiSquared) ? evaluation.ChiSquared : DBNull.Value, evaluation.Seconds, (object?)evaluation.Failure ?? DBNull.Value);
            for (int i = 0; i < evaluation.Values.Count; i++)
            {
                Execute("INSERT INTO position VALUES ($a, $b, $c)", evaluation.Number, i + 1, evaluation.Values[i]);
            }

            if (evaluation.Residuals.Count > 0)
            {
                Execute("INSERT INTO residual VALUES ($a, $b)", evaluation.Number, Bytes(evaluation.Residuals));
            }

            foreach (MisfitPart part in parts ?? [])
            {
                Execute("INSERT INTO part VALUES ($a, $b, $c, $d, $e)", evaluation.Number, part.Bin, part.Quantity, part.Cells,
                    double.IsFinite(part.ChiSquared) ? part.ChiSquared : DBNull.Value);
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw Wrong(e.SqliteErrorCode == Constraint ? "another process goes on with the same fit" : $"cannot be written: {e.Message}");
        }

        evaluations.Add(evaluation);
        BestParts = parts ?? BestParts;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void CreateIfEmpty(ParameterSet parameters, IReadOnlyDictionary<string, string> inputs)
    {
        // What another process has begun in the meantime is seen within the transaction.
        using SqliteTransaction transaction = connection.BeginTransaction();
        if (Number("SELECT count(*) FROM sqlite_master") == 0)
        {
            Execute($"""
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {Schema};
                CREATE TABLE fit (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE parameter (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
                CREATE TABLE evaluation (number INTEGER PRIMARY KEY, stage TEXT NOT NULL, chi2 REAL, seconds REAL NOT NULL, failure TEXT);
                CREATE TABLE position (evaluation INTEGER NOT NULL, parameter INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (evaluation, parameter)) WITHOUT ROWID;
                CREATE TABLE residual (evaluation INTEGER PRIMARY KEY, value BLOB NOT NULL);
                CREATE TABLE part (evaluation INTEGER NOT NULL, bin INTEGER NOT NULL, quantity TEXT NOT NULL, cells INTEGER NOT NULL, chi2 REAL);
                """);
            foreach ((string name, string value) in inputs)
            {
                Execute("INSERT INTO fit VALUES ($a, $b)", name, value);
            }

            for (int i = 0; i < parameters.Count; i++)
            {
                Execute("INSERT INTO parameter VALUES ($a, $b)", i + 1, parameters[i].Name);
            }
        }

        transaction.Commit();
    }

    private void Check(IReadOnlyDictionary<string, string> inputs)
    {
        if (Number("PRAGMA user_version") is long version && version != Schema)
        {
            throw Wrong($"is the log of a fit with tables of version {version}; this oort knows version {Schema}");
        }

        Dictionary<string, string> known = Rows("SELECT name, value FROM fit", r => (Name: r.GetString(0), Value: r.GetString(1))).ToDictionary(r => r.Name, r => r.Value);
        string[] changed = [.. inputs.Where(i => known.GetValueOrDefault(i.Key) != i.Value).Select(i => i.Key).Concat(known.Keys.Except(inputs.Keys)).Order(StringComparer.Ordinal)];
        if (changed.Length > 0)
        {
            throw Wrong($"is the log of another fit: the {string.Join(", ", changed)} {(changed.Length == 1 ? "has" : "have")} changed since it was begun. Give --out another name, or undo the change");
        }
    }

    private void Read(int parameters)
    {
        double[][] values = [.. Rows("SELECT value FROM position ORDER BY evaluation, parameter", r => r.GetDouble(0)).Chunk(parameters)];
        Dictionary<int, double[]> residuals = Rows("SELECT evaluation, value FROM residual", r => (Evaluation: r.GetInt32(0), Value: Doubles((byte[])r.GetValue(1)))).ToDictionary(r => r.Evaluation, r => r.Value);
        evaluations.AddRange(Rows("SELECT number, stage, chi2, seconds, failure FROM evaluation ORDER BY number", r => new Evaluation(
            r.GetInt32(0), r.GetString(1), values[r.GetInt32(0) - 1], r.IsDBNull(2) ? double.PositiveInfinity : r.GetDouble(2), r.GetDouble(3), r.IsDBNull(4) ? null : r.GetString(4))
        {
            Residuals = residuals.GetValueOrDefault(r.GetInt32(0)) ?? [],
        }));
        BestParts = Rows("SELECT bin, quantity, cells, chi2 FROM part WHERE evaluation = (SELECT max(evaluation) FROM part) ORDER BY rowid", r => new MisfitPart(
            r.GetInt32(0), r.GetString(1), r.GetInt32(2), r.IsDBNull(3) ? double.PositiveInfinity : r.GetDouble(3)));
    }

    private static byte[] Bytes(IReadOnlyList<double> values)
    {
        byte[] bytes = new byte[sizeof(double) * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(double) * i), values[i]);
        }

        return bytes;
    }

    private static double[] Doubles(byte[] bytes)
        => [.. Enumerable.Range(0, bytes.Length / sizeof(double)).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(sizeof(double) * i)))];

    private long Number(string query) => Rows(query, r => r.GetInt64(0))[0];

    private T[] Rows<T>(string query, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return [.. rows];
    }

    /// <summary>Runs statements with the parameters $a, $b, ...</summary>
    private void Execute(string statement, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (char)('a' + i), values[i]);
        }

        command.ExecuteNonQuery();
    }

    private InputException Wrong(string what) => new($"{path}: {what}");
}
