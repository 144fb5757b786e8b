using Oort.DistributionFunctions;

namespace Oort.Models.DiscParameters;

/// <summary>
/// Discs as components of one galaxy with a fixed potential, so that those of a figure share the actions at each position.
/// </summary>
internal sealed class DiscCalculations(
    Galaxy galaxy, double R0, ModelAccuracy accuracy, int? threads = null, IProgress<double>? progress = null,
    CancellationToken cancellation = default)
{
    /// <summary>Where the curves over height end.</summary>
    public const double SmallestFraction = 1e-10;

    private const int Heights = 170, Radii = 80, FewestHeights = 3;
    private const double FirstHeight = 0.02, HeightStep = 1.04;
    private const double LargestRadius = 20, RadialCrowding = 3;
    private const double LargestJphi = 4000, JphiStep = 20;

    private int positionsDone;

    /// <summary>Figure 1, for the parameters of Table 1.</summary>
    public static IReadOnlyList<DistributionFunctionSlice> Slices(NewExponentialParameters table1)
    {
        (DiscParameter Varied, NewExponentialParameters Disc)[] discs =
        [
            (DiscParameter.Jphi0, table1 with { Jphi0 = 700 }), (DiscParameter.Jphi0, table1 with { Jphi0 = 1000 }),
            (DiscParameter.Jv0, table1 with { AddJvel = 10 }), (DiscParameter.Jv0, table1 with { AddJvel = 100 }),
            (DiscParameter.Exponents, table1 with { pr = -0.25, pz = -0.25 }), (DiscParameter.Exponents, table1 with { pr = 0, pz = 0 }),
        ];
        double[] Jphi = [.. Enumerable.Range(0, 1 + (int)(LargestJphi / JphiStep)).Select(i => i * JphiStep)];
        double[] radial = new double[Jphi.Length], vertical = new double[Jphi.Length];
        List<DistributionFunctionSlice> slices = [];
        foreach ((DiscParameter varied, NewExponentialParameters disc) in discs)
        {
            NewExponential df = new(disc);
            foreach ((double Jr, double Jz) in new[] { (0.0, 0.0), (10.0, 5.0) })
            {
                double[] f = new double[Jphi.Length];
                Array.Fill(radial, Jr);
                Array.Fill(vertical, Jz);
                df.Evaluate(radial, vertical, Jphi, f);
                slices.Add(new(varied, disc, Jr, Jz, Jphi, f));
            }
        }

        return slices;
    }

    /// <summary>Dispersions and mean frequencies at (R0, 0), pr = pz = 0.</summary>
    public IReadOnlyList<LocalDispersions> Local(IReadOnlyList<(double Jr0, double Jz0)> scales)
    {
        Galaxy discs = Of([.. scales.Select(s => DiscParameterStudy.With(s.Jr0, s.Jz0, 0))]);
        Moments[] moments = discs.Moments(R0, 0);
        (double R, double Z)[] omega = new LocalFrequencies(galaxy, accuracy, R0, 0).Means([.. discs.Components.Select(c => c.DistributionFunction!)]);
        return [.. scales.Select((s, i) => new LocalDispersions(s.Jr0, s.Jz0, moments[i].SigmaR, moments[i].SigmaZ, omega[i].R, omega[i].Z))];
    }

    /// <summary>Profiles over height at R0, pr = pz = 0, and the exponentials fitted to them, range after range.</summary>
    public (IReadOnlyList<VerticalDiscProfile> Profiles, IReadOnlyList<ScaleHeight> Fits) Vertical(
        IReadOnlyList<(double Jr0, double Jz0)> scales, IReadOnlyList<ScaleHeightRange> ranges)
    {
        double[] z = [0, .. Enumerable.Range(0, Heights - 1).Select(i => FirstHeight * Math.Pow(HeightStep, i))], R = new double[Heights];
        Array.Fill(R, R0);
        Moments[,] moments = Moments(Of([.. scales.Select(s => DiscParameterStudy.With(s.Jr0, s.Jz0, 0))]), R, z);
        List<VerticalDiscProfile> profiles = [];
        List<ScaleHeight> fits = [];
        for (int d = 0; d < scales.Count; d++)
        {
            int disc = d, shown = 1;
            while (shown < Heights && moments[shown, d].Rho >= SmallestFraction * moments[0, d].Rho)
            {
                shown++;
            }

            profiles.Add(new(scales[d].Jr0, scales[d].Jz0, z[..shown], Column(shown, i => moments[i, disc].Rho / moments[0, disc].Rho),
                Column(shown, i => moments[i, disc].SigmaR), Column(shown, i => moments[i, disc].SigmaZ), Column(shown, i => moments[i, disc].MeanVphi)));
            double[] log = Column(Heights, i => Math.Log(moments[i, disc].Rho / moments[0, disc].Rho));
            foreach (ScaleHeightRange range in ranges)
            {
                fits.Add(Fit(range, scales[d].Jz0, z, log, shown));
            }
        }

        return (profiles, [.. fits.OrderBy(f => f.Range)]);
    }

    /// <summary>Profiles in the plane.</summary>
    public IReadOnlyList<RadialDiscProfile> Radial(IReadOnlyList<NewExponentialParameters> parameters)
    {
        // Radii crowd towards the centre; the last is R0 and only normalises.
        double[] R = [.. Enumerable.Range(1, Radii).Select(i => Math.Max(LargestRadius, 2.05 * R0) * Math.Sinh(RadialCrowding * i / Radii) / Math.Sinh(RadialCrowding)), R0];
        NewExponentialParameters[] distinct = [.. parameters.Distinct()];
        Moments[,] moments = Moments(Of(distinct), R, new double[R.Length]);
        int[] outer = [.. Enumerable.Range(0, Radii).Where(i => R[i] >= R0 && R[i] <= 2 * R0)];
        return [.. parameters.Select(p =>
        {
            int d = Array.IndexOf(distinct, p);
            StraightLine line = StraightLine.Fit([.. outer.Select(i => R[i])], [.. outer.Select(i => Math.Log(moments[i, d].Rho))]);
            return new RadialDiscProfile(p, R[..Radii], Column(Radii, i => moments[i, d].Rho / moments[Radii, d].Rho),
                Column(Radii, i => moments[i, d].SigmaR), Column(Radii, i => moments[i, d].SigmaZ), -1 / line.Slope);
        })];
    }

    private static ScaleHeight Fit(ScaleHeightRange range, double Jz0, double[] z, double[] log, int shown)
    {
        int[] used = [.. Enumerable.Range(0, z.Length).Where(i => range switch
        {
            ScaleHeightRange.LastEight => i >= shown - 8 && i < shown,
            ScaleHeightRange.TenthToThousandth => log[i] <= Math.Log(1e-1) && log[i] >= Math.Log(1e-3),
            ScaleHeightRange.OneToTwoKiloparsecs => z[i] is >= 1 and <= 2,
            _ => z[i] is >= 3 and <= 4,
        })];
        if (used.Length < FewestHeights)
        {
            throw new NumericalException(FormattableString.Invariant(
                $"the disc with Jz0 = {Jz0} kpc km/s has {used.Length} of the heights up to {z[^1]:f1} kpc in the range {range}: no exponential can be fitted"));
        }

        StraightLine line = StraightLine.Fit([.. used.Select(i => z[i])], [.. used.Select(i => log[i])]);
        return new(range, Jz0, -1 / line.Slope, Math.Exp(line.Intercept), z[used[0]], z[used[^1]], used.Max(i => Math.Abs(log[i] - line.At(z[i]))));
    }

    private static double[] Column(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private Moments[,] Moments(Galaxy discs, double[] R, double[] z)
        => discs.Moments(R, z, progress is null ? null : new Counter(() => progress.Report(Interlocked.Increment(ref positionsDone) / (double)(Heights + Radii + 1))), cancellation);

    private Galaxy Of(IReadOnlyList<NewExponentialParameters> discs) => new(
        galaxy.Potential, [.. discs.Select((p, i) => new GalaxyComponent($"disc {i + 1}", ComponentKind.Stars, new NewExponential(p)))],
        accuracy, galaxy.FocalDistances, threads);

    private sealed class Counter(Action counted) : IProgress<int>
    {
        public void Report(int value) => counted();
    }
}
