using Oort.Cli;
using Oort.Tables;

AppDomain.CurrentDomain.ProcessExit += (_, _) => OutputFile.DeleteUnfinished();
using Streams streams = Streams.OfProcess();
return await CommandLine.RunAsync(args, streams);
