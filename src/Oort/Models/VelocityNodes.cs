using System.Numerics;
using Oort.Actions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// The velocities at which the distribution functions are evaluated at one position, and their actions, shared by all
/// components. Only v_phi >= 0 and one quadrant of the meridional velocity are visited: actions are even in v_phi and in the
/// velocity components along the two spheroidal directions. Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class VelocityNodes
{
    // Velocities that would carry a star beyond this many times (r + 50 kpc) are left out: no component has mass there.
    private const double Reach = 20;
    private const double PivotRadius = 50;

    /// <summary>How much farther than that an orbit may reach along a curve.</summary>
    public const double ReachMargin = 1.1;

    /// <summary>Scale within which nodes crowd in v_phi towards the circular speed, in units of the escape speed.</summary>
    public const double Crowding = 0.12;

    /// <summary>Scale within which nodes crowd towards a meridional speed of zero.</summary>
    public const double SpeedCrowding = 0.1;

    private readonly Potential potential;
    private readonly FocalDistances focalDistances;
    private readonly PositionActions actions;
    private readonly double[] vphi, vphiWeights, speed, speedWeights, cos2, energy, lz, delta, cosTilt, sinTilt, pairVphi, pairSpeed2, pairWeight;
    private readonly double[] jr, jz, jphi, angleWeights;
    private readonly int slow;

    public VelocityNodes(Potential potential, FocalDistances focalDistances, ModelAccuracy accuracy)
    {
        this.potential = potential;
        this.focalDistances = focalDistances;
        actions = new(accuracy.CurveTerms, accuracy.ActionNodes);
        slow = accuracy.SlowNodes;
        (vphi, vphiWeights) = (new double[slow + accuracy.FastNodes], new double[slow + accuracy.FastNodes]);
        (speed, speedWeights) = (new double[accuracy.SpeedNodes], new double[accuracy.SpeedNodes]);

        // The kernel works on whole vectors of directions.
        int lanes = Vector<double>.Count, angles = (accuracy.AngleNodes + lanes - 1) / lanes * lanes;
        (cos2, angleWeights) = (new double[angles], new double[angles]);
        GaussLegendre rule = GaussLegendre.Rule(angles);
        for (int k = 0; k < angles; k++)
        {
            double psi = 0.25 * Math.PI * (1 + rule.Nodes[k]);
            (cos2[k], angleWeights[k]) = (Math.Cos(psi) * Math.Cos(psi), 0.25 * Math.PI * rule.Weights[k]);
        }

        int pairs = vphi.Length * speed.Length;
        energy = new double[pairs];
        lz = new double[pairs];
        delta = new double[pairs];
        cosTilt = new double[pairs];
        sinTilt = new double[pairs];
        pairVphi = new double[pairs];
        pairSpeed2 = new double[pairs];
        pairWeight = new double[pairs];
        jr = new double[pairs * angles];
        jz = new double[jr.Length];
        jphi = new double[jr.Length];
    }

    /// <summary>Number of (v_phi, meridional speed) pairs.</summary>
    public int Pairs => energy.Length;

    /// <summary>Number of directions per pair; the actions of pair i start at i * Angles.</summary>
    public int Angles => cos2.Length;

    public ReadOnlySpan<double> Jr => jr;

    public ReadOnlySpan<double> Jz => jz;

    /// <summary>Jphi = R |v_phi|.</summary>
    public ReadOnlySpan<double> Jphi => jphi;

    /// <summary>v_phi of each pair, not negative.</summary>
    public ReadOnlySpan<double> Vphi => pairVphi;

    /// <summary>Meridional speed squared of each pair.</summary>
    public ReadOnlySpan<double> Speed2 => pairSpeed2;

    /// <summary>Weight of each pair: its share of d v_phi v_m d v_m, times 4 for the quadrants.</summary>
    public ReadOnlySpan<double> PairWeights => pairWeight;

    /// <summary>Weights of the directions; they add up to pi/2.</summary>
    public ReadOnlySpan<double> AngleWeights => angleWeights;

    /// <summary>cos^2 of the angle from the lambda direction, for each direction.</summary>
    public ReadOnlySpan<double> Cos2 => cos2;

    /// <summary>Cosine of the angle between the lambda direction and the R axis, for each pair.</summary>
    public ReadOnlySpan<double> CosTilt => cosTilt;

    /// <summary>Sine of that angle, positive for z > 0.</summary>
    public ReadOnlySpan<double> SinTilt => sinTilt;

    /// <summary>Chooses the nodes at (R, z) and finds their actions.</summary>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    public void MoveTo(double R, double z)
    {
        double phi0 = potential.Phi(R, z), reach = ReachFrom(R, z), cut = potential.Phi(reach, 0);
        double escape = Math.Sqrt(2 * (cut - phi0));
        double circular = CircularSpeed(potential, R, escape);
        SinhMap.Nodes(circular, 0, Crowding * escape, vphi.AsSpan(0, slow), vphiWeights.AsSpan(0, slow));
        SinhMap.Nodes(circular, escape, Crowding * escape, vphi.AsSpan(slow), vphiWeights.AsSpan(slow));

        int pair = 0;
        for (int i = 0; i < vphi.Length; i++)
        {
            double limit = Math.Sqrt(escape * escape - vphi[i] * vphi[i]);
            SinhMap.Nodes(0, limit, SpeedCrowding * escape, speed, speedWeights);
            for (int j = 0; j < speed.Length; j++, pair++)
            {
                pairVphi[pair] = vphi[i];
                pairSpeed2[pair] = speed[j] * speed[j];
                pairWeight[pair] = 4 * vphiWeights[i] * speedWeights[j] * speed[j];
                energy[pair] = phi0 + 0.5 * (vphi[i] * vphi[i] + speed[j] * speed[j]);
                lz[pair] = R * vphi[i];
            }
        }

        focalDistances.Evaluate(energy, lz, delta);
        actions.Evaluate(potential, R, z, phi0, ReachMargin * reach, new() { Energy = energy, Lz = lz, Delta = delta, Speed2 = pairSpeed2 }, cos2, jr, jz);
        for (pair = 0; pair < energy.Length; pair++)
        {
            jphi.AsSpan(pair * cos2.Length, cos2.Length).Fill(lz[pair]);
            (cosTilt[pair], sinTilt[pair]) = Tilt(R, z, delta[pair] * delta[pair]);
        }
    }

    /// <summary>Radius, kpc, beyond which orbits through (R, z) are left out.</summary>
    public static double ReachFrom(double R, double z) => Reach * (Math.Sqrt(R * R + z * z) + PivotRadius);

    /// <summary>Circular speed in the plane at R, kept between 0.1 and 0.7 of the escape speed: where nodes crowd.</summary>
    public static double CircularSpeed(Potential potential, double R, double escape)
        => Math.Clamp(Rotation.CircularSpeed(potential, R), 0.1 * escape, 0.7 * escape);

    /// <summary>Direction of the lambda coordinate at (R, z): (sqrt(s + D) sin v, sqrt(s) cos v) / h.</summary>
    public static (double Cos, double Sin) Tilt(double R, double z, double delta2)
    {
        (double s0, double c0) = PositionTable.Spheroidal(R, z, delta2);
        double h2 = s0 + delta2 * (1 - c0);
        return (Math.Sqrt((s0 + delta2) * (1 - c0) / h2), Math.Sqrt(s0 * c0 / h2));
    }
}
