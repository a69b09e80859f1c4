namespace Bastide.Abstractions.Mail;

/// <summary>iCalendar on its way by mail (RFC 6047 §2.4).</summary>
/// <param name="Method">The method of iTIP, upper-case.</param>
/// <param name="Text">The octets, UTF-8.</param>
public sealed record CalendarPart(string Method, ReadOnlyMemory<byte> Text);
