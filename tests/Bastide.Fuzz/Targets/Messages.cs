using System.Text;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using NodaTime;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A message between calendars from anybody: it is read or refused with <see cref="ICalFormatException"/>, what it makes of an
/// object that is there is an object again, and so is what that says to the others.
/// </summary>
static class Messages
{
    const string Bob = "mailto:bob@demo.localhost";
    const string Carl = "mailto:carl@elsewhere.example";
    const string Product = "-//Bastide//Fuzz//EN";
    static readonly HashSet<string> Own = [Bob];
    static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    static readonly string[] Present =
    [
        "DTSTART;TZID=Europe/Paris:20260309T100000\r\nDTEND;TZID=Europe/Paris:20260309T110000\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\nEXDATE;TZID=Europe/Paris:20260316T100000",
        "DTSTART;VALUE=DATE:20260309\r\nSTATUS:CONFIRMED",
        "DTSTART:20260309T100000Z\r\nDURATION:PT1H\r\nRDATE:20260310T100000Z",
    ];

    public static void Run(byte[] input)
    {
        ITipMessage message;
        try
        {
            message = ITipMessage.Read(input, Carl, Bob);
        }
        catch (ICalFormatException refused)
        {
            Invariant.Holds(refused.Message.Length > 0, $"It is refused without a reason");
            return;
        }

        Apply(null, message);
        Apply(message.Object, message);
        foreach (var lines in Present) Apply(Object(message.Object.Uid, lines), message);
    }

    static void Apply(CalendarObject? present, ITipMessage message)
    {
        try
        {
            foreach (var change in new[] { IncomingRequest.Apply(present, message, Bob), IncomingRequest.Add(present, message), IncomingCancel.Apply(present, message), IncomingReply.Apply(present, message) })
                if (change is not null)
                    Follow(present, Again(change.Calendar));
        }
        catch (ICalFormatException)
        {
            // What it would make of the object is none.
        }
    }

    /// <summary>What the change says to others, whoever makes it.</summary>
    static void Follow(CalendarObject? before, CalendarObject after)
    {
        var messages = OrganizerMessages.Of(before, after, Own, Product, Now);
        messages.AddRange(AttendeeMessages.Of(before, after, Bob, Product, Now));
        if (before is not null) OrganizerChange.Complete(before, after, Own);
        foreach (var said in messages) Invariant.Holds(ITipMessage.Read(said.Write(), said.Sender, said.Recipient).Object.Uid == after.Uid, $"It says something of another event");
        Again(after.Calendar);
    }

    static CalendarObject Again(ICalComponent calendar)
    {
        var octets = ICalWriter.Write(calendar);
        try
        {
            return CalendarObject.Of(ICalReader.ReadCalendar(octets, ICalLimits.Calendar));
        }
        catch (ICalFormatException exception)
        {
            throw new InvariantBrokenException($"It makes what is no object ({exception.Message}): {Encoding.UTF8.GetString(octets)}");
        }
    }

    static CalendarObject Object(string uid, string lines)
    {
        var text = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{Product}\r\nBEGIN:VEVENT\r\nDTSTAMP:20260301T000000Z\r\n{lines}\r\nSUMMARY:Here\r\nORGANIZER:{Carl}\r\nATTENDEE:{Bob}\r\nATTENDEE:{Carl}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var calendar = ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text), ICalLimits.Object);
        calendar.Components.First().Add(new ICalProperty("UID", ICalText.Escape(uid)));
        return CalendarObject.Of(calendar);
    }
}
