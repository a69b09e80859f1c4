using System.CommandLine;
using Bastide.Cli;

namespace Bastide;

/// <summary>The <c>bastide</c> command: 0 on success, 1 on failure with one clear line, 2 on wrong usage.</summary>
static class Program
{
    static async Task<int> Main(string[] args)
    {
        var root = Commands.Root();
        // An address or a label may begin with @: it is no file of further arguments.
        var parsed = root.Parse(args.Length == 0 ? ["serve"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("See bastide --help.");
            return 2;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
