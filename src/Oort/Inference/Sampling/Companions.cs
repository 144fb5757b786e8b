using Oort.Numerics;

namespace Oort.Inference.Sampling;

/// <summary>The walkers that stand still while others are moved by means of them.</summary>
internal sealed class Companions(double[][] positions)
{
    private double[]? inverseVariances;

    /// <summary>How many there are.</summary>
    public int Count => positions.Length;

    /// <summary>Where one is.</summary>
    public double[] this[int i] => positions[i];

    /// <summary>1 / variance of each coordinate: a metric that does not know the coordinates' units. 1 where all have the same.</summary>
    public double[] InverseVariances => inverseVariances ??= Measure();

    /// <summary>Some of them, drawn without one coming twice.</summary>
    public void Draw(Span<int> chosen, ref Xoshiro256 random)
    {
        for (int i = 0; i < chosen.Length; i++)
        {
            do
            {
                chosen[i] = (int)(random.Uniform() * Count);
            }
            while (chosen[..i].Contains(chosen[i]));
        }
    }

    private double[] Measure()
    {
        double[] result = new double[positions[0].Length];
        for (int k = 0; k < result.Length; k++)
        {
            double mean = 0, square = 0;
            foreach (double[] x in positions)
            {
                mean += x[k] / Count;
            }

            foreach (double[] x in positions)
            {
                square += (x[k] - mean) * (x[k] - mean) / Count;
            }

            result[k] = square > 0 ? 1 / square : 1;
        }

        return result;
    }
}
