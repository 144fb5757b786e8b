using System.Globalization;

namespace Oort.Report.Sun25;

/// <summary>The page that shows models as Sun et al. (2025) show theirs: a section for each figure and table, in their order.</summary>
public static class Sun25Report
{
    /// <summary>Makes the page.</summary>
    public static Page Of(Sun25Results results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Sun25Context context = new(results);

        // In the paper's order.
        IEnumerable<Section?> sections =
        [
            CatalogueFigures.Of(context),
            DistanceFigure.Of(context),
            SkyFigure.Of(context),
            RegionTable.Of(context),
            Flowchart.Of(),
            EccentricityFigure.Of(context),
            ModelTables.Parameters(context),
            .. IterationFigures.All(context),
            .. RegionFigures.MainText(context, "in"),
            MisfitTable.Of(context),
            .. RegionFigures.MainText(context, "mid", "out", "pole", "test"),
            DensityFigures.InThePlane(context),
            DensityFigures.AboveTheSun(context),
            ModelTables.LocalDensities(context),
            VelocityFigures.Dispersions(context),
            DensityFigures.SurfaceDensities(context),
            VelocityFigures.CircularSpeeds(context),
            VelocityFigures.Streaming(context),
            .. RegionFigures.Appendix(context),
        ];
        return new("Models of the Galaxy and K giants in regions of the sky", Introduction(context), [.. sections.OfType<Section>()]);
    }

    private static string Introduction(Sun25Context context)
    {
        string models = string.Join(", ", context.Models.Select(m => $"<code>{m.Label}</code> ({State(m.Model)})"));
        string stars = context.Results.Data is Sun25Data data
            ? $"Beside the models’ predictions stand the stars of <code>{Markup.Of(data.Name)}</code>{(data.Histograms.IsMock ? ", <b>mock stars</b> that were drawn from a model" : "")}."
            : "No stars were given: the figures show what the models predict.";
        string catalogue = context.Results.Catalogue is Sun25Catalogue c
            ? $" Figures 1 to 5 show those of the catalogue <code>{Markup.Of(c.Name)}</code>{(c.Views.IsMock ? ", <b>a mock</b> that was drawn from a model" : "")}, {c.Views.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows." : "";
        return $"""
            <p>{(context.Models.Count == 1 ? "The model" : "The models")} {models}, figure by figure as in Sun et al. (2025), “the paper” below. {stars}{catalogue}</p>
            {string.Concat(context.Results.Failures.Select(f => $"<p class=\"missing\">Left out, for it could not be found: {Markup.Of(f)}</p>"))}
            <p>Curves are shown and hidden by the entries above each figure. A panel’s numbers are behind its button CSV.</p>
            """;
    }

    private static string State(Sun25Model model)
    {
        BuildSummaryFile s = BuildSummaryFile.Read(model.Directory);
        return s.Converged ? $"converged in {s.Iterations} iterations" : $"<b>not converged</b>: the last iteration still changed the force by {Markup.Of(s.Residual, 2)} of itself";
    }
}
