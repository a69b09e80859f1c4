using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Writing: answers go to whom they should, files come along however they are given, and what is sent can be taken back for a moment.</summary>
public sealed class MailWritingTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static ILocator Composer(IPage page) => page.GetByRole(AriaRole.Region, new() { NameRegex = new("^Message: ") });

    static ILocator Body(IPage page) => Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "Message text" });

    static Task Send(IPage page) => Composer(page).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

    async Task Deliver(MimeMessage message, string address)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Place.Server.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(message, new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", address)], Cancellation);
        await smtp.DisconnectAsync(true, Cancellation);
    }

    // The message as it arrived in a mailbox with a role, once it has.
    async Task<MimeMessage> Arrived(string address, string subject, string role = "inbox")
    {
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var mailbox = await mail.MailboxWithRole(account, role);
        var blob = "";
        await Wait.Until(
            async () =>
            {
                blob = (string?)(await mail.Emails(account, mailbox, "subject", "blobId")).Find(email => (string?)email["subject"] == subject)?["blobId"] ?? "";
                return blob.Length > 0;
            },
            $"{subject} to arrive");
        await using var content = await mail.Http.GetStreamAsync($"jmap/download/{account}/{blob}/message.eml?type=message%2Frfc822", Cancellation);
        return await MimeMessage.LoadAsync(content, Cancellation);
    }

    async Task<(Person Person, string Address, string Other)> Asked()
    {
        var other = await AddPerson();
        var (person, address) = await Newcomer();
        var message = new MimeMessage { Subject = "The bridge", MessageId = "question@elsewhere.example" };
        message.From.Add(new MailboxAddress("Engineer", "engineer@elsewhere.example"));
        message.ReplyTo.Add(new MailboxAddress("Geraldine Guest", other));
        message.To.Add(new MailboxAddress("Geraldine Guest", address));
        message.To.Add(new MailboxAddress("Bob", "bob@demo.localhost"));
        message.Cc.Add(new MailboxAddress("Chloé", "chloe@demo.localhost"));
        message.References.Add("first@elsewhere.example");
        message.Body = new BodyBuilder { TextBody = "Shall we build it?", Attachments = { { "plan.txt", Encoding.UTF8.GetBytes("A plan."), ContentType.Parse("text/plain") } } }.ToMessageBody();
        await Deliver(message, address);
        await person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "The bridge" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Article).GetByText("Shall we build it?").Last).ToBeVisibleAsync();
        return (person, address, other);
    }

    [Fact]
    public async Task A_reply_goes_to_where_answers_are_wanted_and_belongs_to_the_conversation()
    {
        var (person, address, other) = await Asked();
        await using var _ = person;
        await person.Page.Keyboard.PressAsync("r");
        await Expect(Composer(person.Page)).ToBeVisibleAsync();
        await Body(person.Page).ClickAsync();
        await person.Page.Keyboard.TypeAsync("Yes, let us.");
        await Send(person.Page);
        var reply = await Arrived(other, "Re: The bridge");
        reply.From.ToString().ShouldContain(address);
        reply.To.Mailboxes.Select(to => to.Address).ShouldBe([other]);
        reply.Cc.ShouldBeEmpty();
        reply.InReplyTo.ShouldBe("question@elsewhere.example");
        reply.References.ShouldBe(["first@elsewhere.example", "question@elsewhere.example"]);
        reply.TextBody!.ShouldContain("Yes, let us.");
        reply.TextBody!.ShouldContain("> Shall we build it?");
        reply.HtmlBody!.ShouldContain("<blockquote");
        (await Arrived(address, "Re: The bridge", "sent")).MessageId.ShouldBe(reply.MessageId);
        await Expect(person.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "The bridge" }).First.GetByLabel("Answered")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_to_all_leaves_oneself_out_and_keeps_who_got_a_copy()
    {
        var (person, address, other) = await Asked();
        await using var _ = person;
        await person.Page.Keyboard.PressAsync("a");
        await Expect(Composer(person.Page)).ToBeVisibleAsync();
        await Body(person.Page).FillAsync("To everyone.");
        await Send(person.Page);
        var reply = await Arrived(other, "Re: The bridge");
        var everyone = reply.To.Mailboxes.Concat(reply.Cc.Mailboxes).Select(mailbox => mailbox.Address).ToList();
        everyone.ShouldBe([other, "bob@demo.localhost", "chloe@demo.localhost"], ignoreOrder: true);
        everyone.ShouldNotContain(address);
        reply.Cc.Mailboxes.Select(mailbox => mailbox.Address).ShouldContain("chloe@demo.localhost");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_forwarded_takes_its_files_along()
    {
        var (person, _, other) = await Asked();
        await using var _ = person;
        await person.Page.Keyboard.PressAsync("f");
        await Expect(Composer(person.Page).GetByText("plan.txt")).ToBeVisibleAsync();
        await Composer(person.Page).GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).FillAsync(other);
        await person.Page.Keyboard.PressAsync("Enter");
        await Send(person.Page);
        var forwarded = await Arrived(other, "Fwd: The bridge");
        var file = forwarded.Attachments.OfType<MimePart>().ShouldHaveSingleItem();
        file.FileName.ShouldBe("plan.txt");
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content, Cancellation);
        Encoding.UTF8.GetString(content.ToArray()).ShouldBe("A plan.");
        forwarded.TextBody!.ShouldContain("Shall we build it?");
        forwarded.InReplyTo.ShouldBeNull();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_come_along_by_choice_drop_and_paste_and_rich_text_arrives_as_both()
    {
        var other = await AddPerson();
        var (person, _) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        var to = Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true });
        await to.FillAsync(other);
        await page.Keyboard.PressAsync("Enter");
        await Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Files and forms");
        await Body(page).ClickAsync();
        await page.Keyboard.TypeAsync("Dear all, ");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync("important");
        await page.Keyboard.PressAsync("Control+b");

        await Composer(page).Locator("footer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "chosen.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("chosen") });
        await Composer(page).EvaluateAsync("""
            target => {
              const data = new DataTransfer();
              data.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
              for (const type of ["dragenter", "dragover", "drop"]) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """);
        await Body(page).EvaluateAsync("""
            target => {
              const data = new DataTransfer();
              data.items.add(new File(["pasted"], "pasted.txt", { type: "text/plain" }));
              target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        foreach (var name in new[] { "chosen.txt", "dropped.txt", "pasted.txt" }) await Expect(Composer(page).GetByText(name)).ToBeVisibleAsync();
        // An image is pasted into the text itself.
        await Body(page).EvaluateAsync("""
            async target => {
              const canvas = Object.assign(document.createElement("canvas"), { width: 3, height: 2 });
              const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
              const data = new DataTransfer();
              data.items.add(new File([blob], "image.png", { type: "image/png" }));
              target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(Body(page).Locator("img[data-cid]")).ToBeVisibleAsync();
        await Expect(Composer(page).GetByText("Draft saved")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Send(page);

        var message = await Arrived(other, "Files and forms");
        message.TextBody!.ShouldContain("Dear all, important");
        message.HtmlBody!.ShouldContain("<strong>important</strong>");
        message.Attachments.Select(part => part.ContentDisposition?.FileName).ShouldBe(["chosen.txt", "dropped.txt", "pasted.txt"], ignoreOrder: true);
        var image = message.BodyParts.OfType<MimePart>().Single(part => part.ContentType.MimeType == "image/png");
        message.HtmlBody!.ShouldContain($"cid:{image.ContentId}");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_shows_its_progress_and_can_be_taken_off_while_it_is_on_its_way()
    {
        var (person, _) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/jmap/upload/**", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        await Composer(page).Locator("footer input[type=file]").SetInputFilesAsync([
            new FilePayload { Name = "slow.bin", MimeType = "application/octet-stream", Buffer = new byte[300_000] },
            new FilePayload { Name = "unwanted.bin", MimeType = "application/octet-stream", Buffer = new byte[300_000] },
        ]);
        await Expect(Composer(page).GetByRole(AriaRole.Progressbar, new() { Name = "Upload of slow.bin" })).ToHaveCountAsync(1);
        await Composer(page).GetByRole(AriaRole.Button, new() { Name = "Remove unwanted.bin" }).ClickAsync();
        await Expect(Composer(page).GetByText("unwanted.bin")).ToHaveCountAsync(0);
        go.SetResult();
        await Expect(Composer(page).GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await Expect(Composer(page).GetByText("slow.bin")).ToBeVisibleAsync();
        FaultsBeyond(person).Where(fault => !fault.Contains("net::ERR_ABORTED", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recipients_are_completed_by_keys_and_what_was_sent_is_taken_back_whole()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "A first word");
        await Expect(page.GetByText("A first word").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        // A whole address is meant as it is written, whoever else begins like it.
        await Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).PressSequentiallyAsync("outside@elsewhere.ex");
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "outside@elsewhere.example" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Composer(page).GetByText("outside@elsewhere.ex", new() { Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Backspace");
        await Expect(Composer(page).GetByText("outside@elsewhere.ex", new() { Exact = true })).ToHaveCountAsync(0);
        await Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).PressSequentiallyAsync("osc");
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "outside@elsewhere.example" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Composer(page).GetByText("Oscar Outside")).ToBeVisibleAsync();
        await Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Too hasty");
        await Body(page).FillAsync("I should not have said this.");
        await Send(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();
        await Expect(Composer(page).GetByText("Oscar Outside")).ToBeVisibleAsync();
        await Expect(Composer(page).GetByRole(AriaRole.Textbox, new() { Name = "Subject" })).ToHaveValueAsync("Too hasty");
        await Expect(Body(page)).ToContainTextAsync("I should not have said this.");
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        (await mail.Emails(account, await mail.MailboxWithRole(account, "sent"), "subject")).ShouldBeEmpty();
        (await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject")).Select(draft => (string?)draft["subject"]).ShouldBe(["Too hasty"]);

        // Closed, it stays a draft that can be gone on with; discarded, it is gone.
        await Composer(page).GetByRole(AriaRole.Button, new() { Name = "Save and close" }).ClickAsync();
        await Expect(Composer(page)).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Drafts") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Too hasty" }).ClickAsync();
        await Expect(Body(page)).ToContainTextAsync("I should not have said this.");
        await Composer(page).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Wait.Until(async () => (await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject")).Count == 0, "the draft to be gone");
        person.Faults.ShouldBeEmpty();
    }
}
