using System.Globalization;
using System.Text;
using Bastide.Mail.Import;
using Bastide.Mail.Mime;
using Bastide.Mail.Tests.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Import;

/// <summary>Mail that comes from elsewhere: everything once, where it was, as it was, and what cannot be read keeps nothing else out.</summary>
public abstract class ImportContract(DatabaseFixture fixture) : IDisposable
{
    readonly MailStore _store = new(fixture.Test);
    readonly TempDirectory _directory = new();

    MailImport Import => new(fixture.Test.Database, fixture.Test.Blobs, _store.Messages, _store.Mailboxes);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    static string Text(string subject, string body = "Hello.") => $"From: Bob <bob@example.org>\nSubject: {subject}\nMessage-ID: <{subject.Replace(' ', '.')}@example.org>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\n\n{body}\n";

    string Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    string Write(string path, byte[] content)
    {
        var file = _directory.Below(path.Split('/'));
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    async Task<ImportProgress> Run(Person person, ImportFormat format, string path)
    {
        ImportProgress? last = null;
        await foreach (var step in Import.Run(person.Account, format, path, fixture.Cancellation))
        {
            if (last is not null) step.Read.ShouldBeGreaterThanOrEqualTo(last.Read);
            step.Octets.ShouldBeLessThanOrEqualTo(step.TotalOctets);
            last = step;
        }

        last!.Octets.ShouldBe(last.TotalOctets);
        return last;
    }

    // Where each message is: "Folder/Sub: subject [keywords]", in order.
    async Task<IReadOnlyList<string>> Seen(Person person)
    {
        var mailboxes = (await _store.Mailboxes.Get(person.Caller, person.Account, null, fixture.Cancellation)).Found.ToDictionary(mailbox => mailbox.Id);
        string Name(long id) => mailboxes[id] is var mailbox && mailbox.ParentId is { } parent ? $"{Name(parent)}/{mailbox.Name}" : mailbox.Role ?? mailbox.Name;
        return [.. (await All(person)).Select(message => $"{string.Join('+', message.MailboxIds.Select(Name).Order(StringComparer.Ordinal))}: {message.Header.Subject} [{string.Join(' ', message.Keywords.Order(StringComparer.Ordinal))}]").Order(StringComparer.Ordinal)];
    }

    async Task<IReadOnlyList<Message>> All(Person person)
    {
        var found = await _store.Query.Query(person.Caller, person.Account, new EmailQuery { Limit = 1000 }, fixture.Cancellation);
        return (await _store.Messages.Get(person.Caller, person.Account, found.Ids, withStructure: false, fixture.Cancellation)).Found;
    }

    async Task<Message> Only(Person person) => (await All(person)).ShouldHaveSingleItem();

    async Task<string> Octets(Message message)
    {
        await using var content = (await fixture.Test.Blobs.Open(message.Blob, fixture.Cancellation))!;
        using var reader = new StreamReader(content, Encoding.Latin1);
        return await reader.ReadToEndAsync(fixture.Cancellation);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task An_mbox_brings_its_messages_with_either_line_end(string lineEnd)
    {
        var alice = await _store.AddPerson();
        var mbox = $"From bob@example.org Mon Mar  2 09:00:01 2026\n{Text("One")}\nFrom bob@example.org Tue Mar 03 10:11:12 2026\n{Text("Two", "From here on.\n\nFrom time to time.\n>From the quoted.\n>>From twice.")}\n";
        var done = await Run(alice, ImportFormat.Mbox, Write("Family.mbox", mbox.ReplaceLineEndings(lineEnd)));
        (done.Read, done.Added, done.Refused).ShouldBe((2, 2, 0));
        (await Seen(alice)).ShouldBe(["Family: One [$seen]", "Family: Two [$seen]"]);
        var two = (await All(alice)).Single(message => message.Header.Subject == "Two");
        two.ReceivedAt.ShouldBe(new DateTimeOffset(2026, 3, 3, 10, 11, 12, TimeSpan.Zero));
        (await Octets(two)).ShouldBe(Text("Two", "From here on.\n\nFrom time to time.\nFrom the quoted.\n>From twice.").ReplaceLineEndings("\r\n"));
    }

    [Theory]
    [InlineData("From bob@example.org Tue Mar  3 10:11:12 2026", "2026-03-03T10:11:12Z")]
    [InlineData("From - Tue Mar 03 10:11:12 2026", "2026-03-03T10:11:12Z")]
    [InlineData("From \"Bob B\"@example.org Tue Mar 3 10:11:12 2026", "2026-03-03T10:11:12Z")]
    [InlineData("From 1234@xxx Tue Mar 03 10:11:12 +0200 2026", "2026-03-03T08:11:12Z")]
    [InlineData("From bob@example.org Tue Mar 3 10:11:12 2026 +0200", "2026-03-03T08:11:12Z")]
    [InlineData("From bob@example.org no date at all", "2026-03-02T08:00:00Z")]
    public async Task The_time_of_arrival_is_the_one_of_the_From_line_or_else_what_the_message_says(string fromLine, string arrival)
    {
        var alice = await _store.AddPerson();
        await Run(alice, ImportFormat.Mbox, Write("inbox", $"{fromLine}\n{Text("One")}"));
        (await Only(alice)).ReceivedAt.ShouldBe(DateTimeOffset.Parse(arrival, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task What_programs_note_of_a_message_in_its_header_becomes_keywords()
    {
        var alice = await _store.AddPerson();
        string[] heads =
        [
            "Subject: read\nStatus: RO", "Subject: fresh\nStatus: O", "Subject: answered\nStatus: RO\nX-Status: AF", "Subject: draft\nX-Status: T",
            "Subject: bird\nX-Mozilla-Status: 1005\nX-Mozilla-Keys: Work $label1", "Subject: dovecot\nStatus: R\nX-Keywords: Later, bad\"one", "Subject: silent",
        ];
        await Run(alice, ImportFormat.Mbox, Write("Old", string.Concat(heads.Select(head => $"From x Mon Mar  2 09:00:01 2026\n{head}\n\nHello\n\n"))));
        (await Seen(alice)).ShouldBe(
        [
            "Old: answered [$answered $flagged $seen]", "Old: bird [$flagged $forwarded $label1 $seen work]", "Old: dovecot [$seen later]", "Old: draft [$draft]",
            "Old: fresh []", "Old: read [$seen]", "Old: silent [$seen]",
        ], ignoreOrder: false);
    }

    [Fact]
    public async Task Labels_of_Gmail_choose_the_mailbox()
    {
        var alice = await _store.AddPerson();
        string[] labels = ["Inbox,Unread", "Sent", "Work/Projects,Starred", "Archived", "Category updates,Spam"];
        await Run(alice, ImportFormat.Mbox, Write("All mail Including Spam.mbox", string.Concat(labels.Select((label, i) => $"From 1@xxx Mon Mar 02 09:00:01 +0000 2026\nX-Gmail-Labels: {label}\nSubject: {i}\n\nHello\n\n"))));
        (await Seen(alice)).ShouldBe(["Work/Projects: 2 [$flagged $seen]", "archive: 3 [$seen]", "inbox: 0 []", "junk: 4 [$seen]", "sent: 1 [$seen]"]);
    }

    [Fact]
    public async Task A_directory_of_mbox_files_becomes_a_tree_of_mailboxes()
    {
        var alice = await _store.AddPerson();
        string Mbox(string subject) => $"From x Mon Mar  2 09:00:01 2026\n{Text(subject)}\n";
        Write("mail/Inbox", Mbox("In"));
        Write("mail/Inbox.msf", "// <!-- not mail -->");
        Write("mail/.hidden", Mbox("Hidden"));
        Write("mail/Sent", Mbox("Out"));
        Write("mail/Clients.sbd/Été 2025", Mbox("Below"));
        Write("mail/notes.txt", "Not an mbox.");
        (await Run(alice, ImportFormat.Mbox, _directory.Below("mail"))).Added.ShouldBe(3);
        (await Seen(alice)).ShouldBe(["Clients/Été 2025: Below [$seen]", "inbox: In [$seen]", "sent: Out [$seen]"]);
    }

    [Fact]
    public async Task A_Maildir_brings_flags_times_and_folders()
    {
        var alice = await _store.AddPerson();
        Write("Maildir/cur/1700000000.M1P2.host:2,FRS", Text("Flagged"));
        Write("Maildir/cur/1700000001.M1P2.host:2,", Text("Unread"));
        Write("Maildir/new/1700000002.M1P2.host", Text("Fresh"));
        Write("Maildir/tmp/1700000003.M1P2.host", Text("Half written"));
        Write("Maildir/dovecot-uidlist", "3 V1 N4");
        Write("Maildir/.Sent/cur/1700000004.x:2,S", Text("Sent"));
        Write("Maildir/.Projets.&AMk-t&AOk-/cur/1700000005.x:2,DP", Text("Nested"));
        Write("Maildir/.Empty/cur/.keep", "");
        File.Delete(_directory.Below("Maildir", ".Empty", "cur", ".keep"));
        var done = await Run(alice, ImportFormat.Maildir, _directory.Below("Maildir"));
        (done.Added, done.Refused).ShouldBe((5, 0));
        (await Seen(alice)).ShouldBe(["Projets/Été: Nested [$draft $forwarded]", "inbox: Flagged [$answered $flagged $seen]", "inbox: Fresh []", "inbox: Unread []", "sent: Sent [$seen]"]);
        (await All(alice)).Single(message => message.Header.Subject == "Flagged").ReceivedAt.ToUnixTimeSeconds().ShouldBe(1_700_000_000);
    }

    [Fact]
    public async Task Files_of_one_message_each_go_to_the_inbox()
    {
        var alice = await _store.AddPerson();
        Write("eml/a.eml", Text("One"));
        Write("eml/sub/b.eml", Text("Two").ReplaceLineEndings("\r\n"));
        Write("eml/image.png", "no message");
        (await Run(alice, ImportFormat.Eml, _directory.Below("eml"))).Added.ShouldBe(2);
        (await Run(alice, ImportFormat.Eml, Write("single", Text("Three")))).Added.ShouldBe(1);
        (await Seen(alice)).ShouldBe(["inbox: One [$seen]", "inbox: Three [$seen]", "inbox: Two [$seen]"]);
        (await All(alice)).ShouldAllBe(message => message.ReceivedAt == new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Run_again_it_adds_what_is_new_and_leaves_as_it_is_what_the_person_has_changed()
    {
        var alice = await _store.AddPerson();
        var first = Text("One");
        var file = Write("Family", $"From x Mon Mar  2 09:00:01 2026\n{first}\n");
        (await Run(alice, ImportFormat.Mbox, file)).Added.ShouldBe(1);
        var one = await Only(alice);
        await _store.Update(alice, one.Id, new EmailUpdate { MailboxIds = new Patch<long> { Replace = [alice.Mailboxes["archive"]] }, Keywords = new Patch<string> { Replace = ["$flagged"] } });
        Write("Family", $"From x Mon Mar  2 09:00:01 2026\n{first}\nFrom x Mon Mar  2 09:00:01 2026\n{Text("Two")}\n");
        var again = await Run(alice, ImportFormat.Mbox, file);
        (again.Read, again.Added, again.AlreadyThere).ShouldBe((2, 1, 1));
        (await Seen(alice)).ShouldBe(["Family: Two [$seen]", "archive: One [$flagged]"]);
    }

    [Fact]
    public async Task A_message_in_two_folders_is_one_message_in_two_mailboxes()
    {
        var alice = await _store.AddPerson();
        Write("Maildir/cur/1700000000.a:2,S", Text("Both"));
        Write("Maildir/.Work/cur/1700000000.a:2,S", Text("Both"));
        Write("Maildir/.Work/cur/1700000000.b:2,S", Text("Both"));
        for (var round = 0; round < 2; round++)
        {
            (await Run(alice, ImportFormat.Maildir, _directory.Below("Maildir"))).Read.ShouldBe(3);
            (await Seen(alice)).ShouldBe(["Work+inbox: Both [$seen]"]);
        }

        // Taken out of one of them, it stays out.
        var both = await Only(alice);
        await _store.Update(alice, both.Id, new EmailUpdate { MailboxIds = new Patch<long> { Replace = [alice.Mailboxes["trash"]] } });
        await Run(alice, ImportFormat.Maildir, _directory.Below("Maildir"));
        (await Seen(alice)).ShouldBe(["trash: Both [$seen]"]);
    }

    [Fact]
    public async Task Long_lines_and_large_messages_arrive_octet_for_octet()
    {
        var alice = await _store.AddPerson();
        // "From " at a place where the reader's buffer begins anew is no beginning of a message.
        var line = new StringBuilder();
        while (line.Length < 3_000_000) line.Append("From x Mon Mar  2 09:00:01 2026 ");
        var message = Text("Long", $"{line}\n\nEnd.");
        (await Run(alice, ImportFormat.Mbox, Write("Long", $"From x Mon Mar  2 09:00:01 2026\n{message}\nFrom x Mon Mar  2 09:00:01 2026\n{Text("Next")}"))).Added.ShouldBe(2);
        (await Octets((await All(alice)).Single(found => found.Header.Subject == "Long"))).ShouldBe(message.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public async Task What_cannot_be_taken_is_counted_with_its_reason_and_keeps_nothing_else_out()
    {
        var alice = await _store.AddPerson();
        Write("mail/a.eml", "");
        Write("mail/b.eml", new byte[MessageBuilder.MaxSize + 1]);
        var unreadable = Write("mail/c.eml", Text("Unreadable"));
        Write("mail/d.eml", [0, 1, 2, 255, 254, 13, 10, 0]);
        Write("mail/e.eml", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: {i}\n")) + "Subject: Heads\n\nHello\n");
        Write("mail/f.eml", Text("Fine"));
        File.CreateSymbolicLink(_directory.Below("mail", "around"), _directory.Below("mail"));
        File.CreateSymbolicLink(_directory.Below("mail", "g.eml"), _directory.Below("nowhere"));
        await using var held = File.Open(unreadable, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var done = await Run(alice, ImportFormat.Eml, _directory.Below("mail"));
        (done.Read, done.Added, done.Refused).ShouldBe((7, 3, 4));
        done.LastError.ShouldNotBeNullOrEmpty();
        (await All(alice)).Select(message => message.Header.Subject).ShouldBe([null, "Fine", "Heads"], ignoreOrder: true);
    }

    [Fact]
    public async Task Names_that_no_mailbox_may_have_are_brought_into_shape()
    {
        var alice = await _store.AddPerson();
        Write($"Maildir/.{new string('x', 200)}/cur/1700000000.a:2,S", Text("Long"));
        Write("Maildir/.a\tb\u0007/cur/1700000000.b:2,S", Text("Control"));
        Write("Maildir/." + string.Join('.', Enumerable.Range(0, 40)) + "/cur/1700000000.c:2,S", Text("Deep"));
        (await Run(alice, ImportFormat.Maildir, _directory.Below("Maildir"))).Added.ShouldBe(3);
        var seen = await Seen(alice);
        seen.ShouldContain("ab: Control [$seen]");
        seen.ShouldContain($"{new string('x', 80)}: Long [$seen]");
        seen.ShouldContain(place => place.StartsWith("0/1/2/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_without_room_takes_what_fits_and_the_rest_when_there_is_room()
    {
        var alice = await _store.AddPerson();
        for (var i = 0; i < 5; i++) Write($"mail/{i}.eml", Text($"Number {i}", new string('x', 1000)));
        await fixture.Database.Write(scope => AccountTable.Update(scope, alice.Account, "Alice", 3000, false), fixture.Cancellation);
        var full = await Run(alice, ImportFormat.Eml, _directory.Below("mail"));
        (full.Read, full.Added, full.Refused, full.LastError).ShouldBe((5, 2, 3, "The account has no room left."));
        await fixture.Database.Write(scope => AccountTable.Update(scope, alice.Account, "Alice", null, false), fixture.Cancellation);
        var rest = await Run(alice, ImportFormat.Eml, _directory.Below("mail"));
        (rest.Added, rest.AlreadyThere, rest.Refused).ShouldBe((3, 2, 0));
        (await All(alice)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_no_mail_at_all_is_refused_with_a_sentence()
    {
        var alice = await _store.AddPerson();
        (await Should.ThrowAsync<IOException>(() => Run(alice, ImportFormat.Mbox, Write("notes.txt", "Dear diary,\n")))).Message.ShouldContain("holds no message");
        await Should.ThrowAsync<FileNotFoundException>(() => Run(alice, ImportFormat.Eml, _directory.Below("nothing")));
        (await All(alice)).ShouldBeEmpty();
    }
}
