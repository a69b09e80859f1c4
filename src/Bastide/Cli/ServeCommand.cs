using System.CommandLine;

namespace Bastide.Cli;

/// <summary><c>bastide serve</c>: runs the workplace until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "Run the workplace (the default command)") { Commands.Demo };
        command.SetAction(Run);
        return command;
    }

    public static Task<int> Run(ParseResult parsed, CancellationToken cancellation) =>
        Offline.Guard(async () =>
        {
            var settings = Workplace.Settings(parsed.GetValue(Commands.Data), parsed.GetValue(Commands.Demo));
            await using var app = await Workplace.Build(settings);
            await Workplace.Run(app, settings, cancellation);
            return 0;
        });
}
