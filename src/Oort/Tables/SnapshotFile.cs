using System.Globalization;

namespace Oort.Tables;

/// <summary>Formats of N-body snapshots.</summary>
public enum SnapshotFormat
{
    /// <summary>Comma-separated: a header line, then <c>x,y,z,vx,vy,vz,mass,component</c> with the component's name. Nine significant digits.</summary>
    Csv,

    /// <summary>
    /// Columns separated by blanks, <c>x y z vx vy vz mass component</c>, the component being a number from 0; names stand in the
    /// comment lines (#) that it begins with. Nine significant digits. Read by AGAMA and by anything that reads columns.
    /// </summary>
    Text,

    /// <summary>
    /// NEMO's snapshot(5NEMO): set SnapShot with Nobj, Time, CoordSystem, Mass, PhaseSpace (single precision) and Key, the number of
    /// the component; names stand in the item History. At most 2^31 - 1 particles.
    /// </summary>
    Nemo,

    /// <summary>
    /// Format 1 of Gadget-2 (Springel 2005), single precision: header, POS, VEL, ID, MASS and, where there is gas, U (0, to be set by InitGasTemp), in
    /// units of kpc, km/s and 1e10 Msun, particles sorted by type. At most (2^32 - 1)/12 particles.
    /// </summary>
    Gadget,

    /// <summary>A FITS binary table of doubles and, for the component, a number from 0, whose name is in the header card COMPn.</summary>
    Fits,
}

/// <summary>How a snapshot is written, beyond its contents.</summary>
public sealed record SnapshotOptions
{
    /// <summary>Threads on which particles are drawn and encoded; the bytes do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>One line on where the particles come from, kept where the format has a place for it.</summary>
    public string History { get; init; } = "";

    /// <summary>Time of the snapshot, kpc/(km/s).</summary>
    public double Time { get; init; }

    /// <summary>Told the fraction that is done, now and then, from any thread.</summary>
    public IProgress<double>? Progress { get; init; }
}

/// <summary>
/// Writes N-body snapshots while their particles are drawn: memory does not grow with their number, and nothing but Gadget's
/// format looks back, so that pipes do as well as files.
/// </summary>
public static class SnapshotFile
{
    /// <summary>Writes a snapshot; the caller flushes and closes the stream.</summary>
    /// <param name="stream">
    /// Where it goes, from the present position on. Gadget's format has all positions before all velocities: in a file both are
    /// written as they are drawn, into a pipe every particle is drawn twice.
    /// </param>
    /// <param name="format">The format.</param>
    /// <param name="source">The particles.</param>
    /// <param name="options">Threads, history, progress.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The format cannot hold so many particles, or has no place for their extra columns.</exception>
    public static void Write(
        Stream stream, SnapshotFormat format, IParticleSource source, SnapshotOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        CheckCount(format, source.Components.Sum(c => c.Count));
        CheckColumns(format, source.ExtraColumns);
        SnapshotOutput output = new(stream, source, options, cancellation);
        switch (format)
        {
            case SnapshotFormat.Csv:
                TextSnapshot.WriteCsv(output);
                break;
            case SnapshotFormat.Text:
                TextSnapshot.WriteColumns(output);
                break;
            case SnapshotFormat.Nemo:
                NemoSnapshot.Write(output);
                break;
            case SnapshotFormat.Gadget:
                GadgetSnapshot.Write(output);
                break;
            case SnapshotFormat.Fits:
                FitsSnapshot.Write(output);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>Most particles that a snapshot of a format can hold.</summary>
    public static long MaxCount(SnapshotFormat format) => format switch
    {
        SnapshotFormat.Nemo => int.MaxValue,
        SnapshotFormat.Gadget => GadgetSnapshot.MaxCount,
        _ => long.MaxValue / 1000,
    };

    /// <summary>Throws if a format has no place for extra columns, as NEMO's and Gadget's have none.</summary>
    /// <exception cref="InputException">It has none.</exception>
    public static void CheckColumns(SnapshotFormat format, IReadOnlyList<ParticleColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count > 0 && format is (SnapshotFormat.Nemo or SnapshotFormat.Gadget))
        {
            throw new InputException($"the format {format.ToString().ToLowerInvariant()} has no place for the columns {string.Join(", ", columns.Select(c => c.Name))}; csv, text and fits have");
        }
    }

    /// <summary>Throws if a format cannot hold so many particles: for finding out before the work.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public static void CheckCount(SnapshotFormat format, long count)
    {
        if (count < 1 || count > MaxCount(format))
        {
            throw new InputException(count < 1 ? "a snapshot needs particles; there are none"
                : string.Create(CultureInfo.InvariantCulture, $"{count} particles are more than the {MaxCount(format)} that the format {format.ToString().ToLowerInvariant()} can hold; csv, text and fits hold more"));
        }
    }
}
