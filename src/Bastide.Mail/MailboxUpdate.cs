using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>A change to a mailbox; what is not given stays (RFC 8621 §2.5).</summary>
public sealed record MailboxUpdate
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The mailbox it is to be below, null for the top.</summary>
    public Optional<long?> ParentId { get; init; }

    /// <summary>Instead of <see cref="ParentId"/>, the creation id of a mailbox made in the same set, without <c>#</c>.</summary>
    public string? ParentCreationId { get; init; }

    /// <summary>The new role, null for none.</summary>
    public Optional<string> Role { get; init; }

    /// <summary>The new place among its siblings.</summary>
    public long? SortOrder { get; init; }

    /// <summary>Whether the asker wants to see it.</summary>
    public bool? IsSubscribed { get; init; }
}
