using System.Globalization;
using System.Text;
using Oort.Tests.Cli;

namespace Oort.Tests.Support;

/// <summary>A fit of <see cref="SmallModel"/> in a fixed potential to histograms of a Gaussian of 42 km/s: some model of the family is the nearest.</summary>
public static class SmallFit
{
    /// <summary>Writes all that the fit needs: the build m, not solved to the end, the survey s.ini, histograms h.csv, and the fit file f.ini.</summary>
    /// <param name="work">Where.</param>
    /// <param name="more">What else the fit file has, from keys of [Fit] on.</param>
    /// <returns>The fit file.</returns>
    public static string Prepare(Workplace work, string more)
    {
        work.File("s.ini", "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = -100, 100, 20\n");
        StringBuilder rows = new("bin,quantity,lo,hi,count,p,err\n");
        for (int i = 0; i < 10; i++)
        {
            double count = Math.Round(500 * Math.Exp(-0.5 * Math.Pow((20 * i - 90) / 42.0, 2))), p = count / 3000 / 20;
            rows.Append(CultureInfo.InvariantCulture, $"1,VR,{20 * i - 100},{20 * i - 80},{count},{p},{Math.Sqrt(count) / 3000 / 20}\n");
        }

        work.File("h.csv", rows.ToString());
        work.File("h_bins.csv", "bin,stars,R,z,mean_VR,sigma_VR\n1,3000,8.5,0.1,0,42\n");
        CommandRun.Of("", "build", work.File("m.ini", SmallModel.Text), "--out", work.Path("m"), "--max-iterations", "1");
        return work.File("f.ini", $"""
            [Fit]
            model = m
            survey = s.ini
            data = h.csv
            potential = fixed
            statistic = likelihood
            {more}
            """);
    }
}
