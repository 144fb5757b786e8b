using Oort.Tests.Cli;
using Oort.Tests.Support;

namespace Oort.Tests.Docs;

/// <summary>The Python of the documents reads what a build writes.</summary>
public sealed class PythonTests(PythonTests.BuildFixture fixture) : IClassFixture<PythonTests.BuildFixture>
{
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
        string output = Run(work.File("lines.py", string.Join('\n', Markdown.Code("docs/python.md", "python"))));
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
