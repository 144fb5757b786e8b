using Oort.Models;
using Oort.Models.Predictions;

namespace Oort.Report;

/// <summary>Measured circular speeds beside a model's.</summary>
/// <param name="Data">The measurements.</param>
/// <param name="MeanExcess">The mean of model over measurement, minus 1.</param>
/// <param name="MeanSquareResidual">The mean square of the departures in units of the errors.</param>
public sealed record CircularSpeedComparison(CircularSpeedData Data, double MeanExcess, double MeanSquareResidual)
{
    /// <summary>Compares.</summary>
    public static CircularSpeedComparison Of(CircularSpeedData data, Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data, data.MeanExcess(galaxy), data.MeanSquareResidual(galaxy));
    }
}
