using BenchmarkDotNet.Running;
using Oort.Benchmarks;

// "warm [N]": what a fit pays, best of N; anything else: BenchmarkDotNet.
if (args is ["warm", .. string[] rest])
{
    WarmModel.Run(rest is [string count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 5);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
