using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>A change to a card; what is not given stays (RFC 9610 §3.5).</summary>
public sealed record CardUpdate
{
    /// <summary>The patch of the JSContact card (RFC 8620 §5.3), or null.</summary>
    public JsonObject? Patch { get; init; }

    /// <summary>The change to the address books it is in, or null.</summary>
    public Patch<long>? AddressBookIds { get; init; }
}
