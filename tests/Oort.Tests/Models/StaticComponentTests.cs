using Oort.Models;
using Oort.Potentials;

namespace Oort.Tests.Models;

public class StaticComponentTests
{
    // A thin Miyamoto-Nagai disc is hopeless for a multipole expansion: its own potential must be used.
    [Fact]
    public void A_static_component_keeps_the_potential_it_comes_with()
    {
        Potential disc = new MiyamotoNagai(4e10, 3, 0.3), halo = new NFW(9e11, 20), sum = new CompositePotential(disc, halo);
        ModelSetup setup = new(new CompositePotential(new MiyamotoNagai(6e10, 4, 0.5), halo), [],
        [
            new("disc", ComponentKind.Stars, new DensityOf(disc, 4e10), disc),
            new("halo", ComponentKind.Dark, new DensityOf(halo, double.PositiveInfinity), halo),
        ]);
        SelfConsistentResult result = new SelfConsistentModel(setup).Solve();
        Assert.True(result.Converged);
        foreach ((double R, double z) in ((double, double)[])[(0.5, 0), (3, 0), (8.27, 0.1), (8.27, 2), (100, 30)])
        {
            PotentialPoint expected = sum.At(R, z), found = result.Galaxy.Potential.At(R, z);
            Assert.Equal(expected.PhiR, found.PhiR, 1e-12 * Math.Abs(expected.PhiR));
            Assert.Equal(expected.PhiZ, found.PhiZ, 1e-12 * Math.Abs(expected.PhiR));
        }
    }

    private sealed class DensityOf(Potential potential, double mass) : Density
    {
        public override double TotalMass => mass;

        public override void Evaluate(ReadOnlySpan<double> R, ReadOnlySpan<double> z, Span<double> rho) => potential.Density(R, z, rho);
    }
}
