using Bastide.Mail.Tests.Jmap;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Mime;

/// <summary>Hostile and broken messages, each the whole way from SMTP to JMAP.</summary>
public abstract class HostileMailContract(DatabaseFixture fixture)
{
    public static TheoryData<string> Names => [.. HostileMessages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_kept_whole_and_can_be_read(string name)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var email = await WholeWay.Take(workplace, alice, HostileMessages.Make(name));
        if (name == "empty") return;
        // What it says is there to be read, as its text or, where it cannot be taken apart, in an attachment.
        var isReadable = WholeWay.Text(email).Contains("needle", StringComparison.Ordinal) || ((string?)email["subject"] ?? "").Contains("needle", StringComparison.Ordinal);
        isReadable.ShouldBeTrue(email.ToJsonString()[..Math.Min(2000, email.ToJsonString().Length)]);
    }
}
