using Bastide.Abstractions.Identity;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>The answer of people who are away. RFC 3834; RFC 8621 §8.</summary>
public abstract class VacationContract(DatabaseFixture fixture) : DeliveryContract(fixture)
{
    static readonly Sql InsertResponse = new("""
        INSERT INTO vacation_responses (account_id, is_enabled, from_date, to_date, subject, text_body) VALUES ($1, $2, $3, $4, $5, $6)
        """);

    [Fact]
    public async Task Whoever_writes_to_someone_away_is_answered_once_in_seven_days()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var bob = await Away(workplace);
        for (var day = 0; day < 6; day++)
        {
            await Deliver(workplace, $"someone@{Elsewhere}", "bob@demo.localhost");
            workplace.Time.Advance(TimeSpan.FromDays(1));
        }

        var answer = server.Messages.ShouldHaveSingleItem();
        answer.From.ShouldBe("MAIL FROM:<>");
        answer.Recipients.ShouldBe([$"someone@{Elsewhere}"]);
        answer.Data.ShouldContain("\r\nSubject: Auto: a question\r\n");
        answer.Data.ShouldContain("\r\nAuto-Submitted: auto-replied\r\n");
        answer.Data.ShouldContain("\r\nIn-Reply-To: <question@elsewhere.example>\r\n");
        answer.Data.ShouldContain("\r\nFrom: bob <bob@demo.localhost>\r\n");
        answer.Data.ShouldContain("Back on Monday.");
        workplace.Time.Advance(TimeSpan.FromDays(2));
        await Deliver(workplace, $"someone@{Elsewhere}", "bob@demo.localhost");
        server.Messages.Count.ShouldBe(2);
        (await workplace.Messages(bob)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task Someone_here_finds_the_answer_in_their_inbox()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        await Away(workplace);
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, Message("Robert <robert@demo.localhost>"));
        await workplace.RunJobs();
        (await LastOf(workplace, alice)).Subject.ShouldBe("Auto: hello");
    }

    [Theory]
    [InlineData("", "bob@demo.localhost", "")]
    [InlineData("mailer-daemon@elsewhere.example", "bob@demo.localhost", "")]
    [InlineData("owner-list@elsewhere.example", "bob@demo.localhost", "")]
    [InlineData("list-request@elsewhere.example", "bob@demo.localhost", "")]
    [InlineData("someone@elsewhere.example", "bob@demo.localhost", "Auto-Submitted: auto-generated\n")]
    [InlineData("someone@elsewhere.example", "bob@demo.localhost", "Precedence: bulk\n")]
    [InlineData("someone@elsewhere.example", "bob@demo.localhost", "List-Id: <list.elsewhere.example>\n")]
    [InlineData("someone@elsewhere.example", "everybody@elsewhere.example", "")]
    [InlineData("bob@demo.localhost", "bob@demo.localhost", "")]
    public async Task Programs_lists_and_the_unaddressed_are_not_answered(string sender, string to, string header)
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        await Away(workplace);
        await Deliver(workplace, sender, to, header);
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Senders_that_never_end_are_answered_up_to_a_bound_and_again_later()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var bob = await Away(workplace);
        for (var i = 0; i < 60; i++) await Deliver(workplace, $"forged{i}@{Elsewhere}", "bob@demo.localhost");
        server.Messages.Count.ShouldBe(50);
        workplace.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 60; i < 70; i++) await Deliver(workplace, $"forged{i}@{Elsewhere}", "bob@demo.localhost");
        server.Messages.Count.ShouldBe(58);
        (await workplace.Messages(bob)).Count.ShouldBe(70);
    }

    [Fact]
    public async Task Only_between_its_dates_does_anyone_answer()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        await Away(workplace, workplace.Time.GetUtcNow() + TimeSpan.FromDays(1), workplace.Time.GetUtcNow() + TimeSpan.FromDays(3));
        await Deliver(workplace, $"early@{Elsewhere}", "bob@demo.localhost");
        workplace.Time.Advance(TimeSpan.FromDays(2));
        await Deliver(workplace, $"between@{Elsewhere}", "bob@demo.localhost");
        workplace.Time.Advance(TimeSpan.FromDays(1));
        await Deliver(workplace, $"late@{Elsewhere}", "bob@demo.localhost");
        server.Messages.ShouldHaveSingleItem().Recipients.ShouldBe([$"between@{Elsewhere}"]);
    }

    static async Task<DirectoryEntry> Away(MailWorkplace workplace, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var bob = await workplace.Add("bob", aliases: "robert");
        await workplace.Database.Write(async scope => { await scope.Execute(InsertResponse, bob.Account, true, from, to, null, "Back on Monday."); }, CancellationToken.None);
        return bob;
    }

    static async Task Deliver(MailWorkplace workplace, string sender, string to, string header = "")
    {
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        var message = $"From: {sender}\nTo: Bob <{to}>\nSubject: a question\nMessage-ID: <question@elsewhere.example>\n{header}\nWhere are you?\n";
        (await peer.Deliver(sender, "bob@demo.localhost", message)).ShouldStartWith("250");
        await workplace.RunJobs();
    }
}
