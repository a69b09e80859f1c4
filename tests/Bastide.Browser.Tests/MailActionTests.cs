using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>What a person does with conversations shows at once, reaches the server, and is undone by one click.</summary>
public sealed class MailActionTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static ILocator Row(IPage page, string subject) => page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = subject });

    static ILocator Folder(IPage page, string name) => page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{name}\\b") }).First;

    static ILocator Undo(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last;

    // Where each message is and what is marked on it, by subject: "inbox [$seen]".
    async Task<Dictionary<string, string>> Places(string address)
    {
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var mailboxes = (await mail.Call("Mailbox/get", new JsonObject { ["accountId"] = account }))["list"]!.AsArray().ToDictionary(m => (string)m!["id"]!, m => (string?)m!["role"] ?? (string)m!["name"]!);
        var query = await mail.Call("Email/query", new JsonObject { ["accountId"] = account });
        var emails = await mail.Call("Email/get", new JsonObject { ["accountId"] = account, ["ids"] = query["ids"]!.DeepClone(), ["properties"] = new JsonArray("subject", "mailboxIds", "keywords") });
        return emails["list"]!.AsArray().ToDictionary(
            email => (string)email!["subject"]!,
            email => $"{string.Join('+', email!["mailboxIds"]!.AsObject().Select(m => mailboxes[m.Key]).Order(StringComparer.Ordinal))} [{string.Join(' ', email["keywords"]!.AsObject().Select(k => k.Key).Order(StringComparer.Ordinal))}]");
    }

    Task ShouldBe(string address, string subject, string place) =>
        Wait.Until(async () => (await Places(address))[subject] == place, $"{subject} to be {place}");

    async Task<(Person Person, string Address)> With(params string[] subjects)
    {
        var (person, address) = await Newcomer();
        foreach (var subject in subjects)
        {
            await Deliver(address, subject);
            await Expect(Row(person.Page, subject)).ToBeVisibleAsync();
        }

        return (person, address);
    }

    [Fact]
    public async Task A_conversation_is_dragged_to_a_folder_and_undo_brings_it_back()
    {
        var (person, address) = await With("To be dragged", "To stay");
        await using var _ = person;
        var page = person.Page;
        var target = (await Folder(page, "Archive").BoundingBoxAsync())!;
        var row = (await Row(page, "To be dragged").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(row.X + 160, row.Y + 30);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(row.X + 120, row.Y + 40, new() { Steps = 5 });
        await page.Mouse.MoveAsync(target.X + 60, target.Y + 12, new() { Steps = 15 });
        await page.Mouse.UpAsync();
        await Expect(Row(page, "To be dragged")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Conversation archived").Or(page.GetByText("Moved to Archive"))).ToBeVisibleAsync();
        await ShouldBe(address, "To be dragged", "archive []");
        await Undo(page).ClickAsync();
        await Expect(Row(page, "To be dragged")).ToBeVisibleAsync();
        await ShouldBe(address, "To be dragged", "inbox []");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conversation_is_moved_by_key_into_a_folder_made_on_the_way()
    {
        var (person, address) = await With("For the project");
        await using var _ = person;
        var page = person.Page;
        await Row(page, "For the project").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "For the project" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("v");
        await page.GetByRole(AriaRole.Combobox).Last.FillAsync("Project");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "New folder" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync("Project");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Moved to Project")).ToBeVisibleAsync();
        await ShouldBe(address, "For the project", "Project [$seen]");
        await Folder(page, "Project").ClickAsync();
        await Expect(Row(page, "For the project")).ToBeVisibleAsync();

        // And back by the same key, choosing by typing.
        await Row(page, "For the project").ClickAsync();
        await page.Keyboard.PressAsync("v");
        await page.GetByRole(AriaRole.Combobox).Last.FillAsync("inb");
        await page.Keyboard.PressAsync("Enter");
        await ShouldBe(address, "For the project", "inbox [$seen]");
        person.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Archive", "archive")]
    [InlineData("Delete", "trash")]
    public async Task A_button_of_the_row_puts_a_conversation_away_and_undo_brings_it_back(string button, string role)
    {
        var (person, address) = await With("Put away");
        await using var _ = person;
        var page = person.Page;
        await Row(page, "Put away").HoverAsync();
        await Row(page, "Put away").GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(Row(page, "Put away")).ToHaveCountAsync(0);
        await ShouldBe(address, "Put away", $"{role} []");
        await Undo(page).ClickAsync();
        await Expect(Row(page, "Put away")).ToBeVisibleAsync();
        await ShouldBe(address, "Put away", "inbox []");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_are_selected_by_click_range_and_all_acted_upon_and_brought_back_together()
    {
        var subjects = Enumerable.Range(1, 6).Select(i => $"Item number {i}").ToArray();
        var (person, address) = await With(subjects);
        await using var _ = person;
        var page = person.Page;
        await Row(page, subjects[4]).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await Row(page, subjects[2]).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        var bar = page.GetByRole(AriaRole.Region, new() { Name = "Conversations" }).GetByRole(AriaRole.Toolbar);
        await Expect(bar.GetByText("3 selected")).ToBeVisibleAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Flag", Exact = true }).ClickAsync();
        await ShouldBe(address, subjects[3], "inbox [$flagged]");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Mark as read" }).ClickAsync();
        await ShouldBe(address, subjects[3], "inbox [$flagged $seen]");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByText("3 conversations moved to Trash")).ToBeVisibleAsync();
        await ShouldBe(address, subjects[3], "trash [$flagged $seen]");
        await Expect(Row(page, "Item number")).ToHaveCountAsync(3);
        await Undo(page).ClickAsync();
        await Expect(Row(page, "Item number")).ToHaveCountAsync(6);
        var places = await Places(address);
        places.ShouldBe(subjects.ToDictionary(s => s, s => s == subjects[2] || s == subjects[3] || s == subjects[4] ? "inbox [$flagged $seen]" : "inbox []"), ignoreOrder: true);

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all" }).CheckAsync();
        await Expect(bar.GetByText("6 selected")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await Expect(Row(page, "Item number")).ToHaveCountAsync(0);
        await Wait.Until(async () => (await Places(address)).Values.All(place => place.StartsWith("archive", StringComparison.Ordinal)), "all to be archived");
        await page.Keyboard.PressAsync("z");
        await Expect(Row(page, "Item number")).ToHaveCountAsync(6);
        await Wait.Until(async () => (await Places(address)).Values.All(place => place.StartsWith("inbox", StringComparison.Ordinal)), "all to be back");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_that_a_search_found_is_moved_but_what_was_sent_and_undo_puts_each_back_where_it_was()
    {
        var address = await AddPerson();
        using var source = new TempDirectory();
        System.IO.Directory.CreateDirectory(source.Below("mail"));
        string Mbox(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(i => $"From a@b.example Mon Mar  2 09:00:01 2026\nFrom: A <a@b.example>\nMessage-ID: <{i}@b.example>\nSubject: Parcel {i}\n\nIt comes.\n\n"));
        await File.WriteAllTextAsync(source.Below("mail", "Inbox"), Mbox(0, 70), Cancellation);
        await File.WriteAllTextAsync(source.Below("mail", "Project"), Mbox(100, 5), Cancellation);
        await File.WriteAllTextAsync(source.Below("mail", "Sent"), "From me Mon Mar  2 10:00:01 2026\nFrom: Me <me@b.example>\nMessage-ID: <answer@b.example>\nIn-Reply-To: <0@b.example>\nReferences: <0@b.example>\nSubject: Re: Parcel 0\n\nThank you.\n\n", Cancellation);
        (await Place.Server.Run("import", address, "mbox", source.Below("mail"))).Code.ShouldBe(0);
        await using var person = await Open();
        var page = person.Page;
        await page.GotoAsync("/mail/inbox?q=parcel");
        await EnterPassword(person, address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "75 results" })).ToBeVisibleAsync();
        var before = await Places(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "What to select" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Select all 75 conversations" }).ClickAsync();
        var bar = page.GetByRole(AriaRole.Region, new() { Name = "Conversations" }).GetByRole(AriaRole.Toolbar);
        await Expect(bar.GetByText("75 selected")).ToBeVisibleAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Expect(page.GetByText("75 conversations archived")).ToBeVisibleAsync();
        await Wait.Until(async () => (await Places(address)).Values.Count(place => place == "archive [$seen]") == 75, "all but what was sent to be archived");
        (await Places(address))["Re: Parcel 0"].ShouldBe("sent [$seen]");
        await page.Keyboard.PressAsync("z");
        await Wait.Until(async () => (await Places(address)).Values.All(place => place != "archive [$seen]"), "all to be back");
        (await Places(address)).ShouldBe(before, ignoreOrder: true);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_and_flagging_show_in_the_list_and_in_the_count_of_the_folder()
    {
        var (person, address) = await With("First letter", "Second letter");
        await using var _ = person;
        var page = person.Page;
        await Expect(Folder(page, "Inbox")).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("2 unread"));
        await Row(page, "First letter").ClickAsync();
        await Expect(Folder(page, "Inbox")).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("1 unread"));
        await ShouldBe(address, "First letter", "inbox [$seen]");
        await Row(page, "Second letter").HoverAsync();
        await Row(page, "Second letter").GetByRole(AriaRole.Button, new() { Name = "Flag", Exact = true }).ClickAsync();
        await Expect(Row(page, "Second letter").GetByLabel("Flagged")).ToBeVisibleAsync();
        await ShouldBe(address, "Second letter", "inbox [$flagged]");
        await Row(page, "First letter").HoverAsync();
        await Row(page, "First letter").GetByRole(AriaRole.Button, new() { Name = "Mark as unread" }).ClickAsync();
        await Expect(Folder(page, "Inbox")).ToHaveAccessibleNameAsync(new System.Text.RegularExpressions.Regex("2 unread"));
        await ShouldBe(address, "First letter", "inbox []");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_server_refuses_is_rolled_back_with_a_message()
    {
        var (person, address) = await With("Not to be moved");
        await using var _ = person;
        var page = person.Page;
        await page.RouteAsync("**/jmap/api", async route =>
        {
            if (route.Request.PostData?.Contains("\"Email/set\"", StringComparison.Ordinal) != true)
            {
                await route.ContinueAsync();
                return;
            }

            var request = JsonNode.Parse(route.Request.PostData)!;
            var call = request["methodCalls"]!.AsArray().First(c => (string)c![0]! == "Email/set")!;
            var refused = new JsonObject();
            foreach (var (id, _) in call[1]!["update"]!.AsObject()) refused[id] = new JsonObject { ["type"] = "forbidden" };
            var answer = new JsonObject
            {
                ["methodResponses"] = new JsonArray(new JsonArray("Email/set", new JsonObject { ["accountId"] = (string)call[1]!["accountId"]!, ["oldState"] = "0", ["newState"] = "0", ["notUpdated"] = refused }, (string)call[2]!)),
                ["sessionState"] = "0",
            };
            await route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = answer.ToJsonString() });
        });
        await Row(page, "Not to be moved").HoverAsync();
        await Row(page, "Not to be moved").GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Expect(page.GetByText("You may not do this here.")).ToBeVisibleAsync();
        await Expect(Row(page, "Not to be moved")).ToBeVisibleAsync();
        await Expect(Undo(page)).ToHaveCountAsync(0);
        await page.UnrouteAllAsync();
        await ShouldBe(address, "Not to be moved", "inbox []");
    }
}
