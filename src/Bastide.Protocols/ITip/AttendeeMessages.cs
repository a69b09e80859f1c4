using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Protocols.ITip;

/// <summary>What the change of somebody invited says to the organizer, and to whom they send in their place (RFC 6638 §3.2.2; RFC 5546 §3.2.3).</summary>
public static class AttendeeMessages
{
    static readonly string[] OfReplies = ["UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "DUE", "SEQUENCE", "SUMMARY", "ORGANIZER"];

    /// <summary>The messages of a change; none where the answer is the same, or their own program tells it.</summary>
    /// <param name="before">What was; null of a new object.</param>
    /// <param name="after">What is; null where it was removed.</param>
    /// <param name="own">The address under which they are invited.</param>
    /// <param name="product">The PRODID of the messages.</param>
    /// <param name="now">The time of writing.</param>
    public static List<ITipMessage> Of(CalendarObject? before, CalendarObject? after, string own, string product, Instant now)
    {
        var source = (after ?? before)!;
        if (source.Organizer() is not { } organizer || CalendarAddress.IsSame(organizer, own)) return [];
        if (!source.Components.Select(component => component.Property("ORGANIZER")).FirstOrDefault(property => property is not null).IsServers()) return [];
        var answers = after is null ? Declined(before!, own).ToList() : Changed(before, after, own).ToList();
        if (answers.Count == 0) return [];
        var reply = new ITipMessage(ITipMethod.Reply, own, organizer, source.ObjectOf(product, answers.Select(answer => Reply(answer.Component, answer.Attendee, now))));
        return after is null ? [reply] : [reply, .. Delegations(after, answers, own, product, now)];
    }

    /// <summary>Who removes what they were invited to declines it, unless they did before or it does not take place.</summary>
    static IEnumerable<Answer> Declined(CalendarObject before, string own)
    {
        foreach (var component in before.Components)
            if (component.Attendee(own) is { } attendee && !component.IsCancelled() && attendee.Status() is not "DECLINED" and not "DELEGATED")
                yield return new Answer(component, attendee.WithParameter("PARTSTAT", "DECLINED"));
    }

    static IEnumerable<Answer> Changed(CalendarObject? before, CalendarObject after, string own)
    {
        var (was, isNow) = (before?.Set(), after.Set());
        foreach (var component in after.Components)
        {
            if (component.Attendee(own) is not { } attendee) continue;
            var former = before is null ? null : OrganizerChange.Former(before, was!, component, isNow)?.Attendee(own);
            var isForced = "REPLY".Equals(component.Property("ORGANIZER")?.Parameter("SCHEDULE-FORCE-SEND"), StringComparison.OrdinalIgnoreCase);
            if (isForced || (former?.Status() ?? "NEEDS-ACTION") != attendee.Status() || (attendee.Parameter(AttendeeJson.Comment) is { } comment && comment != former?.Parameter(AttendeeJson.Comment)))
                yield return new Answer(component, attendee);
        }

        // Instances taken out are declined, one by one.
        if (before?.Master is not { } master || after.Master is null) yield break;
        var gone = after.Master.PropertiesOf("EXDATE").SelectMany(ICalTime.AllOf).Select(isNow.RecurrenceIdOf).Distinct().Where(name => !was!.IsExcluded(name));
        foreach (var name in gone)
        {
            var component = was!.InstanceOf(name) ?? master.InstanceFrom(name);
            if (component.Attendee(own) is { } attendee && !component.IsCancelled() && attendee.Status() != "DECLINED") yield return new Answer(component, attendee.WithParameter("PARTSTAT", "DECLINED"));
        }
    }

    static ICalComponent Reply(ICalComponent component, ICalProperty attendee, Instant now)
    {
        var reply = new ICalComponent(component.Name, component.Properties.Where(property => OfReplies.Contains(property.Name, StringComparer.OrdinalIgnoreCase)).Select(Bare));
        reply.Set("DTSTAMP", ICalTime.OfInstant(now).Value);
        foreach (var property in component.PropertiesOf("ATTENDEE").Where(other => attendee.ParameterValues("DELEGATED-TO").Any(to => CalendarAddress.IsSame(to, other.Value)))) reply.Add(Bare(property));
        if (attendee.Parameter(AttendeeJson.Comment) is { Length: > 0 } comment) reply.SetText("COMMENT", comment);
        reply.Add(Bare(attendee.WithParameter(AttendeeJson.Comment, (string?)null).WithParameter("RSVP", (string?)null)));
        reply.Add(new ICalProperty("REQUEST-STATUS", "2.0;Success"));
        return reply;
    }

    /// <summary>RFC 5546 §3.2.2.3: who sends another in their place passes the invitation on.</summary>
    static IEnumerable<ITipMessage> Delegations(CalendarObject after, List<Answer> answers, string own, string product, Instant now)
    {
        foreach (var to in answers.Where(answer => answer.Attendee.Status() == "DELEGATED").SelectMany(answer => answer.Attendee.ParameterValues("DELEGATED-TO")).DistinctBy(CalendarAddress.Key))
            if (AttendeeView.Of(after, to, product) is { } view)
            {
                foreach (var component in view.Components) component.Set("DTSTAMP", ICalTime.OfInstant(now).Value, []);
                yield return new ITipMessage(ITipMethod.Request, own, to, view);
            }
    }

    static ICalProperty Bare(ICalProperty property)
    {
        foreach (var parameter in new[] { "SCHEDULE-STATUS", "SCHEDULE-AGENT", "SCHEDULE-FORCE-SEND" }) property = property.WithParameter(parameter, (string?)null);
        return property;
    }

    readonly record struct Answer(ICalComponent Component, ICalProperty Attendee);
}
