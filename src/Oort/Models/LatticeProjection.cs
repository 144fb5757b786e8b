using System.Numerics;
using Oort.DistributionFunctions;

namespace Oort.Models;

/// <summary>
/// Integrals of a distribution function over the velocities of one place whose actions are kept: density and the distributions of v_R, v_z and v_phi at the nodes of the lattice. Lines of
/// velocities on which there is next to nothing are left out. Keeps scratch space: one instance serves one thread.
/// </summary>
internal sealed class LatticeProjection
{
    // Lines in whose middle f is less than this share of its largest value are left out.
    private const double LeastShare = 1e-14;

    private readonly VelocityLattice lattice;
    private readonly double[] jr, jz, jphi, f, probe, overR, lineWeights;
    private readonly int[] used;

    public LatticeProjection(VelocityLattice lattice)
    {
        this.lattice = lattice;
        int most = lattice.Lines * lattice.R.Count;
        (jr, jz, jphi, f) = (new double[most], new double[most], new double[most], new double[most]);
        (probe, used) = (new double[lattice.Lines], new int[lattice.Lines]);
        overR = new double[lattice.R.Count];
        lineWeights = new double[lattice.Lines];
        for (int line = 0; line < lineWeights.Length; line++)
        {
            // A line stands for its mirror image at -v_z, too.
            (int j, int k) = lattice.Line(line);
            lineWeights[line] = lattice.Phi.Weights[j] * lattice.Z.Weights[lattice.MiddleZ + k] * (k == 0 ? 1 : 2);
        }

        (R, Z) = (new double[lattice.MiddleR + 1], new double[lattice.MiddleZ + 1]);
        (Forwards, Backwards) = (new double[lattice.Phi.Count], new double[lattice.Phi.Count]);
    }

    /// <summary>Density, Msun/kpc^3.</summary>
    public double Density { get; private set; }

    /// <summary>Mean v_phi, km/s.</summary>
    public double MeanVphi { get; private set; }

    /// <summary>Mean squares of v_R, v_z and v_phi, (km/s)^2.</summary>
    public (double R, double Z, double Phi) MeanSquares { get; private set; }

    /// <summary>Distribution of v_R, which is even, at its nodes from 0 on; Msun/kpc^3 per km/s.</summary>
    public double[] R { get; }

    /// <summary>Distribution of v_z likewise.</summary>
    public double[] Z { get; }

    /// <summary>Distribution of v_phi at its nodes.</summary>
    public double[] Forwards { get; }

    /// <summary>Distribution of v_phi at minus its nodes.</summary>
    public double[] Backwards { get; }

    /// <summary>Integrates a distribution function.</summary>
    public void Evaluate(LatticeActions place, DistributionFunction df)
    {
        Array.Clear(R);
        Array.Clear(Z);
        Array.Clear(overR);
        Array.Clear(Forwards);
        Array.Clear(Backwards);
        Add(place, df, 1, Forwards, df.IsEvenInJphi ? 2 : 1);
        if (df.IsEvenInJphi)
        {
            Forwards.CopyTo(Backwards, 0);
        }
        else if (!df.VanishesForRetrograde)
        {
            Add(place, df, -1, Backwards, 1);
        }

        // f at (-v_R, -v_z) is f at (v_R, v_z).
        for (int i = 0; i < R.Length; i++)
        {
            R[i] = 0.5 * (overR[lattice.MiddleR + i] + overR[lattice.MiddleR - i]);
        }

        Summarise();
    }

    private void Add(LatticeActions place, DistributionFunction df, double sign, double[] phi, double factor)
    {
        int lines = Significant(place, df, sign), at = 0;
        for (int n = 0; n < lines; n++)
        {
            ReadOnlySpan<double> own = place.Jr(used[n]);
            own.CopyTo(jr.AsSpan(at));
            place.Jz(used[n]).CopyTo(jz.AsSpan(at));
            jphi.AsSpan(at, own.Length).Fill(sign * place.Jphi[lattice.Line(used[n]).Phi]);
            at += own.Length;
        }

        df.Evaluate(jr.AsSpan(0, at), jz.AsSpan(0, at), jphi.AsSpan(0, at), f.AsSpan(0, at));
        ReadOnlySpan<double> values = f, weights = lattice.R.Weights;
        at = 0;
        for (int n = 0; n < lines; n++)
        {
            int line = used[n], count = place.Jr(line).Length, first = lattice.MiddleR - count / 2;
            (int j, int k) = lattice.Line(line);
            double sum = Line(values.Slice(at, count), weights.Slice(first, count), factor * lineWeights[line], overR.AsSpan(first, count));
            phi[j] += sum * lattice.Z.Weights[lattice.MiddleZ + k] * (k == 0 ? 1 : 2);
            Z[k] += factor * sum * lattice.Phi.Weights[j];
            at += count;
        }
    }

    /// <summary>Chooses the lines that matter.</summary>
    private int Significant(LatticeActions place, DistributionFunction df, double sign)
    {
        int lines = 0;
        for (int line = 0; line < lattice.Lines; line++)
        {
            ReadOnlySpan<double> own = place.Jr(line);
            if (own.Length > 0)
            {
                (jr[lines], jz[lines], jphi[lines]) = (own[own.Length / 2], place.Jz(line)[own.Length / 2], sign * place.Jphi[lattice.Line(line).Phi]);
                used[lines++] = line;
            }
        }

        df.Evaluate(jr.AsSpan(0, lines), jz.AsSpan(0, lines), jphi.AsSpan(0, lines), probe.AsSpan(0, lines));
        double most = 0;
        for (int n = 0; n < lines; n++)
        {
            most = Math.Max(most, probe[n]);
        }

        int kept = 0;
        for (int n = 0; n < lines; n++)
        {
            if (probe[n] > LeastShare * most)
            {
                used[kept++] = used[n];
            }
        }

        return kept;
    }

    /// <summary>The integral over one line, whose values are added to those of the other lines.</summary>
    private static double Line(ReadOnlySpan<double> f, ReadOnlySpan<double> weights, double share, Span<double> sum)
    {
        int lanes = Vector<double>.Count, i = 0;
        Vector<double> total = Vector<double>.Zero;
        for (; i <= f.Length - lanes; i += lanes)
        {
            Vector<double> here = new(f[i..]);
            total += here * new Vector<double>(weights[i..]);
            (new Vector<double>(sum[i..]) + here * share).CopyTo(sum[i..]);
        }

        double integral = Vector.Sum(total);
        for (; i < f.Length; i++)
        {
            integral += f[i] * weights[i];
            sum[i] += f[i] * share;
        }

        return integral;
    }

    private void Summarise()
    {
        double rho = 0, mean = 0, phi2 = 0, r2 = 0, z2 = 0;
        for (int j = 0; j < Forwards.Length; j++)
        {
            double w = lattice.Phi.Weights[j], v = lattice.Phi.V[j];
            rho += w * (Forwards[j] + Backwards[j]);
            mean += w * v * (Forwards[j] - Backwards[j]);
            phi2 += w * v * v * (Forwards[j] + Backwards[j]);
        }

        for (int i = 0; i < R.Length; i++)
        {
            double v = lattice.R.V[lattice.MiddleR + i];
            r2 += 2 * lattice.R.Weights[lattice.MiddleR + i] * v * v * R[i];
        }

        for (int k = 0; k < Z.Length; k++)
        {
            // Lines with v_z > 0 count twice already where they are summed over v_R.
            double v = lattice.Z.V[lattice.MiddleZ + k];
            z2 += 2 * lattice.Z.Weights[lattice.MiddleZ + k] * v * v * Z[k];
        }

        (Density, MeanVphi, MeanSquares) = (rho, mean / rho, (r2 / rho, z2 / rho, phi2 / rho));
    }
}
