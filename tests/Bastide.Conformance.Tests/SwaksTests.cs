using System.Diagnostics;

namespace Bastide.Conformance;

/// <summary>swaks, the SMTP tester of Debian, as an ordinary mail program uses the ports.</summary>
public sealed class SwaksTests : IAsyncLifetime
{
    RunningWorkplace _workplace = null!;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start();

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Theory]
    [InlineData("plain", "--protocol ESMTP")]
    [InlineData("encrypted", "--tls")]
    [InlineData("pipelined", "--pipeline")]
    [InlineData("attached", "--attach-type text/plain --attach-body hello --attach-name café.txt --attach @/etc/hostname")]
    public async Task It_delivers(string subject, string options)
    {
        var (code, output) = await Swaks(_workplace.Smtp, $"--to alice@demo.localhost --from outside@elsewhere.example {options} --h-Subject swaks-{subject}");
        code.ShouldBe(0, output);
        (await Subjects("alice")).ShouldContain($"swaks-{subject}");
    }

    [Theory]
    [InlineData("--tls --auth PLAIN")]
    [InlineData("--tls --auth LOGIN")]
    [InlineData("--auth PLAIN")]
    public async Task It_submits_for_a_person_who_signs_in(string options)
    {
        var subject = $"submitted-{Guid.NewGuid():N}";
        var (code, output) = await Swaks(_workplace.Submission, $"--to bob@demo.localhost --from alice@demo.localhost {options} --auth-user alice@demo.localhost --auth-password bastide-demo --h-Subject {subject}");
        code.ShouldBe(0, output);
        await Wait.Until(async () => (await Subjects("bob")).Contains(subject), "bob to have the mail");
    }

    [Fact]
    public async Task It_submits_with_TLS_from_the_first_byte()
    {
        var (code, output) = await Swaks(_workplace.Submissions, "--tls-on-connect --to bob@demo.localhost --from alice@demo.localhost --auth PLAIN --auth-user alice --auth-password bastide-demo --h-Subject submissions");
        code.ShouldBe(0, output);
        await Wait.Until(async () => (await Subjects("bob")).Contains("submissions"), "bob to have the mail");
    }

    [Theory]
    [InlineData("--to nobody@demo.localhost", 24, "550")]
    [InlineData("--to stranger@elsewhere.example", 24, "550")]
    public async Task It_is_told_at_RCPT_who_is_not_here(string options, int exit, string reply)
    {
        var (code, output) = await Swaks(_workplace.Smtp, $"--from outside@elsewhere.example {options}");
        code.ShouldBe(exit, output);
        output.ShouldContain($"<** {reply}");
    }

    [Fact]
    public async Task A_wrong_password_does_not_submit()
    {
        var (code, output) = await Swaks(_workplace.Submission, "--tls --to bob@demo.localhost --from alice@demo.localhost --auth PLAIN --auth-user alice@demo.localhost --auth-password wrong");
        code.ShouldBe(28, output);
        output.ShouldContain("535");
    }

    async Task<List<string?>> Subjects(string person)
    {
        using var jmap = new JmapClient(_workplace.Url, $"{person}@demo.localhost", "bastide-demo");
        var account = await jmap.Account();
        return [.. (await jmap.Emails(account, await jmap.MailboxWithRole(account, "inbox"), "subject")).Select(mail => (string?)mail["subject"])];
    }

    static async Task<(int Code, string Output)> Swaks(int port, string options)
    {
        var start = new ProcessStartInfo("swaks") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--server", $"127.0.0.1:{port}", "--helo", "client.example" }.Concat(options.Split(' '))) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
