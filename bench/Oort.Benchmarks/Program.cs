using BenchmarkDotNet.Running;
using Oort.Benchmarks;

// "warm [N]" and "sun25 [N]": what a fit to bins and one to regions of the sky pay, best of N; anything else: BenchmarkDotNet.
if (args is ["warm", .. string[] rest])
{
    WarmModel.Run(rest is [string count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 5);
    return;
}

if (args is ["sun25", .. string[] further])
{
    RegionModel.Run(further is [string count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 3);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
