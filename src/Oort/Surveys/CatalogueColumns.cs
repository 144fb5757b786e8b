using Oort.Coordinates;

namespace Oort.Surveys;

/// <summary>A column of a catalogue: its name, and its unit where the survey file states it.</summary>
/// <param name="Name">Name; case is ignored where no column has exactly this name.</param>
/// <param name="Unit">Unit of its numbers where the catalogue states none; null for the usual one.</param>
public sealed record CatalogueColumn(string Name, string? Unit = null);

/// <summary>
/// What the columns of a catalogue mean. Each meaning has names it goes by by default (the Gaia archive's first) and a unit
/// its numbers are in unless the catalogue states another, which is converted then.
/// </summary>
public sealed class CatalogueColumns
{
    /// <summary>
    /// Meanings, with the unit their numbers are used in (null where they are taken as they stand) and the names that are tried where the survey file names no column.
    /// </summary>
    internal static IReadOnlyList<(string Meaning, string? Unit, CatalogueColumn[] Names)> Known { get; } =
    [
        ("ra", "deg", [new("ra"), new("ra_icrs"), new("raj2000")]),
        ("dec", "deg", [new("dec"), new("de_icrs"), new("dej2000")]),
        ("distance", "kpc", [new("d_carlin"), new("distance"), new("dist"), new("distance_kpc"), new("dist_kpc"), new("distance_pc", "pc"), new("dist_pc", "pc"), new("r_med_photogeo", "pc"), new("r_med_geo", "pc"), new("r_est", "pc")]),
        ("distance_error", "kpc", [new("distance_error"), new("d_carlin_error"), new("d_carlin_err"), new("e_distance"), new("dist_err")]),
        ("parallax", "mas", [new("parallax"), new("plx")]),
        ("parallax_error", "mas", [new("parallax_error"), new("e_plx")]),
        ("parallax_over_error", "", [new("parallax_over_error"), new("rplx")]),
        ("pmra", "mas/yr", [new("pmra")]),
        ("pmdec", "mas/yr", [new("pmdec"), new("pmde")]),
        ("radial_velocity", "km/s", [new("radial_velocity"), new("dr2_radial_velocity"), new("rv"), new("vlos"), new("hrv")]),
        ("pmra_error", "mas/yr", [new("pmra_error"), new("e_pmra")]),
        ("pmdec_error", "mas/yr", [new("pmdec_error"), new("e_pmde")]),
        ("radial_velocity_error", "km/s", [new("radial_velocity_error"), new("dr2_radial_velocity_error"), new("rv_err"), new("rv_error"), new("e_rv")]),
        ("teff", null, [new("teff")]),
        ("logg", null, [new("logg")]),
        ("feh", null, [new("feh"), new("fe_h"), new("[fe/h]")]),
        ("snr", null, [new("snrg"), new("snr_g"), new("snr")]),
        ("astrometric_gof_al", null, [new("astrometric_gof_al"), new("gofal")]),
        ("astrometric_excess_noise_sig", null, [new("astrometric_excess_noise_sig"), new("sepsi")]),
        ("ruwe", null, [new("ruwe")]),
        ("phot_g_mean_mag", null, [new("phot_g_mean_mag"), new("gmag")]),
        ("nu_eff_used_in_astrometry", null, [new("nu_eff_used_in_astrometry"), new("nueff")]),
        ("pseudocolour", null, [new("pseudocolour"), new("pscol")]),
        ("ecl_lat", "deg", [new("ecl_lat"), new("elat")]),
        ("astrometric_params_solved", null, [new("astrometric_params_solved"), new("solved")]),
        ("x", "kpc", [new("x")]),
        ("y", "kpc", [new("y")]),
        ("z", "kpc", [new("z")]),
        ("vx", "km/s", [new("vx"), new("v_x")]),
        ("vy", "km/s", [new("vy"), new("v_y")]),
        ("vz", "km/s", [new("vz"), new("v_z")]),
    ];

    /// <summary>The meanings that a survey file can name columns for.</summary>
    public static IReadOnlyList<string> Meanings { get; } = [.. Known.Select(k => k.Meaning)];

    /// <summary>Meanings that a survey file can cut on: what no other key of it does.</summary>
    public static IReadOnlyList<string> CutMeanings { get; } = ["snr", "astrometric_gof_al", "astrometric_excess_noise_sig", "ruwe", "feh", "teff", "logg", "phot_g_mean_mag"];

    /// <summary>Columns named in the survey file: meaning -> columns, of which the first that the catalogue has is used.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CatalogueColumn>> Named { get; init; } = new Dictionary<string, IReadOnlyList<CatalogueColumn>>();

    /// <summary>
    /// Frame of the columns x, y, z, vx, vy, vz. Where it is given these columns are used even if the catalogue has sky coordinates
    /// too; null: used only where sky coordinates are incomplete, as of the sky frame.
    /// </summary>
    public GalacticFrame? Frame { get; init; }
}
