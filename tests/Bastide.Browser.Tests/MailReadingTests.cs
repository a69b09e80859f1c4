using System.Net;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Reading: nothing is fetched from elsewhere unless asked, files are looked at where they are, and everything is found again.</summary>
public sealed class MailReadingTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    // One page with a thin line, as small as a PDF may be.
    const string Pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>endobj\n4 0 obj<</Length 20>>stream\n10 10 m 190 90 l S  \nendstream endobj\ntrailer<</Root 1 0 R>>";

    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static ILocator Row(IPage page, string subject) => page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = subject });

    static ILocator Search(IPage page) => page.GetByRole(AriaRole.Searchbox, new() { Name = "Search mail" });

    async Task Deliver(string address, string subject, MimeEntity body, string from = "outside@elsewhere.example", string name = "Oscar Outside")
    {
        var message = new MimeMessage { Subject = subject, Body = body };
        message.From.Add(new MailboxAddress(name, from));
        message.To.Add(new MailboxAddress("", address));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Place.Server.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(message, new MailboxAddress("", from), [new MailboxAddress("", address)], Cancellation);
        await smtp.DisconnectAsync(true, Cancellation);
    }

    [Fact]
    public async Task Images_from_elsewhere_are_fetched_only_when_the_reader_asks()
    {
        using var elsewhere = new HttpListener();
        var port = FreePort();
        elsewhere.Prefixes.Add($"http://127.0.0.1:{port}/");
        elsewhere.Start();
        var fetched = 0;
        var serving = Task.Run(async () =>
        {
            while (elsewhere.IsListening)
            {
                var context = await elsewhere.GetContextAsync();
                Interlocked.Increment(ref fetched);
                context.Response.ContentType = "image/png";
                await context.Response.OutputStream.WriteAsync(Png);
                context.Response.Close();
            }
        });
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "A letter with a picture", new TextPart("html") { Text = $"<p>Look:</p><img alt='tracked' src='http://127.0.0.1:{port}/open.png?who=you' width=40 height=40>" });
        await Row(page, "A letter with a picture").ClickAsync();
        await Expect(page.FrameLocator("iframe").GetByText("Look:")).ToBeVisibleAsync();
        await Expect(page.GetByText("Images from elsewhere are not shown")).ToBeVisibleAsync();
        Volatile.Read(ref fetched).ShouldBe(0);
        person.Faults.ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show images" }).ClickAsync();
        await Wait.Until(() => Volatile.Read(ref fetched) == 1, "the picture to be fetched");
        await Expect(page.FrameLocator("iframe").GetByAltText("tracked")).ToHaveJSPropertyAsync("naturalWidth", 1);
        elsewhere.Stop();
        await Should.ThrowAsync<Exception>(serving);
    }

    [Fact]
    public async Task Pictures_PDF_and_text_are_looked_at_without_leaving_and_saved_octet_for_octet()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        var body = new BodyBuilder { TextBody = "Three files." };
        body.Attachments.Add("photo.png", Png, new ContentType("image", "png"));
        body.Attachments.Add("plan.pdf", Encoding.ASCII.GetBytes(Pdf), new ContentType("application", "pdf"));
        body.Attachments.Add("réunion été.txt", Encoding.UTF8.GetBytes("Ordre du jour"), new ContentType("text", "plain") { Charset = "utf-8" });
        await Deliver(address, "Three files", body.ToMessageBody());
        await Row(page, "Three files").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open photo.png" }).ClickAsync();
        var preview = page.GetByRole(AriaRole.Dialog);
        await Expect(preview.GetByAltText("photo.png")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await preview.GetByRole(AriaRole.Button, new() { Name = "Next attachment" }).ClickAsync();
        await Expect(preview.Locator("canvas").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(preview.GetByText("Ordre du jour")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(preview).ToHaveCountAsync(0);
        foreach (var (name, content) in new[] { ("plan.pdf", Encoding.ASCII.GetBytes(Pdf)), ("réunion été.txt", Encoding.UTF8.GetBytes("Ordre du jour")) })
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = $"Save {name}" }).First.ClickAsync());
            download.SuggestedFilename.ShouldBe(name);
            (await File.ReadAllBytesAsync(await download.PathAsync(), Cancellation)).ShouldBe(content);
        }

        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_understands_operators_offers_them_and_says_what_to_do_when_nothing_is_found()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Budget of the pool", new TextPart("plain") { Text = "The lifeguards cost more." }, "paul@mairie.example", "Paul Martin");
        await Deliver(address, "Pool opening", new BodyBuilder { TextBody = "Come and swim.", Attachments = { { "map.txt", "x"u8.ToArray(), new ContentType("text", "plain") } } }.ToMessageBody());
        await Deliver(address, "Lunch", new TextPart("plain") { Text = "Pizza?" });
        await Expect(Row(page, "Lunch")).ToBeVisibleAsync();
        await Row(page, "Lunch").HoverAsync();
        await Row(page, "Lunch").GetByRole(AriaRole.Button, new() { Name = "Mark as read" }).ClickAsync();
        // An operator and its value, by keys alone.
        await Search(page).PressSequentiallyAsync("fro");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Search(page).PressSequentiallyAsync("pau");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Paul Martin" }).First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Search(page)).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^from:.*paul", System.Text.RegularExpressions.RegexOptions.IgnoreCase));

        foreach (var (query, found) in new (string, string[])[]
        {
            ("pool", ["Budget of the pool", "Pool opening"]), ("from:paul", ["Budget of the pool"]), ("subject:pool has:attachment", ["Pool opening"]),
            ("is:read", ["Lunch"]), ("is:unread swim", ["Pool opening"]), ("filename:map", ["Pool opening"]), ("body:lifeguards", ["Budget of the pool"]),
            ("after:2020-01-01 pizza", ["Lunch"]), ("from:oscar -pool", ["Lunch"]), ("in:inbox lunch", ["Lunch"]),
        })
        {
            await Search(page).FillAsync(query);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = found.Length == 1 ? "1 result" : $"{found.Length} results", Exact = true })).ToBeVisibleAsync();
            foreach (var subject in found) await Expect(Row(page, subject)).ToBeVisibleAsync();
        }

        await Search(page).FillAsync("zebra");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Nothing found")).ToBeVisibleAsync();
        await Expect(page.GetByText("in:anywhere")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mail_that_comes_while_one_looks_elsewhere_is_told_on_the_desktop()
    {
        var address = await AddPerson();
        await using var person = await Open();
        var page = person.Page;
        await page.Context.AddInitScriptAsync("""
            window.told = [];
            window.Notification = class { static permission = "granted"; static requestPermission() { return Promise.resolve("granted"); } constructor(title, options) { window.told.push(title + ": " + options.body); } close() {} };
            ServiceWorkerRegistration.prototype.showNotification = async (title, options) => { window.told.push(title + ": " + options.body); };
            Object.defineProperty(Document.prototype, "visibilityState", { get: () => window.away ? "hidden" : "visible" });
            Object.defineProperty(Document.prototype, "hidden", { get: () => Boolean(window.away) });
            document.hasFocus = () => !window.away;
            """);
        await page.GotoAsync("/");
        await EnterPassword(person, address);
        await ShouldShowInbox(page);
        await Deliver(address, "Seen at once", new TextPart("plain") { Text = "Here." });
        await Expect(Row(page, "Seen at once")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.away = true; document.dispatchEvent(new Event('visibilitychange')); }");
        await Deliver(address, "Told elsewhere", new TextPart("plain") { Text = "There." });
        await page.WaitForFunctionAsync("() => window.told.length > 0", null, new() { Timeout = 15_000 });
        var told = await page.EvaluateAsync<string[]>("() => window.told");
        told.ShouldHaveSingleItem().ShouldStartWith("Oscar Outside: Told elsewhere");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Twenty_thousand_conversations_scroll_to_any_place()
    {
        var address = await AddPerson();
        using var source = new TempDirectory();
        var mbox = source.Below("Inbox");
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"From a@b.example {new DateTime(2020, 1, 1).AddHours(i):ddd MMM dd HH:mm:ss yyyy}\nFrom: A <a@b.example>\nMessage-ID: <{i}@b.example>\nSubject: Letter {i:00000}\n\nNumber {i}.\n\n");
        await File.WriteAllTextAsync(mbox, text.ToString(), Cancellation);
        var (code, _, error) = await Place.Server.Run("import", address, "mbox", mbox);
        code.ShouldBe(0, error);
        await using var person = await Open();
        var page = person.Page;
        await page.GotoAsync("/");
        await EnterPassword(person, address);
        await Expect(Row(page, "Letter 19999")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        var list = page.GetByRole(AriaRole.List, new() { Name = "Conversations" });
        async Task ShouldShow(int letter)
        {
            await Expect(Row(page, $"Letter {letter:00000}")).ToBeVisibleAsync(new() { Timeout = 15_000 });
            await Expect(list.Locator("[aria-hidden=true] .mantine-Skeleton-root")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
            (await list.GetByRole(AriaRole.Listitem).CountAsync()).ShouldBeLessThan(60);
        }

        async Task ScrollTo(double part) => await list.EvaluateAsync("(list, part) => { const box = list.parentElement; box.scrollTop = part * (box.scrollHeight - box.clientHeight); }", part);
        await ScrollTo(0.5);
        await ShouldShow(10_000);
        await ScrollTo(1);
        await ShouldShow(0);
        await Expect(Row(page, "Letter 00000")).ToHaveAttributeAsync("aria-posinset", "20000");
        await ScrollTo(0);
        await ShouldShow(19_999);
        await list.HoverAsync();
        for (var turn = 0; turn < 40; turn++) await page.Mouse.WheelAsync(0, 900);
        await Expect(Row(page, "Letter 19999")).ToHaveCountAsync(0);
        var top = await list.EvaluateAsync<int>("list => Math.round(list.parentElement.scrollTop / 78)");
        top.ShouldBeGreaterThan(100);
        await ShouldShow(19_999 - top - 3);
        person.Faults.ShouldBeEmpty();
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
