namespace Oort.Chemistry;

/// <summary>The action by which a component is split into stars with its own chemistry and others.</summary>
public enum SplitAction
{
    /// <summary>The vertical action, Binney &amp; Vasiliev (2023), equation 21: own chemistry at large Jz.</summary>
    Jz,

    /// <summary>The angular momentum, their equation 20: own chemistry at small Jphi.</summary>
    Jphi,
}

/// <summary>
/// The probability P_hi that a star of the thick disc has the chemistry of the high-alpha population, which does not depend on Jphi:
/// (1 + tanh((Jz - Jz0)/Delta_z))/2 (Binney &amp; Vasiliev 2023, equation 21) or (1 - tanh((Jphi - Jphi0)/Delta_phi))/2 (equation 20).
/// </summary>
/// <param name="Action">Which of the two.</param>
/// <param name="Centre">Jz0 or Jphi0, where it is one half, kpc km/s.</param>
/// <param name="Width">Delta_z or Delta_phi, kpc km/s, positive.</param>
public sealed record HighAlphaSplit(SplitAction Action, double Centre, double Width)
{
    /// <summary>P_hi of a star, from 0 to 1; NaN for a NaN action.</summary>
    /// <param name="Jz">Vertical action, kpc km/s.</param>
    /// <param name="Jphi">Angular momentum, kpc km/s.</param>
    public double Probability(double Jz, double Jphi)
    {
        // (1 + tanh t)/2, without cancellation for large negative t.
        double t = Action == SplitAction.Jz ? (Jz - Centre) / Width : (Centre - Jphi) / Width;
        return 1 / (1 + Math.Exp(-2 * t));
    }

    /// <summary>Throws unless the parameters are in their ranges.</summary>
    internal void Check()
    {
        (string centre, string width) = Action == SplitAction.Jz ? ("Jz0", "Deltaz") : ("Jphi0", "Deltaphi");
        ParameterException.Check("Chemistry", centre, Centre, true, "a number (kpc km/s)");
        ParameterException.Check("Chemistry", width, Width, Width > 0, "> 0 (kpc km/s)");
    }
}
