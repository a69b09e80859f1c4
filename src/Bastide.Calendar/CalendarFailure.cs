namespace Bastide.Calendar;

/// <summary>Why an operation refused something; each is an error of RFC 8620, of draft-ietf-jmap-calendars, or a precondition of RFC 4791.</summary>
public enum CalendarFailure
{
    /// <summary>It does not exist, or not for the asker.</summary>
    NotFound,

    /// <summary>It exists and the asker may not do this.</summary>
    Forbidden,

    /// <summary>What the change was made against is not the present state.</summary>
    StateMismatch,

    /// <summary>Some property has a value it cannot have.</summary>
    InvalidProperties,

    /// <summary>The patch does not fit what it is of.</summary>
    InvalidPatch,

    /// <summary>The account has no room left.</summary>
    OverQuota,

    /// <summary>It is larger than anything may be.</summary>
    TooLarge,

    /// <summary>The account has as many items of this type as one may have.</summary>
    TooManyItems,

    /// <summary>The calendar holds objects.</summary>
    CalendarHasEvent,

    /// <summary>The account has an object of this UID already.</summary>
    UidExists,

    /// <summary>The calendar has something of this name already.</summary>
    NameTaken,

    /// <summary>The text is not iCalendar.</summary>
    InvalidData,

    /// <summary>It is iCalendar and not a calendar object (RFC 4791 §4.1).</summary>
    InvalidObject,

    /// <summary>The calendar takes no components of this kind.</summary>
    UnsupportedKind,

    /// <summary>It is destroyed in the same set, so that changing it is idle.</summary>
    WillDestroy,

    /// <summary>The organizer of an event does not change (RFC 6638 §3.2.4.3).</summary>
    OrganizerChanged,

    /// <summary>Somebody invited changed what only its organizer changes (RFC 6638 §3.2.4.3).</summary>
    NotAttendees,

    /// <summary>Messages were to be sent, and there is no way to send them.</summary>
    NoSupportedScheduleMethods,

    /// <summary>What is attached is not known by this MANAGED-ID (RFC 8607 §3.11).</summary>
    AttachmentNotFound,

    /// <summary>A MANAGED-ID in a text is not of what is at its address (RFC 8607 §3.11).</summary>
    InvalidAttachment,

    /// <summary>As much is attached as may be (RFC 8607 §6.3).</summary>
    TooManyAttachments,

    /// <summary>The series has no such instance (RFC 8607 §3.11).</summary>
    InstanceNotFound,

    /// <summary>The series recurs too often to be told for so long.</summary>
    CannotCalculateOccurrences,
}
