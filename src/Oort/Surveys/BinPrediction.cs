using Oort.Tables;

namespace Oort.Surveys;

/// <summary>Where in a bin velocity distributions are taken.</summary>
public enum PredictionPlace
{
    /// <summary>Everywhere in the bin, in proportion to the stars that the survey sees there.</summary>
    Bin,

    /// <summary>At the barycentre of the stars that the survey sees in the bin, as in Figures 10 to 12 of Binney and Vasiliev (2023).</summary>
    Barycentre,
}

/// <summary>
/// What a galaxy predicts for the stars of a survey's bins: their numbers, barycentres and the distributions of V_R, V_z and V_phi, of all stars and of
/// each component (Binney and Vasiliev 2023, Figures 10 to 12).
/// </summary>
/// <param name="Place">Where in the bins the velocity distributions were taken.</param>
/// <param name="Total">
/// All stars. <c>P</c> is the probability per km/s among the bin's stars, <c>Error</c> 0, <c>Count</c> and <c>Stars</c> the numbers to be expected for
/// the number of stars asked for, NaN if none was. In a bin of which the survey sees nothing all is NaN, <c>Stars</c> 0.
/// </param>
/// <param name="Components">The components that are seen, in the order of the galaxy's.</param>
public sealed record BinPrediction(PredictionPlace Place, HistogramSet Total, IReadOnlyList<ComponentPrediction> Components)
{
    /// <summary>
    /// Numbers, barycentres and velocity moments of each bin as a table: component (<c>all</c> first, then each by its name), bin, stars, share (of the bin's
    /// stars), R, z, then mean_Q and sigma_Q of each quantity Q.
    /// </summary>
    /// <param name="component">Only this component; null for all.</param>
    public EcsvTable MomentTable(string? component = null)
    {
        (string Name, HistogramBin Bin, double Share)[] rows =
        [
            .. component is null ? Total.Bins.Select(b => ("all", b, b.Stars == 0 ? double.NaN : 1.0)) : [],
            .. Components.Where(c => component is null || c.Name == component).SelectMany(c => c.Histograms.Bins.Select((b, i) => (c.Name, b, c.Share[i]))),
        ];
        EcsvColumn Column(string name, string unit, string description, Func<HistogramBin, double> value) => new(name, unit, description, [.. rows.Select(r => value(r.Bin))]);
        List<EcsvColumn> columns =
        [
            new("component", "component of the model, or all stars", [.. rows.Select(r => r.Name)]),
            Column("bin", "", "number of the bin", b => b.Bin),
            Column("stars", "", "stars to be expected in the bin", b => b.Stars),
            new("share", "", "share of the stars of the bin", [.. rows.Select(r => r.Share)]),
            Column("R", "kpc", "barycentre of all stars: mean cylindrical radius", b => b.R),
            Column("z", "kpc", "barycentre of all stars: mean distance from the plane", b => b.Z),
        ];
        for (int q = 0; q < Total.Quantities.Count; q++)
        {
            int index = q;
            columns.Add(Column("mean_" + Total.Quantities[q], "km / s", "mean over the stars of the bin", b => b.Moments[index].Mean));
            columns.Add(Column("sigma_" + Total.Quantities[q], "km / s", "dispersion about the mean", b => b.Moments[index].Dispersion));
        }

        return new(columns);
    }
}

/// <summary>What a galaxy predicts for the stars of one component in a survey's bins.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Histograms">As <see cref="BinPrediction.Total"/>, <c>P</c> being the probability among this component's own stars.</param>
/// <param name="Share">
/// Its share of the stars in each bin, or at the barycentre of each bin: the sum of shares times <c>P</c> over components is that of all stars.
/// </param>
public sealed record ComponentPrediction(string Name, HistogramSet Histograms, IReadOnlyList<double> Share);
