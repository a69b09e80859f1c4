using Bastide.Mail.Imap;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

/// <summary>Every conversation of <c>Transcripts/</c>, with alice, bob, a team alice is a member of, and someone without room.</summary>
public abstract class ImapTranscriptContract(DatabaseFixture fixture)
{
    public static TheoryData<string> Names => [.. ImapTranscript.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await ImapWorkplace.Start(fixture, new ImapLimits { MessageSize = 100_000, Errors = 10, FailedSignIns = 3 });
        var alice = await workplace.Add("alice");
        await workplace.Add("bob");
        var team = await workplace.Add("team", AccountKind.Team);
        await workplace.Give(team, alice, Rights.Member);
        await workplace.SetQuota(await workplace.Add("full"), 10);
        await ImapTranscript.Run(name, workplace);
    }
}
