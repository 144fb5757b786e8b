using System.Buffers.Binary;
using static Oort.Tables.FitsHeader;

namespace Oort.Tables;

/// <summary>
/// A FITS file (standard 4.0: Pence et al. 2010, IAU FITS Working Group 2018) with an empty primary array and one binary table.
/// Everything is known beforehand but the particles themselves, so that it is written from front to back.
/// </summary>
internal static class FitsSnapshot
{
    private const int LeastRowBytes = 7 * sizeof(double) + sizeof(short);

    private static readonly (string Name, string Format, string Unit, string Meaning)[] FirstColumns =
    [
        ("x", "D", "kpc", "towards the Sun from the centre"),
        ("y", "D", "kpc", "along the Sun's rotation"),
        ("z", "D", "kpc", "to the north Galactic pole"),
        ("vx", "D", "km/s", "velocity along x"),
        ("vy", "D", "km/s", "velocity along y"),
        ("vz", "D", "km/s", "velocity along z"),
        ("mass", "D", "solMass", "mass of the particle"),
        ("component", "I", "", "n of the card COMPn that names it"),
    ];

    public static void Write(SnapshotOutput output)
    {
        output.Text(NoPrimaryArray);
        output.Text(Header(TableCards(output)));
        byte[][] masses = [.. output.Components.Select(c =>
        {
            byte[] mass = new byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleBigEndian(mass, c.ParticleMass);
            return mass;
        })];
        int rowBytes = RowBytes(output);
        output.Particles([.. Enumerable.Range(0, masses.Length)], rowBytes, (chunk, component, bytes) => Encode(chunk, component, masses[component], bytes, rowBytes));
        long over = output.Count % Block * rowBytes % Block;
        output.Bytes(new byte[over == 0 ? 0 : Block - over]);
    }

    private static int RowBytes(SnapshotOutput output) => LeastRowBytes + sizeof(double) * output.ExtraColumns.Count;

    private static int Encode(ParticleChunk chunk, int component, ReadOnlySpan<byte> mass, Span<byte> bytes, int rowBytes)
    {
        ReadOnlySpan<double> x = chunk.X, y = chunk.Y, z = chunk.Z, vx = chunk.VX, vy = chunk.VY, vz = chunk.VZ;
        for (int i = 0; i < chunk.Count; i++)
        {
            Span<byte> row = bytes.Slice(rowBytes * i, rowBytes);
            BinaryPrimitives.WriteDoubleBigEndian(row, x[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[8..], y[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[16..], z[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[24..], vx[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[32..], vy[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[40..], vz[i]);
            mass.CopyTo(row[48..]);
            BinaryPrimitives.WriteInt16BigEndian(row[56..], (short)component);
            for (int k = 0; k < chunk.Extra.Count; k++)
            {
                BinaryPrimitives.WriteDoubleBigEndian(row[(LeastRowBytes + sizeof(double) * k)..], chunk.Extra[k][i]);
            }
        }

        return chunk.Count * rowBytes;
    }

    private static List<string> TableCards(SnapshotOutput output)
    {
        (string Name, string Format, string Unit, string Meaning)[] columns =
            [.. FirstColumns, .. output.ExtraColumns.Select(c => (c.Name, "D", c.Unit, c.Meaning))];
        List<string> cards =
        [
            Card("XTENSION", Text("BINTABLE"), "binary table"),
            Card("BITPIX", "8", ""),
            Card("NAXIS", "2", ""),
            Card("NAXIS1", Integer(RowBytes(output)), "bytes in a row"),
            Card("NAXIS2", Integer(output.Count), "particles"),
            Card("PCOUNT", "0", ""),
            Card("GCOUNT", "1", ""),
            Card("TFIELDS", Integer(columns.Length), "columns"),
        ];
        for (int i = 0; i < columns.Length; i++)
        {
            (string name, string format, string unit, string meaning) = columns[i];
            cards.Add(Card($"TTYPE{i + 1}", Text(name), meaning));
            cards.Add(Card($"TFORM{i + 1}", Text(format), ""));
            if (unit.Length > 0)
            {
                cards.Add(Card($"TUNIT{i + 1}", Text(unit), ""));
            }
        }

        cards.Add(Card("EXTNAME", Text("PARTICLES"), ""));
        for (int c = 0; c < output.Components.Count; c++)
        {
            cards.Add(Card($"COMP{c}", Text(output.Components[c].Name), ""));
        }

        cards.AddRange(History(output.Options.History));
        return cards;
    }
}
