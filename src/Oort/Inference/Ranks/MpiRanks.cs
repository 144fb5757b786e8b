using System.Globalization;
using System.Runtime.InteropServices;

namespace Oort.Inference.Ranks;

/// <summary>
/// The processes that mpirun or srun has started, by way of a small library in C that is compiled with the MPI of the machine (oort-mpi.c). Without such a start, MPI is not touched.
/// </summary>
public sealed unsafe class MpiRanks : IRanks, IDisposable
{
    private const string Library = "liboort-mpi.so", PathVariable = "OORT_MPI";
    private const int Version = 1;

    // What the starters of Open MPI, MPICH and its relatives, and Slurm say: rank and number of ranks.
    private static readonly (string Rank, string Size)[] Starters =
    [
        ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"), ("MV2_COMM_WORLD_RANK", "MV2_COMM_WORLD_SIZE"), ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
    ];

    private readonly IntPtr library;
    private bool ended;

    private MpiRanks(IntPtr library, int expected)
    {
        this.library = library;
        if (((delegate* unmanaged<int>)Function("oort_mpi_version"))() != Version)
        {
            throw new InputException($"{Library} is of another version of oort: compile oort-mpi.c again");
        }

        int rank, size, local;
        Check(((delegate* unmanaged<int*, int*, int*, int>)Function("oort_mpi_begin"))(&rank, &size, &local), "MPI cannot begin");
        (Rank, Size, Local) = (rank, size, local);
        if (size != expected)
        {
            Dispose();
            throw new InputException(FormattableString.Invariant($"started as one of {expected} ranks, but MPI knows of {size}: {Library} was compiled with another MPI than the one that started oort"));
        }
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>How many ranks share this machine.</summary>
    public int Local { get; }

    /// <summary>Which rank the environment says this process is, and of how many; null where it was not started as one of several.</summary>
    public static (int Rank, int Size)? Asked()
    {
        foreach ((string rank, string size) in Starters)
        {
            if (int.TryParse(Environment.GetEnvironmentVariable(size), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 1
                && int.TryParse(Environment.GetEnvironmentVariable(rank), NumberStyles.None, CultureInfo.InvariantCulture, out int r) && r < n)
            {
                return (r, n);
            }
        }

        return null;
    }

    /// <summary>Why ranks cannot be joined; null where they can, as far as the files tell.</summary>
    public static string? Missing => File.Exists(Name) ? null : $"there is no {Name}: compile oort-mpi.c with the mpicc of this machine (docs/clusters.md)";

    private static string Name => Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, Library);

    /// <summary>Joins the ranks that were started.</summary>
    /// <param name="why">Why there are none, if there should be.</param>
    /// <returns>Null where this process is not one of several, or there is no MPI to join them by.</returns>
    /// <exception cref="InputException">MPI does not know of the ranks that were started.</exception>
    public static MpiRanks? Join(out string? why)
    {
        why = null;
        if (Asked() is not (_, int size))
        {
            return null;
        }

        if ((why = Missing) is not null)
        {
            return null;
        }

        if (!NativeLibrary.TryLoad(Name, out IntPtr library))
        {
            why = $"{Name} cannot be loaded: the MPI with which it was compiled is not here";
            return null;
        }

        return new(library, size);
    }

    /// <inheritdoc/>
    public void Send(int receiver, int tag, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            Check(((delegate* unmanaged<byte*, int, int, int, int>)Function("oort_mpi_send"))(p, bytes.Length, receiver, tag), "MPI cannot send");
        }
    }

    /// <inheritdoc/>
    public RankMessage? Receive(TimeSpan patience)
    {
        int found = 0, from, tag, count;
        Check(((delegate* unmanaged<int, int*, int*, int*, int*, int>)Function("oort_mpi_probe"))((int)patience.TotalMilliseconds, &found, &from, &tag, &count), "MPI cannot receive");
        if (found == 0)
        {
            return null;
        }

        byte[] bytes = new byte[count];
        fixed (byte* p = bytes)
        {
            Check(((delegate* unmanaged<byte*, int, int, int, int>)Function("oort_mpi_receive"))(p, count, from, tag), "MPI cannot receive");
        }

        return new(from, tag, bytes);
    }

    /// <summary>Ends all ranks at once: for when one of them no longer answers.</summary>
    /// <param name="code">Their exit code.</param>
    public void Abort(int code) => ((delegate* unmanaged<int, int>)Function("oort_mpi_abort"))(code);

    /// <summary>Leaves; waits for the others to do so, too.</summary>
    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            ((delegate* unmanaged<int>)Function("oort_mpi_end"))();
        }
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new NumericalException(FormattableString.Invariant($"{what}: error {error}"));
        }
    }

    private IntPtr Function(string name) => NativeLibrary.GetExport(library, name);
}
