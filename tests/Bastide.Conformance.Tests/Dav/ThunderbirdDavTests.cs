using System.Xml.Linq;
using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Dav;

/// <summary>
/// Thunderbird with calendars and address books, driven by what its own windows call: whatever it does must be there for
/// another client, whatever another does must come to it, and it must not complain of anything.
/// </summary>
public sealed class ThunderbirdDavTests(ThunderbirdAtHome home) : IClassFixture<ThunderbirdAtHome>, IAsyncLifetime
{
    const string Calendar = "/dav/calendars/alice@demo.localhost/default/";
    const string Team = "/dav/calendars/urbanisme@demo.localhost/default/";
    const string Book = "/dav/addressbooks/alice@demo.localhost/default/";
    static readonly XNamespace CalDav = "urn:ietf:params:xml:ns:caldav";
    static readonly XNamespace CardDav = "urn:ietf:params:xml:ns:carddav";
    readonly Thunderbird _thunderbird = home.Thunderbird;
    readonly DavPeer _alice = home.Place.SignIn("alice");
    readonly DavPeer _bob = home.Place.SignIn("bob");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _bob.Dispose();
        // Whatever a test did: nothing was complained of and nothing refused.
        (await _thunderbird.Do("complaints"))!.AsArray().Select(complaint => (string)complaint!).ShouldBeEmpty();
        (await _thunderbird.Do("refusals"))!.AsArray().Select(refusal => (string)refusal!).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_address_alone_leads_to_every_calendar()
    {
        var there = await _alice.CollectionsOfAll("calendars", CalDav + "calendar");
        there.Keys.ShouldContain(Team);
        // It lists them by their names alone.
        there.Values.Select(calendar => calendar.Name).ShouldBeUnique();
        home.Calendars.Keys.Order().ShouldBe(there.Keys.Order());
        foreach (var (path, calendar) in there)
        {
            var known = home.Calendars[path];
            ((string)known["name"]!).ShouldBe(calendar.Name);
            ((string)known["color"]!).ShouldStartWith("#");
            ((bool)known["readOnly"]!).ShouldBe(!calendar.MayWrite, path);
            ((bool)known["isDisabled"]!).ShouldBeFalse(path);
            ((bool)known["usesSyncToken"]!).ShouldBeTrue(path);
            ((bool)known["schedulesItself"]!).ShouldBeTrue(path);
            known["addresses"]!.AsArray().Select(address => (string)address!).ShouldContain("mailto:alice@demo.localhost");
        }

        var own = home.Calendars[Calendar];
        ((int)own["items"]!).ShouldBe(home.Events);
        own["types"]!.AsArray().Select(type => (string)type!).ShouldBe(["VEVENT", "VTODO"]);
    }

    [Fact]
    public async Task The_address_alone_leads_to_every_address_book()
    {
        // Interop: Thunderbird 153.8, 2026-12: reads the first of the homes of address books alone.
        var there = await _alice.Collections("addressbooks", CardDav + "addressbook");
        there.Count.ShouldBeGreaterThan(1);
        home.Books.Keys.Order().ShouldBe(there.Keys.Order());
        foreach (var (path, book) in there)
        {
            ((string)home.Books[path]["name"]!).ShouldBe(book.Name);
            ((bool)home.Books[path]["readOnly"]!).ShouldBe(!book.MayWrite, path);
        }

        ((int)home.Books[Book]["items"]!).ShouldBe(home.Cards);
    }

    [Fact]
    public async Task It_adds_changes_and_deletes_events()
    {
        await Add("BEGIN:VEVENT\nUID:lunch@tb\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270302T120000\nDTEND;TZID=Europe/Paris:20270302T130000\nSUMMARY:Déjeuner à midi\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Bientôt\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT");
        var path = _alice.Calendar("default", "lunch_tb");
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Déjeuner à midi\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270302T120000\n");
        text.ShouldContain("TRIGGER:-PT15M\n");

        await Change("lunch@tb", null, new { title = "Déjeuner, plus tard", start = "20270302T123000", end = "20270302T133000" });
        text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Déjeuner\\, plus tard\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270302T123000\n");
        text.ShouldContain("DTEND;TZID=Europe/Paris:20270302T133000\n");
        // Again, on what came of the first change.
        await Change("lunch@tb", null, new { location = "Chez Léon" });
        (await _alice.Read(path)).ShouldNotBeNull().ShouldContain("LOCATION:Chez Léon\n");

        await _thunderbird.Do("remove", Calendar, "lunch@tb", null);
        (await _alice.Read(path)).ShouldBeNull();
    }

    [Fact]
    public async Task It_changes_one_instance_of_a_series_and_leaves_out_another()
    {
        await Add("BEGIN:VEVENT\nUID:standup@tb\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270405T090000\nDTEND;TZID=Europe/Paris:20270405T091500\nRRULE:FREQ=DAILY;COUNT=5\nSUMMARY:Point du matin\nEND:VEVENT");
        await Change("standup@tb", "20270407T090000", new { title = "Point de midi", start = "20270407T120000", end = "20270407T121500" });
        await _thunderbird.Do("remove", Calendar, "standup@tb", "20270408T090000");
        await Comes(
            "standup@tb",
            "20270405T090000 Point du matin", "20270406T090000 Point du matin", "20270407T120000 Point de midi", "20270409T090000 Point du matin");

        var text = (await _alice.Read(_alice.Calendar("default", "standup_tb"))).ShouldNotBeNull();
        text.Split("BEGIN:VEVENT").Length.ShouldBe(3);
        text.ShouldContain("RRULE:FREQ=DAILY;COUNT=5\n");
        text.ShouldContain("RECURRENCE-ID;TZID=Europe/Paris:20270407T090000\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270407T120000\n");
        text.ShouldContain("EXDATE;TZID=Europe/Paris:20270408T090000\n");

        // Another client moves the instance again, and the series stays what it is.
        await _alice.Put(_alice.Calendar("default", "standup_tb"), text.Replace("DTSTART;TZID=Europe/Paris:20270407T120000", "DTSTART;TZID=Europe/Paris:20270407T110000", StringComparison.Ordinal));
        await Comes(
            "standup@tb",
            "20270405T090000 Point du matin", "20270406T090000 Point du matin", "20270407T110000 Point de midi", "20270409T090000 Point du matin");
    }

    [Fact]
    public async Task It_keeps_whole_days_whole()
    {
        await Add("BEGIN:VEVENT\nUID:leave@tb\nDTSTAMP:20270201T000000Z\nDTSTART;VALUE=DATE:20270510\nDTEND;VALUE=DATE:20270512\nSUMMARY:Congé\nEND:VEVENT");
        var path = _alice.Calendar("default", "leave_tb");
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("DTSTART;VALUE=DATE:20270510\n");
        text.ShouldContain("DTEND;VALUE=DATE:20270512\n");
        await Change("leave@tb", null, new { start = "20270511", end = "20270514" });
        text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("DTSTART;VALUE=DATE:20270511\n");
        text.ShouldContain("DTEND;VALUE=DATE:20270514\n");
        await Comes("leave@tb", "20270511 Congé");
    }

    [Fact]
    public async Task It_adds_and_completes_tasks()
    {
        await Add("BEGIN:VTODO\nUID:bread@tb\nDTSTAMP:20270201T000000Z\nDUE;TZID=Europe/Paris:20270601T180000\nSUMMARY:Acheter du pain\nEND:VTODO");
        var path = _alice.Calendar("default", "bread_tb");
        (await _alice.Read(path)).ShouldNotBeNull().ShouldContain("SUMMARY:Acheter du pain\n");
        await Change("bread@tb", null, new { isCompleted = true });
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("STATUS:COMPLETED\n");
        text.ShouldContain("PERCENT-COMPLETE:100\n");
    }

    [Fact]
    public async Task What_another_client_does_to_events_comes_with_a_refresh()
    {
        await _alice.Put(_alice.Calendar("default", "here"), Event("here", "20270303T100000Z", "Vu ailleurs"));
        await _alice.Put(_alice.Calendar("default", "there"), Event("there", "20270304T100000Z", "Bientôt parti"));
        await Comes("here", "20270303T100000Z Vu ailleurs");
        await Comes("there", "20270304T100000Z Bientôt parti");
        await _alice.Put(_alice.Calendar("default", "here"), Event("here", "20270305T100000Z", "Vu ailleurs, déplacé"));
        await _alice.Delete(_alice.Calendar("default", "there"));
        await Comes("here", "20270305T100000Z Vu ailleurs, déplacé");
        await Comes("there");
        // And what it changes then builds on that.
        await Change("here", null, new { title = "Vu d'ici" });
        var text = (await _alice.Read(_alice.Calendar("default", "here"))).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Vu d'ici\n");
        text.ShouldContain("DTSTART:20270305T100000Z\n");
        text.ShouldContain("X-KEPT:here\n");
        await _alice.Delete(_alice.Calendar("default", "here"));
        await Comes("here");
    }

    [Fact]
    public async Task It_invites_and_sees_who_is_busy_and_who_comes()
    {
        await Add("BEGIN:VEVENT\nUID:council@tb\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270701T100000\nDTEND;TZID=Europe/Paris:20270701T110000\nSUMMARY:Conseil\nORGANIZER;CN=Alice:mailto:alice@demo.localhost\nATTENDEE;CN=Alice;PARTSTAT=ACCEPTED:mailto:alice@demo.localhost\nATTENDEE;CN=Bob;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:bob@demo.localhost\nEND:VEVENT");
        string? name = null;
        await Wait.Until(async () => (name = await _bob.Find("calendars", "default", "UID:council@tb")) is not null, "bob is invited");
        var invitation = (await _bob.Read(name!)).ShouldNotBeNull();
        invitation.ShouldContain("SUMMARY:Conseil\n");
        var answered = DavPeer.AnswerOf(invitation, "bob@demo.localhost", "ACCEPTED");
        answered.ShouldNotBe(invitation);
        await _bob.Put(name!, answered);
        await _thunderbird.Do("answers", Calendar, "council@tb", "mailto:bob@demo.localhost", "ACCEPTED");
        (await _thunderbird.Do("busy", "bob@demo.localhost", "20270701T000000Z", "20270702T000000Z"))!.AsArray().Select(time => (string)time!).ShouldBe(["20270701T080000Z/20270701T090000Z"]);

        // She moves it: he is asked again. She calls it off: he sees that.
        await Change("council@tb", null, new { start = "20270701T140000", end = "20270701T150000" });
        await Wait.Until(async () => (await _bob.Read(name!))!.Contains("DTSTART;TZID=Europe/Paris:20270701T140000\n", StringComparison.Ordinal), "bob's copy moves");
        (await _bob.Read(name!))!.Split('\n').Single(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) && line.Contains("bob@", StringComparison.Ordinal)).ShouldContain("PARTSTAT=NEEDS-ACTION");
        await _thunderbird.Do("remove", Calendar, "council@tb", null);
        await Wait.Until(async () => (await _bob.Read(name!))?.Contains("STATUS:CANCELLED\n", StringComparison.Ordinal) != false, "bob sees that it is off");
    }

    [Fact]
    public async Task It_adds_changes_and_deletes_cards()
    {
        var uid = (string)(await _thunderbird.Do("addCard", Book, "BEGIN:VCARD\nVERSION:4.0\nUID:zoe-tb\nFN:Zoé Lefèvre\nN:Lefèvre;Zoé;;;\nEMAIL;PREF=1;TYPE=work:zoe@elsewhere.example\nTEL;VALUE=TEXT;TYPE=cell:+33 6 12 34 56 78\nORG:Mairie;Urbanisme\nEND:VCARD\n"))!;
        var path = _alice.Card("default", uid);
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("FN:Zoé Lefèvre\n");
        text.ShouldContain(":zoe@elsewhere.example\n");
        text.ShouldContain("ORG:Mairie;Urbanisme\n");

        await _thunderbird.Do("changeCard", Book, uid, "note", "Rencontrée en mars");
        text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("NOTE:Rencontrée en mars\n");
        text.ShouldContain(":zoe@elsewhere.example\n");
        text.ShouldContain("+33 6 12 34 56 78\n");

        await _thunderbird.Do("removeCard", Book, uid);
        await Wait.Until(async () => await _alice.Read(path) is null, "the card is gone");
    }

    [Fact]
    public async Task What_another_client_does_to_cards_comes_with_a_refresh()
    {
        await _alice.Put(_alice.Card("default", "yann"), Card("yann", "Yann Kermadec"));
        await _alice.Put(_alice.Card("default", "anne"), Card("anne", "Anne Kermadec"));
        await _thunderbird.Do("cardComes", Book, "Yann Kermadec");
        await _thunderbird.Do("cardComes", Book, "Anne Kermadec");
        await _alice.Put(_alice.Card("default", "yann"), Card("yann", "Yann Le Bihan"));
        await _alice.Delete(_alice.Card("default", "anne"));
        await _thunderbird.Do("cardComes", Book, "Yann Le Bihan");
        await _thunderbird.Do("cardComes", Book, "Anne Kermadec", false);
        (await Cards(Book)).ShouldNotContain("Yann Kermadec");
        // And what it changes then builds on that.
        await _thunderbird.Do("changeCard", Book, "yann", "note", "Écrit ici");
        var text = (await _alice.Read(_alice.Card("default", "yann"))).ShouldNotBeNull();
        text.ShouldContain("FN:Yann Le Bihan\n");
        text.ShouldContain("NOTE:Écrit ici\n");
        text.ShouldContain("X-KEPT:yann\n");
        await _alice.Delete(_alice.Card("default", "yann"));
    }

    static string Event(string uid, string start, string title) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20270101T000000Z\nDTSTART:{start}\nDURATION:PT1H\nSUMMARY:{title.Replace(",", "\\,", StringComparison.Ordinal)}\nX-KEPT:{uid}\nEND:VEVENT\nEND:VCALENDAR\n";

    static string Card(string uid, string name) => $"BEGIN:VCARD\nVERSION:4.0\nUID:{uid}\nFN:{name}\nX-KEPT:{uid}\nEND:VCARD\n";

    async Task Add(string component) => await _thunderbird.Do("add", Calendar, $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n{component}\nEND:VCALENDAR\n");

    async Task Change(string uid, string? recurrenceId, object changes) => await _thunderbird.Do("change", Calendar, uid, recurrenceId, changes);

    async Task Comes(string uid, params string[] instances) => await _thunderbird.Do("comes", Calendar, "20270101T000000Z", "20280101T000000Z", new[] { uid }, instances);

    async Task<List<string>> Cards(string book) => [.. (await _thunderbird.Do("cards", book))!.AsArray().Select(name => (string)name!)];
}
