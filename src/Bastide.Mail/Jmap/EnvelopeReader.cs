using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// Reads the envelope of a submission, and from its parameters how long to hold it (FUTURERELEASE, RFC 4865). Parameters of
/// extensions that are not advertised are refused. RFC 8621 §7.
/// </summary>
static class EnvelopeReader
{
    const string Property = "envelope";
    const string HoldFor = "HOLDFOR";
    const string HoldUntil = "HOLDUNTIL";
    const string Size = "SIZE";

    /// <summary>The envelope and when to send; a fault is noted. Null for one made from the message.</summary>
    public static (Envelope? Envelope, DateTimeOffset? SendAt) Read(JsonNode? node, DateTimeOffset now, InvalidProperties invalid)
    {
        if (node is null) return default;
        if (node is not JsonObject given || given["rcptTo"] is not JsonArray rcptTo || Address(given["mailFrom"]) is not { } from)
        {
            invalid.Add(Property, "it has a mailFrom and a list rcptTo.");
            return default;
        }

        var recipients = new List<EnvelopeAddress>(rcptTo.Count);
        foreach (var item in rcptTo)
        {
            if (Address(item) is not { } recipient) invalid.Add(Property, "a recipient is an object with an email.");
            else if (recipient.Parameters is { Count: > 0 } parameters) invalid.Add(Property, $"the parameter {parameters.First().Key} is of no extension that is offered.");
            else recipients.Add(recipient);
        }

        return (new Envelope(from, recipients), SendAt(from.Parameters ?? new Dictionary<string, string?>(), now, invalid));
    }

    static DateTimeOffset? SendAt(IReadOnlyDictionary<string, string?> parameters, DateTimeOffset now, InvalidProperties invalid)
    {
        DateTimeOffset? sendAt = null;
        foreach (var (name, value) in parameters)
        {
            if (name.Equals(Size, StringComparison.OrdinalIgnoreCase)) continue;
            var isFor = name.Equals(HoldFor, StringComparison.OrdinalIgnoreCase);
            if (!isFor && !name.Equals(HoldUntil, StringComparison.OrdinalIgnoreCase))
            {
                invalid.Add(Property, $"the parameter {name} is of no extension that is offered.");
                continue;
            }

            if (sendAt is not null) invalid.Add(Property, "HOLDFOR and HOLDUNTIL exclude each other.");
            sendAt = isFor ? After(value, now) : JmapDates.Read(value);
            if (sendAt is null) invalid.Add(Property, isFor ? "HOLDFOR is a number of seconds." : "HOLDUNTIL is a date, as 2026-11-23T09:30:00Z.");
            else if (sendAt > now + Submissions.MaxDelay) invalid.Add(Property, $"a message can be held for {Submissions.MaxDelay.TotalSeconds:0} seconds at most.");
        }

        return sendAt;
    }

    static DateTimeOffset? After(string? seconds, DateTimeOffset now) =>
        int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? now.AddSeconds(number) : null;

    static EnvelopeAddress? Address(JsonNode? node)
    {
        if (node is not JsonObject address || address["email"].AsText() is not { } email) return null;
        if (address["parameters"] is null) return new EnvelopeAddress(email);
        if (address["parameters"] is not JsonObject given) return null;
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            if (value is not null && value.AsText() is null) return null;
            parameters[name] = value.AsText();
        }

        return new EnvelopeAddress(email, parameters);
    }
}
