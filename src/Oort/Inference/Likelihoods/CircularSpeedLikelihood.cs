using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Inference.Likelihoods;

/// <summary>
/// Measured circular speeds with normal errors, of either side their own, and an offset common to all, in km/s, which is normal about zero and integrated over: what the Sun's own speed or an asymmetric drift
/// may have done to them. The offset integrated over, -2 ln L is the least, over offsets d, of sum ((v_model - v - d)/e)^2 + (d/s)^2, up to a constant.
/// </summary>
public sealed class CircularSpeedLikelihood : ILikelihood
{
    /// <summary>The quantity's name in parts of the misfit; bins are the measurements, from 1.</summary>
    public const string Quantity = "vcirc";

    private readonly CircularSpeedData data;
    private readonly double offset;

    /// <summary>Such a likelihood.</summary>
    /// <param name="data">The measurements.</param>
    /// <param name="offset">Standard deviation of the common offset, km/s; 0 for none.</param>
    public CircularSpeedLikelihood(CircularSpeedData data, double offset)
    {
        ArgumentNullException.ThrowIfNull(data);
        this.data = data;
        this.offset = ParameterException.Check("circular speeds", "offset", offset, offset >= 0, ">= 0 (km/s)");
    }

    /// <inheritdoc/>
    public Misfit Evaluate(Galaxy galaxy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        int n = data.R.Length;
        double[] difference = [.. Enumerable.Range(0, n).Select(i => galaxy.CircularSpeed(data.R[i]) - data.Vcirc[i])];
        double common = 0;

        // Which side's error counts depends on the offset: after a few rounds it no longer changes.
        for (int round = 0; offset > 0 && round < 20; round++)
        {
            double weights = 1 / (offset * offset), sum = 0;
            for (int i = 0; i < n; i++)
            {
                double e = ErrorOf(i, difference[i] - common);
                (weights, sum) = (weights + 1 / (e * e), sum + difference[i] / (e * e));
            }

            common = sum / weights;
        }

        double[] residuals = [.. difference.Select((d, i) => (d - common) / ErrorOf(i, d - common)), .. offset > 0 ? [common / offset] : Array.Empty<double>()];
        MisfitPart[] parts = [.. residuals.Take(n).Select((r, i) => new MisfitPart(i + 1, Quantity, 1, r * r)), .. residuals.Skip(n).Select(r => new MisfitPart(0, "offset", 0, r * r))];
        return new(residuals.Sum(r => r * r), n, parts) { Residuals = residuals };
    }

    private double ErrorOf(int i, double difference) => difference > 0 ? data.ErrorUp[i] : data.ErrorDown[i];
}
