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
        Assert.Equal([new CatalogueColumn("r_med geo", "pc")], survey.Columns.Named["distance"]);
        Assert.Equal([new CatalogueColumn("RAdeg")], survey.Columns.Named["ra"]);
        Assert.Equal(GalacticFrame.Model, survey.Columns.Frame);
    }

    [Fact]
    public void The_survey_of_Sun_et_al_has_its_Sun_cuts_corrections_and_cells()
    {
        Survey survey = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "sun25.ini"));
        Assert.Equal(new Sun { R0 = 8.178, Z = 0.0208, U = 11.1, V = 245.04, W = 7.25 }, survey.Sun);
        Assert.Equal((67.66, 5.7, true), (survey.HubbleConstant, survey.Corrections.LineOfSightVelocity, survey.Corrections.ParallaxZeroPoint2021));
        Assert.Equal([1 / 0.86, 1 / 0.86, 1 / 0.97, 1 / 0.97], new[] { -85, 79.9, 80, 90 }.Select(b => survey.Corrections.Distance(1, b)));
        Assert.Equal(["snr > 5", "astrometric_gof_al <= 3", "astrometric_excess_noise_sig <= 2", "ruwe <= 1.4", "feh > -1"], survey.Cuts.Select(c => $"{c.Meaning} {c.Range}"));
        Assert.Equal([new(4000, 4600, 3.5), new(4600, 5600, 4)], survey.Giants);
        Assert.Equal(("> -200 and < 200", "> 100 and < 350", "> -150 and < 150", "< 600"), (survey.Limits!.VR.ToString(), survey.Limits.Vphi.ToString(), survey.Limits.Vz.ToString(), survey.Limits.Vtot.ToString()));
        Assert.Equal([(10, 1.0), (10, 0.5), (10, 0.5), (10, 0.25), (10, 2.0), (10, 1.0), (10, 1.0)], new[] { 5, 20, 21, 24, 25, 26, 30 }.Select(n => ((int)survey.Regions!.AxesOf(n)[0].Width, survey.Regions.AxesOf(n)[2].Width)));
        Assert.Equal((1000, 1UL, null), (survey.Resampling!.Resamples, survey.Resampling.Seed, survey.Resampling.LineOfSightVelocityError));

        Survey lamost = SurveyFile.Read(Path.Combine(Repository.Root, "surveys", "lamost-dr3.ini"));
        Assert.Equal(survey.Regions!.All, lamost.Regions!.All);
        Assert.Equal((survey.Sun, survey.Limits, 5.0), (lamost.Sun, lamost.Limits, lamost.Resampling!.LineOfSightVelocityError));
        Assert.Equal(survey.Cuts, lamost.Cuts);
        Assert.Equal(["vlos"], lamost.Regions.AxesOf(7).Select(a => a.Quantity));

        // Stars without proper motions cannot be held to limits on velocities, nor models beside them.
        Assert.Equal(survey.Limits, survey.LimitsInRegions);
        Assert.Null(lamost.LimitsInRegions);
        Assert.Equal((86_109, 12_921), (survey.MockStars!.Sum(), survey.MockStars![20]));
        Assert.Equal((5, 0.14, 0.18, 0), (survey.Errors!.At(3).RadialVelocity, survey.Errors.At(0.5).LogDistance, Math.Round(survey.Errors.At(11.97).LogDistance, 3), survey.Errors.At(3).Parallax));
        Assert.Equal(survey.Errors.Bins.Select(u => (u.RadialVelocity, u.LogDistance)), lamost.Errors!.Bins.Select(u => (u.RadialVelocity, u.LogDistance)));
    }

    private const string Sky = "[Regions]\n1 = 0, 10, 0, 10, 0, 1, in\n2 = 10, 20, 0, 10, 0, 1\n[Histograms]\nvlos = -100, 100, 10\n";

    [Theory]
    [InlineData(Sky + "[Bins]\nR_minus_R0 = -1, 1\nabs_z = 0, 1\n", "[Bins]: a survey has bins in R and |z| or [Regions] of the sky, not both")]
    [InlineData(Small + "[Resampling]\n", "text:6: [Resampling]: only a survey with [Regions] has this section")]
    [InlineData(Small + "[Histograms in]\n", "text:6: [Histograms in]: only a survey with [Regions] has this section")]
    [InlineData(Sky + "[Histograms on]\nvlos = 0, 1, 1\n", "[Histograms on] on is neither a group of [Regions] nor the number of a region")]
    [InlineData(Sky + "[Histograms in]\nVR = 0, 1, 1\n", "[Histograms in] VR = 0, 1, 1: unknown key")]
    [InlineData(Sky + "[Histograms in]\npmra = -1, 1, 1\n", "region 2: its histograms are not of the quantities of region 1")]
    [InlineData(Sky + "[Histograms in]\nvlos = 0, 1, 0.3\n", "[Histograms in] vlos = 0, 1, 0.3: vlos: cells from 0 to 1")]
    [InlineData("[Regions]\n1 = 0, 10, 0, 10, 0, 1\n", "[Histograms] names no histogram; give vlos, pmra, pmdec")]
    [InlineData("[Regions]\n", "[Regions] names no region")]
    [InlineData("[Regions]\none = 0, 10, 0, 10, 0, 1\n", "[Regions] one = 0, 10, 0, 10, 0, 1: must be NUMBER = first longitude")]
    [InlineData("[Regions]\n1 = 0, 10, 0, 10, 0\n", "1 = 0, 10, 0, 10, 0: must be NUMBER")]
    [InlineData("[Regions]\n1 = 0, 10, 0, x, 0, 1\n", "must be NUMBER")]
    [InlineData("[Regions]\n1 = 0, 10, 0, 10, 1, 1\n", "[Regions] 1 = 0, 10, 0, 10, 1, 1: SkyRegion: farthest distance = 1 is not allowed")]
    [InlineData("[Regions]\n1 = 0, 10, 0, 10, 0, 1\n3 = 10, 20, 0, 10, 0, 1\n[Histograms]\nvlos = 0, 1, 1\n", "region 3: regions must be numbered from 1 without gaps")]
    [InlineData("[Regions]\n1 = 0, 10, 0, 10, 0, 1\n2 = 9, 20, 0, 10, 0, 1\n[Histograms]\nvlos = 0, 1, 1\n", "[Regions] regions 1 and 2 overlap")]
    [InlineData(Sky + "[Cuts]\nsnr = 5\n", "[Cuts] snr = 5: must be >, >=, < or <= and a number")]
    [InlineData(Sky + "[Cuts]\nsnr = > 5, > 6\n", "[Cuts] snr = > 5, > 6: must be >")]
    [InlineData(Sky + "[Cuts]\nVz = > 5, < 4\n", "[Cuts] Vz = > 5, < 4: no number is within these limits")]
    [InlineData(Sky + "[Cuts]\nrwe = <= 1.4\n", "rwe = <= 1.4: unknown key; did you mean ruwe?")]
    [InlineData(Sky + "[Cuts]\ngiants = 4000 4600\n", "[Cuts] giants = 4000 4600: must be lowest and highest effective temperature")]
    [InlineData(Sky + "[Cuts]\nparallax_zero_point = Lindegren\n", "parallax_zero_point = Lindegren: must be a finite number (mas) or Lindegren2021")]
    [InlineData(Sky + "[Corrections]\ndistance_ratio = 0\n", "[Corrections] distance_ratio = 0: must be > 0")]
    [InlineData(Sky + "[Corrections]\nvelocity = 0\n", "[Corrections] velocity = 0: unknown key")]
    [InlineData(Sky + "[Resampling]\nresamples = 1\n", "[Resampling] resamples = 1: must be an integer from 2")]
    [InlineData(Sky + "[Resampling]\npmra_error = -1\n", "[Resampling] pmra_error = -1: must be >= 0")]
    public void What_is_not_allowed_with_regions_is_named(string text, string part)
        => Assert.Contains(part, Assert.Throws<InputException>(() => SurveyFile.Parse(text)).Message, StringComparison.Ordinal);

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
