namespace Oort.Report.Bv23;

/// <summary>The page that shows a model as Binney &amp; Vasiliev (2023) show theirs: a section for each figure and table, in their order.</summary>
public static class Bv23Report
{
    /// <summary>Makes the page.</summary>
    public static Page Of(Bv23Results results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Bv23Context context = new(results);
        IEnumerable<Section?> sections =
        [
            DiscParameterFigures.Table1(results.Discs),
            DiscParameterFigures.Slices(results.Discs),
            .. ActionScaleFigures.All(results.Discs),
            .. RadialDiscFigures.All(results.Discs),
            BinTable.Of(results.Survey),
            ErrorFigure.Of(results.Survey),
            ParameterTable.Of(context),
            .. VelocityFigures.All(context),
            MeridionalFigure.Of(context),
            VerticalDensityFigure.Of(context),
            LocalDensityTable.Of(context),
            RotationCurveFigure.Of(context),
            MidPlaneFigure.Densities(context),
            FaceOnFigure.Of(context),
            MidPlaneFigure.Dispersions(context),
            PrimordialHaloFigure.Characteristics(context),
            PrimordialHaloFigure.Of(context),
            ChemistryFigures.Maps(results.Chemistry),
            ChemistryFigures.Parameters(context),
            ChemistryFigures.HighAlpha(context),
        ];
        return new("A self-consistent model of the Galaxy", Introduction(context), [.. sections.OfType<Section>()]);
    }

    private static string Introduction(Bv23Context context)
    {
        BuildSummaryFile s = BuildSummaryFile.Read(context.Results.Directory);
        string state = s.Converged
            ? $"It converged in {s.Iterations} iterations, the last of which changed the force by {Markup.Of(s.Residual, 2)} of itself at most."
            : $"<b>It has not converged</b>: its last iteration still changed the force by {Markup.Of(s.Residual, 2)} of itself.";
        return $"""
            <p>The model of <code>{Markup.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(context.Results.Directory))))}</code>,
            figure by figure as in Binney &amp; Vasiliev (2023, MNRAS 520, 1832), “the paper” below: what the distribution functions of its
            components predict. {state}</p>
            {string.Concat(context.Results.Failures.Select(f => $"<p class=\"missing\">Left out, for it could not be found: {Markup.Of(f)}</p>"))}
            <p>Curves are shown and hidden by the entries above each figure. A panel’s numbers are behind its button CSV.</p>
            """;
    }
}
