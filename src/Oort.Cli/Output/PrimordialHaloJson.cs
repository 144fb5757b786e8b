using System.Text;
using System.Text.Json;
using Oort.Models;

namespace Oort.Cli.Output;

/// <summary>The JSON of <c>oort primordial-halo</c>: kpc, km/s, Msun, Msun/pc^3.</summary>
internal static class PrimordialHaloJson
{
    /// <summary>The text.</summary>
    public static string Text(PrimordialHalo halo, PrimordialHaloSettings settings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            JsonNumbers.Write(json, "H0", settings.HubbleConstant);
            Halo(json, "core", halo.Core);
            Halo(json, "no_core", halo.NoCore);
            json.WriteStartObject("nfw");
            JsonNumbers.Write(json, "rs", halo.Nfw.ScaleRadius);
            JsonNumbers.Write(json, "mass", halo.Nfw.Mass);
            JsonNumbers.Write(json, "R", halo.Core.Profile.R);
            JsonNumbers.Write(json, "rho", halo.NfwRho());
            json.WriteEndObject();
            json.WriteStartObject("present");
            JsonNumbers.Write(json, "R", halo.Core.Profile.R);
            JsonNumbers.Write(json, "rho", halo.PresentRho);
            json.WriteEndObject();
            json.WriteStartObject("compression");
            JsonNumbers.Write(json, "R", halo.CompressionRadius);
            JsonNumbers.Write(json, "over_core", halo.CompressionOverCore);
            JsonNumbers.Write(json, "over_no_core", halo.CompressionOverNoCore);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Halo(Utf8JsonWriter json, string key, IsolatedHalo halo)
    {
        HaloStructure s = halo.Structure;
        json.WriteStartObject(key);
        JsonNumbers.Write(json, "rs", s.ScaleRadius);
        JsonNumbers.Write(json, "rs_major_axis", s.MajorAxisScaleRadius);
        JsonNumbers.Write(json, "r200", s.VirialRadius);
        JsonNumbers.Write(json, "M200", s.VirialMass);
        JsonNumbers.Write(json, "vcirc_peak", s.PeakCircularSpeed);
        JsonNumbers.Write(json, "R_peak", s.PeakRadius);
        JsonNumbers.Write(json, "mass", halo.Model.Galaxy.Components[0].Mass);
        json.WriteBoolean("converged", halo.Model.Converged);
        json.WriteNumber("iterations", halo.Model.History.Count);
        json.WriteNumber("coarse_steps", halo.Model.History.Sum(h => h.CoarseSteps));
        JsonNumbers.Write(json, "residual", halo.Model.Residual);
        json.WriteStartObject("profile");
        JsonNumbers.Write(json, "R", halo.Profile.R);
        JsonNumbers.Write(json, "rho", halo.Profile.Rho);
        JsonNumbers.Write(json, "vcirc", halo.Profile.Vcirc);
        JsonNumbers.Write(json, "sigmaR", halo.Profile.SigmaR);
        JsonNumbers.Write(json, "sigmaz", halo.Profile.SigmaZ);
        JsonNumbers.Write(json, "sigmaphi", halo.Profile.SigmaPhi);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
