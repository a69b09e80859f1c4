using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;

namespace Bastide.Contacts.Store;

/// <summary>What is stored of a card: the vCard, and what is derived from it.</summary>
sealed record CardContent
{
    public required string Uid { get; init; }

    public required string Kind { get; init; }

    /// <summary>What people read in a list.</summary>
    public required string FullName { get; init; }

    public string? Given { get; init; }

    public string? Surname { get; init; }

    public string? Surname2 { get; init; }

    public required string FindNames { get; init; }

    public required string FindNicknames { get; init; }

    public required string FindOrganizations { get; init; }

    public required string FindEmails { get; init; }

    public required string FindPhones { get; init; }

    public required string FindServices { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public IReadOnlyList<string> Members { get; init; } = [];

    public IReadOnlyList<BlobId> Media { get; init; } = [];

    /// <summary>The JSContact card, its media as blobs.</summary>
    public required JsonObject Card { get; init; }

    public required byte[] VCard { get; init; }

    /// <summary>Whether the vCard was composed here, and did not come as it is.</summary>
    public bool IsComposed { get; init; }

    /// <summary>What the vCard is recognised by.</summary>
    public required string ETag { get; init; }
}
