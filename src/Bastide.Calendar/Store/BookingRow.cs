using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>A booking as its row has it; when it takes place is what its event says.</summary>
sealed record BookingRow
{
    public long Id { get; init; }

    public required long PageId { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The UID of its event.</summary>
    public required string Uid { get; init; }

    /// <summary>When it was to end, as its guest knows.</summary>
    public required DateTimeOffset EndAt { get; init; }

    public required string GuestName { get; init; }

    /// <summary>In lower case.</summary>
    public required string GuestAddress { get; init; }

    /// <summary>What its guest reads: <c>fr</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The zone its guest's clocks are in.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The secret its guest changes it by, for mails.</summary>
    public required string Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
