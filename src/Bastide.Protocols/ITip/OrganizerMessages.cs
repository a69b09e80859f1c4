using System.Globalization;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Protocols.ITip;

/// <summary>What an organizer's change says to those who are invited (RFC 6638 §3.2.1; RFC 5546 §3.2.2, §3.2.5).</summary>
public static class OrganizerMessages
{
    static readonly string[] OfCancellations = ["UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "DUE", "RRULE", "SUMMARY", "LOCATION", "ORGANIZER"];

    /// <summary>
    /// The messages of a change. To each goes what they are invited to, and only where that changed for them; nothing goes to
    /// those whom the organizer's own program tells (SCHEDULE-AGENT).
    /// </summary>
    /// <param name="before">What was; null of a new object.</param>
    /// <param name="after">What is; null where it was removed.</param>
    /// <param name="own">The addresses of the organizer's account, as <see cref="CalendarAddress.Key"/> has them.</param>
    /// <param name="product">The PRODID of the messages.</param>
    /// <param name="now">The time of writing.</param>
    public static List<ITipMessage> Of(CalendarObject? before, CalendarObject? after, IReadOnlySet<string> own, string product, Instant now)
    {
        var messages = new List<ITipMessage>();
        if ((after ?? before)?.Organizer() is not { } organizer) return messages;
        // Nobody has to hear that what is over was tidied away.
        if (after is null && before!.Set().LastEnd(1000, default) is { } end && end < now) return messages;
        var attendees = (after?.Attendees() ?? []).Concat(before?.Attendees() ?? []).DistinctBy(CalendarAddress.Key);
        foreach (var attendee in attendees.Where(attendee => !own.Contains(CalendarAddress.Key(attendee)) && !CalendarAddress.IsSame(attendee, organizer)))
        {
            if (!PropertyOf(after, attendee).IsServers() || !PropertyOf(before, attendee).IsServers()) continue;
            var change = new Change(organizer, attendee, product, now);
            messages.AddRange(change.Messages(before is null ? null : AttendeeView.Of(before, attendee, product), after is null ? null : AttendeeView.Of(after, attendee, product), after, IsForced(after, attendee)));
        }

        return messages;
    }

    /// <summary>The message that tells somebody invited everything anew: the answer to REFRESH, or to be told quietly how others answered.</summary>
    public static ITipMessage? Whole(CalendarObject calendar, string attendee, string product, Instant now, bool isQuiet) =>
        calendar.Organizer() is { } organizer && PropertyOf(calendar, attendee).IsServers() && AttendeeView.Of(calendar, attendee, product) is { } view
            ? new ITipMessage(ITipMethod.Request, organizer, attendee, Stamped(view, now)) { IsQuiet = isQuiet }
            : null;

    static ICalProperty? PropertyOf(CalendarObject? calendar, string attendee) => calendar?.Components.Select(component => component.Attendee(attendee)).FirstOrDefault(property => property is not null);

    static bool IsForced(CalendarObject? calendar, string attendee) => "REQUEST".Equals(PropertyOf(calendar, attendee)?.Parameter("SCHEDULE-FORCE-SEND"), StringComparison.OrdinalIgnoreCase);

    static CalendarObject Stamped(CalendarObject view, Instant now)
    {
        foreach (var component in view.Components) component.Set("DTSTAMP", ICalTime.OfInstant(now).Value, []);
        return view;
    }

    sealed class Change(string organizer, string attendee, string product, Instant now)
    {
        public List<ITipMessage> Messages(CalendarObject? before, CalendarObject? after, CalendarObject? whole, bool isForced)
        {
            if (after is null) return before is null || before.Components.All(component => component.IsCancelled()) ? [] : [Cancel(before, before.Components, whole)];
            if (before is null) return after.Components.All(component => component.IsCancelled()) ? [] : [Request(after)];
            if (after.Master is { } master && master.IsCancelled() && before.Master is { } former && !former.IsCancelled()) return [Cancel(after, [master], whole)];
            if (after.Master is null && before.Master is not null) return [Cancel(before, before.Components, whole), Request(after)];
            if (isForced) return [Request(after)];
            if (after.Master is null) return OfInstances(before, after, whole);
            return OfSeries(before, after, whole);
        }

        List<ITipMessage> OfSeries(CalendarObject before, CalendarObject after, CalendarObject? whole)
        {
            if (before.Master is null || Essence.Of(before.Master) != Essence.Of(after.Master!)) return [Request(after)];
            var (was, isNow) = (before.Set(), after.Set());
            var taken = Exceptions(after, isNow).Except(Exceptions(before, was)).ToList();
            var givenBack = Exceptions(before, was).Except(Exceptions(after, isNow)).Any();
            var changed = after.Instances.Where(instance => instance.InstanceName(isNow) is { } name
                && Essence.Of(was.InstanceOf(name) ?? before.Master.InstanceFrom(name)) != Essence.Of(instance)).ToList();
            var undone = before.Instances.Any(instance => instance.InstanceName(was) is { } name && isNow.InstanceOf(name) is null && !isNow.IsExcluded(name));
            if (givenBack || undone) return [Request(after)];
            var messages = new List<ITipMessage>();
            if (taken.Count > 0) messages.Add(Cancel(before, taken.Select(name => was.InstanceOf(name) ?? before.Master.InstanceFrom(name)), whole));
            if (changed.Where(instance => instance.IsCancelled()).ToList() is { Count: > 0 } cancelled) messages.Add(Cancel(after, cancelled, whole));
            // What changed alone: programs that show mail to people say it best so.
            if (changed.Where(instance => !instance.IsCancelled()).ToList() is { Count: > 0 } moved) messages.Add(Request(after.ObjectOf(product, moved.Select(instance => instance.Clone()))));
            return messages;
        }

        List<ITipMessage> OfInstances(CalendarObject before, CalendarObject after, CalendarObject? whole)
        {
            var (was, isNow) = (before.Set(), after.Set());
            var messages = new List<ITipMessage>();
            var gone = before.Instances.Where(instance => instance.InstanceName(was) is { } name && isNow.InstanceOf(name) is null).ToList();
            if (gone.Count > 0) messages.Add(Cancel(before, gone, whole));
            var changed = after.Instances.Where(instance => instance.InstanceName(isNow) is { } name && (was.InstanceOf(name) is not { } former || Essence.Of(former) != Essence.Of(instance))).ToList();
            if (changed.Count > 0) messages.Add(Request(after.ObjectOf(product, changed.Select(instance => instance.Clone()))));
            return messages;
        }

        static IEnumerable<LocalDateTime> Exceptions(CalendarObject calendar, RecurrenceSet set) =>
            calendar.Master!.PropertiesOf("EXDATE").SelectMany(ICalTime.AllOf).Select(set.RecurrenceIdOf).Distinct();

        ITipMessage Request(CalendarObject view) => new(ITipMethod.Request, organizer, attendee, Stamped(view, now));

        ITipMessage Cancel(CalendarObject view, IEnumerable<ICalComponent> components, CalendarObject? whole)
        {
            // RFC 5546 §3.2.5: the number grows, so that no older invitation brings it back.
            var newest = whole?.Components.Select(component => component.Sequence()).DefaultIfEmpty().Max() ?? 0;
            return new ITipMessage(ITipMethod.Cancel, organizer, attendee, view.ObjectOf(product, components.Select(component => Cancelled(component, newest))));
        }

        ICalComponent Cancelled(ICalComponent component, int newest)
        {
            var cancelled = new ICalComponent(component.Name, component.Properties.Where(property => OfCancellations.Contains(property.Name, StringComparer.OrdinalIgnoreCase)));
            cancelled.Set("DTSTAMP", ICalTime.OfInstant(now).Value);
            cancelled.Set("SEQUENCE", Math.Max(newest, component.Sequence() + 1).ToString(CultureInfo.InvariantCulture));
            cancelled.Set("STATUS", "CANCELLED");
            cancelled.Add(component.Attendee(attendee) ?? new ICalProperty("ATTENDEE", attendee));
            return cancelled;
        }
    }
}
