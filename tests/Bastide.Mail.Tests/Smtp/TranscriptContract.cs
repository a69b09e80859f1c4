using Bastide.Mail.Smtp;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Xunit;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>Every conversation of <c>Transcripts/</c>, with alice, bob, a team, someone disabled and someone without room.</summary>
public abstract class TranscriptContract(DatabaseFixture fixture)
{
    public static TheoryData<string> Names => [.. Transcript.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await MailWorkplace.Start(fixture, limits: new SmtpLimits { MessageSize = 100_000, Drain = 100_000, Recipients = 5, Errors = 14, RefusedRecipients = 10, IdleCommands = 30, FailedSignIns = 3 });
        await workplace.Add("alice", AccountKind.User, "al");
        await workplace.Add("bob");
        await workplace.Add("team", AccountKind.Team);
        var full = await workplace.Add("full");
        await workplace.SetQuota(full, 10);
        var gone = await workplace.Add("gone");
        workplace.Directory.Add(gone with { Disabled = true });
        await Transcript.Run(name, workplace);
    }
}
