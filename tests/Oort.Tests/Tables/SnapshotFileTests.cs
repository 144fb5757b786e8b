using System.Globalization;
using System.Text;
using Oort.Tables;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Tables;

public class SnapshotFileTests
{
    private static readonly HashedParticles Source = new(100, HashedParticles.Several);

    public static TheoryData<SnapshotFormat> Formats { get; } = [.. Enum.GetValues<SnapshotFormat>()];

    private static byte[] Written(SnapshotFormat format, IParticleSource source, int threads = 2, Stream? to = null)
    {
        using MemoryStream stream = (MemoryStream?)to ?? new();
        SnapshotFile.Write(stream, format, source, new() { Threads = threads, History = "a test, of\nwriters", Time = 0.25 });
        return stream.ToArray();
    }

    [Fact]
    public void Comma_separated_particles_read_back()
    {
        CsvTable table = CsvTable.Read(new StringReader(Encoding.UTF8.GetString(Written(SnapshotFormat.Csv, Source))), "csv");
        Assert.Equal("x,y,z,vx,vy,vz,mass,component", table.Header);
        double[][] columns = [.. "x,y,z,vx,vy,vz".Split(',').Select(table.Numbers)];
        (double[] P, double Mass, int Component)[] all = [.. Source.All()];
        Assert.Equal(all.Select(p => Source.Components[p.Component].Name), table.Text("component"));
        Assert.Equal(all.Select(p => p.Mass), table.Numbers("mass"));
        for (int i = 0; i < all.Length; i++)
        {
            Assert.All(Enumerable.Range(0, 6), k => Assert.Equal(all[i].P[k], columns[k][i], 5.01e-9 * Math.Abs(all[i].P[k])));
        }
    }

    [Fact]
    public void Columns_between_blanks_read_back()
    {
        string[] lines = Encoding.UTF8.GetString(Written(SnapshotFormat.Text, Source)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] head = [.. lines.TakeWhile(l => l[0] == '#')];
        Assert.Equal("# a test, of writers", head[0]);
        Assert.Equal("# x y z vx vy vz mass component", head[^1]);
        Assert.Contains("# component 2: halo, dark", head);
        (double[] P, double Mass, int Component)[] all = [.. Source.All()];
        Assert.Equal(all.Length, lines.Length - head.Length);
        for (int i = 0; i < all.Length; i++)
        {
            double[] cells = [.. lines[head.Length + i].Split(' ').Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            Assert.Equal(8, cells.Length);
            Assert.All(Enumerable.Range(0, 6), k => Assert.Equal(all[i].P[k], cells[k], 5.01e-9 * Math.Abs(all[i].P[k])));
            Assert.Equal((all[i].Mass, all[i].Component), (cells[6], cells[7]));
        }
    }

    [Fact]
    public void Nemo_items_are_those_of_its_manual()
    {
        byte[] bytes = Written(SnapshotFormat.Nemo, Source);
        using BinaryReader reader = new(new MemoryStream(bytes));
        Dictionary<string, (string Type, int[] Dimensions, Array Data)> items = NemoReader.Read(reader);
        Assert.Equal(["History", "SnapShot/Parameters/Nobj", "SnapShot/Parameters/Time", "SnapShot/Particles/CoordSystem",
            "SnapShot/Particles/Mass", "SnapShot/Particles/PhaseSpace", "SnapShot/Particles/Key"], items.Keys);
        int n = Source.All().Count();
        Assert.Equal([n], items["SnapShot/Parameters/Nobj"].Data.Cast<int>());
        Assert.Equal([0.25], items["SnapShot/Parameters/Time"].Data.Cast<double>());

        // 0201402, the octal number that NEMO shows for Cartesian positions and velocities in three dimensions.
        Assert.Equal([Convert.ToInt32("201402", 8)], items["SnapShot/Particles/CoordSystem"].Data.Cast<int>());
        Assert.Equal([n], items["SnapShot/Particles/Mass"].Dimensions);
        Assert.Equal([n, 2, 3], items["SnapShot/Particles/PhaseSpace"].Dimensions);
        Assert.Equal(Source.All().SelectMany(p => p.P).Select(x => (float)x), items["SnapShot/Particles/PhaseSpace"].Data.Cast<float>());
        Assert.Equal(Source.All().Select(p => (float)p.Mass), items["SnapShot/Particles/Mass"].Data.Cast<float>());
        Assert.Equal(Source.All().Select(p => p.Component), items["SnapShot/Particles/Key"].Data.Cast<int>());
        string history = Encoding.UTF8.GetString((byte[])items["History"].Data);
        Assert.StartsWith("a test, of writers; ", history);
        Assert.Contains("Key 2: halo, dark; ", history);
        Assert.Equal(history.Length - 1, history.IndexOf('\0', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gadget_blocks_are_those_of_its_guide(bool seekable)
    {
        byte[] bytes = Written(SnapshotFormat.Gadget, Source, to: seekable ? new MemoryStream() : new Pipe());
        using BinaryReader reader = new(new MemoryStream(bytes));
        byte[][] blocks = GadgetReader.Blocks(reader);
        Assert.Equal(6, blocks.Length);

        // The header: six counts (int), six masses (double), time, redshift, two flags, six counts, a flag, files, box, three of cosmology.
        Assert.Equal(256, blocks[0].Length);
        int[] counts = [64, 257, 1003, 1, 0, 0];
        Assert.Equal(counts, GadgetReader.Ints(blocks[0], 0, 6));
        Assert.Equal(new double[6], GadgetReader.Doubles(blocks[0], 24, 6));
        Assert.Equal([0.25, 0], GadgetReader.Doubles(blocks[0], 72, 2));
        Assert.Equal([0, 0, .. counts, 0, 1], GadgetReader.Ints(blocks[0], 88, 10));
        Assert.Equal([0, 0, 0, 1], GadgetReader.Doubles(blocks[0], 128, 4));
        Assert.All(blocks[0][160..], b => Assert.Equal(0, b));

        (double[] P, double Mass, int Component)[] all = [.. Source.All([3, 2, 0, 4])];
        Assert.Equal(all.SelectMany(p => p.P[..3]).Select(x => (float)x), GadgetReader.Floats(blocks[1]));
        Assert.Equal(all.SelectMany(p => p.P[3..]).Select(x => (float)x), GadgetReader.Floats(blocks[2]));
        Assert.Equal(Enumerable.Range(1, all.Length), GadgetReader.Ints(blocks[3], 0, all.Length));
        Assert.Equal(all.Select(p => (float)(p.Mass / 1e10)), GadgetReader.Floats(blocks[4]));
        Assert.Equal(new float[64], GadgetReader.Floats(blocks[5]));
    }

    [Fact]
    public void Gadget_needs_one_pass_in_a_file_and_two_in_a_pipe()
    {
        HashedParticles file = new(100, HashedParticles.Several), pipe = new(100, HashedParticles.Several);
        Assert.Equal(Written(SnapshotFormat.Gadget, file), Written(SnapshotFormat.Gadget, pipe, to: new Pipe()));
        Assert.Equal((16, 32), (file.Fills, pipe.Fills));
    }

    [Fact]
    public void A_gadget_file_without_gas_has_no_energies()
    {
        byte[] bytes = Written(SnapshotFormat.Gadget, new HashedParticles(10, new SnapshotComponent("dark", ParticleType.Halo, 25, 1e6)));
        using BinaryReader reader = new(new MemoryStream(bytes));
        Assert.Equal([256, 300, 300, 100, 100], GadgetReader.Blocks(reader).Select(b => b.Length));
    }

    [Fact]
    public void Fits_blocks_are_whole_and_their_cards_too()
    {
        byte[] bytes = Written(SnapshotFormat.Fits, Source);
        Assert.Equal(0, bytes.Length % 2880);
        string[] cards = [.. Encoding.ASCII.GetString(bytes[2880..]).Chunk(80).Select(c => new string(c)).TakeWhile(c => c.TrimEnd() != "END")];
        int header = 2880 + (cards.Length / 36 + 1) * 2880, padding = bytes.Length - header - 58 * Source.All().Count();
        Assert.InRange(padding, 0, 2879);
        Assert.StartsWith("XTENSION= 'BINTABLE'", cards[0]);
        Assert.Contains(cards, c => c.StartsWith("NAXIS2  =                 1325", StringComparison.Ordinal));
        Assert.Contains(cards, c => c.StartsWith("COMP2   = 'halo, dark'", StringComparison.Ordinal));
        Assert.All(bytes[^padding..], b => Assert.Equal(0, b));
    }

    [PythonFact]
    public void Fits_is_what_astropy_reads()
    {
        using Workplace work = new();
        File.WriteAllBytes(work.Path("s.fits"), Written(SnapshotFormat.Fits, Source));
        File.WriteAllBytes(work.Path("expected"), [.. Source.All().SelectMany(p => p.P.Append(p.Mass).Append(p.Component)).SelectMany(BitConverter.GetBytes)]);
        string script = work.File("read.py", """
            import numpy as np
            from astropy.io import fits
            from astropy.table import Table
            with fits.open("s.fits") as file:
                file.verify("exception")
                assert file[1].name == "PARTICLES" and file[1].header["HISTORY"][0] == "a test, of?writers"
            expected = np.fromfile("expected").reshape(-1, 8)
            table = Table.read("s.fits")
            assert table.colnames == ["x", "y", "z", "vx", "vy", "vz", "mass", "component"]
            for i, name in enumerate(table.colnames):
                assert (table[name] == expected[:, i]).all(), name
            print([str(table[name].unit) for name in table.colnames], [table.meta[f"COMP{c}"] for c in range(5)])
            """);
        (int code, string output, string error) = Python.Run(Python.Executable!, work.Root, "-W", "error", script);
        Assert.True(code == 0, error);
        Assert.Equal("['kpc', 'kpc', 'kpc', 'km / s', 'km / s', 'km / s', 'solMass', 'None'] ['thin disk', 'none here', 'halo, dark', 'gas', 'bulge \"X\"']", output.Trim());
    }

    [Fact]
    public void Extra_columns_come_last_in_text()
    {
        HashedParticles source = new(100, HashedParticles.Several) { ExtraColumns = HashedParticles.TwoColumns };
        byte[] csv = Written(SnapshotFormat.Csv, source);
        Assert.Equal(csv, Written(SnapshotFormat.Csv, new HashedParticles(7, HashedParticles.Several) { ExtraColumns = HashedParticles.TwoColumns }, 1));
        CsvTable table = CsvTable.Read(new StringReader(Encoding.UTF8.GetString(csv)), "csv");
        Assert.Equal("x,y,z,vx,vy,vz,mass,component,above,below", table.Header);
        (double[] P, double Mass, int Component)[] all = [.. source.All()];
        Assert.Equal(all.Length, table.RowCount);
        string[] plain = Encoding.UTF8.GetString(Written(SnapshotFormat.Csv, Source)).Split('\n'), more = Encoding.UTF8.GetString(csv).Split('\n');
        double[] above = table.Numbers("above"), below = table.Numbers("below");
        for (int i = 0; i < all.Length; i++)
        {
            Assert.StartsWith(plain[i + 1] + ",", more[i + 1], StringComparison.Ordinal);
            Assert.Equal(1 + all[i].P[0], above[i], 5.01e-9 * Math.Abs(1 + all[i].P[0]));
            Assert.Equal(-all[i].P[0], below[i], 5.01e-9 * Math.Abs(all[i].P[0]));
        }

        string[] lines = Encoding.UTF8.GetString(Written(SnapshotFormat.Text, source)).Split('\n');
        Assert.Contains("# above: one more than x", lines);
        Assert.Contains("# below: minus x (kpc)", lines);
        Assert.Contains("# x y z vx vy vz mass component above below", lines);
        Assert.Equal(10, lines.First(l => l.Length > 0 && l[0] != '#').Split(' ').Length);
    }

    [PythonFact]
    public void Extra_columns_are_what_astropy_reads()
    {
        HashedParticles source = new(100, HashedParticles.Several) { ExtraColumns = HashedParticles.TwoColumns };
        using Workplace work = new();
        File.WriteAllBytes(work.Path("s.fits"), Written(SnapshotFormat.Fits, source));
        string script = work.File("read.py", """
            from astropy.io import fits
            from astropy.table import Table
            with fits.open("s.fits") as file:
                file.verify("exception")
            t = Table.read("s.fits")
            assert t.colnames[-3:] == ["component", "above", "below"], t.colnames
            assert (t["above"] == 1 + t["x"]).all() and (t["below"] == -t["x"]).all()
            print(len(t), t["above"].unit, t["below"].unit)
            """);
        (int code, string output, string error) = Python.Run(Python.Executable!, work.Root, "-W", "error", script);
        Assert.True(code == 0, error);
        Assert.Equal($"{source.All().Count()} None kpc", output.Trim());
    }

    [Theory]
    [InlineData(SnapshotFormat.Nemo)]
    [InlineData(SnapshotFormat.Gadget)]
    public void Formats_without_a_place_for_extra_columns_say_so(SnapshotFormat format)
    {
        HashedParticles source = new(100, HashedParticles.Several) { ExtraColumns = HashedParticles.TwoColumns };
        Assert.Contains("has no place for the columns above, below", Assert.Throws<InputException>(() => Written(format, source)).Message, StringComparison.Ordinal);
        SnapshotFile.CheckColumns(format, []);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_do_not_depend_on_threads_or_chunks(SnapshotFormat format)
    {
        byte[] expected = Written(format, Source, 1);
        Assert.Equal(expected, Written(format, Source, 5));
        Assert.Equal(expected, Written(format, new HashedParticles(7, HashedParticles.Several), 3));
        Assert.Equal(expected, Written(format, Source, 2, new Pipe()));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Memory_does_not_grow_with_the_number_of_particles(SnapshotFormat format)
    {
        long Allocated(long count)
        {
            // On this thread alone, so that other tests do not count.
            Constant source = new(count);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SnapshotFile.Write(Stream.Null, format, source, new() { Threads = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(10_000);
        long few = Allocated(10_000), many = Allocated(2_000_000);
        Assert.True(many - few < 1_000_000, $"{few} bytes for 1e4, {many} for 2e6");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Progress_ends_with_all(SnapshotFormat format)
    {
        List<double> reports = [];
        SnapshotFile.Write(new Pipe(), format, Source, new() { Progress = new Immediate(reports.Add) });
        Assert.Equal(1, reports[^1], 1e-12);
        Assert.Equal(reports.Order(), reports);
    }

    [Theory]
    [InlineData(SnapshotFormat.Nemo, 2147483648, "2147483647")]
    [InlineData(SnapshotFormat.Gadget, 357913942, "357913941")]
    public void More_than_a_format_holds_is_refused(SnapshotFormat format, long count, string most)
    {
        InputException e = Assert.Throws<InputException>(() => SnapshotFile.Write(Stream.Null, format, new Constant(count)));
        Assert.Contains(most, e.Message, StringComparison.Ordinal);
        SnapshotFile.CheckCount(format, count - 1);
        SnapshotFile.CheckCount(SnapshotFormat.Fits, 1L << 40);
        Assert.Throws<InputException>(() => SnapshotFile.CheckCount(format, 0));
    }

    [Fact]
    public void A_failing_source_and_an_interruption_are_told()
    {
        NumericalException e = Assert.Throws<NumericalException>(() => SnapshotFile.Write(Stream.Null, SnapshotFormat.Nemo, new Failing(5), new() { Threads = 3 }));
        Assert.Equal("chunk 5", e.Message);
        using CancellationTokenSource stop = new();
        SnapshotOptions options = new() { Threads = 3, Progress = new Immediate(done => { if (done > 0.1) { stop.Cancel(); } }) };
        Assert.ThrowsAny<OperationCanceledException>(() => SnapshotFile.Write(Stream.Null, SnapshotFormat.Csv, new Constant(10_000_000), options, stop.Token));
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    private sealed class Constant(long count) : IParticleSource
    {
        public IReadOnlyList<SnapshotComponent> Components { get; } = [new("c", ParticleType.Gas, count, 1)];

        public int ChunkSize => 1000;

        public void Fill(int component, long index, ParticleChunk chunk) => chunk.Count = (int)Math.Min(ChunkSize, count - index * ChunkSize);
    }

    private sealed class Failing(long at) : IParticleSource
    {
        public IReadOnlyList<SnapshotComponent> Components { get; } = [new("c", ParticleType.Gas, 1000, 1)];

        public int ChunkSize => 10;

        public void Fill(int component, long index, ParticleChunk chunk)
            => chunk.Count = index < at ? 10 : index > at ? Wait() : throw new NumericalException($"chunk {index}");

        private static int Wait()
        {
            Thread.Sleep(10);
            return 10;
        }
    }
}
