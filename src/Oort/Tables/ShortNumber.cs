using System.Globalization;
using System.Runtime.InteropServices;

namespace Oort.Tables;

/// <summary>
/// Numbers with nine significant digits as UTF-8, several times faster than the shortest text that reads back to the same
/// double: nine digits hold more than single precision, and what they drop no sample of particles knows.
/// </summary>
internal static class ShortNumber
{
    /// <summary>Bytes that suffice for any number.</summary>
    public const int MaxLength = 24;

    private const int Digits = 9;

    /// <summary>Fixed notation from this on, up to <see cref="Largest"/>.</summary>
    private const double Smallest = 1e-6, Largest = 1e15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>
    /// Writes a number rounded to nine significant digits, without trailing zeros; <c>0</c> for both zeros, <c>nan</c>,
    /// <c>inf</c>, <c>-inf</c>.
    /// </summary>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="x">The number.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> to, double x)
    {
        double a = Math.Abs(x);
        if (!(a >= Smallest && a < Largest))
        {
            return Other(to, x);
        }

        int n = 0;
        if (x < 0)
        {
            to[n++] = (byte)'-';
        }

        // a = m 10^(exponent - 8), m having nine digits. log10(2) of the binary exponent is the decimal one or one below it.
        int exponent = (int)Math.Floor(Math.ILogB(a) * 0.30102999566398119);
        if (a >= (exponent + 1 >= 0 ? PowersOfTen[exponent + 1] : 1 / PowersOfTen[-exponent - 1]))
        {
            exponent++;
        }

        int shift = Digits - 1 - exponent;
        uint m = (uint)((shift >= 0 ? a * PowersOfTen[shift] : a / PowersOfTen[-shift]) + 0.5);
        if (m >= 1_000_000_000)
        {
            (m, exponent) = (m / 10, exponent + 1);
        }

        Span<byte> digits = stackalloc byte[Digits];
        ReadOnlySpan<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(Pairs);
        for (int i = Digits - 2; i > 0; i -= 2)
        {
            (m, uint pair) = Math.DivRem(m, 100);
            MemoryMarshal.Write(digits[i..], pairs[(int)pair]);
        }

        digits[0] = (byte)('0' + m);
        int used = digits.LastIndexOfAnyExcept((byte)'0') + 1;
        if (exponent < 0)
        {
            to[n++] = (byte)'0';
            to[n++] = (byte)'.';
            to.Slice(n, -exponent - 1).Fill((byte)'0');
            n += -exponent - 1;
            digits[..used].CopyTo(to[n..]);
            return n + used;
        }

        int whole = exponent + 1;
        if (used <= whole)
        {
            digits[..Math.Min(whole, Digits)].CopyTo(to[n..]);
            if (whole > Digits)
            {
                to.Slice(n + Digits, whole - Digits).Fill((byte)'0');
            }

            return n + whole;
        }

        digits[..whole].CopyTo(to[n..]);
        to[n + whole] = (byte)'.';
        digits[whole..used].CopyTo(to[(n + whole + 1)..]);
        return n + used + 1;
    }

    private static int Other(Span<byte> to, double x)
    {
        if (x == 0 || !double.IsFinite(x))
        {
            ReadOnlySpan<byte> text = x == 0 ? "0"u8 : double.IsNaN(x) ? "nan"u8 : x > 0 ? "inf"u8 : "-inf"u8;
            text.CopyTo(to);
            return text.Length;
        }

        x.TryFormat(to, out int n, "G9", CultureInfo.InvariantCulture);
        return n;
    }
}
