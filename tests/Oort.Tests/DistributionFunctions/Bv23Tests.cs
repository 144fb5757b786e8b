using Oort.DistributionFunctions;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

public class Bv23Tests
{
    public static TheoryData<string> Names => [.. Bv23.Names];

    // The reference's amplitudes carry the error of its numerical normalisation; ours are closed forms for the discs and
    // good to 1e-9 for the spheroids. Only the middle disc's is off by more than 1e-6 (1.15e-6).
    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_the_reference(string name)
    {
        ReferenceTable rows = ReferenceTable.Read("df_bv23.csv").Where("component", name);
        DistributionFunction df = Bv23.Create(name);
        double[] f = new double[rows.Count], expected = rows["f"];
        df.Evaluate(rows["Jr"], rows["Jz"], rows["Jphi"], f);
        Assert.True(rows.Count > 30);
        double[] ratios = [.. f.Zip(expected, (a, b) => a / b).Where(double.IsFinite).Order()];
        double amplitude = ratios[ratios.Length / 2];
        Assert.InRange(amplitude - 1, name == "middle disk" ? -1.2e-6 : -4e-7, 4e-7);
        Assert.True(ratios.Length > 15);
        for (int i = 0; i < f.Length; i++)
        {
            Assert.InRange(f[i] / amplitude, expected[i] * (1 - 2e-7), expected[i] * (1 + 2e-7));
        }
    }
}
