using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Drive;

/// <summary>litmus, the WebDAV test suite of Debian, against the files of a person.</summary>
public sealed class LitmusTests(DriveWorkplace drive) : IClassFixture<DriveWorkplace>
{
    [Theory]
    [InlineData("basic")]
    [InlineData("copymove")]
    [InlineData("props")]
    [InlineData("locks")]
    [InlineData("http")]
    public async Task It_finds_nothing_wrong(string suite)
    {
        using var home = new TempDirectory();
        // It writes a log where it stands.
        var (code, output) = await ClientProcess.Run(
            "/bin/sh", ["-c", $"cd {home.Path} && exec litmus {drive.Root("alice")} {DriveWorkplace.Address("alice")} {DriveWorkplace.Password}"], new Dictionary<string, string> { ["TESTS"] = suite });
        foreach (var wrong in new[] { "FAIL", "WARNING", "SKIPPED" }) output.ShouldNotContain(wrong, Case.Sensitive, output);
        output.ShouldContain("100.0%");
        code.ShouldBe(0, output);
    }
}
