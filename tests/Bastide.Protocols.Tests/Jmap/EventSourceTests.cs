using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Push over the event source. RFC 8620 §7.3.</summary>
public sealed class EventSourceTests(JmapServerWithClock server) : IClassFixture<JmapServerWithClock>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    static IEnumerable<string> TypesOf(JsonObject change, AccountId account) => change["changed"]![account.ToString()]!.AsObject().Select(t => t.Key).Order();

    static IEnumerable<string> AccountsOf(JsonObject change) => change["changed"]!.AsObject().Select(a => a.Key);

    Task<(string Id, JsonObject Data)> State(EventStream events) => server.Pass(Second, events.State());

    [Fact]
    public async Task An_open_event_source_tells_of_each_new_state()
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person);
        for (var i = 0; i < 3; i++)
        {
            var seq = await server.ChangeNotes(person);
            var (id, data) = await State(events);
            ((string?)data["@type"]).ShouldBe("StateChange");
            ((string?)data["changed"]![person.ToString()]!["Note"]).ShouldBe(seq.ToString());
            id.ShouldBe($"{person}:{seq}");
        }
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_told_and_types_that_nobody_knows_are_ignored()
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person, "types=Unheard,Diary&closeafter=no&ping=0");
        await server.ChangeNotes(person);
        await server.Change(person, Notes.Diary);
        await server.ChangeNotes(person);
        TypesOf((await State(events)).Data, person).ShouldBe(["Diary"]);
    }

    [Fact]
    public async Task What_a_module_pushes_is_an_event_of_its_own_for_its_person_alone_and_the_last_of_a_batch_has_the_id()
    {
        var (person, other) = (await server.Somebody(), await server.Somebody());
        await server.Give(person, other, Rights.Reader);
        var first = await server.Change(person, Notes.Reminder);
        var second = await server.Change(person, Notes.Diary);
        server.Notes.Reminders[person] = [first];
        using var events = await EventStream.Open(server, person, lastEventId: $"{person}:0");
        (await Reminder(events)).ShouldBe((null, first.ToString()));
        var (id, state) = await State(events);
        id.ShouldBe($"{person}:{second}");
        TypesOf(state, person).ShouldBe(["Diary"]);

        // Where states are not asked for none is told, and the stream that ends after a state goes on.
        using var named = await EventStream.Open(server, person, "types=Reminder&closeafter=state&ping=0", $"{person}:0");
        (await Reminder(named)).ShouldBe((id, first.ToString()));
        var third = await server.Change(person, Notes.Reminder);
        server.Notes.Reminders[person] = [first, third];
        using var again = await EventStream.Open(server, person, lastEventId: id);
        (await Reminder(again)).ShouldBe(($"{person}:{third}", third.ToString()));

        // Who reads the account has no part in it.
        using var others = await EventStream.Open(server, other, lastEventId: $"{person}:0");
        await server.ChangeNotes(person);
        TypesOf((await State(others)).Data, person).ShouldBe(["Note"]);
    }

    async Task<(string? Id, string? Number)> Reminder(EventStream events)
    {
        var next = await server.Pass(Second, events.Next());
        next!.Value.Name.ShouldBe("noteReminder");
        return (next.Value.Id, (string?)next.Value.Data!["number"]);
    }

    [Fact]
    public async Task Closeafter_state_ends_the_response_after_one_state()
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person, "types=*&closeafter=state&ping=0");
        await server.ChangeNotes(person);
        await State(events);
        (await events.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_id_of_an_event_resumes_after_it_and_what_was_missed_is_told_at_once()
    {
        var person = await server.Somebody();
        string id;
        using (var events = await EventStream.Open(server, person))
        {
            await server.ChangeNotes(person);
            (id, _) = await State(events);
        }

        var missed = await server.ChangeNotes(person);
        using var later = await EventStream.Open(server, person, lastEventId: id);
        // No clock moves: it is there at once.
        var (next, data) = await later.State();
        ((string?)data["changed"]![person.ToString()]!["Note"]).ShouldBe(missed.ToString());
        next.ShouldNotBe(id);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a1:1.a1")]
    [InlineData("é")]
    public async Task An_id_that_no_server_gave_begins_now(string id)
    {
        var person = await server.Somebody();
        await server.Change(person, Notes.Diary);
        using var events = await EventStream.Open(server, person, lastEventId: Uri.EscapeDataString(id));
        await server.ChangeNotes(person);
        TypesOf((await State(events)).Data, person).ShouldBe(["Note"]);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(30, 30)]
    [InlineData(300, 300)]
    [InlineData(100_000, 300)]
    public async Task Pings_come_with_the_interval_in_force_and_without_an_id(int wish, int interval)
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person, $"types=*&closeafter=no&ping={wish}");
        for (var i = 0; i < 2; i++)
        {
            var ping = (await server.Pass(TimeSpan.FromSeconds(interval), events.Next())).ShouldNotBeNull();
            (ping.Name, ping.Id, (int?)ping.Data?["interval"]).ShouldBe(("ping", null, interval));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    public async Task Without_a_ping_none_comes(string wish)
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person, $"types=*&closeafter=no&ping={wish}");
        // After a long silence comes a comment, which is no event.
        (await server.Pass(TimeSpan.FromMinutes(5), events.Next())).ShouldNotBeNull().ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("types=*&closeafter=later&ping=0")]
    [InlineData("types=*&closeafter=no&ping=soon")]
    [InlineData("types=*&closeafter=no&ping=-1")]
    public async Task What_is_asked_for_wrongly_is_a_problem(string query)
    {
        using var http = server.Client(server.Alice);
        using var response = await http.GetAsync("jmap/eventsource?" + query, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["detail"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Only_accounts_and_types_within_reach_are_told_of()
    {
        var (person, owner, stranger) = (await server.Somebody(), await server.Somebody(), await server.Somebody());
        await server.Give(owner, person, Rights.Reader);
        using var events = await EventStream.Open(server, person, lastEventId: $"{person}:0.{owner}:0.{stranger}:0");
        await server.ChangeNotes(stranger);
        await server.Change(owner, Notes.Diary);
        await server.ChangeNotes(owner);
        var (id, data) = await State(events);
        AccountsOf(data).ShouldBe([owner.ToString()]);
        TypesOf(data, owner).ShouldBe(["Note"]);
        id.ShouldNotContain($"{stranger}:");
    }

    [Fact]
    public async Task An_account_no_longer_shared_is_told_of_no_longer()
    {
        var (person, owner) = (await server.Somebody(), await server.Somebody());
        await server.Give(owner, person, Rights.Reader);
        using var events = await EventStream.Open(server, person);
        await server.ChangeNotes(owner);
        AccountsOf((await State(events)).Data).ShouldBe([owner.ToString()]);

        await server.Give(owner, person, Rights.None);
        await server.ChangeNotes(owner);
        await server.ChangeNotes(person);
        AccountsOf((await State(events)).Data).ShouldBe([person.ToString()]);
    }

    [Fact]
    public async Task An_account_that_is_shared_meanwhile_is_told_of_at_the_next_look()
    {
        var (person, owner) = (await server.Somebody(), await server.Somebody());
        await server.ChangeNotes(owner);
        using var events = await EventStream.Open(server, person, "types=*&closeafter=no&ping=30");
        await server.Give(owner, person, Rights.Reader);
        (string? Name, string? Id, JsonObject? Data)? next;
        do next = await server.Pass(TimeSpan.FromSeconds(30), events.Next());
        while (next is { Name: "ping" });
        AccountsOf(next!.Value.Data!).ShouldBe([owner.ToString()]);
    }

    [Fact]
    public async Task A_revoked_session_ends_the_stream()
    {
        var person = await server.Somebody();
        using var events = await EventStream.Open(server, person);
        server.SignIn.Revoke(person.Value);
        (await events.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Event_sources_of_a_person_are_bounded_and_the_next_is_told_so()
    {
        var person = await server.Somebody();
        var open = new List<EventStream>();
        for (var i = 0; i < 32; i++) open.Add(await EventStream.Open(server, person));
        using var http = server.Client(person);
        using var refused = await http.GetAsync("jmap/eventsource?types=*&closeafter=no&ping=0", Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        foreach (var events in open) events.Dispose();
        await Wait.Until(async () =>
        {
            using var again = await http.GetAsync("jmap/eventsource?types=*&closeafter=no&ping=0", HttpCompletionOption.ResponseHeadersRead, Cancellation);
            return again.StatusCode == HttpStatusCode.OK;
        }, "there is room again", Cancellation);
    }
}
