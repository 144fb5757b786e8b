using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Oort.Tables;

/// <summary>The functions of CFITSIO that are used, where it is installed. Their short names; the long ones are macros.</summary>
internal static partial class Cfitsio
{
    private const string Library = "cfitsio";
    private const int TypeDouble = 82;

    private static readonly string[] Names = ["libcfitsio.so.10", "libcfitsio.so", "libcfitsio.dylib", "cfitsio"];

    private static readonly Lazy<IntPtr> Loaded = new(() =>
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, typeof(Cfitsio).Assembly, null, out IntPtr handle))
            {
                return handle;
            }
        }

        return IntPtr.Zero;
    });

    static Cfitsio() => NativeLibrary.SetDllImportResolver(typeof(Cfitsio).Assembly, (string name, Assembly _, DllImportSearchPath? _) => name == Library ? Loaded.Value : IntPtr.Zero);

    /// <summary>Whether the library is installed.</summary>
    public static bool IsInstalled => Loaded.Value != IntPtr.Zero;

    /// <summary>Throws where the library is missing.</summary>
    public static void CheckInstalled(string path)
    {
        if (!IsInstalled)
        {
            throw new InputException($"{path}: is a FITS file, which needs the library CFITSIO ({Names[0]}; Debian: libcfitsio10), and that is not installed; install it or convert the file to CSV");
        }
    }

    /// <summary>What a status means.</summary>
    public static string Message(int status)
    {
        byte[] text = new byte[81];
        ErrorText(status, text);
        return $"{Encoding.ASCII.GetString(text, 0, Array.IndexOf(text, (byte)0))} (CFITSIO status {status})";
    }

    /// <summary>Reads a column's numbers from a row on (rows and columns from 1); NaN where they are undefined.</summary>
    public static int ReadNumbers(IntPtr file, int column, long row, long count, double[] numbers, ref int status)
    {
        double missing = double.NaN;
        return ReadColumn(file, TypeDouble, column, row, 1, count, ref missing, numbers, out _, ref status);
    }

    [LibraryImport(Library, EntryPoint = "ffdkopn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenDiskFile(out IntPtr file, string path, int mode, ref int status);

    [LibraryImport(Library, EntryPoint = "ffclos")]
    public static partial int Close(IntPtr file, ref int status);

    [LibraryImport(Library, EntryPoint = "ffmrhd")]
    public static partial int MoveRelative(IntPtr file, int headers, out int kind, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgnrwll")]
    public static partial int RowCount(IntPtr file, out long rows, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgncl")]
    public static partial int ColumnCount(IntPtr file, out int columns, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgtclll")]
    public static partial int ColumnType(IntPtr file, int column, out int type, out long repeat, out long width, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgkys", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ReadTextKey(IntPtr file, string key, [Out] byte[] value, IntPtr comment, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgcv")]
    private static partial int ReadColumn(
        IntPtr file, int type, int column, long row, long element, long count, ref double missing, [Out] double[] numbers, out int anyMissing, ref int status);

    [LibraryImport(Library, EntryPoint = "ffgerr")]
    private static partial void ErrorText(int status, [Out] byte[] text);
}
