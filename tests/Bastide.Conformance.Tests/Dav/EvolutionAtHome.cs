using System.Text.Json.Nodes;
using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Dav;

/// <summary>
/// A workplace, and Evolution with an account that has alice's address, a password and the origin of her domain: its port is
/// named, because no name server tells it on loopback. What there is at that origin it finds by itself.
/// </summary>
public sealed class EvolutionAtHome : IAsyncLifetime
{
    internal DavPlace Place { get; private set; } = null!;

    internal Evolution Evolution { get; private set; } = null!;

    /// <summary>What its buttons found before there was an account.</summary>
    internal JsonObject Found { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Place = await DavPlace.Start();
        Evolution = await Evolution.Start();
        object[] given = [Place.Front.Url.ToString(), $"alice@{DavPlace.Domain}", await Place.AppPassword("alice", "Evolution"), Place.Front.Host, Place.Front.Certificate];
        Found = (await Evolution.Do("find", given))!.AsObject();
        await Evolution.Do("account", given);
    }

    public async ValueTask DisposeAsync()
    {
        if (Evolution is not null) await Evolution.DisposeAsync();
        if (Place is not null) await Place.DisposeAsync();
    }
}
