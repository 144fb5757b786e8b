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
    public const int Schema = RunDatabase.Schema;

    private readonly RunDatabase database;
    private readonly List<Evaluation> evaluations = [];

    private FitLog(RunDatabase database) => this.database = database;

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
        RunDatabase database = RunDatabase.Open(path);
        try
        {
            using (SqliteTransaction transaction = database.Begin())
            {
                database.Begins("fit", "log of another fit", inputs, parameters.Names);
                transaction.Commit();
            }

            FitLog log = new(database);
            log.Read(parameters.Count);
            return log;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(Evaluation evaluation, IReadOnlyList<MisfitPart>? parts)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        try
        {
            using SqliteTransaction transaction = database.Begin();
            database.Execute("INSERT INTO evaluation VALUES ($a, $b, $c, $d, $e)", evaluation.Number, evaluation.Stage,
                double.IsFinite(evaluation.ChiSquared) ? evaluation.ChiSquared : DBNull.Value, evaluation.Seconds, (object?)evaluation.Failure ?? DBNull.Value);
            for (int i = 0; i < evaluation.Values.Count; i++)
            {
                database.Execute("INSERT INTO position VALUES ($a, $b, $c)", evaluation.Number, i + 1, evaluation.Values[i]);
            }

            if (evaluation.Residuals.Count > 0)
            {
                database.Execute("INSERT INTO residual VALUES ($a, $b)", evaluation.Number, DoubleBytes.Of(evaluation.Residuals, evaluation.Residuals.Count));
            }

            foreach (MisfitPart part in parts ?? [])
            {
                database.Execute("INSERT INTO part VALUES ($a, $b, $c, $d, $e)", evaluation.Number, part.Bin, part.Quantity, part.Cells,
                    double.IsFinite(part.ChiSquared) ? part.ChiSquared : DBNull.Value);
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw database.Wrong(e.SqliteErrorCode == RunDatabase.Constraint ? "another process goes on with the same fit" : $"cannot be written: {e.Message}");
        }

        evaluations.Add(evaluation);
        BestParts = parts ?? BestParts;
    }

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private void Read(int parameters)
    {
        double[][] values = [.. database.Rows("SELECT value FROM position ORDER BY evaluation, parameter", r => r.GetDouble(0)).Chunk(parameters)];
        Dictionary<int, double[]> residuals = database.Rows("SELECT evaluation, value FROM residual", r => (Evaluation: r.GetInt32(0), Value: DoubleBytes.Read(r.GetFieldValue<byte[]>(1))))
            .ToDictionary(r => r.Evaluation, r => r.Value);
        evaluations.AddRange(database.Rows("SELECT number, stage, chi2, seconds, failure FROM evaluation ORDER BY number", r => new Evaluation(
            r.GetInt32(0), r.GetString(1), values[r.GetInt32(0) - 1], r.IsDBNull(2) ? double.PositiveInfinity : r.GetDouble(2), r.GetDouble(3), r.IsDBNull(4) ? null : r.GetString(4))
        {
            Residuals = residuals.GetValueOrDefault(r.GetInt32(0)) ?? [],
        }));
        BestParts = database.Rows("SELECT bin, quantity, cells, chi2 FROM part WHERE evaluation = (SELECT max(evaluation) FROM part) ORDER BY rowid", r => new MisfitPart(
            r.GetInt32(0), r.GetString(1), r.GetInt32(2), r.IsDBNull(3) ? double.PositiveInfinity : r.GetDouble(3)));
    }
}
