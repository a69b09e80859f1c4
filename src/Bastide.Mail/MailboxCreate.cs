namespace Bastide.Mail;

/// <summary>A mailbox to be made (RFC 8621 §2.5).</summary>
public sealed record MailboxCreate
{
    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>The mailbox it is to be below, or null at the top.</summary>
    public long? ParentId { get; init; }

    /// <summary>Instead of <see cref="ParentId"/>, the creation id of another mailbox of the same set, without <c>#</c>.</summary>
    public string? ParentCreationId { get; init; }

    /// <summary>What it is for, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Its place among its siblings.</summary>
    public long SortOrder { get; init; }

    /// <summary>Whether its maker wants to see it; they do when it is not said.</summary>
    public bool? IsSubscribed { get; init; }
}
