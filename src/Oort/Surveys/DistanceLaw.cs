namespace Oort.Surveys;

/// <summary>
/// A quantity as a function of the distance from the Sun, linear between given distances and zero outside them: the fraction of stars that a survey
/// sees, relative to any unit. Immutable and safe to share between threads.
/// </summary>
public sealed class DistanceLaw
{
    private readonly double[] distances, values;

    /// <summary>A law through values at distances.</summary>
    /// <param name="distances">Distances, kpc, not negative, ascending; at least two.</param>
    /// <param name="values">As many values, not negative, some positive.</param>
    /// <exception cref="ParameterException">They are not so.</exception>
    public DistanceLaw(IReadOnlyList<double> distances, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(values);
        (this.distances, this.values) = ([.. distances], [.. values]);
        ParameterException.Check(nameof(DistanceLaw), "number of distances", distances.Count, distances.Count > 1 && distances.Count == values.Count, "at least 2, and as many as values");
        for (int i = 0; i < this.distances.Length; i++)
        {
            double d = this.distances[i], v = this.values[i];
            ParameterException.Check(nameof(DistanceLaw), "distance", d, double.IsFinite(d) && d >= 0 && (i == 0 || d > this.distances[i - 1]), ">= 0 and ascending (kpc)");
            ParameterException.Check(nameof(DistanceLaw), "value", v, double.IsFinite(v) && v >= 0, ">= 0");
        }

        ParameterException.Check(nameof(DistanceLaw), "largest value", this.values.Max(), this.values.Max() > 0, "> 0");
    }

    /// <summary>The same value at all distances of a range, kpc.</summary>
    public static DistanceLaw Uniform(double nearest, double farthest) => new([nearest, farthest], [1, 1]);

    /// <summary>The distances between which it is linear, kpc.</summary>
    public IReadOnlyList<double> Distances => distances;

    /// <summary>The values there.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>Smallest distance, kpc.</summary>
    public double Nearest => distances[0];

    /// <summary>Largest distance, kpc.</summary>
    public double Farthest => distances[^1];

    /// <summary>The value at a distance, kpc.</summary>
    public double At(double distance)
    {
        if (!(distance >= distances[0] && distance <= distances[^1]))
        {
            return 0;
        }

        int at = Array.BinarySearch(distances, distance), i = Math.Clamp(at < 0 ? ~at - 1 : at, 0, distances.Length - 2);
        double t = (distance - distances[i]) / (distances[i + 1] - distances[i]);
        return values[i] + t * (values[i + 1] - values[i]);
    }

    /// <summary>Whether it is above 0 anywhere between two distances, kpc.</summary>
    internal bool IsPositiveWithin(double nearest, double farthest)
    {
        (double from, double to) = (Math.Max(nearest, Nearest), Math.Min(farthest, Farthest));
        return from < to && (At(from) > 0 || At(to) > 0 || distances.Where((d, i) => d > from && d < to && values[i] > 0).Any());
    }

    /// <summary>The same law, but zero beyond a distance, kpc.</summary>
    public DistanceLaw Within(double farthest)
    {
        if (farthest >= Farthest)
        {
            return this;
        }

        ParameterException.Check(nameof(DistanceLaw), "largest distance", farthest, farthest > Nearest, "beyond the smallest distance (kpc)");
        int count = distances.Count(d => d < farthest);
        return new([.. distances[..count], farthest], [.. values[..count], At(farthest)]);
    }
}
