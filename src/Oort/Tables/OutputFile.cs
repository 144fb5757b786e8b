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

    /// <summary>Writes a text file (UTF-8, no byte-order mark); an existing one is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a directory; give the name of a file to write");
        }

        string temporary = $"{path}.{Environment.ProcessId:x}.partial";
        try
        {
            Pending[temporary] = false;
            using (StreamWriter writer = new(temporary, false, new UTF8Encoding(false), 1 << 16))
            {
                write(writer);
            }

            File.Move(temporary, path, overwrite: true);
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
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (isDirectory ? File.Exists(full) : Directory.Exists(full))
        {
            throw new InputException($"{path}: is a {(isDirectory ? "file; give the name of a directory" : "directory; give the name of a file")} to write");
        }

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
