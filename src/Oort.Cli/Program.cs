using Oort.Cli;
using Oort.Inference.Ranks;
using Oort.Tables;

// mpirun gives its ranks a terminal as standard output, to which .NET would send a terminal's control characters.
if (MpiRanks.Asked() is not null)
{
    Environment.SetEnvironmentVariable("TERM", "dumb");
}

AppDomain.CurrentDomain.ProcessExit += (_, _) => OutputFile.DeleteUnfinished();
using Streams streams = Streams.OfProcess();
int code = await CommandLine.RunAsync(args, streams);
SlurmScript.Tell(code);
return code;
