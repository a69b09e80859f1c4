using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Store;

/// <summary>The counts of RFC 8621 §2 beside what is really there.</summary>
public abstract class CountsContract(DatabaseFixture fixture)
{
    readonly MailStore _store = new(fixture.Test);

    [Fact]
    public void Counts_stay_what_a_recount_gives_whatever_happens() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Task.Run(() => Try(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(6).WithQuietOnSuccess(true));

    async Task Try(int seed)
    {
        var alice = await _store.AddPerson();
        var mail = new RandomMail(_store, alice, seed);
        for (var i = 0; i < 60; i++) await mail.Step();
        var (mailboxes, _) = await _store.Mailboxes.Get(alice.Caller, alice.Account, null, CancellationToken.None);
        var all = await mail.All();
        foreach (var mailbox in mailboxes)
        {
            var isTrash = mailbox.Role == "trash";
            var inside = all.Where(m => m.MailboxIds.Contains(mailbox.Id)).ToList();
            var threads = inside.Select(m => m.ThreadId).Distinct().ToList();
            mailbox.TotalEmails.ShouldBe(inside.Count);
            mailbox.UnreadEmails.ShouldBe(inside.Count(IsUnread));
            mailbox.TotalThreads.ShouldBe(threads.Count);
            var trash = alice.Mailboxes["trash"];
            mailbox.UnreadThreads.ShouldBe(threads.Count(t => all.Any(m => m.ThreadId == t && IsUnread(m)
                && (isTrash ? m.MailboxIds.Contains(trash) : m.MailboxIds.Any(b => b != trash)))));
        }

        var recount = await fixture.Database.Read(scope => MailboxTable.Count(scope, alice.Account), CancellationToken.None);
        foreach (var mailbox in mailboxes)
            recount[mailbox.Id].ShouldBe(new MailboxCounts(mailbox.TotalEmails, mailbox.UnreadEmails, mailbox.TotalThreads, mailbox.UnreadThreads));
        var usage = (await fixture.Database.Read(scope => AccountTable.Usage(scope, alice.Account), CancellationToken.None)).SingleOrDefault(u => u.Type == MailTypes.Email);
        usage.Items.ShouldBe(all.Count);
        usage.Octets.ShouldBe(all.Sum(m => m.Size));
    }

    [Fact]
    public async Task A_mailbox_that_becomes_the_trash_changes_what_is_unread_elsewhere()
    {
        var alice = await _store.AddPerson();
        var (inbox, junk, trash) = (alice.Mailboxes["inbox"], alice.Mailboxes["junk"], alice.Mailboxes["trash"]);
        await _store.Add(alice, "Lunch", "a@x", mailboxes: [inbox], keywords: ["$seen"]);
        await _store.Add(alice, "Re: Lunch", "b@x", "a@x", mailboxes: [trash]);
        (await Unread(alice, inbox)).ShouldBe(0);
        var outcome = await _store.Mailboxes.Set(alice.Caller, alice.Account, new MailboxSet
        {
            Update = new Dictionary<long, MailboxUpdate> { [junk] = new() { Role = Optional.Of<string>("trash") }, [trash] = new() { Role = Optional.Of<string>(null) } },
        }, fixture.Cancellation);
        outcome.Updated.Count.ShouldBe(2);
        (await Unread(alice, inbox)).ShouldBe(1);
    }

    async Task<long> Unread(Person person, long mailbox) =>
        (await _store.Mailboxes.Get(person.Caller, person.Account, [mailbox], fixture.Cancellation)).Found.Single().UnreadThreads;

    static bool IsUnread(Message message) => !message.Keywords.Contains("$seen") && !message.Keywords.Contains("$draft");
}
