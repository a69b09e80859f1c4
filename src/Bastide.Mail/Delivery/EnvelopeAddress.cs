namespace Bastide.Mail.Delivery;

/// <summary>An address of an <see cref="Envelope"/>. RFC 8621 §7.</summary>
/// <param name="Email">The address; empty for the null reverse-path.</param>
/// <param name="Parameters">Parameters of MAIL or RCPT, by name; kept and given back.</param>
public sealed record EnvelopeAddress(string Email, IReadOnlyDictionary<string, string?>? Parameters = null);
