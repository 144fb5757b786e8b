using System.Diagnostics;
using Oort.Tables;

namespace Oort.Tests.Tables;

public sealed class OutputFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("oort-test").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(root).Select(f => Path.GetFileName(f)!).Order()];

    [Fact]
    public void A_failed_write_leaves_nothing_and_keeps_the_old_file()
    {
        string path = Path.Combine(root, "a.csv");
        OutputFile.Write(path, w => w.Write("old"));
        Assert.Throws<NumericalException>(() => OutputFile.Write(path, w =>
        {
            w.Write("half");
            w.Flush();
            Assert.Equal(2, Names().Length);
            throw new NumericalException("no bracket");
        }));
        Assert.Equal(["a.csv"], Names());
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void A_directory_appears_at_once_or_not_at_all()
    {
        string path = Path.Combine(root, "model");
        Assert.Throws<NumericalException>(() => OutputFile.WriteDirectory(path, "last", d =>
        {
            File.WriteAllText(Path.Combine(d, "a"), "half");
            throw new NumericalException("no bracket");
        }));
        Assert.Empty(Names());

        OutputFile.WriteDirectory(path, "last", d =>
        {
            File.WriteAllText(Path.Combine(d, "a"), "1");
            File.WriteAllText(Path.Combine(d, "last"), "1");
            Assert.False(Directory.Exists(path));
        });
        File.WriteAllText(Path.Combine(path, "mine"), "kept");
        OutputFile.WriteDirectory(path + "/", "last", d =>
        {
            File.WriteAllText(Path.Combine(d, "a"), "2");
            File.WriteAllText(Path.Combine(d, "last"), "2");
        });
        Assert.Equal(["model"], Names());
        Assert.Equal(["2", "2", "kept"], new[] { "a", "last", "mine" }.Select(f => File.ReadAllText(Path.Combine(path, f))));
    }

    [Fact]
    public void A_link_stays_and_its_target_is_replaced()
    {
        string target = Path.Combine(root, "target"), link = Path.Combine(root, "link");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        OutputFile.CheckWritable(link, false);
        OutputFile.Write(link, w => w.Write("new"));
        Assert.Equal(["link", "target"], Names());
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays()
    {
        string pipe = Path.Combine(root, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        OutputFile.CheckWritable(pipe, false);
        Task<string> read = Task.Run(() => File.ReadAllText(pipe));
        OutputFile.Write(pipe, w => w.Write("through"));
        Assert.Equal("through", await read.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(["pipe"], Names());
    }

    [Fact]
    public void Names_that_cannot_be_written_are_refused()
    {
        string file = Path.Combine(root, "f");
        File.WriteAllText(file, "");
        Assert.Contains("is a directory", Assert.Throws<InputException>(() => OutputFile.CheckWritable(root, false)).Message);
        Assert.Contains("is a file", Assert.Throws<InputException>(() => OutputFile.CheckWritable(file, true)).Message);
        Assert.Contains("there is no directory", Assert.Throws<InputException>(() => OutputFile.CheckWritable(Path.Combine(root, "no", "x"), false)).Message);
        Assert.Contains("cannot be written", Assert.Throws<InputException>(() => OutputFile.Write(Path.Combine(root, "no", "x"), _ => { })).Message);
        Assert.Contains("is empty", Assert.Throws<InputException>(() => OutputFile.CheckWritable("", false)).Message);
        Assert.Contains("is empty", Assert.Throws<InputException>(() => OutputFile.WriteDirectory("", "last", _ => { })).Message);
        OutputFile.CheckWritable(Path.Combine(root, "x"), false);
        Assert.Equal(["f"], Names());
    }
}
