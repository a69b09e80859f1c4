using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The contacts app in a real browser: what is shown, what the client writes, and what undo takes back.</summary>
public sealed class ContactsTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    const string Ana = """
        {"name":{"components":[{"kind":"given","value":"Ana"},{"kind":"surname","value":"Lima"}],"isOrdered":true,"full":"Ana Lima"},
         "organizations":{"o":{"name":"Atelier"}},"emails":{"e":{"address":"ana@elsewhere.example","contexts":{"work":true}}},
         "phones":{"p":{"number":"+33 6 12 34 56 78","features":{"mobile":true}}},"notes":{"n":{"note":"Met in Nantes."}},
         "example.org:kept":{"as":"it is"},"vCardProps":[["x-foo",{},"text","bar"]]}
        """;

    static ILocator Row(IPage page, string name) => page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.Locator("[data-card]"), HasText = name });

    static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true });

    async Task<(Person Person, ContactsOf Contacts, IReadOnlyList<(string Id, string Uid)> Made)> With(string place, ColorScheme scheme = ColorScheme.Light, int width = 1440, string locale = "en-GB", params string[] cards)
    {
        var address = await AddPerson();
        var contacts = await ContactsOf.Of(Place.Server.Url, address, Password);
        var made = new List<(string, string)>();
        foreach (var card in cards) made.Add(await contacts.Add(card));
        var person = await Open(locale, scheme, width);
        contacts.Watch(person.Page);
        await person.Page.GotoAsync($"/contacts/{place}");
        await EnterPassword(person, address);
        await Expect(person.Page.Locator("#contacts-search")).ToBeVisibleAsync();
        if (!person.Page.Url.EndsWith(place, StringComparison.Ordinal)) await person.Page.GotoAsync($"/contacts/{place}");
        await Expect(person.Page.Locator("#contacts-search")).ToBeVisibleAsync();
        return (person, contacts, made);
    }

    /// <summary>From now on the server refuses what the page writes of cards.</summary>
    static Task<IAsyncDisposable> Refuse(IPage page) => page.RouteAsync("**/jmap/api", async route =>
    {
        var call = JsonNode.Parse(route.Request.PostData!)!["methodCalls"]![0]!;
        if ((string)call[0]! != "ContactCard/set")
        {
            await route.ContinueAsync();
            return;
        }

        var refused = new JsonObject(call[1]!["destroy"]!.AsArray().Select(id => KeyValuePair.Create((string)id!, (JsonNode?)new JsonObject { ["type"] = "forbidden" })));
        var answer = new JsonArray("ContactCard/set", new JsonObject { ["accountId"] = (string)call[1]!["accountId"]!, ["notDestroyed"] = refused }, (string)call[2]!);
        await route.FulfillAsync(new() { ContentType = "application/json", Body = new JsonObject { ["methodResponses"] = new JsonArray(answer), ["sessionState"] = "0" }.ToJsonString() });
    });

    [Fact]
    public async Task People_stand_under_the_letter_of_their_surname_and_are_found_and_opened_by_keyboard()
    {
        var (person, contacts, _) = await With("all", cards: [Ana, """{"name":{"full":"Zoé Émile"},"nicknames":{"n":{"name":"Zozo"}}}""", """{"kind":"org","name":{"full":"Mairie"}}"""]);
        await using var __ = person;
        using var ___ = contacts;
        var page = person.Page;
        await Expect(page.Locator("[data-card]")).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("^Zoé Émile"), new System.Text.RegularExpressions.Regex("^Ana Lima"), new System.Text.RegularExpressions.Regex("^Mairie")]);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("zozo");
        await Expect(page.Locator("[data-card]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("o");
        await Expect(Heading(page, "Zoé Émile (Zozo)")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Heading(page, "Zoé Émile (Zozo)")).ToBeVisibleAsync();
        await Expect(page.Locator("#contacts-search")).ToHaveValueAsync("zozo");
        person.Faults.ShouldBeEmpty();
    }

    /// <summary>What a card says, but for when it was changed.</summary>
    static string Said(JsonObject card)
    {
        var said = (JsonObject)card.DeepClone();
        said.Remove("updated");
        return said.ToJsonString();
    }

    [Fact]
    public async Task A_contact_is_added_with_what_was_written_and_nothing_else()
    {
        var (person, contacts, ___) = await With("all");
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        await page.Keyboard.PressAsync("n");
        await page.GetByLabel("First name").FillAsync("Bob");
        await page.GetByLabel("Last name").FillAsync("Roy");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync("bob@elsewhere.example");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "E-mail: label" }).FillAsync("Work");
        await page.Keyboard.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Heading(page, "Bob Roy")).ToBeVisibleAsync();
        await Expect(page.GetByText("Bob Roy was added")).ToBeVisibleAsync();
        var card = (await contacts.Card("Bob Roy"))!;
        card["emails"]!.ToJsonString().ShouldBe("""{"e1":{"address":"bob@elsewhere.example","contexts":{"work":true}}}""");
        card.ContainsKey("phones").ShouldBeFalse();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Saving_writes_only_what_was_touched_and_undo_takes_exactly_that_back()
    {
        var (person, contacts, made) = await With("all", cards: Ana);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        var before = Said((await contacts.Card("Ana Lima"))!);
        await Row(page, "Lima").GetByRole(AriaRole.Button).ClickAsync();
        await page.Keyboard.PressAsync("e");
        await page.GetByLabel("Phone", new() { Exact = true }).FillAsync("+33 7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "+33 7" })).ToBeVisibleAsync();
        await Wait.Until(() => contacts.Sets.Count == 1, "the change to be sent");
        contacts.Sets[0]["update"]![made[0].Id]!.ToJsonString().ShouldBe("""{"phones/p/number":"\u002B33 7"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await contacts.Until("Ana Lima", card => Said(card!) == before, "the card to be as it was");
        await page.Keyboard.PressAsync("e");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Heading(page, "Ana Lima")).ToBeVisibleAsync();
        contacts.Sets.Count.ShouldBe(2);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_contact_comes_back_whole_by_undo_and_a_refused_deletion_by_itself()
    {
        var (person, contacts, made) = await With("all", cards: Ana);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        await Row(page, "Lima").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Heading(page, "Ana Lima")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(Row(page, "Lima")).ToHaveCountAsync(0);
        await contacts.Until("Ana Lima", card => card is null, "the card to be gone");
        await page.Keyboard.PressAsync("z");
        await Expect(Row(page, "Lima")).ToBeVisibleAsync();
        await contacts.Until("Ana Lima", card => card is not null, "the card to be back");
        var back = (await contacts.Card("Ana Lima"))!;
        back["vCardProps"]!.ToJsonString().ShouldBe("""[["x-foo",{},"text","bar"]]""");
        back["uid"]!.ToString().ShouldBe(made[0].Uid);
        await Refuse(page);
        await page.GetByLabel("Select Ana Lima").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByText("You may not do this here.")).ToBeVisibleAsync();
        await Expect(Row(page, "Lima")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task People_are_dragged_into_a_group_taken_out_and_written_to()
    {
        var (person, contacts, made) = await With("all", cards: [Ana, """{"kind":"group","name":{"full":"Friends"},"members":{}}"""]);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        var group = page.GetByRole(AriaRole.Navigation, new() { Name = "Address books and groups" }).GetByRole(AriaRole.Button, new() { NameRegex = new("^Friends") });
        await Row(page, "Lima").DragToAsync(group);
        await Expect(page.GetByText("Added to Friends")).ToBeVisibleAsync();
        await contacts.Until("Friends", group => (bool?)group!["members"]?[made[0].Uid] == true, "the group to have a member");
        await group.ClickAsync();
        await Row(page, "Lima").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Groups" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Friends" }).ClickAsync();
        await Expect(Row(page, "Lima")).ToHaveCountAsync(0);
        await contacts.Until("Friends", group => group!["members"] is not JsonObject { Count: > 0 }, "the group to be empty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Or(page.GetByLabel("Message: New message")).GetByText("Ana Lima").First).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/mail/inbox");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_is_imported_by_its_columns_and_the_one_who_is_there_twice_merged()
    {
        var (person, contacts, made) = await With("all", cards: Ana);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "More actions on the list" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Import a file…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("Prénom;Nom;Téléphone portable;Titre\nAnna;L.;06.12.34.56.78;Chief\n;;;\nBob;Roy;;\n;;x;\n"),
        });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import 3 contacts" })).ToBeVisibleAsync();
        await page.GetByLabel("“Téléphone portable” becomes").SelectOptionAsync("");
        await Expect(page.GetByText("nothing in this row is taken.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Line 5:")).ToBeVisibleAsync();
        await page.GetByLabel("“Téléphone portable” becomes").SelectOptionAsync("mobile");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 3 contacts" }).ClickAsync();
        await Expect(Row(page, "Anna")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Duplicates" }).ClickAsync();
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Same phone number" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        await Expect(page.GetByText("No duplicates")).ToBeVisibleAsync();
        await contacts.Until("Anna L.", card => card is null, "one of the two to be gone");
        var merged = (await contacts.Card("Ana Lima"))!;
        ((string?)merged["titles"]!.AsObject().Single().Value!["name"]).ShouldBe("Chief");
        merged["phones"]!.AsObject().Count.ShouldBe(1);
        merged["example.org:kept"]!.ToJsonString().ShouldBe("""{"as":"it is"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();
        await contacts.Until("Anna L.", card => card is not null, "the other to be back");
        await contacts.Until("Ana Lima", card => !card!.ContainsKey("titles"), "the first to be as it was");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_lately_written_with_somebody_opens_in_mail()
    {
        var (person, address) = await Newcomer(width: 1440);
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "The plans of the house");
        await Expect(page.GetByText("The plans of the house").First).ToBeVisibleAsync();
        using var contacts = await ContactsOf.Of(Place.Server.Url, address, Password);
        var (id, ___) = await contacts.Add("""{"name":{"full":"Oscar Outside"},"emails":{"e":{"address":"outside@elsewhere.example"}}}""");
        await page.GotoAsync($"/contacts/all/{id}");
        await page.GetByRole(AriaRole.Region, new() { Name = "Lately" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The plans of the house" })).ToBeVisibleAsync();
        page.Url.ShouldContain("/mail/inbox/");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_change_while_the_form_is_open_stays_as_they_changed_it()
    {
        var (person, contacts, made) = await With("all", cards: Ana);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        var (id, ___) = made[0];
        await Row(page, "Lima").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Heading(page, "Ana Lima")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await page.GetByLabel("Phone", new() { Exact = true }).FillAsync("+33 7");
        await page.RunAndWaitForResponseAsync(
            () => contacts.Call("ContactCard/set", new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["notes/n/note"] = "Met in Lyon." } } }),
            response => response.Request.PostData?.Contains($"\"{id}\"", StringComparison.Ordinal) == true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await contacts.Until("Ana Lima", card => (string?)card!["phones"]!["p"]!["number"] == "+33 7", "the number to be written");
        ((string?)(await contacts.Card("Ana Lima"))!["notes"]!["n"]!["note"]).ShouldBe("Met in Lyon.");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_and_the_last_meetings_with_somebody_open_in_the_calendar()
    {
        var (person, contacts, made) = await With("all", cards: Ana);
        await using var _ = person;
        using var __ = contacts;
        using var agenda = await Agenda.Of(Place.Server.Url, contacts.Address, Password);
        foreach (var (title, days) in ((string, int)[])[("Launch", 7), ("Review", -7), ("Long ago", -300)])
        {
            await agenda.Add($$$"""
                {"@type":"Event","title":"{{{title}}}","start":"{{{DateTime.UtcNow.Date.AddDays(days):yyyy-MM-dd}}}T10:00:00","duration":"PT1H","timeZone":"Etc/UTC",
                 "participants":{"p":{"@type":"Participant","calendarAddress":"mailto:{{{(title == "Review" ? "ANA" : "ana")}}}@elsewhere.example","roles":{"attendee":true} } } }
                """);
        }

        await agenda.Add($$$"""{"@type":"Event","title":"Without her","start":"{{{DateTime.UtcNow.Date.AddDays(7):yyyy-MM-dd}}}T10:00:00","duration":"PT1H","timeZone":"Etc/UTC"}""");
        var page = person.Page;
        await page.GotoAsync($"/contacts/all/{made[0].Id}");
        var meetings = page.GetByRole(AriaRole.Region, new() { Name = "Meetings" });
        await Expect(meetings.GetByRole(AriaRole.Button)).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("^Launch"), new System.Text.RegularExpressions.Regex("^Review")]);
        await meetings.GetByRole(AriaRole.Button, new() { NameRegex = new("^Launch") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Launch" })).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Recipients_of_a_letter_are_completed_from_contacts_their_groups_and_the_directory()
    {
        var (person, contacts, made) = await With("all", cards: [Ana, """{"name":{"full":"Bo Berg"},"emails":{"e":{"address":"bo@elsewhere.example"}}}"""]);
        await using var _ = person;
        using var __ = contacts;
        await contacts.Add($$$"""{"kind":"group","name":{"full":"Quartet"},"members":{"{{{made[0].Uid}}}":true,"{{{made[1].Uid}}}":true} }""");
        var page = person.Page;
        await page.GotoAsync("/mail");
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        var to = page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true });
        await to.FillAsync("lim");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["Ana Limaana@elsewhere.example"]);
        await page.Keyboard.PressAsync("Enter");
        await to.FillAsync("quar");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["QuartetGroup of 1 person"]);
        await page.Keyboard.PressAsync("Enter");
        await to.FillAsync("chlo");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("chloe@demo.localhost") }).ClickAsync();
        foreach (var name in (string[])["Ana Lima", "Bo Berg", "Chloé"])
            await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^Remove {name}") })).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, "en-GB", "New contact")]
    [InlineData(ColorScheme.Dark, 1440, "fr-FR", "Nouveau contact")]
    [InlineData(ColorScheme.Light, 390, "fr-FR", "Nouveau contact")]
    public async Task The_list_a_contact_and_the_form_have_no_accessibility_violation(ColorScheme scheme, int width, string locale, string create)
    {
        var (person, contacts, made) = await With("all", scheme, width, locale, Ana);
        await using var _ = person;
        using var __ = contacts;
        var page = person.Page;
        await Expect(Row(page, "Lima")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await page.GotoAsync($"/contacts/all/{made[0].Id}");
        await Expect(page.GetByText("Met in Nantes.")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await page.GotoAsync("/contacts/all/new/edit");
        await Expect(Heading(page, create)).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
    }
}
