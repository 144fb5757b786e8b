using Microsoft.Data.Sqlite;

namespace Oort.Inference;

/// <summary>
/// The SQLite database of a run, which holds a search (<see cref="FitLog"/>), a chain (<c>Chains.ChainStore</c>), or one and then the other. A write-ahead log is flushed to the disk
/// with each transaction: whatever kills the process, all that were committed are there, whole. Others may read meanwhile.
/// </summary>
internal sealed class RunDatabase : IDisposable
{
    /// <summary>Version of the tables. Until 2 there were those of a search only, in 1 without residuals.</summary>
    public const int Schema = 3;

    /// <summary>SQLite's number for a row that is there already.</summary>
    public const int Constraint = 19;

    // "Oort" in ASCII: tells other databases apart.
    private const int ApplicationId = 0x4f6f7274;
    private const int NotADatabase = 26;

    private const string SearchTables = """
        CREATE TABLE IF NOT EXISTS fit (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS parameter (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS evaluation (number INTEGER PRIMARY KEY, stage TEXT NOT NULL, chi2 REAL, seconds REAL NOT NULL, failure TEXT);
        CREATE TABLE IF NOT EXISTS position (evaluation INTEGER NOT NULL, parameter INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (evaluation, parameter)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS residual (evaluation INTEGER PRIMARY KEY, value BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS part (evaluation INTEGER NOT NULL, bin INTEGER NOT NULL, quantity TEXT NOT NULL, cells INTEGER NOT NULL, chi2 REAL);
        """;

    private const string ChainTables = """
        CREATE TABLE IF NOT EXISTS chain (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS coordinate (number INTEGER PRIMARY KEY, transform TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS step (number INTEGER PRIMARY KEY, evaluations INTEGER NOT NULL, seconds REAL NOT NULL, moved BLOB NOT NULL, whole INTEGER NOT NULL, state BLOB NOT NULL);
        """;

    private readonly SqliteConnection connection;

    private RunDatabase(SqliteConnection connection, string path) => (this.connection, Path) = (connection, path);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a run's database, or makes one.</summary>
    /// <exception cref="InputException">It is no such database, or cannot be written.</exception>
    public static RunDatabase Open(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, "give --out another name", database =>
    {
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = FULL");

        // What another process has begun in the meantime is seen within the transaction.
        using SqliteTransaction transaction = database.Begin();
        if (database.Number("SELECT count(*) FROM sqlite_master") == 0 || database.Number("PRAGMA user_version") is > 0 and < Schema)
        {
            database.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Schema}; {SearchTables} {ChainTables}");
        }

        transaction.Commit();
    });

    /// <summary>Opens a run's database to read from it, while another process writes or none does.</summary>
    /// <exception cref="InputException">It is no such database, or there is none.</exception>
    public static RunDatabase OpenToRead(string path)
    {
        // To open it oneself and close it again would take away SQLite's locks in this process.
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: {(Directory.Exists(path) ? "is a directory; a file is needed" : "no such file")}");
        }

        // Whoever may write tidies up after itself and after a writer that was killed; a reader would leave files beside the database. Where nothing may be written SQLite only reads.
        return Open(path, SqliteOpenMode.ReadWrite, "name a file that oort fit --out has written", d => d.Execute("PRAGMA query_only = ON"));
    }

    /// <summary>Begins a transaction; nobody else can write until it is over.</summary>
    public SqliteTransaction Begin() => connection.BeginTransaction();

    /// <summary>
    /// Writes down what a search or chain is of where its table is empty, and says so; otherwise refuses whatever differs.
    /// </summary>
    /// <param name="table">The table of names and values.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="inputs">Fingerprints of all that it depends on, by name.</param>
    /// <param name="parameters">Names of the parameters, the same for all that is in a file.</param>
    /// <returns>Whether it begins.</returns>
    /// <exception cref="InputException">It is of something else.</exception>
    public bool Begins(string table, string what, IReadOnlyDictionary<string, string> inputs, IEnumerable<string> parameters)
    {
        Dictionary<string, string> known = Rows($"SELECT name, value FROM {table}", r => (Name: r.GetString(0), Value: r.GetString(1))).ToDictionary(r => r.Name, r => r.Value);
        if (known.Count > 0)
        {
            string[] changed = [.. inputs.Where(i => known.GetValueOrDefault(i.Key) != i.Value).Select(i => i.Key).Concat(known.Keys.Except(inputs.Keys)).Order(StringComparer.Ordinal)];
            return changed.Length == 0 ? false
                : throw Wrong($"is the {what}: the {string.Join(", ", changed)} {(changed.Length == 1 ? "has" : "have")} changed since it was begun. Give --out another name, or undo the change");
        }

        string[] names = [.. parameters], there = Rows("SELECT name FROM parameter ORDER BY number", r => r.GetString(0));
        if (there.Length > 0 && !there.SequenceEqual(names))
        {
            throw Wrong($"is of a fit with other parameters: {string.Join(", ", there)}. Give --out another name");
        }

        foreach ((string name, string value) in inputs)
        {
            Execute($"INSERT INTO {table} VALUES ($a, $b)", name, value);
        }

        for (int i = there.Length; i < names.Length; i++)
        {
            Execute("INSERT INTO parameter VALUES ($a, $b)", i + 1, names[i]);
        }

        return true;
    }

    /// <summary>The first number of a query.</summary>
    public long Number(string query) => Rows(query, r => r.GetInt64(0))[0];

    /// <summary>All rows of a query, which has the parameters $a, $b, ...</summary>
    public T[] Rows<T>(string query, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(query, values);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return [.. rows];
    }

    /// <summary>Rows of a query one by one, all of one moment.</summary>
    public IEnumerable<SqliteDataReader> Stream(string query, params object[] values)
    {
        using SqliteCommand command = Command(query, values);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>Runs statements with the parameters $a, $b, ...</summary>
    public void Execute(string statement, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(statement, values);
        command.ExecuteNonQuery();
    }

    /// <summary>An error about the file.</summary>
    public InputException Wrong(string what) => new($"{Path}: {what}");

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static RunDatabase Open(string path, SqliteOpenMode mode, string advice, Action<RunDatabase> prepare)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        RunDatabase database = new(connection, path);
        try
        {
            bool isNew = mode == SqliteOpenMode.ReadWriteCreate && (!File.Exists(path) || new FileInfo(path).Length == 0);
            connection.Open();
            if (!isNew && database.Number("PRAGMA application_id") != ApplicationId)
            {
                throw database.Wrong($"is no log of a fit; {advice}");
            }

            if (!isNew && database.Number("PRAGMA user_version") is long version && version > Schema)
            {
                throw database.Wrong($"has tables of version {version}; this oort knows versions up to {Schema}");
            }

            prepare(database);
            return database;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InputException($"{path}: {(e.SqliteErrorCode == NotADatabase ? $"is no log of a fit; {advice}" : $"cannot be used as a fit's log: {e.Message}")}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteCommand Command(string text, ReadOnlySpan<object> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (char)('a' + i), values[i]);
        }

        return command;
    }
}
