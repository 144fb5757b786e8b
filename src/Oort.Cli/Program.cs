using System.CommandLine;

var root = new RootCommand("Self-consistent, action-based models of the Galaxy.");
return root.Parse(args).Invoke();
