using Oort.DistributionFunctions;
using Oort.Tests.Support;

namespace Oort.Tests.DistributionFunctions;

public class EvaluationTests
{
    public static TheoryData<string> Names => DistributionFunctionCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Batches_of_any_length_agree_with_the_scalar_formula(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        Func<double, double, double, double> scalar = DistributionFunctionCases.Scalar(name, df);
        Random random = new(5);
        foreach (int length in Enumerable.Range(0, 18).Append(255).Append(256).Append(1029))
        {
            double[] Jr = Actions(length), Jz = Actions(length), Jphi = Actions(length), f = new double[length];
            for (int i = 1; i < length; i += 3)
            {
                Jphi[i] = -Jphi[i];
            }

            df.Evaluate(Jr, Jz, Jphi, f);
            for (int i = 0; i < length; i++)
            {
                double expected = scalar(Jr[i], Jz[i], Jphi[i]);
                // Rounding in the exponent: its magnitude is at most 708.
                Assert.True(Math.Abs(f[i] - expected) <= 1e-12 * expected + 1e-290,
                    $"{f[i]:R} not {expected:R} at {Jr[i]}, {Jz[i]}, {Jphi[i]}");
                Assert.Equal(f[i], df.At(Jr[i], Jz[i], Jphi[i]));
            }
        }

        double[] Actions(int n) => [.. Enumerable.Range(0, n).Select(_ => Math.Exp(random.NextDouble() * 14 - 4))];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Actions_that_are_not_numbers_spoil_only_their_own_value(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        double[][] J = [[.. Enumerable.Repeat(20.0, 21)], [.. Enumerable.Repeat(8.0, 21)], [.. Enumerable.Repeat(300.0, 21)]];
        J[0][2] = J[1][7] = J[2][12] = J[2][20] = double.NaN;
        J[2][7] = -5;
        double[] f = new double[21];
        df.Evaluate(J[0], J[1], J[2], f);
        double expected = df.At(20, 8, 300);
        Assert.True(expected > 0);
        for (int i = 0; i < 21; i++)
        {
            Assert.Equal(i is 2 or 7 or 12 or 20 ? double.NaN : expected, f[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Extreme_actions_never_give_NaN_or_negative_values(string name)
    {
        DistributionFunction df = DistributionFunctionCases.Create(name);
        double[] values = [0, -0.0, -1e-18, 5e-324, 1e-300, 1e-155, 1e-20, 1, 1e4, 1e20, 1e155, 1e300, double.PositiveInfinity];
        foreach (double Jr in values)
        {
            foreach (double Jz in values)
            {
                foreach (double Jphi in values.Concat(values.Select(v => -v)))
                {
                    double f = df.At(Jr, Jz, Jphi);
                    Assert.True(f >= 0, $"{f} at {Jr}, {Jz}, {Jphi}");
                    if (Math.Max(Jr, Math.Max(Jz, Math.Abs(Jphi))) > 1e100)
                    {
                        Assert.True(f < 1e-150, $"{f} at {Jr}, {Jz}, {Jphi}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Only_a_cusp_is_infinite_at_zero_actions()
    {
        foreach (string name in DistributionFunctionCases.List)
        {
            bool cusp = name is "cusp without cutoff" or "Posti";
            double f = DistributionFunctionCases.Create(name).At(0, 0, 0);
            Assert.True(cusp ? double.IsPositiveInfinity(f) : double.IsFinite(f), $"{name}: {f}");
        }
    }

    [Fact]
    public void A_core_joins_smoothly_at_zero_actions()
    {
        foreach (string name in Bv23.Spheroids)
        {
            DistributionFunction df = Bv23.Create(name);
            double centre = df.At(0, 0, 0);
            Assert.InRange(df.At(1e-9, 0, 0), centre * (1 - 1e-8), centre * (1 + 1e-8));
            Assert.InRange(df.At(0, 1e-9, 0), centre * (1 - 1e-8), centre * (1 + 1e-8));
            Assert.InRange(df.At(0, 0, 1e-9), centre * (1 - 1e-8), centre * (1 + 1e-8));
        }
    }

    [Fact]
    public void Discs_have_nothing_on_retrograde_orbits()
    {
        foreach (string name in Bv23.Discs)
        {
            DistributionFunction df = Bv23.Create(name);
            Assert.True(df.VanishesForRetrograde);
            Assert.Equal(0, df.At(3, 2, -1e-9));
            Assert.Equal(0, df.At(0, 0, 0));
            Assert.Equal(0, df.At(0, 0, -1500));
            Assert.True(df.At(3, 2, 1e-9) > 0);
        }

        Assert.False(Bv23.Create("bulge").VanishesForRetrograde);
        DistributionFunction prograde = DistributionFunctionCases.Create("prograde bulge");
        Assert.True(prograde.VanishesForRetrograde);
        Assert.Equal(0, prograde.At(3, 2, -1));
        Assert.True(prograde.At(3, 2, 1) > 0);
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused()
        => Assert.Throws<ArgumentException>(() => Bv23.Create("bulge").Evaluate(new double[3], new double[3], new double[2], new double[3]));

    [Fact]
    public void A_sum_adds_up()
    {
        DistributionFunction[] parts = [.. Bv23.Names.Select(Bv23.Create)];
        CompositeDistributionFunction sum = new(parts);
        Assert.Equal(parts.Sum(p => p.TotalMass), sum.TotalMass, 1e-3);
        Assert.False(sum.VanishesForRetrograde);
        Assert.True(new CompositeDistributionFunction(parts[3], parts[6]).VanishesForRetrograde);
        double[] Jr = [.. Enumerable.Range(0, 600).Select(i => 0.3 * i)], Jphi = [.. Jr.Select(j => 10 * j - 200)];
        double[] f = new double[600];
        sum.Evaluate(Jr, Jr, Jphi, f);
        for (int i = 0; i < f.Length; i++)
        {
            double expected = parts.Sum(p => p.At(Jr[i], Jr[i], Jphi[i]));
            Assert.InRange(f[i], expected * (1 - 1e-14), expected * (1 + 1e-14));
        }

        Assert.Throws<InputException>(() => new CompositeDistributionFunction([]));
    }
}
