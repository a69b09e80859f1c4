using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>The ParticipantIdentity object.</summary>
static class ParticipantIdentityProperties
{
    public static readonly ObjectProperties<ParticipantIdentity> All = new(
        ("id", i => CalendarIds.Identity.Write(i.Id)),
        ("name", i => i.Name),
        ("calendarAddress", i => i.CalendarAddress),
        ("isDefault", i => i.IsDefault));
}
