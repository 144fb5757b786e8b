using Oort.Coordinates;
using Oort.Definitions;
using Oort.Surveys;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public sealed class SurveyFileTests
{
    private const string Small = "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = -100, 100, 10\n";

    [Fact]
    public void The_survey_of_the_paper_has_its_Sun_bins_and_cut()
    {
        Survey survey = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "bv23.ini"));
        Assert.Equal(Sun.Bv23, survey.Sun);
        Assert.Equal(70, survey.HubbleConstant);
        Assert.Equal(5, survey.LeastParallaxOverError);
        Assert.Equal(35, survey.Bins.Count);
        Assert.Equal((8.27 - 3, 8.27 + 3), (survey.Bins.Radii[0], survey.Bins.Radii[^1]));
        Assert.Equal([0, 0.1, 0.2, 0.35, 0.5, 1, 1.75, 3], survey.Bins.Heights);
        Assert.Equal(HistogramCounter.Quantities, survey.Axes.Select(a => a.Quantity));
        Assert.Null(survey.Columns.Frame);
    }

    [Fact]
    public void Absent_sections_have_defaults_and_given_keys_are_used()
    {
        Survey plain = SurveyFile.Parse(Small);
        Assert.Equal((Sun.Bv23, 70, null, 0), (plain.Sun, plain.HubbleConstant, plain.LeastParallaxOverError, plain.ParallaxZeroPoint));
        Survey survey = SurveyFile.Parse(Small + "[Sun]\nR0 = 8\nz=0\nU=10\nV=240\nW=7\n[cosmology]\nH0=67.66\n"
            + "[Cuts]\nparallax_over_error = none\nparallax_zero_point = -0.054\n[Columns]\ndistance = r_med geo [pc]\nra = RAdeg\nframe = Model\n");
        Assert.Equal(new Sun { R0 = 8, Z = 0, U = 10, V = 240, W = 7 }, survey.Sun);
        Assert.Equal((67.66, null, -0.054), (survey.HubbleConstant, survey.LeastParallaxOverError, survey.ParallaxZeroPoint));
        Assert.Equal([7, 9], survey.Bins.Radii);
        Assert.Equal(new CatalogueColumn("r_med geo", "pc"), survey.Columns.Named["distance"]);
        Assert.Equal(new CatalogueColumn("RAdeg"), survey.Columns.Named["ra"]);
        Assert.Equal(GalacticFrame.Model, survey.Columns.Frame);
    }

    [Theory]
    [InlineData(Small + "[Sub]\n", "text:6: [Sub]: unknown section; did you mean Sun?")]
    [InlineData(Small + "[Bins]\n", "text:6: [Bins]: given twice, first on line 1")]
    [InlineData(Small + "[Sun]\nr00 = 8\n", "[Sun] r00 = 8: unknown key; did you mean R0?")]
    [InlineData(Small + "[Sun]\nR0 = -8\n", "text:7: [Sun] Sun: R0 = -8 is not allowed: it must be > 0 (kpc)")]
    [InlineData(Small + "[Cosmology]\nH0 = 0\n", "[Cosmology] H0 = 0: must be > 0")]
    [InlineData(Small + "[Columns]\nparalax = plx\n", "[Columns] paralax = plx: unknown key; did you mean parallax?")]
    [InlineData(Small + "[Columns]\ndistance = [pc]\n", "[Columns] distance = [pc]: must be the name of a column")]
    [InlineData(Small + "[Columns]\nframe = skye\n", "frame = skye: must be one of model, sky; did you mean sky?")]
    [InlineData(Small + "[Cuts]\nparallax_over_error = five\n", "[Cuts] parallax_over_error = five: must be a finite number")]
    [InlineData("[Histograms]\nVR = -100, 100, 10\n", "[Bins] R_minus_R0: missing")]
    [InlineData("[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n", "[Histograms] names no histogram")]
    [InlineData("[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVphy = 0, 1, 1\n", "[Histograms] Vphy = 0, 1, 1: unknown key; did you mean Vphi?")]
    [InlineData("[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = 0, 1\n", "VR = 0, 1: must be three numbers")]
    [InlineData("[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n[Histograms]\nVR = 0, 1, 0.3\n", "a whole number of them")]
    [InlineData("[Bins]\nR_minus_R0 = -1, x\nabs_z = 0, 1\n[Histograms]\nVR = 0, 1, 1\n", "R_minus_R0 = -1, x: must be finite numbers separated by commas")]
    [InlineData("[Bins]\nR_minus_R0 = -9, 1\nabs_z = 0, 1\n[Histograms]\nVR = 0, 1, 1\n", "[Bins] the boundaries of the bins in R must be")]
    public void What_is_not_allowed_is_named(string text, string part)
        => Assert.Contains(part, Assert.Throws<InputException>(() => SurveyFile.Parse(text)).Message, StringComparison.Ordinal);
}
