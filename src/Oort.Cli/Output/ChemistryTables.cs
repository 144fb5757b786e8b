using Oort.Chemistry;
using Oort.Definitions;
using Oort.Tables;

namespace Oort.Cli.Output;

/// <summary>The tables of <c>oort chemistry</c>: kpc, km/s, dex.</summary>
internal static class ChemistryTables
{
    /// <summary>A row a bin.</summary>
    public static void WriteBins(CsvTableWriter csv, ChemicalMaps maps)
    {
        csv.Verbatim("Rlo,Rhi,zlo,zhi,R,z");
        foreach (string component in maps.Components)
        {
            csv.Text("fraction_" + ModelFile.FileNameOf(component));
        }

        csv.Verbatim("high_alpha,fe_h,alpha_fe,sigma_fe_h,sigma_alpha_fe,level50,level90,outside").EndRow();
        foreach (ChemicalMap map in maps.Bins)
        {
            csv.Number(map.Bin.RLow).Number(map.Bin.RHigh).Number(map.Bin.ZLow).Number(map.Bin.ZHigh).Number(map.MeanR).Number(map.MeanZ);
            foreach (double fraction in map.Fractions)
            {
                csv.Number(fraction);
            }

            csv.Number(map.HighAlphaFraction).Number(map.Moments.FeH).Number(map.Moments.AlphaFe).Number(map.Moments.SigmaFeH).Number(map.Moments.SigmaAlphaFe)
                .Number(map.Level50).Number(map.Level90).Number(map.Outside).EndRow();
        }
    }

    /// <summary>A row a cell of each bin's plane.</summary>
    public static void WriteMaps(CsvTableWriter csv, ChemicalMaps maps)
    {
        double[] feH = maps.Plane.FeH(), alphaFe = maps.Plane.AlphaFe();
        csv.Verbatim("bin,fe_h,alpha_fe,density").EndRow();
        for (int b = 0; b < maps.Bins.Count; b++)
        {
            for (int i = 0; i < feH.Length; i++)
            {
                for (int j = 0; j < alphaFe.Length; j++)
                {
                    csv.Number(b + 1).Number(feH[i]).Number(alphaFe[j]).Number(maps.Bins[b].Density[i, j]).EndRow();
                }
            }
        }
    }

    /// <summary>A row a star.</summary>
    public static void WriteStars(CsvTableWriter csv, ChemicalBins bins, Func<int, ChemicalStars> draw, IProgress<int> progress, CancellationToken cancellation)
    {
        csv.Verbatim("bin,component,R,z,vR,vz,vphi,fe_h,alpha_fe").EndRow();
        for (int b = 0; b < bins.Bins.Count; b++)
        {
            cancellation.ThrowIfCancellationRequested();
            ChemicalStars stars = draw(b);
            for (int i = 0; i < stars.Count; i++)
            {
                csv.Number(b + 1).Text(bins.Chemistry.Galaxy.Components[stars.Component[i]].Name).Number(bins.Bins[b].R).Number(bins.Bins[b].Z)
                    .Number(stars.VR[i]).Number(stars.Vz[i]).Number(stars.Vphi[i]).Number(stars.FeH[i]).Number(stars.AlphaFe[i]).EndRow();
            }

            progress.Report(b + 1);
        }
    }

    /// <summary>Numbers of stars in the bins, from a table with a row for each.</summary>
    public static long[] Counts(string path, int largest)
    {
        CsvTable table = CsvTable.Read(path);
        double[] Rlo = table.Numbers("Rlo"), Rhi = table.Numbers("Rhi"), zlo = table.Numbers("zlo"), zhi = table.Numbers("zhi"), count = table.Numbers("count");
        long[] counts = [.. ChemicalBin.Hayden.Select(_ => -1L)];
        for (int row = 0; row < table.RowCount; row++)
        {
            ChemicalBin bin = new(Rlo[row], Rhi[row], zlo[row], zhi[row]);
            int b = ChemicalBin.Hayden.ToList().IndexOf(bin);
            string where = $"{table.Name}: row {row + 1}: R {Text(bin.RLow)} to {Text(bin.RHigh)}, z {Text(bin.ZLow)} to {Text(bin.ZHigh)}";
            if (b < 0 || counts[b] >= 0)
            {
                throw new InputException($"{where} {(b < 0 ? "is none of the bins: R 3 to 15 kpc by 2, |z| 0 to 0.5 to 1 to 2 kpc" : "is given twice")}");
            }

            bool whole = count[row] >= 0 && count[row] <= largest && count[row] == Math.Floor(count[row]);
            counts[b] = whole ? (long)count[row] : throw new InputException($"{where}: count = {Text(count[row])} must be a whole number from 0 to {largest}");
        }

        int missing = Array.IndexOf(counts, -1);
        return missing < 0 ? counts : throw new InputException(
            $"{table.Name}: has no row for the bin R {Text(ChemicalBin.Hayden[missing].RLow)} to {Text(ChemicalBin.Hayden[missing].RHigh)}, z {Text(ChemicalBin.Hayden[missing].ZLow)} to {Text(ChemicalBin.Hayden[missing].ZHigh)}; it needs one for each of the {counts.Length}");

        static string Text(double x) => FormattableString.Invariant($"{x}");
    }
}
