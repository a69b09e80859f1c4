using Bastide.Platform.Changes;

namespace Bastide.Contacts.Store;

/// <summary>What was put together for a <see cref="CardSet"/> before its transaction.</summary>
sealed class CardSetPrepared
{
    /// <summary>The new cards, or why they cannot be made, by creation id.</summary>
    public Dictionary<string, (CardContent? Content, ContactError? Refused)> Create { get; } = [];

    /// <summary>What cards say after the change, or why not, and the change they were read at.</summary>
    public Dictionary<long, (Sequence ReadAt, (CardContent? Content, ContactError? Refused) Change)> Update { get; } = [];
}
