using System.Text.Json.Nodes;
using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>A card as its asker sees it (RFC 9610 §3).</summary>
public sealed record ContactCard
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The address books it is in, those the asker may not see left out.</summary>
    public required IReadOnlyList<long> AddressBookIds { get; init; }

    /// <summary>What makes it the same card everywhere.</summary>
    public required string Uid { get; init; }

    /// <summary>The JSContact card (RFC 9553), octets within it as blobs.</summary>
    public required JsonObject Card { get; init; }

    /// <summary>What its vCard is recognised by.</summary>
    public required string ETag { get; init; }

    /// <summary>The octets of its vCard.</summary>
    public required long Size { get; init; }

    /// <summary>When it came.</summary>
    public Sequence CreatedSeq { get; init; }

    /// <summary>When it last changed.</summary>
    public Sequence ChangedSeq { get; init; }
}
