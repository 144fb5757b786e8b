namespace Oort.Tables;

/// <summary>A column of a table that is read as a stream.</summary>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit as the file states it; null where it states none.</param>
/// <param name="TextType">Type where it is not of numbers, for instance <c>string</c>; null for numbers and where the file does not say.</param>
internal readonly record struct StreamColumn(string Name, string? Unit, string? TextType);

/// <summary>Some rows of the columns asked for.</summary>
internal sealed class TableBlock
{
    /// <summary>A block of so many columns.</summary>
    public TableBlock(int columns) => Columns = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<double>())];

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>A column's numbers, NaN where one is missing; <see cref="Count"/> of them count.</summary>
    public double[][] Columns { get; }

    /// <summary>Makes room for rows; those that are there stay.</summary>
    public void Reserve(int rows)
    {
        for (int c = 0; c < Columns.Length; c++)
        {
            if (Columns[c].Length < rows)
            {
                Array.Resize(ref Columns[c], Math.Max(rows, 2 * Columns[c].Length));
            }
        }
    }
}

/// <summary>
/// A table too large to hold: some of its columns, as numbers, block after block. CSV, ECSV, text in columns between blanks, each of these also compressed
/// by gzip, and FITS binary tables where CFITSIO is installed; which one the contents tell, not the name.
/// </summary>
internal abstract class TableStream : IDisposable
{
    /// <summary>Name of the file, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>All columns.</summary>
    public required IReadOnlyList<StreamColumn> Columns { get; init; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    protected abstract double Share { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It cannot be read, is empty or has no header.</exception>
    public static TableStream Open(string path)
    {
        FileStream file = InputFile.Open(path);
        try
        {
            if (!file.CanSeek)
            {
                // A pipe: what it begins with cannot be put back.
                return TextTable.Open(path, file, gzip: false);
            }

            Span<byte> start = stackalloc byte[9];
            int n = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            bool gzip = n >= 2 && start[0] == 0x1f && start[1] == 0x8b;
            if (start[..n].StartsWith("SIMPLE  ="u8) || (gzip && IsFits(path)))
            {
                file.Dispose();
                return FitsTable.OpenFits(path);
            }

            return TextTable.Open(path, file, gzip);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the rest of the table. Blocks are made and used on several threads, each with a result of its own, in no particular order.
    /// </summary>
    /// <param name="columns">Indices of the columns asked for.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="create">Makes a thread's result.</param>
    /// <param name="use">Takes a block into account.</param>
    /// <param name="progress">Told the share read, 0 to 1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The threads' results.</returns>
    /// <exception cref="InputException">What is wrong first in the file, whichever thread found it.</exception>
    public IReadOnlyList<T> Read<T>(
        IReadOnlyList<int> columns, int threads, Func<T> create, Action<T, TableBlock> use, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        foreach (int c in columns)
        {
            if (Columns[c].TextType is string type)
            {
                throw new InputException($"{Name}: column {Columns[c].Name} is of type {type}; numbers are needed");
            }
        }

        object gate = new();
        long next = 0;
        (long Block, Exception Cause)? failure = null;
        void Fail(long block, Exception e)
        {
            lock (gate)
            {
                failure = failure is (long earlier, _) && earlier <= block ? failure : (block, e);
            }
        }

        List<T> results = [];
        void Work()
        {
            BlockReader reader = Reader(columns);
            TableBlock block = new(columns.Count);
            T result = create();
            while (true)
            {
                long number;
                lock (gate)
                {
                    number = next++;
                    try
                    {
                        cancellation.ThrowIfCancellationRequested();
                        if (failure is not null || !reader.Fetch())
                        {
                            results.Add(result);
                            return;
                        }
                    }
                    catch (Exception e)
                    {
                        Fail(number, e);
                        return;
                    }

                    progress?.Report(Share);
                }

                try
                {
                    reader.Parse(block);
                    use(result, block);
                }
                catch (Exception e)
                {
                    Fail(number, e);
                    return;
                }
            }
        }

        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, threads - 1)).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (Thread thread in others)
        {
            thread.Start();
        }

        Work();
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        if (failure is (_, Exception cause))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        }

        return results;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>What one thread reads blocks with.</summary>
    protected abstract BlockReader Reader(IReadOnlyList<int> columns);

    /// <summary>A FITS file compressed by gzip begins with the same keyword once it is uncompressed.</summary>
    private static bool IsFits(string path)
    {
        using System.IO.Compression.GZipStream gzip = new(InputFile.Open(path), System.IO.Compression.CompressionMode.Decompress);
        Span<byte> start = stackalloc byte[9];
        try
        {
            return gzip.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("SIMPLE  ="u8);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads blocks for one thread.</summary>
    protected abstract class BlockReader
    {
        /// <summary>Takes the next piece of the file; one thread at a time does. False at the end.</summary>
        public abstract bool Fetch();

        /// <summary>Makes numbers of it; several threads do.</summary>
        public abstract void Parse(TableBlock block);
    }
}
