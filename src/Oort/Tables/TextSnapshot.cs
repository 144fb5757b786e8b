using System.Globalization;
using System.Text;

namespace Oort.Tables;

/// <summary>Snapshots as text: comma-separated, or columns separated by blanks.</summary>
internal static class TextSnapshot
{
    public static void WriteCsv(SnapshotOutput output)
    {
        output.Text($"x,y,z,vx,vy,vz,mass,component{string.Concat(output.ExtraColumns.Select(c => "," + c.Name))}\n");
        Rows(output, (byte)',', (name, _) =>
        {
            using StringWriter cell = new();
            new CsvTableWriter(cell).Text(name);
            return cell.ToString();
        });
    }

    public static void WriteColumns(SnapshotOutput output)
    {
        StringBuilder head = new();
        if (output.Options.History.Length > 0)
        {
            head.Append("# ").Append(OneLine(output.Options.History)).Append('\n');
        }

        head.Append("# units: kpc, km/s, Msun\n");
        foreach (ParticleColumn column in output.ExtraColumns)
        {
            head.Append(CultureInfo.InvariantCulture, $"# {column.Name}: {column.Meaning}{(column.Unit.Length > 0 ? $" ({column.Unit})" : "")}\n");
        }

        for (int c = 0; c < output.Components.Count; c++)
        {
            head.Append(CultureInfo.InvariantCulture, $"# component {c}: {OneLine(output.Components[c].Name)}\n");
        }

        head.Append("# x y z vx vy vz mass component").AppendJoin("", output.ExtraColumns.Select(c => " " + c.Name)).Append('\n');
        output.Text(head.ToString());
        Rows(output, (byte)' ', (_, c) => c.ToString(CultureInfo.InvariantCulture));
    }

    private static void Rows(SnapshotOutput output, byte separator, Func<string, int, string> label)
    {
        char between = (char)separator;
        byte[][] ends = [.. output.Components.Select((c, i) => Encoding.UTF8.GetBytes($"{Numbers.Format(c.ParticleMass)}{between}{label(c.Name, i)}"))];
        int extra = output.ExtraColumns.Count;
        int maxBytes = (6 + extra) * (ShortNumber.MaxLength + 1) + ends.Max(e => e.Length) + 1;
        output.Particles([.. Enumerable.Range(0, ends.Length)], maxBytes, (chunk, component, bytes) =>
        {
            ReadOnlySpan<byte> end = ends[component];
            int n = 0;
            for (int i = 0; i < chunk.Count; i++)
            {
                n = Cell(bytes, n, chunk.X[i], separator);
                n = Cell(bytes, n, chunk.Y[i], separator);
                n = Cell(bytes, n, chunk.Z[i], separator);
                n = Cell(bytes, n, chunk.VX[i], separator);
                n = Cell(bytes, n, chunk.VY[i], separator);
                n = Cell(bytes, n, chunk.VZ[i], separator);
                end.CopyTo(bytes[n..]);
                n += end.Length;
                for (int k = 0; k < extra; k++)
                {
                    bytes[n] = separator;
                    n++;
                    n += ShortNumber.Write(bytes[n..], chunk.Extra[k][i]);
                }

                bytes[n] = (byte)'\n';
                n++;
            }

            return n;
        });
    }

    private static int Cell(Span<byte> bytes, int n, double x, byte separator)
    {
        n += ShortNumber.Write(bytes[n..], x);
        bytes[n] = separator;
        return n + 1;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
