using System.CommandLine;

namespace Bastide.Cli;

/// <summary>The tree of commands. <c>serve</c> is the default one.</summary>
static class Commands
{
    /// <summary>The data directory, for every command.</summary>
    public static Option<string?> Data { get; } = new("--data") { Description = "The data directory (BASTIDE_DATA, ./data)", HelpName = "DIR", Recursive = true };

    /// <summary>Whether to fill an empty data directory with the demo workplace.</summary>
    public static Option<bool> Demo { get; } = new("--demo") { Description = "Fill an empty data directory with a demo workplace; loopback only" };

    /// <summary>Whether a listing is JSON.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Answer as JSON" };

    /// <summary>A new tree.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Bastide: mail, chat, calendar, files and meetings on your own server")
        {
            Data,
            Demo,
            ServeCommand.Make(),
            DomainCommands.Make(),
            UserCommands.Make(),
            AppPasswordCommands.Make(),
            ImportCommand.Make(),
            ExportCommand.Make(),
        };
        root.SetAction(ServeCommand.Run);
        return root;
    }
}
