using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.VCard;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Contacts.Dav;

/// <summary>The vCard that is answered: as it is kept, or in the version and with the properties that are asked for (RFC 6352 §5.1.1, §10.4).</summary>
static class AddressData
{
    const string Type = "text/vcard";

    static readonly (string Version, CardVersion Known)[] Versions = [("3.0", CardVersion.V30), ("4.0", CardVersion.V40)];

    /// <summary>What a card cannot be without.</summary>
    static readonly string[] Always = ["UID", "FN", "N"];

    /// <summary>The formats of <c>CARDDAV:supported-address-data</c>.</summary>
    public static void WriteSupported(DavXmlWriter xml)
    {
        foreach (var (version, _) in Versions) xml.Xml(new XElement(CardDavNames.Of("address-data-type"), new XAttribute("content-type", Type), new XAttribute("version", version)));
    }

    /// <summary>Whether an upload can be a vCard; clients say it in several ways, or not at all.</summary>
    public static bool IsVCard(string? contentType) =>
        string.IsNullOrEmpty(contentType) || !MediaTypeHeaderValue.TryParse(contentType, out var type) || type.MediaType.Value?.ToLowerInvariant() is Type or "text/x-vcard" or "text/directory" or "application/octet-stream" or "text/plain";

    /// <summary>Throws <see cref="DavException"/> when a report asks for what no card is written in.</summary>
    public static void Check(DavWanted wanted)
    {
        if (wanted.Element(CardDavNames.AddressData) is not { } asked) return;
        if (!IsAsked(asked.Attribute("content-type")?.Value ?? Type) || (asked.Attribute("version")?.Value is { } version && VersionOf(version) is null))
            throw new DavException(DavError.Violated(CardDavNames.SupportedAddressData));
    }

    /// <summary>The version that a reader of content would rather have; null for whatever there is.</summary>
    public static CardVersion? VersionFor(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return null;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return null;
        // The first of those it likes best; anything at all is answered with what there is.
        var best = accepted.Where(type => type.Quality is not 0 && (IsAsked(type.MediaType.Value ?? "") || type.MatchesAllTypes || type.MediaType == "text/*")).MaxBy(type => type.Quality ?? 1);
        return best is not null && IsAsked(best.MediaType.Value ?? "") && best.Parameters.FirstOrDefault(parameter => parameter.Name == "version")?.Value is { } version ? VersionOf(version.ToString().Trim('"')) : null;
    }

    /// <summary>
    /// The vCard in a version; null where none is asked for: then as it came, and what was composed here in 3.0, which every
    /// client reads and which is meant where nothing is said (RFC 6352 §10.4).
    /// </summary>
    public static ReadOnlyMemory<byte> Of(CardDocument document, CardVersion? version)
    {
        version ??= document.IsComposed ? CardVersion.V30 : null;
        var vCard = document.VCard!.Value;
        return version is { } wanted && CardReader.Read(vCard).Card is { } card && card.Version != wanted ? CardWriter.Write(CardConversion.To(card, wanted)) : vCard;
    }

    /// <summary>The vCard as an <c>address-data</c> element asks for it.</summary>
    public static ReadOnlySpan<byte> Of(CardDocument document, XElement? asked)
    {
        var version = asked?.Attribute("version")?.Value is { } named ? VersionOf(named) : null;
        var properties = asked?.Elements(CardDavNames.Of("prop")).ToList();
        var vCard = Of(document, version);
        if (properties is not { Count: > 0 } || CardReader.Read(vCard).Card is not { } card) return vCard.Span;
        var names = properties.Select(property => property.Attribute("name")?.Value ?? "").Concat(Always).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var bare = properties.Where(property => property.Attribute("novalue")?.Value == "yes").Select(property => property.Attribute("name")?.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        return CardWriter.Write(card with
        {
            Properties = [.. card.Properties.Where(property => names.Contains(property.Name) || names.Contains($"{property.Group}.{property.Name}"))
                .Select(property => bare.Contains(property.Name) ? property with { Value = "" } : property)],
        });
    }

    static CardVersion? VersionOf(string version) => Versions.FirstOrDefault(known => known.Version == version) is (not null, var found) ? found : null;

    static bool IsAsked(string mediaType) => mediaType.Equals(Type, StringComparison.OrdinalIgnoreCase) || mediaType.Equals("text/directory", StringComparison.OrdinalIgnoreCase);
}
