using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Docs;

/// <summary>The Python of the documents reads what a build writes.</summary>
public sealed class PythonTests(PythonTests.BuildFixture fixture) : IClassFixture<PythonTests.BuildFixture>
{
    /// <summary>What python.md has read from each format is the same.</summary>
    private const string SameParticles = """
        table = pd.read_csv("stars.csv")
        for i, name in enumerate(["x", "y", "z", "vx", "vy", "vz"]):
            exact = np.asarray(stars[name])
            assert np.all(np.abs(np.asarray(table[name]) - exact) <= 5.01e-9 * np.abs(exact)), name
            assert np.all(table[name] == [x, y, z, vx, vy, vz][i]), name
            assert np.all(exact.astype("f4") == np.hstack([position, velocity])[:, i]), name
            assert np.all(exact.astype("f4") == nemo["PhaseSpace"].reshape(-1, 6)[:, i]), name
        assert np.allclose(mass, stars["mass"]) and np.allclose(nemo["Mass"], stars["mass"]) and np.allclose(table["mass"], stars["mass"])
        assert np.all(names == table["component"]) and np.all(component == nemo["Key"]) and np.all(component == stars["component"])
        assert len(identifier) == 40000 and np.all(types == 2) and not energy and nemo["Nobj"] == 10000
        """;

    private readonly Workplace work = fixture.Work;

    /// <summary>A build under the name that the documents give theirs, made when the first test asks for it.</summary>
    public sealed class BuildFixture : IDisposable
    {
        private readonly Lazy<Workplace> made = new(() =>
        {
            Workplace work = new();
            Assert.Equal(1, CommandRun.Of("", "build", work.File("m.ini", SmallModel.Text), "--out", work.Path("bv23"), "--max-iterations", "1").Code);
            return work;
        });

        public Workplace Work => made.Value;

        public void Dispose()
        {
            if (made.IsValueCreated)
            {
                made.Value.Dispose();
            }
        }
    }

    [PythonFact]
    public void The_lines_of_python_md_read_and_plot_a_build()
    {
        foreach (string name in new[] { "stars.fits", "stars.csv", "stars.txt", "stars.gadget", "stars.nemo" })
        {
            Assert.Equal(0, CommandRun.Of("", "sample", work.Path("bv23"), "--count", "stars=10000", "--out", work.Path(name)).Code);
        }

        string output = Run(work.File("lines.py", string.Join('\n', [.. Markdown.Code("docs/python.md", "python"), SameParticles])));
        Assert.Contains("10000 particles, 4", output, StringComparison.Ordinal);
        Assert.Contains("solMass / pc3", output, StringComparison.Ordinal);
        Assert.Contains("thin disk", output, StringComparison.Ordinal);
        AssertPicture("bv23.png");
    }

    [PythonFact]
    public void The_figure_of_the_README_is_drawn()
    {
        Run(Path.Combine(Repository.Root, "docs", "first_result.py"), "bv23", "figure.png");
        AssertPicture("figure.png");
    }

    private string Run(params string[] arguments)
    {
        (int code, string output, string error) = Python.Run(Python.Executable!, work.Root, arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private void AssertPicture(string name)
    {
        byte[] picture = File.ReadAllBytes(work.Path(name));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        Assert.True(picture.Length > 10_000, $"{name} has {picture.Length} bytes: an empty plot");
    }
}
