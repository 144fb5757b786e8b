using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Figure 5: eccentricities of the giants' orbits.</summary>
internal static class EccentricityFigure
{
    private const double PaperStars = 531_521;

    /// <summary>The section; null without a catalogue.</summary>
    public static Section? Of(Sun25Context context)
    {
        if (context.Results.Catalogue is not Sun25Catalogue catalogue)
        {
            return null;
        }

        CatalogueViews views = catalogue.Views;
        const string Title = "Eccentricities of the giants’ orbits";
        if (views.Eccentricities.Count == 0)
        {
            return new("figure-5", "Figure 5", Title, "", []) { Missing = "Left out: the catalogue lacks a line-of-sight velocity or proper motions." };
        }

        (ShownModel Model, EccentricityHistogram Orbits)[] shown = [.. context.Models.Zip(views.Eccentricities)];
        long unbound = shown.Max(s => s.Orbits.Unbound);
        return new("figure-5", "Figure 5", Title,
            $"(apocentre − pericentre)/(apocentre + pericentre) of the orbits of the {context.Stars(views.Members)} that are members of the disc, in the potential of each model, from the turning points between "
            + "which their actions are integrated: half of them are within 5 × 10<sup>−4</sup> of those of integrated orbits, 99 in 100 within 0.03. Positions and velocities are those for the survey’s Sun."
            + (unbound > 0 ? $" Up to {unbound} stars are not bound and left out." : ""),
            [
                new Figure("figure-5-panels", "Numbers of giants by the eccentricity of their orbits", 1,
                    [new Panel("", new("Eccentricity", Low: 0, High: 1), new("Stars", Low: 0, High: 1.08 * shown.Max(s => s.Orbits.Counts.Max())), [.. shown.Select(s => new Steps(s.Model.Label, s.Model.Style, [.. s.Orbits.Edges], [.. s.Orbits.Counts.Select(n => (double)n)]))]) { Aspect = 0.6 }]),
            ])
        {
            Compared = "This catalogue",
            Comparisons =
            [
                new("Members of the disc", "", views.Members, PaperStars) { Note = Sun25Context.Provenance(views.IsMock) },
                .. shown.Select(s => new Comparison($"Median eccentricity in {s.Model.Label}", "", s.Orbits.Quantile(0.5), double.NaN) { Note = $"nine in ten below {Markup.Of(s.Orbits.Quantile(0.9), 2)}" }),
            ],
        };
    }
}
