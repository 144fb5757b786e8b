using Oort.Surveys;

namespace Oort.Report.Sun25;

/// <summary>Figure 1: where the giants are and how they move.</summary>
internal static class CatalogueFigures
{
    /// <summary>The section; null without a catalogue.</summary>
    public static Section? Of(Sun25Context context)
    {
        if (context.Results.Catalogue is not Sun25Catalogue catalogue)
        {
            return null;
        }

        CatalogueViews views = catalogue.Views;
        Axis x = new("<i>x</i>", "kpc"), vR = new("<i>V</i><sub>R</sub>", "km s<sup>−1</sup>");
        const string Surface = "log<sub>10</sub> stars kpc<sup>−2</sup>", Velocities = "log<sub>10</sub> stars (km s<sup>−1</sup>)<sup>−2</sup>";
        List<Panel> panels = [Positions(views.PositionsXY, new("<i>y</i>", "kpc"), 0), Positions(views.PositionsXZ, new("<i>z</i>", "kpc"), context.Results.Survey.Sun.Z)];
        if (views is { VelocitiesRPhi: StarMap phi, VelocitiesRZ: StarMap z })
        {
            panels.Insert(1, DensityMaps.Panel(phi, vR, new("<i>V</i><sub>φ</sub>", "km s<sup>−1</sup>"), Velocities));
            panels.Add(DensityMaps.Panel(z, vR, new("<i>V</i><sub>z</sub>", "km s<sup>−1</sup>"), Velocities));
        }

        return new("figure-1", "Figure 1", "Giants in space and velocity",
            $"Positions and velocities of the {context.Stars(views.Giants)}, members of the disc or not: numbers in cells of 0.25 kpc and 5 km s<sup>−1</sup>, where the paper smooths. "
            + "<i>x</i> points from the Sun to the centre of the Galaxy, which is at <i>x</i> = 0; the Sun is marked. <i>V</i><sub>φ</sub> is positive with rotation, which the paper has negative.",
            [new Figure("figure-1-panels", "Densities of giants in space and velocity", 2, panels)])
        {
            Compared = "This catalogue",
            Comparisons = [new("Giants", "", views.Giants, 607_833) { Note = Sun25Context.Provenance(views.IsMock) }],
            Missing = views.VelocitiesRPhi is null ? "Velocities are left out: the catalogue lacks a line-of-sight velocity or proper motions." : "",
        };

        Panel Positions(StarMap map, Axis y, double height)
            => DensityMaps.Panel(map, x, y, Surface, new Points("Sun", new(Colour.Vermillion), [-context.Results.Survey.Sun.R], [height]) { Size = 8 });
    }
}
