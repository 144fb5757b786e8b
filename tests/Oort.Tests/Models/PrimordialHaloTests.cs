using Oort.DistributionFunctions;
using Oort.Models;
using Oort.Numerics;
using Oort.Potentials;
using Oort.Tests.Support;
using Xunit.Abstractions;

namespace Oort.Tests.Models;

public sealed class PrimordialHaloTests(ITestOutputHelper output)
{
    internal static readonly Lazy<PrimordialHalo> Solved = new(() => PrimordialHaloModel.Solve(SolvedBv23.Result.Galaxy));

    /// <summary>Table 5 and section 4.5 of Binney &amp; Vasiliev (2023).</summary>
    [Fact]
    public void Numbers_of_the_paper()
    {
        HaloStructure s = Solved.Value.NoCore.Structure;
        output.WriteLine($"{Solved.Value.Core.Structure}\n{s}\n{Solved.Value.CompressionOverCore} {Solved.Value.CompressionOverNoCore}");
        Within(20.0, s.ScaleRadius, 0.01);
        Within(192, s.VirialRadius, 0.01);
        Within(80.5e10, s.VirialMass, 0.01);
        Within(170, s.PeakCircularSpeed, 0.02);
        Assert.True(Solved.Value.Core.Model.Converged && Solved.Value.NoCore.Model.Converged);

        // "Removal of the core changes the dispersions negligibly at R > 5 kpc."
        for (int i = 0; i < Solved.Value.Core.Profile.R.Length; i++)
        {
            if (Solved.Value.Core.Profile.R[i] is > 5 and < 200)
            {
                Within(Solved.Value.Core.Profile.SigmaR[i], Solved.Value.NoCore.Profile.SigmaR[i], 0.05);
            }
        }

        // "It closely hugs the NFW model that has the same scale radius."
        double[] nfw = Solved.Value.NfwRho();
        for (int i = 0; i < nfw.Length; i++)
        {
            if (Solved.Value.Core.Profile.R[i] is > 3 and < 60)
            {
                Within(nfw[i], Solved.Value.NoCore.Profile.Rho[i], 0.12);
            }
        }
    }

    /// <summary>From another potential, on a grid twice as fine, to a tenth of the tolerance: the same halo.</summary>
    [Fact]
    public void It_is_converged()
    {
        Galaxy elsewhere = new(new NFW(5e11, 12), SolvedBv23.Result.Galaxy.Components);
        PrimordialHaloSettings settings = new();
        PrimordialHaloSettings finer = settings with { Grid = settings.Grid.Doubled() with { LMax = settings.Grid.LMax }, Tolerance = settings.Tolerance / 10, Radii = [1] };
        PrimordialHalo other = PrimordialHaloModel.Solve(elsewhere, finer);
        foreach ((HaloStructure a, HaloStructure b) in new[] { (Solved.Value.Core.Structure, other.Core.Structure), (Solved.Value.NoCore.Structure, other.NoCore.Structure) })
        {
            output.WriteLine($"{a}\n{b}");
            Within(a.ScaleRadius, b.ScaleRadius, 1e-3);
            Within(a.VirialRadius, b.VirialRadius, 5e-4);
            Within(a.VirialMass, b.VirialMass, 5e-4);
            Within(a.PeakCircularSpeed, b.PeakCircularSpeed, 5e-4);
        }
    }

    /// <summary>
    /// 2 K + W = 0 for what stands on its own, K from the moments and W = -integral of rho x . grad Phi from the potential; and the whole
    /// mass of the distribution function is there.
    /// </summary>
    [Fact]
    public void The_virial_theorem_holds()
    {
        Galaxy galaxy = Solved.Value.NoCore.Model.Galaxy;
        const int radial = 40, angles = 6;
        double[] logs = new double[radial], logWeights = new double[radial], cos = new double[angles], cosWeights = new double[angles];
        GaussLegendre.Rule(radial).Map(Math.Log(0.05), Math.Log(3000), logs, logWeights);
        GaussLegendre.Rule(angles).Map(0, 1, cos, cosWeights);
        double[] R = new double[radial * angles], z = new double[R.Length], weight = new double[R.Length];
        for (int i = 0; i < R.Length; i++)
        {
            double r = Math.Exp(logs[i / angles]), u = cos[i % angles];
            (R[i], z[i]) = (r * Math.Sqrt(1 - u * u), r * u);
            weight[i] = 4 * Math.PI * r * r * r * logWeights[i / angles] * cosWeights[i % angles];
        }

        Moments[,] moments = galaxy.Moments(R, z);
        double kinetic2 = 0, potential = 0, mass = 0;
        for (int i = 0; i < R.Length; i++)
        {
            Moments m = moments[i, 0];
            PotentialPoint p = galaxy.Potential.At(R[i], z[i]);
            mass += weight[i] * m.Rho;
            kinetic2 += double.IsNaN(m.VR2) ? 0 : weight[i] * m.Rho * (m.VR2 + m.Vz2 + m.Vphi2);
            potential -= weight[i] * m.Rho * (R[i] * p.PhiR + z[i] * p.PhiZ);
        }

        Within(98e10, mass, 1e-3);
        Within(-potential, kinetic2, 1e-3);
    }

    [Fact]
    public void A_galaxy_without_one_dark_halo_of_its_own_is_refused()
    {
        DistributionFunction halo = Bv23.Create("dark halo");
        NFW potential = new(8e11, 20);
        GalaxyComponent dark = new("dark halo", ComponentKind.Dark, halo), other = new("dark disc", ComponentKind.Dark, halo);
        GalaxyComponent stars = new("stars", ComponentKind.Stars, halo), fixedHalo = new("fixed halo", ComponentKind.Dark, new SpheroidDensity(1e7, 1, 4));
        Assert.Contains("there is none", Refused(stars), StringComparison.Ordinal);
        Assert.Contains("fixed halo is static", Refused(stars, fixedHalo), StringComparison.Ordinal);
        Assert.Contains("there are 2: dark halo, dark disc", Refused(dark, other), StringComparison.Ordinal);

        string Refused(params GalaxyComponent[] components)
            => Assert.Throws<InputException>(() => PrimordialHaloModel.Solve(new(potential, components))).Message;
    }

    /// <summary>Without a core there is one halo, that of Posti et al. (2015) from a double power law; steeper than r^-2 all the way in it has no scale radius.</summary>
    [Fact]
    public void Without_a_core_both_are_one()
    {
        DoublePowerLawParameters p = new() { Mass = 1e12, J0 = 20000, SlopeIn = 5.0 / 3, SlopeOut = 5 };
        PrimordialHaloSettings settings = new() { Radii = [1, 10], Grid = new(0.1, 1000, 24, 4) };
        PrimordialHalo halo = PrimordialHaloModel.Solve(GalaxyOf(p), settings);
        Assert.Same(halo.Core, halo.NoCore);
        Assert.Equal(halo.CompressionOverCore, halo.CompressionOverNoCore);

        // f ~ J^-(6-gamma)/(4-gamma) makes a cusp of slope gamma, here 1, reached slowly.
        double Slope(double r) => Math.Log(halo.Core.Density.At(1.05 * r, 0) / halo.Core.Density.At(r / 1.05, 0)) / (2 * Math.Log(1.05));
        output.WriteLine($"{halo.Core.Structure} {Slope(0.15)}");
        Assert.InRange(Slope(0.15), -1.3, -1);
        Assert.Equal(halo.Core.Structure.VirialMass, EnclosedMass.Within(halo.Core.Density, halo.Core.Structure.VirialRadius), 2e-3 * 1e12);

        Assert.Contains("has no scale radius", Assert.Throws<NumericalException>(
            () => PrimordialHaloModel.Solve(GalaxyOf(p with { SlopeIn = 2.3 }), settings)).Message, StringComparison.Ordinal);

        static Galaxy GalaxyOf(DoublePowerLawParameters p) => new(new NFW(9e11, 20), [new("dark halo", ComponentKind.Dark, new DoublePowerLaw(p))]);
    }

    private static void Within(double expected, double actual, double relative) => Assert.InRange(actual / expected, 1 - relative, 1 + relative);
}
