using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Protocols.ITip;

/// <summary>An answer, as it becomes part of the organizer's own object (RFC 5546 §3.2.3).</summary>
public static class IncomingReply
{
    const string Stamp = "X-CALENDARSERVER-DTSTAMP";

    /// <summary>
    /// What the message makes of the object; null where it changes nothing: it answers an invitation that was moved since, an
    /// older answer than the one that is known, or is from somebody who is not invited.
    /// </summary>
    public static ITipChange? Apply(CalendarObject? present, ITipMessage message)
    {
        if (present is null) return null;
        var merged = CalendarObject.Of(present.Calendar.Clone());
        var (set, zones, zonesOfAnswer) = (merged.Set(), merged.Zones(), message.Object.Zones());
        var answers = new List<(string Attendee, string Status)>();
        foreach (var answer in message.Object.Components)
        {
            if (answer.Attendee(message.Sender) is not { } given) continue;
            var component = answer.InstanceName(set) is { } name ? set.InstanceOf(name) ?? Made(merged, set, name) : merged.Master;
            if (component is null || IsOutdated(component, answer, zones, zonesOfAnswer)) continue;
            if (component.Attendee(message.Sender) is not { } known)
            {
                // Who was sent in somebody's place is invited by that (RFC 5546 §3.2.2.3).
                if (!given.ParameterValues("DELEGATED-FROM").Any(from => component.Attendee(from) is { } delegator && delegator.ParameterValues("DELEGATED-TO").Any(to => CalendarAddress.IsSame(to, message.Sender)))) continue;
                component.Add(known = new ICalProperty("ATTENDEE", given.Value, [.. given.Parameters.Where(parameter => parameter.Is("CN") || parameter.Is("DELEGATED-FROM"))]));
            }

            var written = Answered(known, given, answer);
            if (written is null) continue;
            component.Replace(known, written);
            answers.Add((known.Value, written.Status()));
            if (component == merged.Master) AnswerInstances(merged, message.Sender, known.Status(), given, answer);
            AddDelegates(component, written, answer);
            if (component.Property("RECURRENCE-ID") is not null && !merged.Components.Contains(component)) merged.Calendar.Append(component);
        }

        return answers.Count == 0 ? null : new ITipChange(merged.Calendar) { Answers = answers };
    }

    static ICalComponent? Made(CalendarObject merged, RecurrenceSet set, NodaTime.LocalDateTime name) =>
        merged.Master is { } master && set.Has(name) ? master.InstanceFrom(name) : null;

    /// <summary>An older number alone does not make an answer stale: it may have grown for something else than the time.</summary>
    static bool IsOutdated(ICalComponent present, ICalComponent answer, ICalTimeZones zones, ICalTimeZones zonesOfAnswer)
    {
        if (answer.Sequence() >= present.Sequence()) return false;
        return ICalTime.Of(answer.Property("DTSTART")) is not { } told || ICalTime.Of(present.Property("DTSTART")) is not { } start
            || zonesOfAnswer.Resolve(told, NodaTime.DateTimeZone.Utc) != zones.Resolve(start, NodaTime.DateTimeZone.Utc);
    }

    static ICalProperty? Answered(ICalProperty known, ICalProperty given, ICalComponent answer)
    {
        var stamp = answer.Property("DTSTAMP")?.Value;
        if (stamp is not null && known.Parameter(Stamp) is { } last && string.CompareOrdinal(stamp, last) < 0) return null;
        var comment = answer.Text("COMMENT") ?? given.Parameter(AttendeeJson.Comment);
        var written = known
            .WithParameter("PARTSTAT", given.Status())
            .WithParameter("RSVP", (string?)null)
            .WithParameter("DELEGATED-TO", given.ParameterValues("DELEGATED-TO").ToList() is { Count: > 0 } to ? to : null)
            .WithParameter("SCHEDULE-STATUS", answer.Property("REQUEST-STATUS")?.Value.Split(';')[0].Trim() ?? "2.0")
            .WithParameter(AttendeeJson.Comment, string.IsNullOrWhiteSpace(comment) ? null : comment)
            .WithParameter(Stamp, stamp);
        return written.Status() == known.Status() && written.Parameter(AttendeeJson.Comment) == known.Parameter(AttendeeJson.Comment)
            && written.ParameterValues("DELEGATED-TO").SequenceEqual(known.ParameterValues("DELEGATED-TO")) ? null : written;
    }

    /// <summary>Who answers a series answers its instances, those apart that they answered by themselves.</summary>
    static void AnswerInstances(CalendarObject merged, string sender, string former, ICalProperty given, ICalComponent answer)
    {
        foreach (var instance in merged.Instances)
            if (instance.Attendee(sender) is { } known && (known.Status() == "NEEDS-ACTION" || known.Status() == former) && Answered(known, given, answer) is { } written)
                instance.Replace(known, written);
    }

    static void AddDelegates(ICalComponent component, ICalProperty delegator, ICalComponent answer)
    {
        if (delegator.Status() != "DELEGATED") return;
        foreach (var to in delegator.ParameterValues("DELEGATED-TO"))
        {
            if (component.Attendee(to) is not null) continue;
            var parameters = new List<ICalParameter> { new("DELEGATED-FROM", delegator.Value), new("PARTSTAT", "NEEDS-ACTION"), new("RSVP", "TRUE") };
            if (answer.Attendee(to)?.Parameter("CN") is { } name) parameters.Insert(0, new ICalParameter("CN", name));
            component.Add(new ICalProperty("ATTENDEE", to, parameters));
        }
    }
}
