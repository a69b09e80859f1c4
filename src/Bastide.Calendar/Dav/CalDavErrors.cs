using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>Refusals of the calendar as preconditions of RFC 4791 §5.3.2.1 and its kin.</summary>
static class CalDavErrors
{
    /// <summary>The error for a change of a node; <paramref name="existing"/> is the address of what stands in the way.</summary>
    public static DavError Of(CalendarError error, DavNode node, string? existing = null) => error.Failure switch
    {
        CalendarFailure.NotFound => DavError.NotFound,
        CalendarFailure.Forbidden => DavError.NeedPrivileges(node, DavNames.Write) with { Text = error.Description },
        CalendarFailure.StateMismatch => DavError.PreconditionFailed,
        CalendarFailure.OverQuota => DavError.QuotaExceeded,
        CalendarFailure.TooLarge => DavError.Violated(CalDavNames.Of("max-resource-size"), error.Description),
        CalendarFailure.InvalidData => DavError.Violated(CalDavNames.Of("valid-calendar-data"), error.Description),
        CalendarFailure.InvalidObject => DavError.Violated(CalDavNames.Of("valid-calendar-object-resource"), error.Description),
        CalendarFailure.UnsupportedKind => DavError.Violated(CalDavNames.Of("supported-calendar-component"), error.Description),
        CalendarFailure.UidExists => DavError.InConflict(CalDavNames.Of("no-uid-conflict"), error.Description) with { Content = existing is null ? null : xml => xml.Href(existing) },
        CalendarFailure.AttachmentNotFound => DavError.Violated(CalDavNames.Of("valid-managed-id"), error.Description),
        CalendarFailure.InvalidAttachment => DavError.Violated(CalDavNames.Of("valid-managed-id-parameter"), error.Description),
        CalendarFailure.TooManyAttachments => DavError.Violated(CalDavNames.Of("max-attachments-per-resource"), error.Description),
        CalendarFailure.InstanceNotFound => DavError.Violated(CalDavNames.Of("valid-rid"), error.Description),
        CalendarFailure.OrganizerChanged => DavError.Violated(CalDavNames.Of("allowed-organizer-scheduling-object-change"), error.Description),
        CalendarFailure.NotAttendees => DavError.Violated(CalDavNames.Of("allowed-attendee-scheduling-object-change"), error.Description),
        CalendarFailure.NameTaken => DavError.PreconditionFailed,
        CalendarFailure.InvalidProperties => new DavError(409, Text: error.Description) { Property = error.Properties is [var name, ..] ? CalendarChanges.NameOf(name) : null },
        _ => new DavError(409, Text: error.Description),
    };
}
