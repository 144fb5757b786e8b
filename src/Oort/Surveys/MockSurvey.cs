using Oort.Chemistry;
using Oort.Coordinates;
using Oort.Models;
using Oort.Numerics;
using Oort.Tables;

namespace Oort.Surveys;

/// <summary>
/// A mock survey: stars drawn from a galaxy behind a selection function, seen from the Sun, with parallaxes, proper motions and line-of-sight velocities scattered by uncertainties
/// that depend on the distance (Binney and Vasiliev 2023, section 4.2). The same seed gives the same stars with and without errors, whatever the
/// number of threads, and a catalogue begins as any longer one. Immutable and safe to share between threads.
/// </summary>
public sealed class MockSurvey
{
    /// <summary>Stars in a chunk.</summary>
    public const int ChunkSize = SelectedGalaxy.ChunkSize;

    private const ulong ErrorStream = 0xe4404;

    private readonly GalactocentricTransform transform;
    private readonly GalaxyChemistry? chemistry;

    /// <summary>A mock survey.</summary>
    /// <param name="seen">The galaxy behind the survey's selection function.</param>
    /// <param name="sun">Where the Sun is and how it moves.</param>
    /// <param name="errors">Uncertainties.</param>
    /// <param name="zeroPoint">Zero point of the parallaxes, mas: added to them.</param>
    /// <param name="chemistry">Abundances of the stars, if they are to have some.</param>
    public MockSurvey(SelectedGalaxy seen, Sun sun, ErrorModel errors, double zeroPoint = 0, GalaxyChemistry? chemistry = null)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(errors);
        (Seen, Errors, ZeroPoint, this.chemistry) = (seen, errors, zeroPoint, chemistry);
        transform = new(sun);
    }

    /// <summary>The galaxy behind the survey's selection function.</summary>
    public SelectedGalaxy Seen { get; }

    /// <summary>Uncertainties.</summary>
    public ErrorModel Errors { get; }

    /// <summary>Zero point of the parallaxes, mas.</summary>
    public double ZeroPoint { get; }

    /// <summary>Columns that stars have beside what is measured of them.</summary>
    public IReadOnlyList<ParticleColumn> ExtraColumns => chemistry is null ? [] : GalaxyChemistry.Columns;

    /// <summary>Fills a chunk with stars: those from number <paramref name="index"/> times <see cref="ChunkSize"/> on.</summary>
    /// <param name="index">Which chunk, from 0.</param>
    /// <param name="count">Number of stars, at most <see cref="ChunkSize"/> and what the chunk has room for.</param>
    /// <param name="seed">Names the draw.</param>
    /// <param name="scatter">Whether measurements have errors.</param>
    /// <param name="chunk">Receives them; it has as many extra columns as <see cref="ExtraColumns"/>.</param>
    public void Fill(long index, int count, ulong seed, bool scatter, MockChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        Seen.Fill(index, count, seed, chunk.Stars);
        chunk.First = index * ChunkSize;
        ParticleChunk stars = chunk.Stars.Stars;
        transform.ToSky(
            new()
            {
                x = stars.X.AsSpan(0, count),
                y = stars.Y.AsSpan(0, count),
                z = stars.Z.AsSpan(0, count),
                vx = stars.VX.AsSpan(0, count),
                vy = stars.VY.AsSpan(0, count),
                vz = stars.VZ.AsSpan(0, count),
            },
            GalacticFrame.Model, chunk.TrueSky);
        Xoshiro256 random = new(seed, ErrorStream, (ulong)index);
        for (int i = 0; i < count; i++)
        {
            Uncertainties u = chunk.Uncertainties[i] = Errors.At(chunk.Distance[i]);
            (double a, double b) = random.Normal();
            (double c, double d) = random.Normal();
            double size = scatter ? 1 : 0;
            chunk.Parallax[i] = 1 / chunk.Distance[i] + ZeroPoint + size * a * u.Parallax;
            chunk.PmRa[i] = chunk.TruePmRa[i] + size * b * u.PmRa;
            chunk.PmDec[i] = chunk.TruePmDec[i] + size * c * u.PmDec;
            chunk.RadialVelocity[i] = chunk.TrueRadialVelocity[i] + size * d * u.RadialVelocity;
        }

        if (chemistry is not null)
        {
            Abundances(chemistry, seed, chunk);
        }
    }

    private static void Abundances(GalaxyChemistry chemistry, ulong seed, MockChunk chunk)
    {
        ParticleChunk stars = chunk.Stars.Stars;
        for (int i = 0; i < chunk.Count; i++)
        {
            double Jphi = stars.X[i] * stars.VY[i] - stars.Y[i] * stars.VX[i];
            Span<double> feH = chunk.Extra[0].AsSpan(i, 1), alphaFe = chunk.Extra[1].AsSpan(i, 1);
            if (chemistry.Of(chunk.Stars.Component[i]) is { } abundances)
            {
                abundances.Draw(stars.Jz.AsSpan(i, 1), new(in Jphi), seed, chunk.Stars.Component[i], chunk.First + i, feH, alphaFe);
            }
            else
            {
                (feH[0], alphaFe[0]) = (double.NaN, double.NaN);
            }
        }
    }
}
