using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Delivery;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Net;
using Bastide.Testing;
using MimeKit;
using Shouldly;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>What the tests of delivery share: alice and bob, and a domain elsewhere with a server of the test.</summary>
public abstract class DeliveryContract(DatabaseFixture fixture)
{
    internal const string Elsewhere = "elsewhere.example";

    internal DatabaseFixture Fixture => fixture;

    internal static string Message(string to, string from = "alice@demo.localhost", string more = "") =>
        $"From: {from}\nTo: {to}\nSubject: hello\nMessage-ID: <{Guid.NewGuid():N}@demo.localhost>\n{more}\nhello\n.\nworld\n";

    internal async Task<MailWorkplace> Start(FakeServer server)
    {
        var workplace = await MailWorkplace.Start(fixture, delivery: new DeliveryLimits { Port = server.Port });
        workplace.Dns.Exchangers[Elsewhere] = [new MxRecord(10, "mx.elsewhere.example")];
        workplace.Dns.Hosts["mx.elsewhere.example"] = [IPAddress.Loopback];
        return workplace;
    }

    internal static async Task<Submission> Submit(MailWorkplace workplace, DirectoryEntry sender, string message, Func<SubmitRequest, SubmitRequest>? change = null)
    {
        var result = await TrySubmit(workplace, sender, message, change);
        result.Failure.ShouldBeNull(result.Description);
        return result.Submission!;
    }

    internal static async Task<SubmitResult> TrySubmit(MailWorkplace workplace, DirectoryEntry sender, string message, Func<SubmitRequest, SubmitRequest>? change = null)
    {
        var request = new SubmitRequest(sender.Account, (await workplace.Keep(message)).Id) { Sender = sender.Address };
        return await workplace.Submissions.Submit(MailWorkplace.CallerOf(sender), change is null ? request : change(request), CancellationToken.None);
    }

    internal static async Task<Submission> Get(MailWorkplace workplace, DirectoryEntry owner, Submission submission) =>
        (await workplace.Submissions.Get(MailWorkplace.CallerOf(owner), owner.Account, [submission.Id], CancellationToken.None)).Found.ShouldHaveSingleItem();

    internal static async Task<MimeMessage> LastOf(MailWorkplace workplace, DirectoryEntry person)
    {
        var messages = await workplace.Messages(person);
        messages.ShouldNotBeEmpty();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(messages[^1]));
        return await MimeMessage.LoadAsync(stream);
    }
}
