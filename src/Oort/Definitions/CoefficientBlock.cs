using System.Text;
using Oort.Tables;

namespace Oort.Definitions;

/// <summary>A table of a block of coefficients: rows of numbers, the first of each its coordinate.</summary>
/// <param name="Title">Text after the # of the line that starts it, for instance <c>dPhi/dr</c>.</param>
/// <param name="Columns">Coordinates of the columns where the header line gives them as numbers; else empty.</param>
/// <param name="Rows">First number of each row.</param>
/// <param name="Values">The other numbers: [row, column].</param>
internal sealed record CoefficientTable(string Title, double[] Columns, double[] Rows, double[,] Values);

/// <summary>
/// AGAMA's layout of expansion coefficients: tables of tab-separated numbers, each after a line <c>#title</c> and a
/// line <c>#header</c>, separated by blank lines. Tables of azimuthal harmonics have a line <c>m #m</c> between the two.
/// Numbers are written as the shortest text that reads back to the same number.
/// </summary>
internal static class CoefficientBlock
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    /// <summary>Writes a table in spherical harmonics: the coefficient of (l, 0), the others being zero.</summary>
    /// <param name="lines">Receives the lines.</param>
    /// <param name="title">For instance <c>Phi</c>.</param>
    /// <param name="radii">Radii of the rows, kpc.</param>
    /// <param name="values">[radius, l].</param>
    public static void WriteSpherical(List<string> lines, string title, double[] radii, double[,] values)
    {
        int lmax = values.GetLength(1) - 1;
        Begin(lines, title);
        StringBuilder line = new("#radius");
        for (int l = 0; l <= lmax; l++)
        {
            for (int m = -l; m <= l; m++)
            {
                line.Append($"\tl={l},m={m}");
            }
        }

        lines.Add(line.ToString());
        for (int i = 0; i < radii.Length; i++)
        {
            line.Clear().Append(Numbers.Format(radii[i]));
            for (int l = 0; l <= lmax; l++)
            {
                for (int m = -l; m <= l; m++)
                {
                    line.Append('\t').Append(m == 0 ? Numbers.Format(values[i, l]) : "0");
                }
            }

            lines.Add(line.ToString());
        }
    }

    /// <summary>Writes a table on a grid in R (rows) and z (columns), the azimuthal harmonic m = 0.</summary>
    public static void WriteCylindrical(List<string> lines, string title, double[] R, double[] z, double[,] values)
    {
        Begin(lines, title);
        lines.Add("0\t#m");
        StringBuilder line = new(@"#R(row)\z(col)");
        foreach (double zj in z)
        {
            line.Append('\t').Append(Numbers.Format(zj));
        }

        lines.Add(line.ToString());
        for (int i = 0; i < R.Length; i++)
        {
            line.Clear().Append(Numbers.Format(R[i]));
            for (int j = 0; j < z.Length; j++)
            {
                line.Append('\t').Append(Numbers.Format(values[i, j]));
            }

            lines.Add(line.ToString());
        }
    }

    /// <summary>Reads the tables of a block of spherical harmonics as [radius, l]; refuses any that is not axisymmetric.</summary>
    public static IReadOnlyList<CoefficientTable> ReadSpherical(IniSection section)
        => [.. Read(section).Select(table =>
        {
            int columns = table.Values.GetLength(1), lmax = (int)Math.Round(Math.Sqrt(columns)) - 1;
            if (lmax < 0 || (lmax + 1) * (lmax + 1) != columns)
            {
                throw Error(section, 0, $"#{table.Title}: has {columns} columns; with lmax = l they are (l + 1)^2");
            }

            double[,] values = new double[table.Rows.Length, lmax + 1];
            for (int i = 0; i < table.Rows.Length; i++)
            {
                for (int l = 0; l <= lmax; l++)
                {
                    for (int m = -l; m <= l; m++)
                    {
                        double v = table.Values[i, l * (l + 1) + m];
                        if (m == 0)
                        {
                            values[i, l] = v;
                        }
                        else if (v != 0)
                        {
                            throw Error(section, 0, $"#{table.Title}: the coefficient of l={l},m={m} is {Numbers.Format(v)}; Oort's models are axisymmetric, so it must be 0");
                        }
                    }
                }
            }

            return table with { Values = values };
        })];

    /// <summary>Reads the tables of a block on a grid in R and z.</summary>
    public static IReadOnlyList<CoefficientTable> ReadCylindrical(IniSection section)
    {
        IReadOnlyList<CoefficientTable> tables = Read(section);
        foreach (CoefficientTable table in tables)
        {
            if (table.Columns.Length != table.Values.GetLength(1))
            {
                throw Error(section, 0, $"#{table.Title}: the rows have {table.Values.GetLength(1)} numbers after R, the header has {table.Columns.Length} heights");
            }
        }

        return tables;
    }

    /// <summary>The table with a title, or an error that names those there are.</summary>
    public static CoefficientTable Find(this IReadOnlyList<CoefficientTable> tables, string title, IniSection section)
        => tables.FirstOrDefault(t => t.Title == title)
            ?? throw Error(section, 0, $"no table #{title} of coefficients; there are: {string.Join(", ", tables.Select(t => "#" + t.Title))}");

    private static void Begin(List<string> lines, string title)
    {
        if (lines.Count > 0)
        {
            lines.Add("");
        }

        lines.Add("#" + title);
    }

    private static List<CoefficientTable> Read(IniSection section)
    {
        List<CoefficientTable> tables = [];
        List<double[]> rows = [];
        string? title = null;
        double[] columns = [];
        List<string> lines = section.Coefficients!;
        for (int i = 0; i <= lines.Count; i++)
        {
            string line = i < lines.Count ? lines[i].Trim() : "";
            bool ends = i == lines.Count || (rows.Count > 0 && line.StartsWith('#'));
            if (ends && title is not null)
            {
                tables.Add(Table(section, title, columns, rows));
                (title, columns, rows) = (null, [], []);
            }

            string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            if (line.StartsWith('#'))
            {
                if (title is null)
                {
                    title = line[1..].Trim();
                }
                else
                {
                    columns = [.. words[1..].Select(w => Numbers.TryParseFinite(w, out double x) ? x : double.NaN)];
                    columns = columns.Any(double.IsNaN) ? [] : columns;
                }
            }
            else if (words is [var m, "#m"])
            {
                if (m != "0")
                {
                    throw Error(section, i, $"harmonic m = {m}; Oort's models are axisymmetric, so only m = 0 may be there");
                }
            }
            else
            {
                rows.Add([.. words.Select(w => Numbers.TryParseFinite(w, out double x) ? x : throw Error(section, i, $"{w}: must be a finite number"))]);
                if (title is null || rows[^1].Length != rows[0].Length || rows[0].Length < 2)
                {
                    throw Error(section, i, title is null ? "numbers before a line #title" : $"has {rows[^1].Length} numbers, the row before {rows[Math.Max(0, rows.Count - 2)].Length}; two or more, and the same in every row, are needed");
                }
            }
        }

        return tables.Count > 0 ? tables : throw Error(section, 0, "the block of coefficients is empty");
    }

    private static CoefficientTable Table(IniSection section, string title, double[] columns, List<double[]> rows)
    {
        if (rows.Count == 0)
        {
            throw Error(section, 0, $"#{title}: has no rows");
        }

        double[,] values = new double[rows.Count, rows[0].Length - 1];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 1; j < rows[i].Length; j++)
            {
                values[i, j - 1] = rows[i][j];
            }
        }

        return new(title, columns, [.. rows.Select(r => r[0])], values);
    }

    private static InputException Error(IniSection section, int line, string what)
        => new($"{section.Source}:{section.CoefficientsLine + line}: [{section.Header}] coefficients: {what}");
}
