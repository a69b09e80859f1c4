namespace Bastide.Contacts;

/// <summary>What a card must be like to be found (RFC 9610 §3.3.1); what is null asks for nothing.</summary>
public sealed record CardCondition : CardFilter
{
    /// <summary>An address book it is in.</summary>
    public long? InAddressBook { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }

    /// <summary>A uid among its members.</summary>
    public string? HasMember { get; init; }

    /// <summary>What it is of.</summary>
    public string? Kind { get; init; }

    /// <summary>It was made before.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>It was made then or after.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>It changed last before.</summary>
    public DateTimeOffset? UpdatedBefore { get; init; }

    /// <summary>It changed last then or after.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>What is looked for in its texts.</summary>
    public IReadOnlyDictionary<CardTextField, string> Texts { get; init; } = new Dictionary<CardTextField, string>();
}
