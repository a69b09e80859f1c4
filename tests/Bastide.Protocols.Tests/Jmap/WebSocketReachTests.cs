using Bastide.Platform.Accounts;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>What a WebSocket tells of when the person's reach changes while it is open.</summary>
public sealed class WebSocketReachTests(JmapServerWithClock server) : IClassFixture<JmapServerWithClock>
{
    [Fact]
    public async Task An_account_that_is_shared_meanwhile_is_told_of_after_a_while_and_one_taken_away_no_longer()
    {
        var (person, owner) = (await server.Somebody(), await server.Somebody());
        await server.ChangeNotes(owner);
        using var socket = await server.Socket(person);
        await socket.Send("""{"@type":"WebSocketPushEnable","dataTypes":null}""");
        await socket.Echo("enabled");
        await socket.Receive("Response");
        await server.Give(owner, person, Rights.Reader);
        var change = await server.Pass(TimeSpan.FromMinutes(1), socket.Receive("StateChange"));
        change["changed"]!.AsObject().Select(a => a.Key).ShouldBe([owner.ToString()]);

        await server.Give(owner, person, Rights.None);
        await server.ChangeNotes(owner);
        await server.ChangeNotes(person);
        change = await server.Pass(TimeSpan.FromSeconds(1), socket.Receive("StateChange"));
        change["changed"]!.AsObject().Select(a => a.Key).ShouldBe([person.ToString()]);
        ((string)change["pushState"]!).ShouldNotContain($"{owner}:");
    }
}
