using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Addresses and what is said of where they are. RFC 9555 §2.6, §2.8.</summary>
static partial class Places
{
    /// <summary>The time zone of a TZ value: a name, or one of the <c>Etc</c> zones for whole hours. Null for others.</summary>
    public static string? ReadZone(string value, string? type)
    {
        var isOffset = type == "utc-offset" || (type is null && Offset().IsMatch(value));
        if (!isOffset) return type is null or "text" && ZoneName().IsMatch(value) ? value : null;
        if (Offset().Match(value) is not { Success: true } match || match.Groups["minutes"].Value is not ("" or "00")) return null;
        var hours = int.Parse(match.Groups["sign"].Value + match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        return hours switch { 0 => "Etc/UTC", < -12 or > 14 => null, _ => string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-hours:+0;-0}") };
    }

    /// <summary>The value of TZ for a time zone.</summary>
    public static (string Value, bool IsOffset) WriteZone(string zone)
    {
        if (zone == "Etc/UTC") return ("+0000", true);
        if (!zone.StartsWith("Etc/GMT", StringComparison.Ordinal) || !int.TryParse(zone.AsSpan(7), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours) || zone != $"Etc/GMT{hours.ToString("+0;-0", CultureInfo.InvariantCulture)}")
            return (CardText.Escape(zone), false);
        return (string.Create(CultureInfo.InvariantCulture, $"{-hours:+00;-00}00"), true);
    }

    /// <summary>The entry of an ADR without its parameters, and where its components have come to stand.</summary>
    public static (JsonObject Entry, Dictionary<(int, int), int> Places) Read(CardProperty property, Parameters parameters)
    {
        var entry = new JsonObject();
        var values = ComponentLayout.Address.Values(property.Value);
        var order = parameters.Peek("jscomps");
        if (order is not null && JsComps.IsValid(values, order)) parameters.Drop("jscomps");
        var places = JsComps.Read(entry, values, order);
        if (parameters.Take("label") is { } label) entry["full"] = label.Replace("\\n", "\n", StringComparison.Ordinal);
        if (parameters.Take("geo") is { } geo) entry["coordinates"] = geo;
        if (parameters.Take("cc") is { } country) entry["countryCode"] = country;
        if (parameters.Peek("tz") is { } zone && ReadZone(zone, null) is { } name)
        {
            parameters.Drop("tz");
            entry["timeZone"] = name;
        }

        return (entry, places);
    }

    [GeneratedRegex(@"^(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Offset();

    [GeneratedRegex(@"^(?:[A-Za-z_]+(?:/[A-Za-z0-9_+\-]+)+|UTC|GMT)$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
