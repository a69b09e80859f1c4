using System.Diagnostics;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>litmus, the WebDAV test suite of Debian, against the engine on a real port.</summary>
public sealed class LitmusTests(DavServer server) : IClassFixture<DavServer>
{
    [Theory]
    [InlineData("basic")]
    [InlineData("copymove")]
    [InlineData("props")]
    [InlineData("locks")]
    [InlineData("http")]
    public async Task It_finds_nothing_wrong(string suite)
    {
        using var directory = new TempDirectory();
        var start = new ProcessStartInfo("/usr/bin/litmus") { WorkingDirectory = directory.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"{server.Url}dav/shelves/alice@{TestSettings.Domain}/");
        start.ArgumentList.Add("alice");
        start.ArgumentList.Add(DavServer.Password);
        start.Environment["TESTS"] = suite;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (var wrong in new[] { "FAIL", "WARNING", "SKIPPED" }) output.ShouldNotContain(wrong, Case.Sensitive, output);
        output.ShouldContain("100.0%");
        process.ExitCode.ShouldBe(0, output + await error);
    }
}
