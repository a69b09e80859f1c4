using System.Diagnostics;
using System.Net;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>swaks, as administrators use it, on the other side.</summary>
public sealed class SwaksTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    [Fact]
    public async Task Swaks_delivers_in_clear_pipelined_over_TLS_and_signed_in()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/swaks"), "swaks is not installed: apt-get install swaks");
        await using var workplace = await MailWorkplace.Start(fixture);
        await workplace.Add("alice");
        var bob = await workplace.Add("bob");
        string[] stranger = ["--from", "stranger@example.org", "--to", bob.Address];
        string[] alice = ["--from", "alice@demo.localhost", "--to", bob.Address, "--auth-user", "alice@demo.localhost", "--auth-password", FakeSignIn.Password];

        (await Swaks(workplace.Transfer, [.. stranger, "--header", "Subject: clear"])).ShouldBe(0);
        (await Swaks(workplace.Transfer, [.. stranger, "--header", "Subject: pipelined", "--pipeline"])).ShouldBe(0);
        (await Swaks(workplace.Transfer, [.. stranger, "--header", "Subject: starttls", "--tls"])).ShouldBe(0);
        (await Swaks(workplace.Submission, [.. alice, "--header", "Subject: plain", "--auth", "PLAIN"])).ShouldBe(0);
        (await Swaks(workplace.Submission, [.. alice, "--header", "Subject: login", "--auth", "LOGIN", "--tls"])).ShouldBe(0);
        (await Swaks(workplace.ImplicitTls, [.. alice, "--header", "Subject: implicit", "--auth", "PLAIN", "--tls-on-connect"])).ShouldBe(0);
        (await workplace.Messages(bob)).Select(m => m[m.IndexOf("Subject: ", StringComparison.Ordinal)..].Split('\r')[0])
            .ShouldBe(["Subject: clear", "Subject: pipelined", "Subject: starttls", "Subject: plain", "Subject: login", "Subject: implicit"]);

        // swaks says 24 for no accepted recipient, 28 for a failed sign-in, 23 for a refused sender.
        (await Swaks(workplace.Transfer, ["--from", "stranger@example.org", "--to", "nobody@demo.localhost"])).ShouldBe(24);
        (await Swaks(workplace.Transfer, ["--from", "stranger@example.org", "--to", "someone@elsewhere.example"])).ShouldBe(24);
        (await Swaks(workplace.Submission, [.. alice[..^1], "wrong", "--auth", "PLAIN"])).ShouldBe(28);
        (await Swaks(workplace.Submission, ["--from", "alice@demo.localhost", "--to", bob.Address])).ShouldBe(23);
    }

    static async Task<int> Swaks(IPEndPoint server, string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/swaks") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--server", "127.0.0.1", "--port", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--timeout", "20", .. arguments])
            start.ArgumentList.Add(argument);
        using var swaks = Process.Start(start)!;
        var output = swaks.StandardOutput.ReadToEndAsync();
        var error = swaks.StandardError.ReadToEndAsync();
        await Wait.For(swaks.WaitForExitAsync());
        TestContext.Current.TestOutputHelper?.WriteLine(await output + await error);
        return swaks.ExitCode;
    }
}
