using System.Diagnostics;

namespace Oort.Inference;

/// <summary>What came of one model that a search asked for.</summary>
/// <param name="Misfit">Its misfit; null where there is no such model.</param>
/// <param name="Failure">Why there is none: an <see cref="InputException"/> or a <see cref="NumericalException"/>.</param>
/// <param name="Seconds">Time that it took.</param>
public sealed record Trial(Misfit? Misfit, Exception? Failure, double Seconds)
{
    /// <summary>Tries a model.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="values">Values of the parameters.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Trial Of(IObjective objective, IReadOnlyList<double> values, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        long start = Stopwatch.GetTimestamp();
        try
        {
            return new(objective.Evaluate(values, cancellation), null, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception e) when (Inference.Failure.Of(e) is NumericalException or InputException)
        {
            return new(null, Inference.Failure.Of(e), Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    /// <summary>It as bytes.</summary>
    internal byte[] ToBytes()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(Seconds);
        writer.Write(Misfit is null);
        if (Misfit is null)
        {
            writer.Write(Failure is InputException);
            writer.Write(Failure!.Message);
            return stream.ToArray();
        }

        writer.Write(Misfit.ChiSquared);
        writer.Write(Misfit.Cells);
        writer.Write(Misfit.Parts.Count);
        foreach (MisfitPart part in Misfit.Parts)
        {
            writer.Write(part.Bin);
            writer.Write(part.Quantity);
            writer.Write(part.Cells);
            writer.Write(part.ChiSquared);
        }

        foreach (IReadOnlyList<double> numbers in (IReadOnlyList<double>[])[Misfit.Residuals, Misfit.Guides])
        {
            writer.Write(numbers.Count);
            writer.Write(DoubleBytes.Of(numbers, numbers.Count));
        }

        return stream.ToArray();
    }

    /// <summary>Reads <see cref="ToBytes"/>.</summary>
    internal static Trial Read(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        double seconds = reader.ReadDouble();
        if (reader.ReadBoolean())
        {
            return new(null, reader.ReadBoolean() ? new InputException(reader.ReadString()) : new NumericalException(reader.ReadString()), seconds);
        }

        (double total, int cells) = (reader.ReadDouble(), reader.ReadInt32());
        MisfitPart[] parts = new MisfitPart[reader.ReadInt32()];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new(reader.ReadInt32(), reader.ReadString(), reader.ReadInt32(), reader.ReadDouble());
        }

        double[] Numbers() => DoubleBytes.Read(reader.ReadBytes(sizeof(double) * reader.ReadInt32()));
        return new(new Misfit(total, cells, parts) { Residuals = Numbers(), Guides = Numbers() }, null, seconds);
    }
}
