using Oort.Actions;
using Oort.DistributionFunctions;
using Oort.Numerics;
using Oort.Potentials;

namespace Oort.Models;

/// <summary>
/// One-dimensional velocity distributions at one position: f integrated over the two other velocity components,
/// at each wanted speed by its own two-dimensional quadrature. Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class ProjectedVelocities
{
    // Orbits exactly through the axis, and velocities exactly along a coordinate direction, stand on the edge of what the
    // kernel resolves; as close as this they differ from them by less than the quadratures do.
    private const double SmallestVphi = 1e-6, SmallestCos2 = 1e-8;

    private readonly Potential potential;
    private readonly FocalDistances focalDistances;
    private readonly ModelAccuracy accuracy;
    private readonly PositionActions actions;
    private readonly List<Node> nodes = [];

    public ProjectedVelocities(Potential potential, FocalDistances focalDistances, ModelAccuracy accuracy)
    {
        (this.potential, this.focalDistances, this.accuracy) = (potential, focalDistances, accuracy);
        actions = new(accuracy.CurveTerms, accuracy.ActionNodes);
    }

    private readonly record struct Node(int Speed, double Vphi, double Along2, double Across2, double Weight);

    /// <summary>The escape speed, km/s: from it on there are no stars.</summary>
    public double EscapeSpeed(double R, double z) => Math.Sqrt(2 * (potential.Phi(VelocityNodes.ReachFrom(R, z), 0) - potential.Phi(R, z)));

    /// <summary>
    /// The distribution at speeds v >= 0 along one axis: for R and z it is even in v; for phi also at -v.
    /// </summary>
    /// <param name="R">Radius, kpc, positive.</param>
    /// <param name="z">Height, kpc, not negative.</param>
    /// <param name="axis">The velocity component kept.</param>
    /// <param name="speeds">Values of |v|, km/s.</param>
    /// <param name="dfs">Distribution functions.</param>
    /// <param name="plus">Receives f(v) of each distribution function, row after row, Msun/kpc^3 per km/s.</param>
    /// <param name="minus">Receives f(-v), likewise.</param>
    public void Evaluate(double R, double z, VelocityAxis axis, ReadOnlySpan<double> speeds,
        IReadOnlyList<DistributionFunction> dfs, Span<double> plus, Span<double> minus)
    {
        double phi0 = potential.Phi(R, z), reach = VelocityNodes.ReachFrom(R, z), escape = EscapeSpeed(R, z);
        double circular = VelocityNodes.CircularSpeed(potential, R, escape);
        nodes.Clear();
        // The tilt of the velocity ellipsoid where stars are: it only places nodes.
        double typical = focalDistances.At(phi0 + 0.5 * circular * circular, R * circular);
        (double cos, double sin) = VelocityNodes.Tilt(R, z, typical * typical);
        for (int i = 0; i < speeds.Length; i++)
        {
            if (speeds[i] < escape)
            {
                AddNodes(i, speeds[i], axis, escape, circular, cos, sin);
            }
        }

        plus.Clear();
        minus.Clear();
        if (nodes.Count > 0)
        {
            Project(R, z, phi0, reach, axis, speeds.Length, dfs, plus, minus);
        }
    }

    private void AddNodes(int index, double v, VelocityAxis axis, double escape, double circular, double cos, double sin)
    {
        double scale = VelocityNodes.Crowding * escape, limit = Math.Sqrt(escape * escape - v * v);
        if (axis == VelocityAxis.Phi)
        {
            Span<double> speed = stackalloc double[accuracy.SpeedNodes], weight = stackalloc double[speed.Length];
            SinhMap.Nodes(0, limit, scale, speed, weight);
            GaussLegendre rule = GaussLegendre.Rule(accuracy.AngleNodes);
            for (int j = 0; j < speed.Length; j++)
            {
                for (int k = 0; k < rule.Count; k++)
                {
                    double along = speed[j] * Math.Cos(0.25 * Math.PI * (1 + rule.Nodes[k])), along2 = along * along;
                    nodes.Add(new(index, Math.Max(v, SmallestVphi * escape), along2, speed[j] * speed[j] - along2, weight[j] * speed[j] * Math.PI * rule.Weights[k]));
                }
            }

            return;
        }

        int slow = accuracy.SlowNodes, half = accuracy.SpeedNodes;
        Span<double> vphi = stackalloc double[slow + accuracy.FastNodes], phiWeight = stackalloc double[vphi.Length];
        double middle = Math.Min(circular, 0.7 * limit);
        SinhMap.Nodes(middle, 0, scale, vphi[..slow], phiWeight[..slow]);
        SinhMap.Nodes(middle, limit, scale, vphi[slow..], phiWeight[slow..]);
        Span<double> u = stackalloc double[2 * half], uWeight = stackalloc double[u.Length];
        for (int i = 0; i < vphi.Length; i++)
        {
            // The other meridional component, crowded where the ridge of the tilted ellipsoid crosses this v.
            double edge = Math.Sqrt(limit * limit - vphi[i] * vphi[i]);
            double ridge = Math.Clamp(axis == VelocityAxis.R ? v * sin / cos : v * sin * cos, -0.9 * edge, 0.9 * edge);
            SinhMap.Nodes(ridge, edge, scale, u[..half], uWeight[..half]);
            SinhMap.Nodes(ridge, -edge, scale, u[half..], uWeight[half..]);
            for (int j = 0; j < u.Length; j++)
            {
                (double vR, double vz) = axis == VelocityAxis.R ? (v, u[j]) : (u[j], v);
                nodes.Add(new(index, vphi[i], vR, vz, phiWeight[i] * uWeight[j]));
            }
        }
    }

    private void Project(double R, double z, double phi0, double reach, VelocityAxis axis, int speeds,
        IReadOnlyList<DistributionFunction> dfs, Span<double> plus, Span<double> minus)
    {
        int count = nodes.Count;
        double[] energy = new double[count], lz = new double[count], delta = new double[count], speed2 = new double[count];
        bool squares = axis == VelocityAxis.Phi;
        for (int i = 0; i < count; i++)
        {
            Node n = nodes[i];
            speed2[i] = squares ? n.Along2 + n.Across2 : n.Along2 * n.Along2 + n.Across2 * n.Across2;
            energy[i] = phi0 + 0.5 * (n.Vphi * n.Vphi + speed2[i]);
            lz[i] = R * n.Vphi;
        }

        focalDistances.Evaluate(energy, lz, delta);

        double[] cos2 = new double[count], jr = new double[count], jz = new double[count];
        for (int i = 0; i < count; i++)
        {
            double along2 = nodes[i].Along2;
            if (!squares)
            {
                (double cos, double sin) = VelocityNodes.Tilt(R, z, delta[i] * delta[i]);
                double along = nodes[i].Along2 * cos + nodes[i].Across2 * sin;
                along2 = along * along;
            }

            cos2[i] = Math.Clamp(along2 / speed2[i], SmallestCos2, 1 - SmallestCos2);
        }

        actions.Evaluate(potential, R, z, phi0, VelocityNodes.ReachMargin * reach,
            new() { Energy = energy, Lz = lz, Delta = delta, Speed2 = speed2 }, cos2, jr, jz);
        double[] f = new double[count], backwards = Array.ConvertAll(lz, l => -l);
        for (int c = 0; c < dfs.Count; c++)
        {
            dfs[c].Evaluate(jr, jz, lz, f);
            Accumulate(f, plus.Slice(c * speeds, speeds));
            if (!dfs[c].VanishesForRetrograde)
            {
                dfs[c].Evaluate(jr, jz, backwards, f);
                Accumulate(f, (squares ? minus : plus).Slice(c * speeds, speeds));
            }

            if (!squares)
            {
                plus.Slice(c * speeds, speeds).CopyTo(minus.Slice(c * speeds, speeds));
            }
        }
    }

    private void Accumulate(double[] f, Span<double> row)
    {
        for (int i = 0; i < f.Length; i++)
        {
            row[nodes[i].Speed] += nodes[i].Weight * f[i];
        }
    }
}
