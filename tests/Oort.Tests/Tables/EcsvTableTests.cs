using System.Diagnostics;
using Oort.Tables;

namespace Oort.Tests.Tables;

public class EcsvTableTests
{
    private static EcsvTable Sample() => new([
        new("component", "a DF's or static density's name", ["young disk", "halo, dark"]),
        new("R", "kpc", "cylindrical radius", [8.27, 0.1]),
        new("rho", "solMass / pc3", "density: it's NaN where unknown", [1.0 / 3, double.NaN]),
        new("y", "km / s", "", [250, -1e-300])]);

    private static string Written()
    {
        StringWriter w = new();
        Sample().Write(w);
        return w.ToString();
    }

    [Fact]
    public void Is_ECSV()
    {
        string expected = """
            # %ECSV 1.0
            # ---
            # delimiter: ','
            # datatype:
            # - {name: component, datatype: string, description: 'a DF''s or static density''s name'}
            # - {name: R, unit: kpc, datatype: float64, description: 'cylindrical radius'}
            # - {name: rho, unit: solMass / pc3, datatype: float64, description: 'density: it''s NaN where unknown'}
            # - {name: 'y', unit: km / s, datatype: float64}
            # schema: astropy-2.0
            component,R,rho,y
            young disk,8.27,0.3333333333333333,250
            "halo, dark",0.1,nan,-1E-300

            """;
        Assert.Equal(expected, Written());
    }

    [Fact]
    public void Reads_back_what_it_writes()
    {
        EcsvTable t = EcsvReader.Read(Written(), "t.ecsv"), s = Sample();
        Assert.Equal(s.Columns.Select(c => (c.Name, c.Unit, c.Description, c.IsText)), t.Columns.Select(c => (c.Name, c.Unit, c.Description, c.IsText)));
        Assert.Equal(s["component"].Text, t["component"].Text);
        Assert.Equal(s["rho"].Numbers, t["rho"].Numbers);
        Assert.Equal(s["y"].Numbers, t["y"].Numbers);
    }

    [Fact]
    public void Reads_what_astropy_writes()
    {
        // As written by astropy 5.2 (Table.write(format="ascii.ecsv", delimiter=",")): long mappings wrap.
        string text = """
            # %ECSV 1.0
            # ---
            # delimiter: ','
            # datatype:
            # - {name: R, unit: kpc, datatype: float64, description: cylindrical radius}
            # - {name: n, datatype: int64}
            # - {name: s, datatype: string,
            #   description: 'names: two'}
            # meta: !!omap
            # - {a: 1}
            # schema: astropy-2.0
            R,n,s
            1.5,3,a b
            """;
        // "meta" entries look like columns; a reader that counted them would refuse the table.
        EcsvTable t = EcsvReader.Read(text, "a.ecsv");
        Assert.Equal("kpc", t["R"].Unit);
        Assert.Equal([3.0], t["n"].Numbers);
        Assert.Equal("names: two", t["s"].Description);
        Assert.Equal(["a b"], t["s"].Text);
    }

    [Theory]
    [InlineData("R,z\n1,2\n", "not an ECSV table")]
    [InlineData("# %ECSV 1.0\n# ---\n# datatype:\n# - {name: R, datatype: float64}\nR\n1\n", "delimiter")]
    [InlineData("# %ECSV 1.0\n# delimiter: ','\n# datatype:\n# - {name: R, datatype: float64}\nz\n1\n", "are not those of the header line")]
    [InlineData("# %ECSV 1.0\n# delimiter: ','\n# datatype:\n# - {name: R, datatype: complex128}\nR\n1\n", "has the type 'complex128'")]
    [InlineData("# %ECSV 1.0\n# delimiter: ','\nR\n1\n", "names no columns")]
    public void Refuses_what_it_cannot_read(string text, string part)
        => Assert.Contains(part, Assert.Throws<InputException>(() => EcsvReader.Read(text, "t.ecsv")).Message);

    [Fact]
    public void Astropy_reads_units_and_values_where_it_is_installed()
    {
        string? python = new[] { "/usr/bin/python3", "/usr/local/bin/python3" }.FirstOrDefault(p => File.Exists(p) && Run(p, "import astropy, yaml").Code == 0);
        if (python is null)
        {
            return;
        }

        string path = Path.GetTempFileName();
        try
        {
            OutputFile.Write(path, w => Sample().Write(w));
            (int code, string output) = Run(python, $"""
                import math
                from astropy.table import Table
                t = Table.read(r'{path}', format='ascii.ecsv')
                assert t['rho'].unit.to_string() == 'solMass / pc3' and t['R'].unit.to_string() == 'kpc', t.info
                assert t['rho'][0] == 1 / 3 and math.isnan(t['rho'][1]) and t['y'][1] == -1e-300
                assert list(t['component']) == ['young disk', 'halo, dark']
                assert t['rho'].description == "density: it's NaN where unknown"
                print('read')
                """);
            Assert.True(code == 0 && output.Contains("read", StringComparison.Ordinal), output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (int Code, string Output) Run(string python, string script)
    {
        ProcessStartInfo start = new(python, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
