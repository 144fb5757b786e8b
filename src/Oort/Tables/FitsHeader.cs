using System.Globalization;
using System.Text;

namespace Oort.Tables;

/// <summary>Headers of FITS files (standard 4.0: Pence et al. 2010, IAU FITS Working Group 2018).</summary>
internal static class FitsHeader
{
    /// <summary>Bytes in a block: headers and data take whole ones.</summary>
    public const int Block = 2880;

    private const int CardLength = 80;

    /// <summary>The header of a file whose data are all in extensions.</summary>
    public static string NoPrimaryArray
        => Header([Card("SIMPLE", "T", "FITS"), Card("BITPIX", "8", ""), Card("NAXIS", "0", "no data here"), Card("EXTEND", "T", "")]);

    /// <summary>A header of cards, with the end card and filled up to whole blocks.</summary>
    public static string Header(IReadOnlyList<string> cards)
    {
        StringBuilder header = new();
        header.AppendJoin("", cards);
        header.Append("END".PadRight(CardLength));
        int over = header.Length % Block;
        return header.Append(' ', over == 0 ? 0 : Block - over).ToString();
    }

    /// <summary>A card: a text's value begins in column 11, any other's ends in column 30; a comment goes as far as there is room.</summary>
    public static string Card(string key, string value, string comment)
    {
        string field = value[0] == '\'' ? value.PadRight(20) : value.PadLeft(20);
        string card = $"{key,-8}= {field}{(comment.Length > 0 ? $" / {comment}" : "")}";
        return card.PadRight(CardLength)[..CardLength];
    }

    /// <summary>A whole number as a card has it.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text between quotes, which are doubled within it, eight characters at least; cut where it would not fit the card.</summary>
    public static string Text(string text)
    {
        const int Room = CardLength - 12;
        string quoted = Ascii(text).Replace("'", "''", StringComparison.Ordinal);
        while (quoted.Length > Room)
        {
            text = text[..^1];
            quoted = Ascii(text).Replace("'", "''", StringComparison.Ordinal);
        }

        return $"'{quoted,-8}'";
    }

    /// <summary>As many cards as a line on where the data come from needs.</summary>
    public static IEnumerable<string> History(string history)
        => Ascii(history).Chunk(CardLength - 8).Select(part => $"HISTORY {new string(part)}".PadRight(CardLength));

    /// <summary>Headers hold printable ASCII only.</summary>
    private static string Ascii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
