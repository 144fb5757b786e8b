using System.Numerics;
using Oort.Actions;
using Oort.Coordinates;
using Oort.Definitions;
using Oort.Models;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Actions;

/// <summary>The actions that velocity integrals use against the fudge written down plainly, with the same focal distances.</summary>
public class PositionActionsTests(ITestOutputHelper output)
{
    private static readonly Lazy<Sample> Analytic = new(() => new(
        new CompositePotential(new MiyamotoNagai(5e10, 3, 0.3), new Dehnen(1e10, 0.5, 1), new NFW(9e11, 20))));

    private static readonly Lazy<Sample> Fixed = new(() => new(PotentialFile.Read(SharedFile.Path("reference/potentials/bv23_fixed.ini"))));

    // |dJ|/(J + 1 kpc km/s) at the orders of ModelAccuracy.Default: in a smooth potential 1e-7, 2e-5 and 1.5e-4 at 50, 90 and 99 %.
    [Fact]
    public void Default_orders_suffice_in_an_analytic_galaxy() => Check(Analytic.Value, ModelAccuracy.Default, 1e-6, 5e-5, 3e-4);

    // An expansion's splines are not smooth to all orders, and cost a factor of a few: 2e-6, 4e-5, 2.5e-4.
    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void Default_orders_suffice_in_an_expanded_galaxy() => Check(Fixed.Value, ModelAccuracy.Default, 5e-6, 8e-5, 5e-4);

    [Fact]
    public void Higher_orders_converge()
    {
        double[] low = Errors(Analytic.Value, ModelAccuracy.Default), high = Errors(Analytic.Value, ModelAccuracy.Converged);
        Assert.True(Percentile(high, 0.5) < 0.3 * Percentile(low, 0.5));
        Assert.True(Percentile(high, 0.9) < 0.2 * Percentile(low, 0.9));
        Assert.InRange(Percentile(high, 0.99), 0, 1e-4);
        Assert.InRange(high.Max(), 0, 2e-3);
    }

    [Fact]
    public void Without_a_focal_distance_an_isochrone_is_solved_exactly()
    {
        const double GM = 4e5, Scale = 2.5;
        Isochrone isochrone = new(GM / Units.G, Scale);
        foreach ((double R, double z) in ((double, double)[])[(0.3, 0), (4, 1), (8, 0), (2, 6)])
        {
            double phi0 = isochrone.Phi(R, z), v = 0.6 * Math.Sqrt(-2 * phi0), vphi = 0.4 * v, vm2 = v * v - vphi * vphi;
            (double[] jr, double[] jz) = Actions(isochrone, R, z, [phi0 + 0.5 * v * v], [R * vphi], [0], [vm2], Directions, ModelAccuracy.Converged);
            for (int k = 0; k < Directions.Length; k++)
            {
                // Delta = 0: the lambda direction is radial. Binney & Tremaine 2008, eq. 3.225.
                double E = phi0 + 0.5 * v * v, L = Math.Sqrt((R * R + z * z) * vm2 * (1 - Directions[k]) + (R * R + z * z) * vphi * vphi);
                double expected = GM / Math.Sqrt(-2 * E) - 0.5 * (L + Math.Sqrt(L * L + 4 * GM * Scale));
                Assert.Equal(expected, jr[k], 1e-6 * (1 + expected));
                Assert.Equal(L - R * vphi, jz[k], 1e-6 * (1 + L));
            }
        }
    }

    [Theory]
    [InlineData(8, 0, 0.999, 0.5, 2)] // about to escape
    [InlineData(8, 1, 0.99999, 0.1, 6)]
    [InlineData(8, 0, 0.5, 0, 2)] // through the axis
    [InlineData(8, 1, 0.5, 1e-6, 2)]
    [InlineData(8, 1, 0.5, 0.5, 0)] // spherical
    [InlineData(8, 1, 0.5, 0.5, 1e-7)]
    [InlineData(0.2, 0.1, 0.8, 0.3, 15)] // deep inside the focal distance
    [InlineData(2, 0, 0.9, 0.2, 15)]
    [InlineData(1e-4, 0, 0.5, 0.5, 0.02)] // on the axis
    [InlineData(1e-4, 2, 0.7, 0.3, 0.5)]
    [InlineData(8, 0, 1e-4, 0.9, 2)] // hardly moving
    [InlineData(60, 30, 0.3, 0.9, 1)]
    public void Is_finite_and_not_negative_at_the_edges(double R, double z, double ofEscape, double vphiShare, double delta)
    {
        Potential potential = Analytic.Value.Potential;
        double phi0 = potential.Phi(R, z), v = ofEscape * Math.Sqrt(2 * (potential.Phi(VelocityNodes.ReachFrom(R, z), 0) - phi0)), vphi = vphiShare * v;
        foreach (ModelAccuracy accuracy in (ModelAccuracy[])[ModelAccuracy.Default, ModelAccuracy.Converged])
        {
            (double[] jr, double[] jz) = Actions(
                potential, R, z, [phi0 + 0.5 * v * v], [R * vphi], [delta], [v * v - vphi * vphi], Directions, accuracy);
            Assert.All(jr.Concat(jz), j => Assert.True(double.IsFinite(j) && j >= 0, $"{j}"));
        }
    }

    // As Lz vanishes the barrier about the axis becomes a wall without width. At Lz = 0 itself the quadratures err by up to 6 %:
    // they meet an integrand that does not vanish at its end. No node of a velocity integral lies there.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Orbits_close_to_the_axis_keep_the_accuracy(double vphi)
    {
        Potential potential = Analytic.Value.Potential;
        foreach ((double R, double z, double v) in ((double, double, double)[])[(8.27, 0, 200), (8.27, 1.1, 400), (1, 0.5, 100)])
        {
            double E = potential.Phi(R, z) + 0.5 * (v * v + vphi * vphi), delta = Analytic.Value.Focal.At(E, R * vphi);
            (double[] jr, double[] jz) = Actions(potential, R, z, [E], [R * vphi], [delta], [v * v], Directions, ModelAccuracy.Default);
            for (int k = 0; k < Directions.Length; k++)
            {
                (double Jr, double Jz) = ScalarFudge.Actions(potential, R, z, E, R * vphi, delta, v * v, Directions[k]);
                Assert.Equal(Jr, jr[k], 3e-3 * (1 + Jr));
                Assert.Equal(Jz, jz[k], 3e-3 * (1 + Jz));
            }
        }
    }

    // Places where a kernel that takes one allowed range for another, or the axis for a turning point, goes wrong.
    [Theory]
    [InlineData(5, 0, -55.96, 12.8)]
    [InlineData(5, 0, 5, 12.8)]
    [InlineData(0.01, 0.5, 20, 3)]
    [InlineData(0.005, 0.5, 150, 0.7)]
    [InlineData(50, 0.1, 24, 6.3)]
    [InlineData(50, 0.1, 187, 8.9)]
    public void Agrees_with_the_fudge_where_ranges_are_easily_mistaken(double R, double z, double vphi, double delta)
    {
        Potential potential = Analytic.Value.Potential;
        double escape = Math.Sqrt(2 * (potential.Phi(VelocityNodes.ReachFrom(R, z), 0) - potential.Phi(R, z)));
        double[] directions = [.. Directions.Append(0.0048).Append(1e-3).Prepend(0.9998).OrderDescending()];
        foreach (double share in (double[])[0.03, 0.1, 0.3, 0.6, 0.8])
        {
            double v = share * escape, E = potential.Phi(R, z) + 0.5 * (v * v + vphi * vphi);
            (double[] jr, double[] jz) = Actions(potential, R, z, [E], [R * vphi], [delta], [v * v], directions, ModelAccuracy.Default);
            for (int k = 0; k < directions.Length; k++)
            {
                (double Jr, double Jz) = ScalarFudge.Actions(potential, R, z, E, R * vphi, delta, v * v, directions[k]);
                Assert.Equal(Jr, jr[k], 5e-3 * (1 + Jr));
                Assert.Equal(Jz, jz[k], 5e-3 * (1 + Jz));
            }
        }
    }

    [Fact]
    public void Any_number_of_directions_will_do()
    {
        const double R = 8, z = 0.5, vphi = 150, v = 200, delta = 3;
        Potential potential = Analytic.Value.Potential;
        double E = potential.Phi(R, z) + 0.5 * (v * v + vphi * vphi);
        foreach (int count in (int[])[1, 3, 17, 41])
        {
            double[] directions = [.. Enumerable.Range(0, count).Select(k => Math.Pow(Math.Cos(0.5 * Math.PI * (k + 0.5) / count), 2))];
            (double[] jr, double[] jz) = Actions(potential, R, z, [E], [R * vphi], [delta], [v * v], directions, ModelAccuracy.Default);
            for (int k = 0; k < count; k++)
            {
                (double Jr, double Jz) = ScalarFudge.Actions(potential, R, z, E, R * vphi, delta, v * v, directions[k]);
                Assert.Equal(Jr, jr[k], 2e-4 * (1 + Jr));
                Assert.Equal(Jz, jz[k], 2e-4 * (1 + Jz));
            }
        }
    }

    private static double[] Directions { get; } = [0.97, 0.8, 0.6, 0.45, 0.3, 0.15, 0.05, 0.01];

    private void Check(Sample sample, ModelAccuracy accuracy, double half, double ninety, double ninetyNine)
    {
        double[] errors = Errors(sample, accuracy);
        output.WriteLine(FormattableString.Invariant(
            $"{errors.Length} actions: 50 % {Percentile(errors, 0.5):E1}, 90 % {Percentile(errors, 0.9):E1}, 99 % {Percentile(errors, 0.99):E1}, max {errors.Max():E1}"));
        Assert.InRange(Percentile(errors, 0.5), 0, half);
        Assert.InRange(Percentile(errors, 0.9), 0, ninety);
        Assert.InRange(Percentile(errors, 0.99), 0, ninetyNine);

        // Rarely, deep inside the focal distance, a turning point is taken for another.
        Assert.InRange(errors.Count(e => !(e < 1e-2)), 0, errors.Length / 2000);
    }

    private static double Percentile(double[] errors, double share) => errors.Order().ElementAt((int)(share * errors.Length));

    private static double[] Errors(Sample sample, ModelAccuracy accuracy) => [.. sample.Positions.SelectMany(p =>
    {
        (double[] jr, double[] jz) = Actions(sample.Potential, p.R, p.z, p.E, p.Lz, p.Delta, p.Speed2, p.Cos2, accuracy);
        return jr.Zip(p.Jr).Concat(jz.Zip(p.Jz)).Select(j => Math.Abs(j.First - j.Second) / (1 + j.Second));
    })];

    private static (double[] Jr, double[] Jz) Actions(Potential potential, double R, double z,
        double[] E, double[] Lz, double[] delta, double[] speed2, double[] cos2, ModelAccuracy accuracy)
    {
        PositionActions actions = new(accuracy.CurveTerms, accuracy.ActionNodes);
        double[] jr = new double[Math.Max(cos2.Length, E.Length)], jz = new double[jr.Length];
        actions.Evaluate(potential, R, z, potential.Phi(R, z), VelocityNodes.ReachMargin * VelocityNodes.ReachFrom(R, z),
            new() { Energy = E, Lz = Lz, Delta = delta, Speed2 = speed2 }, cos2, jr, jz);
        return (jr, jz);
    }

    /// <summary>Random velocities, evenly spread in the sphere of bound ones, at 28 positions, and their actions.</summary>
    private sealed class Sample
    {
        private const int Pairs = 12;

        public Sample(Potential potential)
        {
            (Potential, Focal) = (potential, new(potential, Galaxy.FocalGrid));
            Random random = new(5);
            foreach (double R in (double[])[0.2, 1, 2, 5, 8.27, 12, 20])
            {
                foreach (double z in (double[])[0, 0.3, 1, 3])
                {
                    Positions.Add(Draw(R, z, random));
                }
            }
        }

        public Potential Potential { get; }

        public FocalDistances Focal { get; }

        public List<Position> Positions { get; } = [];

        private Position Draw(double R, double z, Random random)
        {
            int angles = Vector<double>.Count;
            double phi0 = Potential.Phi(R, z), escape = Math.Sqrt(2 * (Potential.Phi(VelocityNodes.ReachFrom(R, z), 0) - phi0));
            Position p = new(R, z, new double[Pairs], new double[Pairs], new double[Pairs], new double[Pairs],
                new double[Pairs * angles], new double[Pairs * angles], new double[Pairs * angles]);
            for (int i = 0; i < Pairs; i++)
            {
                double v = escape * Math.Cbrt(random.NextDouble()), vphi = v * (2 * random.NextDouble() - 1);
                (p.Speed2[i], p.E[i], p.Lz[i]) = (v * v - vphi * vphi, phi0 + 0.5 * v * v, R * vphi);
                p.Delta[i] = Focal.At(p.E[i], p.Lz[i]);
                double[] cos2 = [.. Enumerable.Range(0, angles).Select(_ => Math.Pow(Math.Cos(0.5 * Math.PI * random.NextDouble()), 2)).OrderDescending()];
                for (int k = i * angles; k < (i + 1) * angles; k++)
                {
                    p.Cos2[k] = cos2[k - i * angles];
                    (p.Jr[k], p.Jz[k]) = ScalarFudge.Actions(Potential, R, z, p.E[i], p.Lz[i], p.Delta[i], p.Speed2[i], p.Cos2[k]);
                }
            }

            return p;
        }
    }

    private sealed record Position(double R, double z, double[] E, double[] Lz, double[] Delta, double[] Speed2, double[] Cos2, double[] Jr, double[] Jz);
}
