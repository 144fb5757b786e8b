using Oort.Inference.Posteriors;
using Oort.Models.Predictions;

namespace Oort.Report.Posterior;

/// <summary>Numbers that follow from the parameters, with their intervals, and the circular speed.</summary>
internal static class DerivedSection
{
    private const double SameWidth = 1e-6;

    /// <summary>The section; null where no model was drawn.</summary>
    public static Section? Of(PosteriorResults results)
    {
        if (results.Predictions is not PosteriorPredictions predictions)
        {
            return null;
        }

        Sun25Published? model = PosteriorResults.PublishedModel(results.Fit!);
        bool compared = model is not null || results.Fit!.Keys.Any(k => PublishedValues.Of(k[0], null) is not null);
        string paper = model is null ? "Binney &amp; Vasiliev 2023" : $"Sun et al. 2025, {Markup.Of(model.Name)}";
        string constant = results.Fit!.IsPotentialFixed ? " The potential is fixed: the circular speed, M200 and what does not come from a distribution function are the same in all models." : "";
        DerivedNumbers best = predictions.BestNumbers;
        return new("derived", "5", "Numbers that follow",
            $"Of {predictions.Draws} models drawn from the chain and the best one: densities in the plane at the Sun, surface densities within 1.1 kpc of the plane there, circular speed, scale length of the stellar discs, M200. "
            + $"A component that the model does not have, or whose density is only part of the potential, is not counted.{constant}{(compared ? $" Beside them, what the paper prints of its own model ({paper})." : "")}",
            [
                new Table("derived-table", "", compared ? ["", "Median", "68 %", "95 %", "Best", "Paper", "Where"] : ["", "Median", "68 %", "95 %", "Best"],
                    [.. best.Numbers.Select((n, i) => Row(n, predictions.Numbers[i], compared))]),
                new Figure("circular-speed", "Circular speed of models drawn from the chain", 1,
                [
                    new Panel("", Axis.Radius(0, best.R[^1]), new("<i>V</i><sub>c</sub>", "km s<sup>−1</sup>"),
                    [
                        new Band("95 %", new(Colour.Blue), best.R, [.. predictions.CircularSpeeds.Select(v => v.Low95)], [.. predictions.CircularSpeeds.Select(v => v.High95)]) { Opacity = BandFigures.Faint },
                        new Band("68 %", new(Colour.Blue), best.R, [.. predictions.CircularSpeeds.Select(v => v.Low68)], [.. predictions.CircularSpeeds.Select(v => v.High68)]) { Opacity = BandFigures.Strong },
                        new Curve("Best fit", ComponentStyles.Model, best.R, best.CircularSpeed),
                    ]) { Aspect = 0.55 },
                ]),
            ]);
    }

    private static string[] Row(ComparedNumber n, CredibleInterval i, bool compared)
    {
        // What is the same in all models has no interval.
        bool isSame = !(i.High95 - i.Low95 > SameWidth * Math.Abs(i.Median));
        string Text(double value) => isSame ? Markup.Of(value, 4) : ParameterSection.Rounded(value, i.High68 - i.Low68);
        string Range(double low, double high) => isSame ? "–" : $"{Text(low)} … {Text(high)}";
        string unit = n.Unit.Length > 0 ? $" <span class=\"unit\">{PlainText.Unit(n.Unit)}</span>" : "";
        List<string> row = [PlainText.Quantity(n.Quantity) + unit, Text(i.Median), Range(i.Low68, i.High68), Range(i.Low95, i.High95), Text(n.Value)];
        return [.. row, .. compared ? (string[])[Markup.Of(n.Paper), double.IsFinite(n.Paper) ? Markup.Of(n.Where) : "–"] : []];
    }
}
