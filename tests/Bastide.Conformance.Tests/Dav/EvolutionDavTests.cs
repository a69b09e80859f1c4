using System.Xml.Linq;
using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Dav;

/// <summary>
/// Evolution with calendars and address books, by the libraries and back ends that its windows stand on: whatever it does must
/// be there for another client, whatever another does must come to it, and no back end may complain.
/// </summary>
public sealed class EvolutionDavTests(EvolutionAtHome home) : IClassFixture<EvolutionAtHome>, IAsyncLifetime
{
    const string Calendar = "/dav/calendars/alice@demo.localhost/default/";
    const string Book = "/dav/addressbooks/alice@demo.localhost/default/";
    const string Directory = "/dav/addressbooks/alice@demo.localhost/directory/";
    static readonly XNamespace CalDav = "urn:ietf:params:xml:ns:caldav";
    static readonly XNamespace CardDav = "urn:ietf:params:xml:ns:carddav";
    readonly Evolution _evolution = home.Evolution;
    readonly DavPeer _alice = home.Place.SignIn("alice");
    readonly DavPeer _bob = home.Place.SignIn("bob");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _bob.Dispose();
        // Whatever a test did: nothing was complained of.
        (await _evolution.Do("complaints"))!.AsArray().Select(complaint => (string)complaint!).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_address_alone_leads_to_every_calendar_and_address_book()
    {
        var calendars = await _alice.CollectionsOfAll("calendars", CalDav + "calendar");
        var books = await _alice.CollectionsOfAll("addressbooks", CardDav + "addressbook");
        calendars.Keys.ShouldContain("/dav/calendars/urbanisme@demo.localhost/default/");
        books.Keys.ShouldContain("/dav/addressbooks/urbanisme@demo.localhost/default/");
        // It lists them by their names alone.
        calendars.Values.Select(calendar => calendar.Name).ShouldBeUnique();
        books.Values.Select(book => book.Name).ShouldBeUnique();
        home.Found["addresses"]!.AsArray().Select(address => (string)address!).ShouldBe(["alice@demo.localhost"]);
        var found = home.Found["collections"]!.AsArray().ToDictionary(one => (string)one!["path"]!, one => one!);
        foreach (var (path, (name, _)) in calendars.Concat(books)) ((string)found[path]["name"]!).ShouldBe(name);
        foreach (var path in calendars.Keys)
        {
            var supports = found[path]["supports"]!.AsArray().Select(each => (string)each!).ToList();
            foreach (var each in new[] { "events", "tasks", "memos", "calendar_auto_schedule" }) supports.ShouldContain(each, path);
        }

        // And the account that one makes of it has them all, of each kind.
        List<string> wanted = [.. books.Keys.Select(path => $"book {path}"), .. calendars.Keys.SelectMany(path => new[] { "calendar", "memos", "tasks" }.Select(kind => $"{kind} {path}"))];
        (await _evolution.Do("sources", [.. wanted]))!.AsArray().Select(source => (string)source!).ShouldBe(wanted, ignoreOrder: true);
        foreach (var (path, (_, mayWrite)) in books) await _evolution.Do("opened", "book", path, await _alice.CountAt(path), mayWrite);
        books[Directory].MayWrite.ShouldBeFalse();
        // It has tasks elsewhere, and counts instances that were changed beside their series.
        var capabilities = (await _evolution.Do("opened", "calendar", Calendar, await _alice.CountOf(Calendar, "VEVENT"), true))!.AsArray().Select(capability => (string)capability!).ToList();
        // It leaves invitations to the server.
        capabilities.ShouldContain("create-messages");
        capabilities.ShouldContain("save-schedules");
    }

    [Fact]
    public async Task It_adds_changes_and_deletes_events()
    {
        await _evolution.Do("add", "calendar", Calendar, "BEGIN:VEVENT\nUID:lunch-evo\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270302T120000\nDTEND;TZID=Europe/Paris:20270302T130000\nSUMMARY:Déjeuner à midi\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Bientôt\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\n");
        var path = _alice.Calendar("default", "lunch-evo");
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Déjeuner à midi\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270302T120000\n");
        text.ShouldContain("TRIGGER:-PT15M\n");

        await Change("lunch-evo", null, ("SUMMARY", "Déjeuner\\, plus tard"), ("DTSTART", ";TZID=Europe/Paris:20270302T123000"), ("DTEND", ";TZID=Europe/Paris:20270302T133000"));
        text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Déjeuner\\, plus tard\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270302T123000\n");
        // Again, on what came of the first change.
        await Change("lunch-evo", null, ("LOCATION", "Chez Léon"));
        (await _alice.Read(path)).ShouldNotBeNull().ShouldContain("LOCATION:Chez Léon\n");

        await _evolution.Do("remove", "calendar", Calendar, "lunch-evo");
        (await _alice.Read(path)).ShouldBeNull();
    }

    [Fact]
    public async Task It_changes_one_instance_of_a_series_leaves_out_another_and_changes_those_from_one_on()
    {
        await _evolution.Do("add", "calendar", Calendar, "BEGIN:VEVENT\nUID:standup-evo\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270405T090000\nDTEND;TZID=Europe/Paris:20270405T091500\nRRULE:FREQ=DAILY;UNTIL=20270411T070000Z\nSUMMARY:Point du matin\nEND:VEVENT\n");
        await Change("standup-evo", "20270407T090000", ("SUMMARY", "Point de midi"), ("DTSTART", ";TZID=Europe/Paris:20270407T120000"), ("DTEND", ";TZID=Europe/Paris:20270407T121500"));
        await _evolution.Do("remove", "calendar", Calendar, "standup-evo", "20270408T090000");
        var text = (await _alice.Read(_alice.Calendar("default", "standup-evo"))).ShouldNotBeNull();
        text.Split("BEGIN:VEVENT").Length.ShouldBe(3);
        text.ShouldContain("RECURRENCE-ID;TZID=Europe/Paris:20270407T090000\n");
        text.ShouldContain("DTSTART;TZID=Europe/Paris:20270407T120000\n");
        text.ShouldContain("EXDATE:20270408T070000Z\n");
        await Shows(
            "standup-evo", "20270405T090000 Point du matin", "20270406T090000 Point du matin", "20270407T120000 Point de midi", "20270409T090000 Point du matin", "20270410T090000 Point du matin", "20270411T090000 Point du matin");

        // Another client moves the instance again, and the series stays what it is.
        await _alice.Put(_alice.Calendar("default", "standup-evo"), text.Replace("DTSTART;TZID=Europe/Paris:20270407T120000", "DTSTART;TZID=Europe/Paris:20270407T110000", StringComparison.Ordinal));
        await Shows(
            "standup-evo", "20270405T090000 Point du matin", "20270406T090000 Point du matin", "20270407T110000 Point de midi", "20270409T090000 Point du matin", "20270410T090000 Point du matin", "20270411T090000 Point du matin");

        // From one on it is a series of its own.
        await _evolution.Do("change", "calendar", Calendar, "standup-evo", "20270410T090000", new Dictionary<string, string> { ["SUMMARY"] = "Point du soir" }, "future");
        await Shows("standup-evo", "20270405T090000 Point du matin", "20270406T090000 Point du matin", "20270407T110000 Point de midi", "20270409T090000 Point du matin");
        var rest = await _alice.Find("calendars", "default", "SUMMARY:Point du soir");
        (await _alice.Read(rest.ShouldNotBeNull())).ShouldNotBeNull().ShouldContain("DTSTART;TZID=Europe/Paris:20270410T090000\n");
    }

    [Fact]
    public async Task It_keeps_whole_days_whole()
    {
        await _evolution.Do("add", "calendar", Calendar, "BEGIN:VEVENT\nUID:leave-evo\nDTSTAMP:20270201T000000Z\nDTSTART;VALUE=DATE:20270510\nDTEND;VALUE=DATE:20270512\nSUMMARY:Congé\nEND:VEVENT\n");
        await Change("leave-evo", null, ("DTSTART", ";VALUE=DATE:20270511"), ("DTEND", ";VALUE=DATE:20270514"));
        var text = (await _alice.Read(_alice.Calendar("default", "leave-evo"))).ShouldNotBeNull();
        text.ShouldContain("DTSTART;VALUE=DATE:20270511\n");
        text.ShouldContain("DTEND;VALUE=DATE:20270514\n");
        await Shows("leave-evo", "20270511 Congé");
    }

    [Fact]
    public async Task It_adds_and_completes_tasks()
    {
        await _evolution.Do("add", "tasks", Calendar, "BEGIN:VTODO\nUID:bread-evo\nDTSTAMP:20270201T000000Z\nDUE;VALUE=DATE:20270601\nSUMMARY:Acheter du pain\nEND:VTODO\n");
        var path = _alice.Calendar("default", "bread-evo");
        (await _alice.Read(path)).ShouldNotBeNull().ShouldContain("SUMMARY:Acheter du pain\n");
        await _evolution.Do("change", "tasks", Calendar, "bread-evo", null, new Dictionary<string, string> { ["STATUS"] = "COMPLETED", ["PERCENT-COMPLETE"] = "100", ["COMPLETED"] = "20270531T100000Z" });
        (await _alice.Read(path)).ShouldNotBeNull().ShouldContain("STATUS:COMPLETED\n");
        await _evolution.Do("remove", "tasks", Calendar, "bread-evo");
        (await _alice.Read(path)).ShouldBeNull();
    }

    [Fact]
    public async Task What_another_client_does_to_events_comes_with_a_refresh()
    {
        await _alice.Put(_alice.Calendar("default", "here"), Event("here", "20270303T100000Z", "Vu ailleurs"));
        await _alice.Put(_alice.Calendar("default", "there"), Event("there", "20270304T100000Z", "Bientôt parti"));
        await Shows("here", "20270303T100000Z Vu ailleurs");
        await Shows("there", "20270304T100000Z Bientôt parti");
        await _alice.Put(_alice.Calendar("default", "here"), Event("here", "20270305T100000Z", "Vu ailleurs, déplacé"));
        await _alice.Delete(_alice.Calendar("default", "there"));
        await Shows("here", "20270305T100000Z Vu ailleurs, déplacé");
        await Shows("there");
        // And what it changes then builds on that.
        await Change("here", null, ("SUMMARY", "Vu d'ici"));
        var text = (await _alice.Read(_alice.Calendar("default", "here"))).ShouldNotBeNull();
        text.ShouldContain("SUMMARY:Vu d'ici\n");
        text.ShouldContain("DTSTART:20270305T100000Z\n");
        text.ShouldContain("X-KEPT:here\n");
        await _alice.Delete(_alice.Calendar("default", "here"));
        await Shows("here");
    }

    [Fact]
    public async Task It_invites_and_sees_who_is_busy_and_who_comes()
    {
        await _evolution.Do("add", "calendar", Calendar, "BEGIN:VEVENT\nUID:council-evo\nDTSTAMP:20270201T000000Z\nDTSTART;TZID=Europe/Paris:20270701T100000\nDTEND;TZID=Europe/Paris:20270701T110000\nSUMMARY:Conseil\nORGANIZER;CN=Alice:mailto:alice@demo.localhost\nATTENDEE;CN=Alice;PARTSTAT=ACCEPTED:mailto:alice@demo.localhost\nATTENDEE;CN=Bob;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:bob@demo.localhost\nEND:VEVENT\n");
        string? name = null;
        await Wait.Until(async () => (name = await _bob.Find("calendars", "default", "UID:council-evo")) is not null, "bob is invited");
        var invitation = (await _bob.Read(name!)).ShouldNotBeNull();
        var answered = DavPeer.AnswerOf(invitation, "bob@demo.localhost", "ACCEPTED");
        answered.ShouldNotBe(invitation);
        await _bob.Put(name!, answered);
        await _evolution.Do("answers", Calendar, "council-evo", "bob@demo.localhost", "ACCEPTED");
        var busy = (await _evolution.Do("busy", Calendar, "bob@demo.localhost", 1814400000, 1814486400))!.AsArray().Select(text => (string)text!).ToList();
        busy.ShouldHaveSingleItem().ShouldContain("20270701T080000Z/");

        // She calls it off: he sees that.
        await _evolution.Do("remove", "calendar", Calendar, "council-evo");
        await Wait.Until(async () => (await _bob.Read(name!))?.Contains("STATUS:CANCELLED\n", StringComparison.Ordinal) != false, "bob sees that it is off");
    }

    [Fact]
    public async Task It_adds_changes_and_deletes_cards()
    {
        var uid = (string)(await _evolution.Do("add_card", Book, "BEGIN:VCARD\nVERSION:3.0\nUID:zoe-evo\nFN:Zoé Lefèvre\nN:Lefèvre;Zoé;;;\nEMAIL;TYPE=WORK:zoe@elsewhere.example\nTEL;TYPE=CELL:+33 6 12 34 56 78\nORG:Mairie;Urbanisme\nEND:VCARD\n"))!;
        var path = _alice.Card("default", uid);
        var text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("FN:Zoé Lefèvre\n");
        text.ShouldContain(":zoe@elsewhere.example\n");

        await _evolution.Do("change_card", Book, uid, "note", "Rencontrée en mars");
        text = (await _alice.Read(path)).ShouldNotBeNull();
        text.ShouldContain("NOTE:Rencontrée en mars\n");
        text.ShouldContain(":zoe@elsewhere.example\n");
        text.ShouldContain("+33 6 12 34 56 78\n");

        await _evolution.Do("remove_card", Book, uid);
        (await _alice.Read(path)).ShouldBeNull();
    }

    [Fact]
    public async Task What_another_client_does_to_cards_comes_with_a_refresh()
    {
        await _alice.Put(_alice.Card("default", "yann"), Card("yann", "Yann Kermadec"));
        await _alice.Put(_alice.Card("default", "anne"), Card("anne", "Anne Kermadec"));
        await _evolution.Do("card_comes", Book, "Yann Kermadec");
        await _evolution.Do("card_comes", Book, "Anne Kermadec");
        await _alice.Put(_alice.Card("default", "yann"), Card("yann", "Yann Le Bihan"));
        await _alice.Delete(_alice.Card("default", "anne"));
        await _evolution.Do("card_comes", Book, "Yann Le Bihan");
        await _evolution.Do("card_comes", Book, "Anne Kermadec", false);
        await _evolution.Do("card_comes", Book, "Yann Kermadec", false);
        // And what it changes then builds on that.
        await _evolution.Do("change_card", Book, "yann", "note", "Écrit ici");
        var text = (await _alice.Read(_alice.Card("default", "yann"))).ShouldNotBeNull();
        text.ShouldContain("FN:Yann Le Bihan\n");
        text.ShouldContain("NOTE:Écrit ici\n");
        text.ShouldContain("X-KEPT:yann\n");
        await _alice.Delete(_alice.Card("default", "yann"));
        await _evolution.Do("card_comes", Book, "Yann Le Bihan", false);
    }

    [Fact]
    public async Task Its_window_shows_what_is_on_today()
    {
        // Whatever day it is there: it is on yesterday, today and tomorrow.
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        var text = Event("window", $"{yesterday}T100000Z", "Vu à l'écran").Replace("SUMMARY", "RRULE:FREQ=DAILY;COUNT=3\nSUMMARY", StringComparison.Ordinal);
        await _alice.Put(_alice.Calendar("default", "window"), text);
        await _evolution.Do("show", "--component=calendar");
        await _evolution.Do("refresh", "calendar", Calendar);
        await _evolution.Do("sees", "Calendar Event", "Summary is Vu à l'écran.");
        await _alice.Put(_alice.Calendar("default", "window"), text.Replace("Vu à l'écran", "Renommé ailleurs", StringComparison.Ordinal));
        await _evolution.Do("refresh", "calendar", Calendar);
        await _evolution.Do("sees", "Calendar Event", "Summary is Renommé ailleurs.");
        await _alice.Delete(_alice.Calendar("default", "window"));
    }

    static string Event(string uid, string start, string title) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20270101T000000Z\nDTSTART:{start}\nDURATION:PT1H\nSUMMARY:{title.Replace(",", "\\,", StringComparison.Ordinal)}\nX-KEPT:{uid}\nEND:VEVENT\nEND:VCALENDAR\n";

    static string Card(string uid, string name) => $"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nFN:{name}\nN:;{name};;;\nX-KEPT:{uid}\nEND:VCARD\n";

    async Task Change(string uid, string? recurrenceId, params (string Name, string Value)[] changes) =>
        await _evolution.Do("change", "calendar", Calendar, uid, recurrenceId, changes.ToDictionary(change => change.Name, change => change.Value));

    async Task Shows(string uid, params string[] instances) => await _evolution.Do("shows", [Calendar, uid, .. instances]);
}
