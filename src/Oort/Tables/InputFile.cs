namespace Oort.Tables;

/// <summary>Opening files that a user named, with errors that say what is wrong with them on one line.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputException">It is missing, a directory, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: is a directory; a file is needed");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"{path}: no permission to read it", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>The text of a file, UTF-8.</summary>
    /// <inheritdoc cref="Open"/>
    public static string ReadText(string path)
    {
        using StreamReader reader = new(Open(path));
        try
        {
            return reader.ReadToEnd();
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
