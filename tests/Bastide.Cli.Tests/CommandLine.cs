using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Bastide.Cli.Tests;

/// <summary>The <c>bastide</c> command as an operator types it, in a process of its own.</summary>
sealed class CommandLine(string? data, IReadOnlyDictionary<string, string>? environment = null)
{
    /// <summary>Runs it with an input, and answers how it ended and what it said.</summary>
    public async Task<(int Code, string Output, string Error)> Type(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "bastide.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (data is not null)
        {
            start.ArgumentList.Add("--data");
            start.ArgumentList.Add(data);
        }

        start.Environment["BASTIDE_DOMAIN"] = "demo.localhost";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs what must succeed, and answers what it printed.</summary>
    public async Task<string> Do(params string[] arguments) => await DoWith("", arguments);

    /// <summary>The same with an input.</summary>
    public async Task<string> DoWith(string input, params string[] arguments)
    {
        var (code, output, error) = await Type(input, arguments);
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        return output.TrimEnd();
    }

    /// <summary>A listing as JSON.</summary>
    public async Task<List<JsonObject>> List(string what) => [.. JsonNode.Parse(await Do(what, "list", "--json"))!.AsArray().Select(item => item!.AsObject())];

    /// <summary>Runs what must fail, and answers the one line that says why.</summary>
    public async Task<string> Fails(params string[] arguments)
    {
        var (code, output, error) = await Type("", arguments);
        output.ShouldBeEmpty();
        code.ShouldBe(1, error);
        error.TrimEnd('\n').ShouldNotContain("\n");
        error.ShouldNotContain("   at ");
        return error.TrimEnd();
    }
}
