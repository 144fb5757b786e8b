using Oort.Coordinates;
using Oort.Tables;
using Oort.Tests.Support;

namespace Oort.Tests.Cli;

public sealed class StarCommandTests : IDisposable
{
    private const string Isochrone = "[Potential]\ntype=Isochrone\nmass=1e11\nscaleRadius=3\n";
    private const string Header = "id,x,y,z,vx,vy,vz\n";
    private readonly Workplace work = new();

    public void Dispose() => work.Dispose();

    private CommandRun Run(string command, string stars, params string[] options)
        => CommandRun.Of(stars, [command, work.File("p.ini", Isochrone), "-", .. options]);

    private static CsvTable Table(CommandRun run)
    {
        Assert.Equal(0, run.Code);
        return CsvTable.Read(new StringReader(run.Out), "out");
    }

    [Fact]
    public void Actions_in_an_isochrone_are_those_of_the_closed_form()
    {
        CsvTable t = Table(Run("actions", Header + "7,8,0,1,30,180,20\n"));
        Assert.Equal(["id", "x", "y", "z", "vx", "vy", "vz", "Jr", "Jz", "Jphi"], t.Columns);
        // Binney & Tremaine (2008), eq. 3.225: Jr = GM/sqrt(-2E) - (L + sqrt(L^2 + 4 G M b))/2.
        double gm = Units.G * 1e11, r = Math.Sqrt(65), E = 0.5 * (30 * 30 + 180 * 180 + 20 * 20) - gm / (3 + Math.Sqrt(9 + r * r));
        double Lx = 0 * 20 - 1 * 180.0, Ly = 1 * 30 - 8 * 20.0, Lz = 8 * 180.0, L = Math.Sqrt(Lx * Lx + Ly * Ly + Lz * Lz);
        Assert.Equal(gm / Math.Sqrt(-2 * E) - (L + Math.Sqrt(L * L + 4 * gm * 3)) / 2, t.Numbers("Jr")[0], 1e-6);
        Assert.Equal(L - Lz, t.Numbers("Jz")[0], 1e-6);
        Assert.Equal(Lz, t.Numbers("Jphi")[0], 1e-9);
    }

    [Theory]
    [InlineData("[Potential]\ntype=Dehnen\nmass=1e11\nscaleRadius=3\n")]
    [InlineData("[Potential]\ntype=MiyamotoNagai\nmass=1e11\nscaleRadius=3\nscaleHeight=0.5\n")]
    public void Actions_are_found_in_any_potential(string ini)
    {
        // At rest at apocentre in the plane: no vertical action, and a radial one.
        CommandRun run = CommandRun.Of(Header + "7,8,0,0,0,120,0\n", "actions", work.File("p.ini", ini), "-");
        CsvTable t = Table(run);
        Assert.True(t.Numbers("Jr")[0] > 10);
        Assert.Equal(0, t.Numbers("Jz")[0], 1e-6);
        Assert.Equal(960, t.Numbers("Jphi")[0], 1e-9);
    }

    [Fact]
    public void The_accuracy_can_be_chosen()
    {
        const string Disc = "[Potential]\ntype=MiyamotoNagai\nmass=1e11\nscaleRadius=3\nscaleHeight=0.5\n";
        string stars = Header + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{4 + 0.1 * i},0,0.3,{i},180,{20 - i}\n")));
        string[] levels = ["fast", "standard", "high"];
        CsvTable[] t = [.. levels.Select(l => Table(CommandRun.Of(stars, "actions", work.File("p.ini", Disc), "-", "--accuracy", l)))];
        double Worst(CsvTable a, string name) => a.Numbers(name).Zip(t[2].Numbers(name), (x, y) => Math.Abs(x - y) / (1 + y)).Max();
        foreach (string name in new[] { "Jr", "Jz" })
        {
            // Orbits of a disc in a smooth potential are easy; but nothing is exact.
            Assert.InRange(Worst(t[0], name), 1e-12, 2e-4);
            Assert.InRange(Worst(t[1], name), 0, 1e-6);
        }

        Assert.Equal(2, CommandRun.Of(stars, "actions", work.File("p.ini", Disc), "-", "--accuracy", "perfect").Code);
    }

    [Fact]
    public void Angles_and_frequencies_are_added_when_asked_for()
    {
        CsvTable t = Table(Run("actions", Header + "7,8,0,1,30,180,20\n", "--angles"));
        Assert.Equal(["theta_r", "theta_z", "theta_phi", "Omega_r", "Omega_z", "Omega_phi"], t.Columns.Skip(10));
        Assert.All(t.Columns.Skip(10).Take(3), c => Assert.InRange(t.Numbers(c)[0], 0, 2 * Math.PI));
        // In a spherical potential the orbit's plane stays.
        Assert.Equal(t.Numbers("Omega_z")[0], t.Numbers("Omega_phi")[0], 1e-4 * t.Numbers("Omega_z")[0]);
    }

    [Theory]
    [InlineData("actions", 3)]
    [InlineData("orbit", 4)]
    public void Stars_without_a_result_get_nan_and_one_warning(string command, int columns)
    {
        CommandRun run = Run(command, Header + "1,8,0,1,30,180,20\n2,8,0,1,nan,180,20\n3,8,0,1,30,,20\n4,8,0,1,30,2000,20\n");
        Assert.Equal(0, run.Code);
        Assert.Equal("oort: warning: 3 of 4 rows have no result (nan): the star is not bound, or a coordinate is missing or infinite\n", run.Error);
        Assert.DoesNotContain("nan", run.OutLines[1]);
        string nan = string.Concat(Enumerable.Repeat(",nan", columns));
        Assert.All(run.OutLines[2..], l => Assert.EndsWith(nan, l));
    }

    [Fact]
    public void Shapes_of_orbits_are_those_of_energy_and_angular_momentum()
    {
        CsvTable t = Table(Run("orbit", Header + "7,8,0,0,50,150,0\n"));
        Assert.Equal(["pericentre", "apocentre", "zmax", "eccentricity"], t.Columns.Skip(7));
        double peri = t.Numbers("pericentre")[0], apo = t.Numbers("apocentre")[0];
        double gm = Units.G * 1e11, L = 8 * 150.0, E = 0.5 * (50 * 50 + 150 * 150) - gm / (3 + Math.Sqrt(9 + 64));
        Assert.All([peri, apo], r => Assert.Equal(E, 0.5 * L * L / (r * r) - gm / (3 + Math.Sqrt(9 + r * r)), 1e-6 * Math.Abs(E)));
        Assert.True(peri < 8 && apo > 8);
        Assert.Equal((apo - peri) / (apo + peri), t.Numbers("eccentricity")[0], 1e-12);
        Assert.Equal(0, t.Numbers("zmax")[0], 1e-12);
    }

    [Fact]
    public void Trajectories_begin_at_the_star_and_keep_its_energy()
    {
        CsvTable t = Table(Run("orbit", Header + "7,8,0,1,30,180,20\n8,5,1,0,0,200,10\n", "--time", "0.5", "--steps", "10"));
        Assert.Equal(["star", "t", "x", "y", "z", "vx", "vy", "vz"], t.Columns);
        Assert.Equal(22, t.RowCount);
        Assert.Equal("0,0,8,0,1,30,180,20", t.Row(0));
        Assert.Equal(0.5, t.Numbers("t")[10]);
        Assert.Equal(1, t.Numbers("star")[11]);
        double[] x = t.Numbers("x"), y = t.Numbers("y"), z = t.Numbers("z"), vx = t.Numbers("vx"), vy = t.Numbers("vy"), vz = t.Numbers("vz");
        double Energy(int i) => 0.5 * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i])
            - Units.G * 1e11 / (3 + Math.Sqrt(9 + x[i] * x[i] + y[i] * y[i] + z[i] * z[i]));
        Assert.All(Enumerable.Range(0, 11), i => Assert.Equal(Energy(0), Energy(i), 1e-9 * Math.Abs(Energy(0))));
    }

    [Fact]
    public void Trajectories_can_go_back_in_time()
    {
        CsvTable t = Table(Run("orbit", Header + "7,8,0,1,30,180,20\n", "--time", "-0.2", "--steps", "4"));
        CsvTable back = Table(Run("orbit", Header + "7," + string.Join(',', t.Row(4).Split(',')[2..]) + "\n", "--time", "0.2", "--steps", "4"));
        Assert.Equal(8, back.Numbers("x")[4], 1e-9);
        Assert.Equal(180, back.Numbers("vy")[4], 1e-8);
    }

    [Theory]
    [InlineData("actions", "x,y,z,vx,vy\n1,1,1,1,1\n", "no column vz; did you mean vx?")]
    [InlineData("orbit", "x,y,z,vx,vy,vz\n1,1,1,1,fast,1\n", "vy = fast: must be a number")]
    [InlineData("orbit", "x,y,z,vx,vy,vz\n1,1,1,1,1,1\n", "--steps 0: must be an integer from 1", "--time", "1", "--steps", "0")]
    [InlineData("orbit", "x,y,z,vx,vy,vz\n1,1,1,1,1,1\n", "--steps goes with --time", "--steps", "10")]
    [InlineData("orbit", "x,y,z,vx,vy,vz\n1,1,1,1,1,1\n", "--time 0: must be a number other than 0", "--time", "0")]
    [InlineData("orbit", "x,y,z,vx,vy,vz\n1,1,1,1,1,1\n", "--time inf: must be", "--time", "inf")]
    public void Bad_input_is_refused(string command, string stars, string part, params string[] options)
        => Run(command, stars, options).AssertRefused(part);

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        string stars = Header + string.Join('\n', Enumerable.Range(0, 1500).Select(i => $"{i},{4 + 0.005 * i},0,{0.001 * i},{i % 60},{150 + i % 50},{i % 30}"));
        Assert.Equal(Run("actions", stars, "--threads", "1").Out, Run("actions", stars, "--threads", "2").Out);
        string few = string.Join('\n', stars.Split('\n')[..200]);
        Assert.Equal(Run("orbit", few, "--threads", "1").Out, Run("orbit", few, "--threads", "2").Out);
    }
}
