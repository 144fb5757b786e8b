using Oort.Models;
using Oort.Models.Predictions;
using Oort.Potentials;
using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Models.Predictions;

public sealed class CircularSpeedDataTests : IDisposable
{
    private const string Eilers = "data/eilers2019_circular_velocity.txt";

    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    [Fact]
    public void Blanks_tabs_commas_comments_and_a_header_are_read()
    {
        CircularSpeedData data = CircularSpeedData.Read(work.File("v.txt", "# a comment\nR v_c err+ err-\r\n5.27\t226.83 1.91  1.90\r\n\n6, 230,1.5, 1e0\n"));
        Assert.Equal([5.27, 6], data.R);
        Assert.Equal([226.83, 230], data.Vcirc);
        Assert.Equal([1.91, 1.5], data.ErrorUp);
        Assert.Equal([1.90, 1], data.ErrorDown);

        // Against a point mass: v = sqrt(GM/R). The error is the one towards the model.
        Galaxy galaxy = new(new Plummer(1e11, 1e-6), []);
        double high = galaxy.CircularSpeed(5.27) - 226.83, low = galaxy.CircularSpeed(6) - 230;
        Assert.True(high > 0 && low > 0);
        Assert.Equal((Math.Pow(high / 1.91, 2) + Math.Pow(low / 1.5, 2)) / 2, data.MeanSquareResidual(galaxy), 1e-9);
        Assert.Equal((high / 226.83 + low / 230) / 2, data.MeanExcess(galaxy), 1e-12);
    }

    [Theory]
    [InlineData("5 220 1\n", "v.txt:1: must be four numbers")]
    [InlineData("R v up down\n5 220 1 1\n6 x 1 1\n", "v.txt:3: must be four numbers")]
    [InlineData("5 220 0 1\n", "v.txt:1: must be four numbers")]
    [InlineData("-5 220 1 1\n", "v.txt:1")]
    [InlineData("5 nan 1 1\n", "v.txt:1")]
    [InlineData("R v up down\n", "has no rows")]
    [InlineData("", "has no rows")]
    public void Bad_tables_are_refused(string text, string part)
        => Assert.Contains(part, Assert.Throws<InputException>(() => CircularSpeedData.Read(work.File("v.txt", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused()
        => Assert.Contains("no such file", Assert.Throws<InputException>(() => CircularSpeedData.Read(work.Path("no.txt"))).Message, StringComparison.Ordinal);

    /// <summary>Section 4.4.2: the model "runs just above the majority of the data points".</summary>
    [SharedFileFact(Eilers)]
    public void The_model_lies_just_above_Eilers_et_al()
    {
        CircularSpeedData data = CircularSpeedData.Read(SharedFile.Path(Eilers));
        Assert.Equal((38, 5.27, 24.82, 6.12), (data.R.Length, data.R[0], data.R[^1], data.ErrorDown[^1]));
        Assert.InRange(data.MeanExcess(SolvedBv23.Result.Galaxy), 0.01, 0.08);
    }
}
