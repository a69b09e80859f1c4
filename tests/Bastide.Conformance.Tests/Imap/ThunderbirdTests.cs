using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bastide.Conformance.Clients;
using MailKit;
using MailKit.Search;
using MailKit.Security;
using MimeKit;

namespace Bastide.Conformance.Imap;

/// <summary>
/// Thunderbird, driven by what it offers its own extensions: whatever it does must be there for another client, and it must
/// not complain of anything.
/// </summary>
public sealed partial class ThunderbirdTests(ThunderbirdAtWork work) : IClassFixture<ThunderbirdAtWork>
{
    const string Team = "Teams/Team Urbanisme/INBOX";
    readonly Thunderbird _thunderbird = work.Thunderbird;

    [Fact]
    public async Task It_finds_the_folders_and_what_they_are_for()
    {
        var folders = (await _thunderbird.Do("folders"))!.AsArray().ToDictionary(folder => (string)folder!["path"]!, folder => (long)folder!["flags"]!);
        // nsMsgFolderFlags: Inbox, Drafts, SentMail, Trash, Archive, Junk.
        (string Path, long Flag)[] uses = [("INBOX", 0x1000), ("Drafts", 0x400), ("Sent", 0x200), ("Trash", 0x100), ("Archive", 0x4000), ("Junk", 0x40000000)];
        foreach (var (path, flag) in uses) (folders[path] & flag).ShouldBe(flag, path);
        folders.Keys.ShouldContain(Team);
        using var other = await work.SignIn("alice");
        await _thunderbird.Do("update", Team);
        await _thunderbird.Do("holds", [Team, .. await Subjects(other, Team)]);
        await NothingIsComplainedOf();
    }

    [Fact]
    public async Task It_shows_every_message_with_its_text_and_its_attachments()
    {
        using var other = await work.SignIn("alice");
        await other.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        await Give("Lu par Thunderbird", new Multipart("mixed") { new TextPart("html") { Text = "<p>Un <b>texte</b> mis en forme, avec des accents : àéîõü.</p>" }, new MimePart("application", "pdf") { FileName = "relevé.pdf", Content = new MimeContent(new MemoryStream(new byte[5000])) } });
        await other.NoOpAsync();
        var messages = new Dictionary<string, MimeMessage>();
        for (var at = 0; at < other.Inbox.Count; at++)
        {
            var message = await other.Inbox.GetMessageAsync(at);
            messages[message.MessageId!] = message;
        }

        await _thunderbird.Do("open", "INBOX", messages.Count);
        var shown = (await _thunderbird.Do("readAll"))!.AsArray();
        shown.Count.ShouldBe(messages.Count);
        foreach (var one in shown)
        {
            var message = messages[(string)one!["id"]!];
            ((string)one["subject"]!).ShouldBe(message.Subject);
            var text = Words((string)one["text"]!);
            var expected = Words(message.HtmlBody is { } html ? WebUtility.HtmlDecode(Tag().Replace(Style().Replace(html, ""), "")) : message.TextBody);
            text.ShouldBe(expected, message.Subject);
            one["attachments"]!.AsArray().Select(name => (string)name!).ShouldBe(message.Attachments.Select(part => part.ContentDisposition?.FileName ?? part.ContentType.Name), message.Subject);
        }

        await NothingIsComplainedOf();
    }

    [Fact]
    public async Task It_has_the_server_search()
    {
        (await Search("INBOX", ["Subject", "acture"])).ShouldBe(["Facture 2026-1184"]);
        (await Search("INBOX", ["Body", "erver restarts for an up"])).ShouldBe(["Maintenance tonight, 22:00–22:15"]);
        (await Search("INBOX", ["Sender", "chloe@"], ["Body", "12:30"])).ShouldContain("Lunch on Friday?");
        (await Search("INBOX", ["Body", "nobody wrote this"])).ShouldBeEmpty();
        _thunderbird.Conversation().ShouldContain(line => line.Contains("uid SEARCH UNDELETED BODY \"erver restarts for an up\"", StringComparison.Ordinal));
        await NothingIsComplainedOf();
    }

    [Fact]
    public async Task It_marks_tags_copies_and_moves_messages()
    {
        await Give("Trié par Thunderbird", new TextPart("plain") { Text = "Corps." });
        await _thunderbird.Do("createFolder", "Tri");
        await _thunderbird.Do("update", "INBOX");
        await _thunderbird.Do("mark", "INBOX", "Trié par Thunderbird", new { flagged = true, tag = "$label1" });
        await _thunderbird.Do("transfer", "INBOX", "Archive", "Trié par Thunderbird", false);
        await _thunderbird.Do("mark", "INBOX", "Trié par Thunderbird", new { read = true });
        await _thunderbird.Do("transfer", "INBOX", "Tri", "Trié par Thunderbird", true);
        await NothingIsComplainedOf();

        using var other = await work.SignIn("alice");
        (await Subjects(other, "INBOX")).ShouldNotContain("Trié par Thunderbird");
        (await Subjects(other, "Archive")).ShouldContain("Trié par Thunderbird");
        var folder = await other.GetFolderAsync("Tri");
        await folder.OpenAsync(FolderAccess.ReadWrite);
        var moved = (await folder.FetchAsync(0, -1, MessageSummaryItems.Flags)).Single();
        moved.Flags!.Value.ShouldBe(MessageFlags.Seen | MessageFlags.Flagged);
        moved.Keywords.ShouldBe(["$label1"]);

        // And what the other client takes back is taken back here, where the folder is watched.
        await folder.RemoveFlagsAsync(0, MessageFlags.Flagged, silent: true);
        await _thunderbird.Do("update", "Tri");
        await Wait.Until(async () => (await Messages("Tri")).Single()?["isFlagged"]?.GetValue<bool>() == false, "the star is gone");
        await NothingIsComplainedOf();
    }

    [Fact]
    public async Task It_saves_a_draft_and_a_copy_of_what_it_sends()
    {
        await _thunderbird.Do("write", "bob@demo.localhost", "Écrit avec Thunderbird", "Bonjour Bob, à demain.");
        await _thunderbird.Do("saveDraft", "Écrit avec Thunderbird");
        using var other = await work.SignIn("alice");
        (await Subjects(other, "Drafts")).ShouldContain("Écrit avec Thunderbird");
        await _thunderbird.Do("send");
        await _thunderbird.Do("comes", "Sent", "Écrit avec Thunderbird");
        (await Subjects(other, "Sent")).ShouldContain("Écrit avec Thunderbird");
        (await Subjects(other, "Drafts")).ShouldNotContain("Écrit avec Thunderbird");
        await NothingIsComplainedOf();

        using var bob = await work.SignIn("bob");
        await Wait.Until(async () => (await Subjects(bob, "INBOX")).Contains("Écrit avec Thunderbird"), "bob has it");
        await bob.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var message = await bob.Inbox.GetMessageAsync((await bob.Inbox.SearchAsync(SearchQuery.SubjectContains("avec Thunderbird"))).Single());
        message.TextBody!.Trim().ShouldBe("Bonjour Bob, à demain.");
    }

    [Fact]
    public async Task What_comes_while_it_waits_is_shown_without_asking()
    {
        await _thunderbird.Do("open", "INBOX", 10);
        var idles = Idles();
        await _thunderbird.Do("update", "INBOX");
        await Wait.Until(() => Idles() > idles, "it idles");
        await Give("Pendant l'attente", new TextPart("plain") { Text = "Sans demander." });
        await _thunderbird.Do("comes", "INBOX", "Pendant l'attente");
        await NothingIsComplainedOf();

        int Idles() => _thunderbird.Conversation().Count(line => line.Contains("S-INBOX:CreateNewLineFromSocket: + idling", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_deletes_compacts_and_empties_the_trash()
    {
        await _thunderbird.Do("createFolder", "Ménage");
        using var other = await work.SignIn("alice");
        var folder = await other.GetFolderAsync("Ménage");
        for (var number = 1; number <= 4; number++) await folder.AppendAsync(new AppendRequest(Message($"Ménage {number}", new TextPart("plain") { Text = "x" })));
        await _thunderbird.Do("update", "Ménage");
        await _thunderbird.Do("holds", "Ménage", "Ménage 1", "Ménage 2", "Ménage 3", "Ménage 4");
        await _thunderbird.Do("remove", "Ménage", "Ménage 1", false);
        await _thunderbird.Do("remove", "Ménage", "Ménage 3", true);
        await Wait.Until(async () => (await Subjects(other, "Trash")).Contains("Ménage 1"), "it is in the trash");
        await _thunderbird.Do("compact", "Ménage");
        (await Subjects(other, "Ménage")).ShouldBe(["Ménage 2", "Ménage 4"]);
        await _thunderbird.Do("emptyTrash");
        (await Subjects(other, "Trash")).ShouldBeEmpty();
        await NothingIsComplainedOf();
    }

    [Fact]
    public async Task It_makes_renames_moves_and_deletes_folders()
    {
        await _thunderbird.Do("createFolder", "Été & Cie");
        await _thunderbird.Do("createFolder", "Été & Cie/Dedans");
        await _thunderbird.Do("createFolder", "Ailleurs");
        await _thunderbird.Do("renameFolder", "Été & Cie", "Hiver ~ \"neige\"");
        await _thunderbird.Do("has", "Hiver ~ \"neige\"/Dedans");
        await _thunderbird.Do("moveFolder", "Hiver ~ \"neige\"", "Ailleurs");
        await _thunderbird.Do("has", "Ailleurs/Hiver ~ \"neige\"/Dedans");
        using var other = await work.SignIn("alice");
        var names = (await other.GetFoldersAsync(other.PersonalNamespaces[0])).Select(folder => folder.FullName).ToList();
        names.ShouldContain("Ailleurs/Hiver ~ \"neige\"/Dedans");
        names.ShouldNotContain("Été & Cie");
        await _thunderbird.Do("deleteFolder", "Ailleurs");
        (await _thunderbird.Agree()).ShouldContain("Ailleurs");
        await _thunderbird.Do("has", "Trash/Ailleurs/Hiver ~ \"neige\"/Dedans");
        (await other.GetFoldersAsync(other.PersonalNamespaces[0])).ShouldContain(folder => folder.FullName == "Trash/Ailleurs/Hiver ~ \"neige\"/Dedans");
        await _thunderbird.Do("emptyTrash");
        (await other.GetFoldersAsync(other.PersonalNamespaces[0])).ShouldNotContain(folder => folder.FullName.Contains("Ailleurs", StringComparison.Ordinal));
        await NothingIsComplainedOf();
    }

    async Task<List<string>> Search(string folder, params string[][] terms) =>
        [.. (await _thunderbird.Do("search", folder, terms))!.AsArray().Select(subject => (string)subject!)];

    async Task<JsonArray> Messages(string folder) => (await _thunderbird.Do("messages", folder))!.AsArray();

    static async Task<List<string?>> Subjects(MailKit.Net.Imap.ImapClient client, string path)
    {
        var folder = await client.GetFolderAsync(path);
        await folder.OpenAsync(FolderAccess.ReadOnly);
        var subjects = (await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope)).Select(summary => summary.Envelope!.Subject).ToList();
        await folder.CloseAsync();
        return subjects;
    }

    async Task Give(string subject, MimeEntity body)
    {
        using var smtp = new MailKit.Net.Smtp.SmtpClient();
        await smtp.ConnectAsync("localhost", work.Workplace.Smtp, SecureSocketOptions.None);
        await smtp.SendAsync(Message(subject, body), new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", "alice@demo.localhost")]);
    }

    static MimeMessage Message(string subject, MimeEntity body) =>
        new([new MailboxAddress("Dehors", "outside@elsewhere.example")], [new MailboxAddress("Alice", "alice@demo.localhost")], subject, body);

    /// <summary>Neither was anything told to the person, nor did the server refuse a command.</summary>
    async Task NothingIsComplainedOf()
    {
        (await _thunderbird.Do("complaints"))!.AsArray().Select(complaint => (string)complaint!).ShouldBeEmpty();
        _thunderbird.Conversation().Where(line => Refusal().IsMatch(line)).ShouldBeEmpty();
    }

    static string[] Words(string? text) => (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"CreateNewLineFromSocket: \w+ (NO|BAD) ")]
    private static partial Regex Refusal();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<(head|style)\b.*?</\1>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
