using Oort.Coordinates;
using Oort.Models;

namespace Oort.Surveys;

/// <summary>Some stars of a mock survey: what they are, and what is measured of them. Columns are as long as there is room; the first <see cref="Count"/> elements hold stars.</summary>
public sealed class MockChunk
{
    /// <summary>Room for stars.</summary>
    /// <param name="capacity">How many.</param>
    /// <param name="extraColumns">How many columns of <see cref="Extra"/> they have.</param>
    public MockChunk(int capacity, int extraColumns = 0)
    {
        double[] New() => new double[capacity];
        Stars = new(capacity);
        (Ra, Dec, Distance, TruePmRa, TruePmDec, TrueRadialVelocity) = (New(), New(), New(), New(), New(), New());
        (Parallax, PmRa, PmDec, RadialVelocity) = (New(), New(), New(), New());
        Uncertainties = new Uncertainties[capacity];
        Extra = [.. Enumerable.Range(0, extraColumns).Select(_ => New())];
    }

    /// <summary>Number of the first star in the catalogue, from 0.</summary>
    public long First { get; internal set; }

    /// <summary>Number of stars.</summary>
    public int Count => Stars.Stars.Count;

    /// <summary>True positions and velocities in the model frame, actions and components.</summary>
    public StarChunk Stars { get; }

    /// <summary>Right ascension, degrees; it has no error.</summary>
    public double[] Ra { get; }

    /// <summary>Declination, degrees; it has no error.</summary>
    public double[] Dec { get; }

    /// <summary>True distance, kpc.</summary>
    public double[] Distance { get; }

    /// <summary>True proper motion in right ascension, mas/yr.</summary>
    public double[] TruePmRa { get; }

    /// <summary>True proper motion in declination, mas/yr.</summary>
    public double[] TruePmDec { get; }

    /// <summary>True line-of-sight velocity, km/s.</summary>
    public double[] TrueRadialVelocity { get; }

    /// <summary>Measured parallax, mas.</summary>
    public double[] Parallax { get; }

    /// <summary>Measured proper motion in right ascension, mas/yr.</summary>
    public double[] PmRa { get; }

    /// <summary>Measured proper motion in declination, mas/yr.</summary>
    public double[] PmDec { get; }

    /// <summary>Measured line-of-sight velocity, km/s.</summary>
    public double[] RadialVelocity { get; }

    /// <summary>Uncertainties, whether what is measured has been scattered by them or not.</summary>
    public Uncertainties[] Uncertainties { get; }

    /// <summary>Columns of <see cref="MockSurvey.ExtraColumns"/>.</summary>
    public IReadOnlyList<double[]> Extra { get; }

    /// <summary>What is seen of the stars without errors.</summary>
    internal SkyBatch TrueSky => new()
    {
        Ra = Ra.AsSpan(0, Count),
        Dec = Dec.AsSpan(0, Count),
        Distance = Distance.AsSpan(0, Count),
        PmRa = TruePmRa.AsSpan(0, Count),
        PmDec = TruePmDec.AsSpan(0, Count),
        LineOfSightVelocity = TrueRadialVelocity.AsSpan(0, Count),
    };
}
