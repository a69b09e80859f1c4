using System.Text.Json.Nodes;
using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Dav;

/// <summary>
/// A workplace, and Thunderbird with the mail account of alice, which finds and subscribes to what there is from her address
/// alone. The one thing it is helped with is the name server: the SRV records of the domain (RFC 6764 §3) are answered
/// inside it, since nothing listens for names on loopback.
/// </summary>
public sealed class ThunderbirdAtHome : IAsyncLifetime
{
    internal DavPlace Place { get; private set; } = null!;

    internal Thunderbird Thunderbird { get; private set; } = null!;

    /// <summary>The calendars that it found, as it knew them then, by their paths.</summary>
    internal Dictionary<string, JsonNode> Calendars { get; } = [];

    /// <summary>The address books that it found, likewise.</summary>
    internal Dictionary<string, JsonNode> Books { get; } = [];

    /// <summary>How many events and tasks alice had of her own when it came.</summary>
    internal int Events { get; private set; }

    /// <summary>How many cards alice had of her own when it came.</summary>
    internal int Cards { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Place = await DavPlace.Start();
        var password = await Place.AppPassword("alice", "Thunderbird");
        Thunderbird = await Thunderbird.Start(Place.Workplace, "alice", password, "Dav.ThunderbirdDav.js");
        await Thunderbird.Trust(Place.Front.Host, Place.Front.Port);
        var at = new { host = Place.Front.Host, port = Place.Front.Port };
        await Thunderbird.Do("answerDns", new Dictionary<string, object> { [$"_caldavs._tcp.{DavPlace.Domain}"] = at, [$"_carddavs._tcp.{DavPlace.Domain}"] = at });
        var books = (await Thunderbird.Do("findAddressBooks"))!.AsArray();
        var calendars = (await Thunderbird.Do("findCalendars", $"alice@{DavPlace.Domain}", password))!.AsArray();
        await Thunderbird.Do("subscribe");
        using var alice = Place.SignIn("alice");
        Events = await alice.CountAt("/dav/calendars/alice@demo.localhost/default/");
        Cards = await alice.CountAt("/dav/addressbooks/alice@demo.localhost/default/");
        await Learn(calendars, "calendar", Calendars);
        await Learn(books, "book", Books);
    }

    public async ValueTask DisposeAsync()
    {
        if (Thunderbird is not null) await Thunderbird.DisposeAsync();
        if (Place is not null) await Place.DisposeAsync();
    }

    async Task Learn(JsonArray paths, string function, Dictionary<string, JsonNode> into)
    {
        foreach (var path in paths) into.Add((string)path!, (await Thunderbird.Do(function, (string)path!))!);
    }
}
