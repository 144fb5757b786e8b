using System.Collections.Concurrent;
using System.Text;

namespace Oort.Tables;

/// <summary>
/// Writing files so that an interrupted run leaves no half file: everything goes to a temporary name beside the
/// target, which is renamed when it is complete and deleted otherwise.
/// </summary>
public static class OutputFile
{
    private static readonly ConcurrentDictionary<string, bool> Pending = new();

    /// <summary>
    /// Writes a text file (UTF-8, no byte-order mark); an existing one is replaced when the new one is complete. A link
    /// stays and what it points to is replaced; devices and pipes are written to as they are.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, Action<TextWriter> write) => WriteBinary(path, stream =>
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        write(writer);
    });

    /// <summary>
    /// Writes a file of bytes, otherwise like <see cref="Write"/>. The stream is not buffered; it can seek unless the path
    /// is that of a device or pipe.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteBinary(string path, Action<Stream> write)
    {
        CheckName(path, isDirectory: false);
        string temporary = "";
        try
        {
            if (OpenSpecial(path) is FileStream special)
            {
                using (special)
                {
                    write(special);
                }

                return;
            }

            string target = Target(path);
            temporary = $"{target}.{Environment.ProcessId:x}.partial";
            Pending[temporary] = false;
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 0))
            {
                write(stream);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, e);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>
    /// Writes a directory of files. All are written in a temporary directory beside it first. A new directory then
    /// appears at once under its name; into one that exists the files are moved one by one, <paramref name="last"/>
    /// being removed before and moved last, so that where it is, all others are complete and belong to it.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="last">Name of the file that marks it complete.</param>
    /// <param name="write">Writes the files into the directory it is given.</param>
    /// <exception cref="InputException">The directory cannot be written.</exception>
    public static void WriteDirectory(string path, string last, Action<string> write)
    {
        CheckName(path, isDirectory: true);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string temporary = $"{target}.{Environment.ProcessId:x}.partial";
        try
        {
            Pending[temporary] = true;
            Directory.CreateDirectory(temporary);
            write(temporary);
            if (!Directory.Exists(target))
            {
                Directory.Move(temporary, target);
                return;
            }

            File.Delete(Path.Combine(target, last));
            foreach (string file in Directory.EnumerateFiles(temporary).OrderBy(f => Path.GetFileName(f) == last).ThenBy(f => f, StringComparer.Ordinal).ToArray())
            {
                File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, e);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>
    /// Throws unless a file or directory of that name could be written now: its parent exists and lets us create
    /// files. For finding out before hours of work, not after.
    /// </summary>
    /// <exception cref="InputException">It could not.</exception>
    public static void CheckWritable(string path, bool isDirectory)
    {
        CheckName(path, isDirectory);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!isDirectory && IsDevice(full))
        {
            return;
        }

        full = isDirectory ? full : Target(full);
        string parent = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(parent))
        {
            throw new InputException($"{path}: cannot be written: there is no directory {parent}");
        }

        string probe = $"{(Directory.Exists(full) ? Path.Combine(full, "probe") : full)}.{Environment.ProcessId:x}.partial";
        try
        {
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(path, e);
        }
    }

    /// <summary>Deletes what unfinished writes of this process have left: for use when it is told to end.</summary>
    public static void DeleteUnfinished()
    {
        foreach (string temporary in Pending.Keys)
        {
            Delete(temporary);
        }
    }

    private static void CheckName(string path, bool isDirectory)
    {
        if (path.Length == 0)
        {
            throw new InputException($"the name of the {(isDirectory ? "directory" : "file")} to write is empty");
        }

        if (isDirectory ? File.Exists(Path.TrimEndingDirectorySeparator(path)) : Directory.Exists(path))
        {
            throw new InputException($"{path}: is a {(isDirectory ? "file; give the name of a directory" : "directory; give the name of a file")} to write");
        }
    }

    /// <summary>A name such as /dev/null or /dev/fd/3, which must never be replaced by a file.</summary>
    private static bool IsDevice(string path)
        => Path.GetFullPath(path) is string full && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && File.Exists(full);

    /// <summary>A device or pipe, opened; null where the path is that of a common file or of none.</summary>
    private static FileStream? OpenSpecial(string path)
    {
        bool isDevice = IsDevice(path);
        if (!isDevice && !File.Exists(path))
        {
            return null;
        }

        FileStream stream;
        try
        {
            stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        }
        catch (UnauthorizedAccessException) when (!isDevice)
        {
            return null;
        }

        if (isDevice || !stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>What a link points to in the end; the path itself where it is none.</summary>
    private static string Target(string path)
        => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private static bool IsFileError(Exception e)
        => e is IOException or UnauthorizedAccessException;

    private static InputException CannotWrite(string path, Exception e)
        => new($"{path}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);

    private static void Delete(string temporary)
    {
        if (!Pending.TryRemove(temporary, out bool isDirectory))
        {
            return;
        }

        try
        {
            if (!isDirectory)
            {
                File.Delete(temporary);
            }
            else if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
        catch (Exception e) when (IsFileError(e))
        {
            // The temporary file stays; its name says what it is, and the error that led here matters more.
        }
    }
}
