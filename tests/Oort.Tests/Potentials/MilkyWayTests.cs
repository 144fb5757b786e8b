using Oort.Potentials;
using Oort.Tests.Support;

namespace Oort.Tests.Potentials;

/// <summary>
/// Published models of the Galaxy against reference/potentials.csv (AGAMA 1.0), and against expansions of our own to a
/// much higher degree. The reference itself is off by up to 9e-5 in Phi and 4e-4 in the force where there are discs:
/// the difference stays when our degrees are raised, and <see cref="DiskPotentialTests"/> compares ours with closed forms.
/// </summary>
public sealed class MilkyWayTests
{
    public static TheoryData<string> Models => [.. MilkyWayModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Potential_force_and_density_are_the_reference(string name)
    {
        ReferenceTable table = ReferenceTable.Read("potentials.csv").Where("potential", name);
        CompositePotential potential = MilkyWayModels.Potential(name), converged = MilkyWayModels.Potential(name, 80, 48);
        double[] R = table["R"], z = table["z"], phi = table["Phi"], fR = table["FR"], fz = table["Fz"], rho = table["rho"];
        double[] force = new double[R.Length], own = new double[R.Length];
        for (int i = 0; i < R.Length; i++)
        {
            PotentialPoint p = potential.At(R[i], z[i]), q = converged.At(R[i], z[i]);
            double length = Length(fR[i], fz[i]);
            force[i] = Length(p.PhiR + fR[i], p.PhiZ + fz[i]) / length;
            own[i] = Length(p.PhiR - q.PhiR, p.PhiZ - q.PhiZ) / length;
            Assert.InRange(p.Phi / phi[i], 1 - 1e-4, 1 + 1e-4);
            Assert.InRange(q.Phi / p.Phi, 1 - 5e-6, 1 + 5e-6);
            // The reference's density is the Laplacian of its expansion, ours that of the paper.
            Assert.InRange(potential.Density(R[i], z[i]) / rho[i], 0.99, 1.01);
        }

        Array.Sort(force);
        Array.Sort(own);
        Assert.True(force[R.Length / 2] < 1e-4 && force[^1] < 5e-4, $"{name}: force, median {force[R.Length / 2]:E1}, worst {force[^1]:E1}");
        Assert.True(own[R.Length / 2] < 2e-5 && own[^1] < 3e-4, $"{name}: own force, median {own[R.Length / 2]:E1}, worst {own[^1]:E1}");
    }

    [Theory, MemberData(nameof(Models))]
    public void One_expansion_for_all_densities_equals_the_sum_of_expansions(string name)
    {
        Density[] densities = MilkyWayModels.Densities(name);
        MassModel together = new(densities);
        CompositePotential separate = new(densities.Select(d => d is DiskDensity disk ? new Disk(disk) : (Potential)new Spheroid((SpheroidDensity)d)));
        for (int i = 0; i < 200; i++)
        {
            double r = Math.Exp(-5 + 11 * i / 200.0), z = r * (i * 0.618 % 1) * (i % 2 == 0 ? 0.05 : 1);
            PotentialPoint p = together.At(r, z), q = separate.At(r, z);
            Assert.Equal(1, p.Phi / q.Phi, 1e-6);
            double error = Length(p.PhiR - q.PhiR, p.PhiZ - q.PhiZ) / Length(q.PhiR, q.PhiZ);
            Assert.True(error < 1e-5, $"{name} at ({r:G4}, {z:G4}): force off by {error:E1}");
            Assert.Equal(separate.Density(r, z), together.Density(r, z), 1e-12 * together.Density(r, z));
        }
    }

    private static double Length(double x, double y) => Math.Sqrt(x * x + y * y);
}
