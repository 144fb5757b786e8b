using Oort.Definitions;
using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Definitions;

public class PotentialFileTests
{
    private static readonly double[] R = [0, 0.02, 0.5, 3, 8.27, 20, 150], Z = [0.3, 0.01, 0, -1.2, 0.05, 8, -60];

    public static TheoryData<string> Sections { get; } =
    [
        "type=Dehnen\nmass=1e10\nscaleRadius=0.7\ngamma=1.5",
        "type=Plummer\nmass=1e10\nrscale=0.7",
        "type=Isochrone\nmass=1e10\nscaleRadius=0.7",
        "type=NFW\nmass=1e12\nscaleRadius=17",
        "type=NFW\nrho0=8.5e6\nscaleRadius=17",
        "type=MiyamotoNagai\nmass=-2e10\nscaleRadius=3\nscaleRadius2=0.3",
        "type=Logarithmic\nv0=220\nscaleRadius=0.1\nq=0.9",
        "type=Disk\nSigma0=1.3e8\nscaleRadius=5\nscaleHeight=-0.06\ninnerCutoffRadius=5",
        "type=Disk\nmass=4e10\nscaleRadius=2.5\nscaleHeight=0.3",
        "type=Spheroid\ndensityNorm=9.8e10\nq=0.5\ngamma=0\nbeta=1.8\nscaleRadius=0.075\nouterCutoffRadius=2.1\nxi=2",
        "type=Spheroid\nmass=1e12\ngamma=1\nbeta=4\nalpha=1.3\nscaleRadius=20",
        "type=Multipole\ndensity=Plummer\nmass=1e10\nscaleRadius=0.7\nlmax=0\ngridSizeR=60\nrmin=0.01\nrmax=100",
        "type=CylSpline\ndensity=Disk\nmass=4e10\nscaleRadius=2.5\nscaleHeight=0.3\nrmin=0.04\nrmax=80\nzmin=0.02\nzmax=80\ngridSizeR=51\ngridSizeZ=51",
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public void What_is_written_is_the_same_potential(string section)
    {
        Potential one = PotentialFile.Parse("[Potential]\n" + section);
        string text = Text(one);
        Potential two = PotentialFile.Parse(text);
        // A CylSpline that solved Poisson's equation is a spline of its own kind; a file keeps its values at the nodes, so
        // that forces between them change by some 1e-4. What was read from a file is kept exactly.
        bool solved = one is CylSpline;
        Potential three = PotentialFile.Parse(Text(two));
        for (int i = 0; i < R.Length; i++)
        {
            Same(one.At(R[i], Z[i]), two.At(R[i], Z[i]), solved);
            Same(two.At(R[i], Z[i]), three.At(R[i], Z[i]));
        }
    }

    [Fact]
    public void Sums_are_written_section_by_section_with_the_headers_of_AGAMA()
    {
        string text = Text(PotentialFile.Parse("[Potential a]\ntype=Plummer\nmass=1\nscaleRadius=2\n[Potential b]\ntype=NFW\nmass=3\nscaleRadius=4\n"));
        Assert.Equal("[Potential]\ntype=Plummer\nmass=1\nscaleRadius=2\n\n[Potential1]\ntype=NFW\nmass=3\nscaleRadius=4\n\n", text);
    }

    [Fact]
    public void Cases_of_keys_types_and_sections_do_not_matter()
        => Same(
            PotentialFile.Parse("[POTENTIAL x]\nTYPE=plummer\nMASS=1e10\nScaleRadius=2").At(1, 2),
            new Plummer(1e10, 2).At(1, 2));

    [Fact]
    public void A_multipole_of_a_density_is_its_potential()
    {
        Potential expansion = PotentialFile.Parse("[Potential]\ntype=Multipole\ndensity=Plummer\nmass=1e10\nscaleRadius=0.7\nlmax=0");
        Potential exact = new Plummer(1e10, 0.7);
        Assert.All(R.Zip(Z), p => Assert.Equal(1, expansion.Phi(p.First, p.Second) / exact.Phi(p.First, p.Second), 1e-5));
    }

    [Fact]
    public void Other_sections_of_a_model_file_are_passed_over()
        => Assert.IsType<Plummer>(PotentialFile.Parse("[Potential]\ntype=Plummer\nmass=1\nscaleRadius=2\n[DF x]\nwhatever=1\n[Component c]\n"));

    [SharedFileFact("reference/potentials/bv23_fixed.ini")]
    public void Expansions_written_by_the_peer_read_and_are_written_in_its_layout()
    {
        string path = SharedFile.Path("reference/potentials/bv23_fixed.ini");
        CompositePotential potential = Assert.IsType<CompositePotential>(PotentialFile.Read(path));
        Assert.IsType<Multipole>(potential.Parts[0]);
        Assert.IsType<CylSpline>(potential.Parts[1]);

        // The same tables line by line: the same words where words stand, numbers equal to the last digit but one.
        string[] written = Text(potential).Split('\n'), theirs = File.ReadAllText(path).Split('\n');
        Assert.Equal(theirs.Length, written.AsSpan().TrimEnd("").Length + 1);
        for (int i = 0; i < theirs.Length; i++)
        {
            string[] a = theirs[i].Split('\t'), b = written[i].Split('\t');
            Assert.Equal(a.Length, b.Length);
            for (int j = 0; j < a.Length; j++)
            {
                if (double.TryParse(a[j], out double x))
                {
                    Assert.Equal(x, double.Parse(b[j]), 1e-13 * Math.Abs(x));
                }
                else
                {
                    Assert.Equal(a[j], b[j]);
                }
            }
        }
    }

    [Fact]
    public void What_is_not_axisymmetric_is_refused()
    {
        string ini = "[Potential]\ntype=Multipole\nCoefficients\n#Phi\n#radius\n1\t-2\t0\t0\t0\n2\t-1\t0\t0\t1\n\n#dPhi/dr\n#radius\n1\t2\t0\t0\t0\n2\t1\t0\t0\t0\n";
        Assert.Contains("l=1,m=1 is 1; Oort's models are axisymmetric", Assert.Throws<InputException>(() => PotentialFile.Parse(ini)).Message);
        ini = "[Potential]\ntype=CylSpline\nCoefficients\n#Phi\n1\t#m\n#R(row)\\z(col)\t0\t1\n0\t-2\t-1\n";
        Assert.Contains("harmonic m = 1", Assert.Throws<InputException>(() => PotentialFile.Parse(ini)).Message);
    }

    [Theory]
    [InlineData("gridSizeR=3", "gridSizeR = 3: the block of coefficients has 4")]
    [InlineData("lmax=2", "lmax = 2: the block of coefficients has 0")]
    public void Sizes_that_contradict_the_block_are_refused(string key, string part)
    {
        string rows = "#radius\tl=0,m=0\n1\t-4\n2\t-3\n3\t-2\n4\t-1\n";
        string ini = $"[Potential]\ntype=Multipole\n{key}\nCoefficients\n#Phi\n{rows}\n#dPhi/dr\n{rows}";
        Assert.Contains(part, Assert.Throws<InputException>(() => PotentialFile.Parse(ini)).Message);
    }

    private static string Text(Potential potential)
    {
        StringWriter text = new();
        PotentialFile.Write(text, potential);
        return text.ToString();
    }

    /// <summary>Equal to rounding: grids are kept as logarithms, so that a radius may change in its last digit.</summary>
    private static void Same(PotentialPoint a, PotentialPoint b, bool onlyAtNodes = false)
    {
        double force = (onlyAtNodes ? 1e-3 : 1e-10) * Math.Sqrt(a.PhiR * a.PhiR + a.PhiZ * a.PhiZ);
        Assert.Equal(a.Phi, b.Phi, (onlyAtNodes ? 1e-6 : 1e-12) * Math.Abs(a.Phi));
        Assert.Equal(a.PhiR, b.PhiR, force);
        Assert.Equal(a.PhiZ, b.PhiZ, force);
    }
}
