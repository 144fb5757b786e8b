using Oort.Coordinates;
using Oort.Models;

namespace Oort.Report.Bv23;

/// <summary>Table 5 and Figure 19: the dark halo without baryons.</summary>
internal static class PrimordialHaloFigure
{
    private static readonly Style Core = new(Colour.Ink), NoCore = new(Colour.Sky, Dash.Dash), Nfw = new(Colour.Vermillion, Dash.DashDot), Present = new(Colour.Ink, Dash.Dash),
        Guide = new(Colour.Grey, Dash.Dot, 1.2);

    /// <summary>Table 5.</summary>
    public static Section? Characteristics(Bv23Context context)
    {
        if (context.Results.PrimordialHalo is not PrimordialHalo halo)
        {
            return null;
        }

        HaloStructure core = halo.Core.Structure, bare = halo.NoCore.Structure;
        return new("table-5", "Table 5", "Characteristics of the dark halo",
            $"Where the density of the dark halo without baryons and without its core falls as <i>r</i><sup>−2</sup>, and where its mean density is 200 times the critical one for <i>H</i><sub>0</sub> = "
            + $"{Markup.Plain(context.Results.HubbleConstant)} km s<sup>−1</sup> Mpc<sup>−1</sup>. With the core, <i>r</i><sub>s</sub> is {Markup.Of(core.ScaleRadius)} kpc, "
            + $"<i>r</i><sub>200</sub> {Markup.Of(core.VirialRadius)} kpc and <i>M</i><sub>200</sub> {Markup.Of(core.VirialMass / 1e10)} × 10<sup>10</sup> M<sub>⊙</sub>.", [])
        {
            Comparisons =
            [
                new("<i>r</i><sub>s</sub>", "kpc", bare.ScaleRadius, 20.0) { Note = "of the density averaged over spheres" },
                new("<i>r</i><sub>200</sub>", "kpc", bare.VirialRadius, 192),
                new("<i>M</i><sub>200</sub>", "10<sup>10</sup> M<sub>⊙</sub>", bare.VirialMass / 1e10, 80.5),
            ],
        };
    }

    /// <summary>Figure 19.</summary>
    public static Section? Of(Bv23Context context)
    {
        if (context.Results.PrimordialHalo is not PrimordialHalo halo)
        {
            return null;
        }

        HaloProfile core = halo.Core.Profile, bare = halo.NoCore.Profile;
        double rs = halo.NoCore.Structure.ScaleRadius, asymptote = 4 * halo.Nfw.Density(rs, 0) / Units.PerCubicParsec;
        double[] inner = [0.3, 60], outer = [4, 150];
        Axis Radius() => new("<i>r</i>", "kpc", true, 0.3, 200);
        Panel density = new("Density", Radius(), new("<i>ρ</i>", "M<sub>⊙</sub> pc<sup>−3</sup>", true, 1e-6, 1),
        [
            new Curve("Slopes −1 and −3", Guide, [.. inner, double.NaN, .. outer],
                [.. inner.Select(r => asymptote * rs / r), double.NaN, .. outer.Select(r => asymptote * rs * rs * rs / (r * r * r))]),
            new Curve("NFW of the same <i>r</i><sub>s</sub>", Nfw, core.R, halo.NfwRho()),
            new Curve("In the galaxy", Present, core.R, halo.PresentRho),
            new Curve("Alone, with its core", Core, core.R, core.Rho),
            new Curve("Alone, without the core", NoCore, bare.R, bare.Rho),
            new Points("<i>r</i><sub>s</sub>", new(Colour.Ink, IsOpen: true), [rs], [halo.NoCore.Density.At(rs, 0) / Units.PerCubicParsec]),
        ])
        { Aspect = 0.95 };
        Panel velocities = new("Velocities, with the core", Radius(), new("<i>v</i><sub>c</sub>, <i>σ</i>", "km s<sup>−1</sup>", Low: 0, High: 200),
        [
            new Curve("<i>v</i><sub>c</sub>", new(Colour.Vermillion), core.R, core.Vcirc),
            new Curve("<i>σ</i><sub>R</sub>", new(Colour.Blue), core.R, core.SigmaR),
            new Curve("<i>σ</i><sub>z</sub>", new(Colour.Green, Dash.Dash), core.R, core.SigmaZ),
            new Curve("<i>σ</i><sub>φ</sub>", new(Colour.Purple, Dash.DashDot), core.R, core.SigmaPhi),
        ])
        { Aspect = 0.95 };
        string converged = halo.Core.Model.Converged && halo.NoCore.Model.Converged ? "" : " <b>These models have not converged.</b>";
        return new("figure-19", "Figure 19", "The dark halo without baryons",
            "What the dark halo’s distribution function makes on its own, with and without its core, beside the halo as it is in the galaxy and an NFW halo of the same scale radius, which the square marks. "
            + "Circular speed and velocity dispersions are those of the halo with the core." + converged,
            [new Figure("figure-19-panels", "Density and velocities of the dark halo without baryons", 2, [density, velocities])])
        {
            Comparisons =
            [
                new("peak <i>v</i><sub>c</sub>, without the core", "km s<sup>−1</sup>", halo.NoCore.Structure.PeakCircularSpeed, 170)
                {
                    Note = "The text speaks of the halo without the core, the figure’s caption of that with it.",
                },
                new("peak <i>v</i><sub>c</sub>, with the core", "km s<sup>−1</sup>", halo.Core.Structure.PeakCircularSpeed, 170),
                new($"density in the galaxy over that without the core, {Markup.Plain(halo.CompressionRadius)} kpc", "", halo.CompressionOverNoCore, double.NaN) { Note = "Paper: “more than tripled”." },
                new($"density in the galaxy over that with the core, {Markup.Plain(halo.CompressionRadius)} kpc", "", halo.CompressionOverCore, double.NaN),
            ],
        };
    }
}
