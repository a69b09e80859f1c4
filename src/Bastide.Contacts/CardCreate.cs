using System.Text.Json.Nodes;

namespace Bastide.Contacts;

/// <summary>A card to be made (RFC 9610 §3.5).</summary>
/// <param name="Card">The JSContact card; a uid and times are made where it has none.</param>
/// <param name="AddressBookIds">The address books it is to be in.</param>
public sealed record CardCreate(JsonObject Card, IReadOnlyList<long> AddressBookIds);
