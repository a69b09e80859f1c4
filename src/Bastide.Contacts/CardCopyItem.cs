using System.Text.Json.Nodes;

namespace Bastide.Contacts;

/// <summary>A card to be copied.</summary>
/// <param name="Id">Which.</param>
/// <param name="AddressBookIds">The address books the copy is to be in.</param>
/// <param name="Properties">What the copy says otherwise than the original.</param>
public sealed record CardCopyItem(long Id, IReadOnlyList<long> AddressBookIds, JsonObject Properties);
