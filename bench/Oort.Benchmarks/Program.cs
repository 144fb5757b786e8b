using System.Globalization;
using BenchmarkDotNet.Running;
using Oort.Benchmarks;

// "warm [N]" and "sun25 [N]": what a fit to bins and one to regions of the sky pay, best of N; "ranks POINTS PARAMETERS MILLISECONDS": what messages cost; anything else: BenchmarkDotNet.
if (args is ["warm", .. string[] rest])
{
    WarmModel.Run(rest is [string count] ? int.Parse(count, CultureInfo.InvariantCulture) : 5);
    return;
}

if (args is ["sun25", .. string[] further])
{
    RegionModel.Run(further is [string count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3);
    return;
}

if (args is ["ranks", string points, string parameters, string milliseconds])
{
    CultureInfo culture = CultureInfo.InvariantCulture;
    RankTraffic.Run(int.Parse(points, culture), int.Parse(parameters, culture), int.Parse(milliseconds, culture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
