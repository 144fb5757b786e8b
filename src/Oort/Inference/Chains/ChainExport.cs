using Oort.Inference.Sampling;
using Oort.Tables;

namespace Oort.Inference.Chains;

/// <summary>Chains as tables for other programs. Values are those of the parameters in the units of the model file.</summary>
public static class ChainExport
{
    /// <summary>A line for each step and walker: step, walker (from 1), log_density, and the parameters by their names.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="writer">Where the text goes.</param>
    /// <param name="burn">Steps at the start, itself included, that are left out.</param>
    /// <param name="thin">Every so many steps one is written.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void WriteCsv(ChainStore chain, TextWriter writer, int burn = 0, int thin = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        CsvTableWriter csv = new(writer);
        foreach (string name in (string[])["step", "walker", "log_density", .. chain.Names])
        {
            csv.Text(name);
        }

        csv.EndRow();
        foreach (Ensemble step in Steps(chain, burn, thin, cancellation))
        {
            for (int w = 0; w < step.Walkers; w++)
            {
                csv.Text(step.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                csv.Text((w + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
                csv.Number(step.LogDensities[w]);
                for (int i = 0; i < step.Dimensions; i++)
                {
                    csv.Number(chain.Value(i, step.Positions[w][i]));
                }

                csv.EndRow();
            }
        }
    }

    /// <summary>A NumPy array (.npy) of 64-bit floating-point numbers with the shape steps, walkers, parameters.</summary>
    /// <inheritdoc cref="WriteCsv"/>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="burn">Steps at the start, itself included, that are left out.</param>
    /// <param name="thin">Every so many steps one is written.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void WriteNpy(ChainStore chain, Stream stream, int burn = 0, int thin = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(chain);
        int steps = Count(chain, burn, thin);
        NpyWriter npy = new(stream, steps, chain.Walkers, chain.Dimensions);

        // A chain that grows meanwhile is cut at the length that the file's head says.
        foreach (Ensemble step in Steps(chain, burn, thin, cancellation).Take(steps))
        {
            foreach (double[] position in step.Positions)
            {
                for (int i = 0; i < position.Length; i++)
                {
                    npy.Write(chain.Value(i, position[i]));
                }
            }
        }

        npy.Complete();
    }

    /// <summary>Steps that are written: the start counts as one.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="burn">Steps at the start, itself included, that are left out.</param>
    /// <param name="thin">Every so many steps one is written.</param>
    public static int Count(ChainStore chain, int burn, int thin)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return Math.Max(0, (chain.Steps + 1 - burn + thin - 1) / thin);
    }

    private static IEnumerable<Ensemble> Steps(ChainStore chain, int burn, int thin, CancellationToken cancellation)
    {
        foreach (Ensemble step in chain.Read(burn, thin))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return step;
        }
    }
}
