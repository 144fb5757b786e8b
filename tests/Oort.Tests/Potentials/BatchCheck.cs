using Oort.Potentials;

namespace Oort.Tests.Potentials;

/// <summary>Whether what a point gets is, to the last bit, the same in any batch and at any place of it.</summary>
internal static class BatchCheck
{
    public static void PointsAreIndependent(Potential potential, double smallest, double largest)
    {
        const int Count = 200;
        Random random = new(7);
        double[] R = new double[Count], z = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double r = smallest * Math.Pow(largest / smallest, random.NextDouble()), u = 2 * random.NextDouble() - 1;
            (R[i], z[i]) = i == 17 ? (double.NaN, 1) : i == 40 ? (0, 0) : (r * Math.Sqrt(1 - u * u), r * u);
        }

        double[][] alone = Batch(potential, R, z, 1);
        foreach (int size in new[] { 2, 3, 5, 8, 13, 64, 65, Count })
        {
            double[][] together = Batch(potential, R, z, size);
            for (int k = 0; k < 6; k++)
            {
                Assert.Equal(alone[k].Select(BitConverter.DoubleToInt64Bits), together[k].Select(BitConverter.DoubleToInt64Bits));
            }
        }

        // What is asked for besides changes nothing either.
        double[] phi = new double[Count], phiR = new double[Count];
        potential.Evaluate(R, z, new() { Phi = phi });
        Assert.Equal(alone[0], phi);
        potential.Evaluate(R, z, new() { PhiR = phiR });
        Assert.Equal(alone[1], phiR);
    }

    private static double[][] Batch(Potential potential, double[] R, double[] z, int size)
    {
        double[][] v = [.. Enumerable.Range(0, 6).Select(_ => new double[R.Length])];
        for (int start = 0; start < R.Length; start += size)
        {
            int n = Math.Min(size, R.Length - start);
            potential.Evaluate(R.AsSpan(start, n), z.AsSpan(start, n), new PotentialDerivatives
            {
                Phi = v[0],
                PhiR = v[1],
                PhiZ = v[2],
                PhiRR = v[3],
                PhiRZ = v[4],
                PhiZZ = v[5],
            }.Slice(start, n));
        }

        return v;
    }
}
