using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Push over the WebSocket. RFC 8887 §4.3.5.</summary>
public sealed class WebSocketPushTests(JmapServer server) : IClassFixture<JmapServer>
{
    static string[] TypesOf(JsonObject change, AccountId account) => [.. change["changed"]![account.ToString()]!.AsObject().Select(t => t.Key).Order()];

    static Task Enable(WebSocketClient socket, string dataTypes = "null", string? pushState = null) =>
        socket.Send($$"""{"@type":"WebSocketPushEnable","dataTypes":{{dataTypes}},"pushState":{{(pushState is null ? "null" : $"\"{pushState}\"")}}}""");

    [Fact]
    public async Task What_changed_since_the_pushState_is_told_at_once()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        var first = await server.ChangeNotes(person);
        await Enable(socket, pushState: $"{person}:0");
        var change = await socket.Receive("StateChange");
        ((string?)change["changed"]![person.ToString()]!["Note"]).ShouldBe(first.ToString());

        // Another socket goes on from there.
        var second = await server.ChangeNotes(person);
        using var later = await server.Socket(person);
        await Enable(later, pushState: (string)change["pushState"]!);
        change = await later.Receive("StateChange");
        ((string?)change["changed"]![person.ToString()]!["Note"]).ShouldBe(second.ToString());
        ((string?)(await socket.Receive("StateChange"))["pushState"]).ShouldBe((string?)change["pushState"]);

        // And one that missed nothing is told nothing: what comes first is the answer to its request.
        using var last = await server.Socket(person);
        await Enable(last, pushState: (string)change["pushState"]!);
        await last.Echo("nothing missed");
        ((string?)(await last.Receive("Response"))["requestId"]).ShouldBe("nothing missed");
    }

    [Fact]
    public async Task What_a_module_pushes_is_a_message_of_its_own_and_the_last_of_a_batch_has_the_pushState()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        var first = await server.Change(person, Notes.Reminder);
        var second = await server.Change(person, Notes.Diary);
        server.Notes.Reminders[person] = [first];
        await Enable(socket, pushState: $"{person}:0");
        var reminder = await socket.Receive("NoteReminder");
        ((string?)reminder["number"]).ShouldBe(first.ToString());
        reminder.ContainsKey("pushState").ShouldBeFalse();
        ((string?)(await socket.Receive("StateChange"))["pushState"]).ShouldBe($"{person}:{second}");
        await Enable(socket, """["Reminder"]""", $"{person}:0");
        ((string?)(await socket.Receive("NoteReminder"))["pushState"]).ShouldBe($"{person}:{second}");
    }

    [Fact]
    public async Task Only_the_types_asked_for_are_told_and_types_that_nobody_knows_are_no_mistake()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        await server.ChangeNotes(person);
        await server.Change(person, Notes.Diary);
        await Enable(socket, """["Diary","Unheard"]""", $"{person}:0");
        TypesOf(await socket.Receive("StateChange"), person).ShouldBe(["Diary"]);
        await Enable(socket, "null", $"{person}:0");
        TypesOf(await socket.Receive("StateChange"), person).ShouldBe(["Diary", "Note"]);
    }

    [Fact]
    public async Task Once_disabled_nothing_is_told_any_more()
    {
        var person = await server.Somebody();
        using var disabled = await server.Socket(person);
        await server.ChangeNotes(person);
        await Enable(disabled, pushState: $"{person}:0");
        await disabled.Receive("StateChange");
        await disabled.Send("""{"@type":"WebSocketPushDisable"}""");
        await disabled.Echo("disabled");
        await disabled.Receive("Response");

        // Another socket began later and hears of two more changes; by then the first would have heard of them too.
        using var enabled = await server.Socket(person);
        await Enable(enabled, pushState: $"{person}:0");
        await enabled.Receive("StateChange");
        for (var i = 0; i < 2; i++)
        {
            await server.ChangeNotes(person);
            await enabled.Receive("StateChange");
        }

        await disabled.Echo("still");
        ((string?)(await disabled.Receive("Response"))["requestId"]).ShouldBe("still");
    }

    [Fact]
    public async Task Disabling_what_was_never_enabled_is_no_mistake()
    {
        using var socket = await server.Socket(server.Alice);
        await socket.Send("""{"@type":"WebSocketPushDisable"}""");
        await socket.Echo("after");
        await socket.Receive("Response");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a1")]
    [InlineData("a1:x.a2:1")]
    public async Task A_pushState_that_no_server_gave_begins_now(string pushState)
    {
        var person = await server.Somebody();
        await server.ChangeNotes(person);
        using var socket = await server.Socket(person);
        await Enable(socket, pushState: pushState);
        await socket.Echo("nothing missed");
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("nothing missed");
    }

    [Fact]
    public async Task A_pushState_with_accounts_of_others_tells_nothing_of_them()
    {
        var (person, stranger) = (await server.Somebody(), await server.Somebody());
        await server.ChangeNotes(stranger);
        await server.ChangeNotes(person);
        using var socket = await server.Socket(person);
        await Enable(socket, pushState: $"{stranger}:0.{person}:0");
        var change = await socket.Receive("StateChange");
        change["changed"]!.AsObject().Select(a => a.Key).ShouldBe([person.ToString()]);
        ((string)change["pushState"]!).ShouldNotContain($"{stranger}:");
    }
}
