using Oort.Models.Predictions;
using Oort.Report.Bv23;

namespace Oort.Report.Posterior;

/// <summary>What a paper prints for keys of model files.</summary>
internal static class PublishedValues
{
    /// <summary>The value of a key SECTION/KEY in the paper that has the model, in the unit of the model file; null where it prints none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="model">The model of Sun et al. (2025); null for that of Binney &amp; Vasiliev (2023).</param>
    public static double? Of(string key, Sun25Published? model)
    {
        int slash = key.LastIndexOf('/');
        (string header, string name) = (key[..slash].Trim(), key[(slash + 1)..].Trim());
        int blank = header.IndexOf(' ', StringComparison.Ordinal);
        (string type, string component) = blank < 0 ? (header, "") : (header[..blank], header[(blank + 1)..].Trim());
        return model is not null ? Of(type, component, name, model.Parameters) is double value && double.IsFinite(value) ? value : null
            : type.Equals("DF", StringComparison.OrdinalIgnoreCase) ? ParameterTable.Published(component, name) : null;
    }

    private static double? Of(string type, string component, string name, Sun25Parameters p) => (type.ToUpperInvariant(), component.ToUpperInvariant(), name.ToUpperInvariant()) switch
    {
        ("SELFCONSISTENTMODEL", _, "R0") => p.SunRadius,
        ("POTENTIAL", "DARK HALO", "DENSITYNORM") => p.HaloDensity,
        ("POTENTIAL", "DARK HALO", "SCALERADIUS") => p.HaloRadius,
        (_, "THIN DISK", string key) => Of(type, key, p.Thin),
        (_, "THICK DISK", string key) => Of(type, key, p.Thick),
        _ => null,
    };

    private static double? Of(string type, string key, Sun25Disc p) => (type.ToUpperInvariant(), key) switch
    {
        ("POTENTIAL", "SURFACEDENSITY") => p.Sigma0,
        ("POTENTIAL", "SCALERADIUS") => p.Rd,
        ("POTENTIAL", "SCALEHEIGHT") => p.Height,
        ("DF", "SIGMA0") => p.Sigma0,
        ("DF", "RDISK") => p.RdDistribution,
        ("DF", "SIGMAR0") => p.SigmaR0,
        ("DF", "SIGMAZ0") => p.SigmaZ0,
        ("DF", "RSIGMAR" or "RSIGMAZ") => p.RSigma,
        _ => null,
    };
}
