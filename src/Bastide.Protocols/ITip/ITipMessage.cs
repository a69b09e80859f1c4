using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.ITip;

/// <summary>A message from one calendar to another (RFC 5546).</summary>
/// <param name="Method">What it asks for.</param>
/// <param name="Sender">The calendar address of whom it is from.</param>
/// <param name="Recipient">The calendar address of whom it is for.</param>
/// <param name="Object">What it is about; its VCALENDAR has no METHOD.</param>
public sealed record ITipMessage(ITipMethod Method, string Sender, string Recipient, CalendarObject Object)
{
    static readonly (ITipMethod Method, string Name)[] Names =
    [
        (ITipMethod.Publish, "PUBLISH"), (ITipMethod.Request, "REQUEST"), (ITipMethod.Reply, "REPLY"), (ITipMethod.Add, "ADD"),
        (ITipMethod.Cancel, "CANCEL"), (ITipMethod.Refresh, "REFRESH"), (ITipMethod.Counter, "COUNTER"), (ITipMethod.DeclineCounter, "DECLINECOUNTER"),
    ];

    /// <summary>Whether it tells nobody anything new: only how others answered.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The name of a method on the wire.</summary>
    public static string NameOf(ITipMethod method) => Array.Find(Names, entry => entry.Method == method).Name;

    /// <summary>The method of a name; null for none.</summary>
    public static ITipMethod? MethodOf(string? name)
    {
        foreach (var (method, known) in Names)
            if (known.Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase))
                return method;
        return null;
    }

    /// <summary>
    /// Reads a message. Its sender and recipient are those the carrier knows. Throws <see cref="ICalFormatException"/> where it
    /// is none: no method, nothing of one UID, nobody who organizes it.
    /// </summary>
    public static ITipMessage Read(ReadOnlySpan<byte> text, string sender, string recipient)
    {
        var calendar = ICalReader.ReadCalendar(text, ICalLimits.Object);
        if (MethodOf(calendar.Text("METHOD")) is not { } method) throw new ICalFormatException(calendar.Line, "There is no METHOD that RFC 5546 knows.");
        calendar.RemoveAll("METHOD");
        var about = CalendarObject.Of(calendar);
        if (method != ITipMethod.Publish && about.Organizer() is null) throw new ICalFormatException(calendar.Line, "Nobody organizes it: there is no ORGANIZER.");
        return new ITipMessage(method, sender, recipient, about);
    }

    /// <summary>The same, sent by somebody in the name of its sender (SENT-BY, RFC 5545 §3.2.18).</summary>
    public ITipMessage SentBy(string actor)
    {
        var calendar = Object.Calendar.Clone();
        var about = CalendarObject.Of(calendar);
        var name = Method is ITipMethod.Reply or ITipMethod.Counter or ITipMethod.Refresh ? "ATTENDEE" : "ORGANIZER";
        foreach (var component in about.Components)
            foreach (var property in component.PropertiesOf(name).Where(property => CalendarAddress.IsSame(property.Value, Sender)).ToList())
                component.Replace(property, property.WithParameter("SENT-BY", actor));
        return this with { Object = about };
    }

    /// <summary>The octets, METHOD included.</summary>
    public byte[] Write()
    {
        var calendar = Object.Calendar.Clone();
        calendar.Set("METHOD", NameOf(Method));
        return ICalWriter.Write(calendar);
    }
}
