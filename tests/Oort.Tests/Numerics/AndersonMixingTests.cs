using Oort.Numerics;

namespace Oort.Tests.Numerics;

public class AndersonMixingTests
{
    // x -> A x + b with eigenvalues 0.9, -0.5, 0.3: the plain iteration gains a factor 0.9 a step.
    private static readonly double[,] A = { { 0.2, 0.6, 0.1 }, { 0.5, 0.2, 0.2 }, { 0.3, 0.1, 0.4 } };
    private static readonly double[] b = [1, -2, 0.5];

    [Fact]
    public void A_linear_problem_is_solved_in_one_step_more_than_it_has_unknowns()
    {
        Assert.InRange(Error(Iterate(new AndersonMixing(3, 1e9), 4)), 0, 1e-7);
        Assert.True(Error(Iterate(new AndersonMixing(0, 1e9), 4)) > 0.1);
        Assert.True(Error(Iterate(new AndersonMixing(3, 1e9), 2)) > 1e-3);
    }

    [Fact]
    public void A_shorter_memory_still_beats_the_plain_iteration()
        => Assert.True(Error(Iterate(new AndersonMixing(1, 1e9), 12)) < 0.05 * Error(Iterate(new AndersonMixing(0, 1e9), 12)));

    [Fact]
    public void Bounds_how_far_the_step_departs_from_the_plain_one()
    {
        const double Bound = 0.01;
        AndersonMixing mixing = new(3, Bound);
        double[] x = [5, 5, 5];
        bool reached = false;
        for (int i = 0; i < 6; i++)
        {
            double[] image = Map(x);
            x = mixing.Next(image, Residual(x, image));
            double departure = x.Zip(image, (p, q) => Math.Abs(p - q)).Max();
            Assert.InRange(departure, 0, Bound + 1e-12);
            reached |= departure > 0.999 * Bound;
        }

        Assert.True(reached);
    }

    [Fact]
    public void Leaves_its_arguments_alone_and_survives_equal_residuals()
    {
        AndersonMixing mixing = new(2, 1);
        double[] image = [1, 2], residual = [0.1, 0.1];
        for (int i = 0; i < 3; i++)
        {
            Assert.All(mixing.Next(image, residual), v => Assert.True(double.IsFinite(v)));
        }

        Assert.Equal([1, 2], image);
        Assert.Equal([0.1, 0.1], residual);
    }

    private static double[] Iterate(AndersonMixing mixing, int steps)
    {
        double[] x = [5, 5, 5];
        for (int i = 0; i < steps; i++)
        {
            double[] image = Map(x);
            x = mixing.Next(image, Residual(x, image));
        }

        return x;
    }

    private static double Error(double[] x) => Residual(x, Map(x)).Max(Math.Abs);

    private static double[] Residual(double[] x, double[] image) => [.. image.Zip(x, (p, q) => p - q)];

    private static double[] Map(double[] x)
        => [.. Enumerable.Range(0, 3).Select(i => b[i] + Enumerable.Range(0, 3).Sum(j => A[i, j] * x[j]))];
}
