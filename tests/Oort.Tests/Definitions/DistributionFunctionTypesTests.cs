using Oort.Definitions;
using Oort.DistributionFunctions;
using Oort.Tables;

namespace Oort.Tests.Definitions;

public class DistributionFunctionTypesTests
{
    private static DistributionFunction Read(string body) => Read(IniFile.Parse("[DF d]\n" + body, "m.ini"));

    private static DistributionFunction Read(IniFile file) => DistributionFunctionTypes.Read(file.Sections[0], new(file));

    [Fact]
    public void Reads_every_key_of_a_disc()
    {
        NewExponentialParameters p = Assert.IsType<NewExponential>(
            Read("type=newexponential\nmass=1e10\nJphi0=700\nJr0=18\nJz0=6\npr=0.5\npz=0.4\naddJden=150\naddJvel=200")).Parameters;
        Assert.Equal(new() { Mass = 1e10, Jphi0 = 700, Jr0 = 18, Jz0 = 6, pr = 0.5, pz = 0.4, AddJden = 150, AddJvel = 200 }, p);
    }

    [Fact]
    public void Reads_every_key_of_a_spheroid()
    {
        NewDoublePowerLawParameters p = Assert.IsType<NewDoublePowerLaw>(Read("""
            type = NewDoublePowerLaw
            mass = 1e12
            J0 = 10000
            L0 = 100000
            slopeIn = 1.6
            slopeOut = 2.7
            alpha = 0.7
            beta = 0.1
            Fin = 1.4
            Fout = 1.2
            Jcutoff = 20000
            cutoffStrength = 2.1
            Jcore = 100
            zeta = 0.114
            rotFrac = 0.3
            Jphi0 = 50
            """)).Parameters;
        Assert.Equal(
            new()
            {
                Mass = 1e12,
                J0 = 10000,
                L0 = 100000,
                SlopeIn = 1.6,
                SlopeOut = 2.7,
                Alpha = 0.7,
                Beta = 0.1,
                Fin = 1.4,
                Fout = 1.2,
                Jcutoff = 20000,
                CutoffStrength = 2.1,
                Jcore = 100,
                Zeta = 0.114,
                RotFrac = 0.3,
                Jphi0 = 50,
            }, p);
    }

    [Fact]
    public void Reads_the_types_of_AGAMA()
    {
        // Parameters and total masses of the peer's reference values, Data/df_other.csv.
        DistributionFunction exponential = Read("type=Exponential\nnorm=4e10\nJr0=90\nJz0=50\nJphi0=600\naddJden=50\naddJvel=150\ncoefJr=1\ncoefJz=0.25\nqJr=0\nqJz=0");
        Assert.Equal(4.029271e10, exponential.TotalMass, 1e-3 * 4.029271e10);
        DistributionFunction halo = Read(
            "type=DoublePowerLaw\nnorm=1.7e12\nJ0=10000\nslopeIn=1.35\nslopeOut=3.2\ncoefJrIn=1.4\ncoefJzIn=0.8\ncoefJrOut=1.2\ncoefJzOut=0.9\nJcutoff=25000\ncutoffStrength=2\nsteepness=1");
        Assert.Equal(9.1636908e11, halo.TotalMass, 1e-3 * 9.1636908e11);
    }

    [Theory]
    [InlineData("mass=1", "m.ini:1: [DF d] type: missing")]
    [InlineData("type=NewExp", "type = NewExp: unknown type of distribution function")]
    [InlineData("type=NewExponental", "did you mean NewExponential?")]
    [InlineData("type=NewExponential\nmass=-1\nJphi0=1\nJr0=1\nJz0=1", "m.ini:3: [DF d] NewExponential: mass = -1 is not allowed")]
    [InlineData("type=NewExponential\nmass=1\nJphi0=1\nJr0=0\nJz0=1", "m.ini:5: [DF d] NewExponential: Jr0 = 0 is not allowed")]
    [InlineData("type=NewExponential\nmass=1\nJhpi0=1\nJr0=1\nJz0=1", "Jhpi0 = 1: unknown key; did you mean Jphi0?")]
    [InlineData("type=NewExponential\nmass=1\nJphi0=1\nJr0=1\nJz0=1\nJ0=3", "J0 = 3: unknown key")]
    [InlineData("type=NewExponential\nJphi0=1\nJr0=1\nJz0=1", "mass")]
    [InlineData("type=NewDoublePowerLaw\nmass=1\nJ0=1\nL0=1\nslopeIn=3.1\nslopeOut=4", "slopeIn = 3.1 is not allowed")]
    [InlineData("type=NewDoublePowerLaw\nmass=1\nJ0=1\nL0=1\nslopeIn=1\nslopeOut=2.5", "slopeOut = 2.5 is not allowed")]
    [InlineData("type=NewDoublePowerLaw\nmass=nan\nJ0=1\nL0=1\nslopeIn=1\nslopeOut=4", "mass = nan: must be a finite number")]
    public void Refuses(string body, string part) => Assert.Contains(part, Assert.Throws<InputException>(() => Read(body)).Message);

    private const string Galaxy = "[Potential discs]\ntype = MiyamotoNagai\nmass = 5e10\nscaleRadius = 3\nscaleHeight = 0.3\n"
        + "[Potential halo]\ntype = Spheroid\ndensityNorm = 1e7\ngamma = 1\nbeta = 3\nscaleRadius = 18\n";

    private static DistributionFunction ReadIn(string potentials, string body)
    {
        IniFile file = IniFile.Parse(potentials + "[DF d]\n" + body, "m.ini");
        return DistributionFunctionTypes.Read(file.Sections[^1], new(file));
    }

    [Fact]
    public void Reads_every_key_of_a_quasi_isothermal_disc_and_takes_its_frequencies_where_it_is_told()
    {
        const string body = "type=QuasiIsothermal\nSigma0=9e8\nRdisk=2.5\nsigmar0=60\nsigmaz0=30\nRsigmar=12\nRsigmaz=11\nsigmamin=0.4\ncoefJr=0.5\ncoefJz=0.3\n";
        QuasiIsothermal df = Assert.IsType<QuasiIsothermal>(ReadIn(Galaxy, body));
        Assert.Equal(
            new()
            {
                Sigma0 = 9e8,
                Rdisk = 2.5,
                Sigmar0 = 60,
                Sigmaz0 = 30,
                Rsigmar = 12,
                Rsigmaz = 11,
                Sigmamin = 0.4,
                CoefJr = 0.5,
                CoefJz = 0.3,
            }, df.Parameters);
        Assert.Equal(df.At(5, 2, 1500), ReadIn(Galaxy, body + "potential = discs, halo").At(5, 2, 1500));
        Assert.NotEqual(df.At(5, 2, 1500), ReadIn(Galaxy, body + "potential = discs").At(5, 2, 1500));
        Assert.Contains("m.ini:23: [DF d] potential = disks: there is no section [Potential disks]; did you mean discs?",
            Assert.Throws<InputException>(() => ReadIn(Galaxy, body + "potential = disks")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_every_key_of_a_quasi_spherical_halo()
    {
        const string body = "type=QuasiSpherical\ndensity=halo\n";
        QuasiSpherical df = Assert.IsType<QuasiSpherical>(ReadIn(Galaxy, body + "outerCutoffRadius = 300\ncutoffStrength = 3"));
        Assert.NotEqual(df.TotalMass, ReadIn(Galaxy, body + "outerCutoffRadius = 300").TotalMass);
        Assert.NotEqual(df.At(5, 2, 1500), ReadIn(Galaxy, body + "outerCutoffRadius = 300\ncutoffStrength = 3\npotential = halo").At(5, 2, 1500));
        Assert.Contains("give an outerCutoffRadius", Assert.Throws<InputException>(() => ReadIn(Galaxy, body)).Message, StringComparison.Ordinal);
    }
}
