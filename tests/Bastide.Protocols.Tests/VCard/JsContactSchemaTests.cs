using System.Text.Json.Nodes;
using Bastide.Protocols.VCard.JsContact;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

public sealed class JsContactSchemaTests
{
    /// <summary>Properties of a card, and where they are wrong.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"version":"2.0"}""", "version" },
        { """{"uid":""}""", "uid" },
        { """{"uid":7}""", "uid" },
        { """{"@type":"Kard"}""", "@type" },
        { """{"kind":"robot"}""", "kind" },
        { """{"Kind":"individual"}""", "Kind" },
        { """{"created":"yesterday"}""", "created" },
        { """{"created":"2026-11-23T09:30:00+01:00"}""", "created" },
        { """{"members":{"urn:uuid:1":true}}""", "members" },
        { """{"kind":"group","members":{"urn:uuid:1":false}}""", "members/urn:uuid:1" },
        { """{"keywords":["friend"]}""", "keywords" },
        { """{"name":{}}""", "name" },
        { """{"name":{"components":[]}}""", "name/components" },
        { """{"name":{"components":[{"kind":"given"}]}}""", "name/components/0/value" },
        { """{"name":{"components":[{"kind":"middle","value":"Q."}]}}""", "name/components/0/kind" },
        { """{"name":{"components":[{"kind":"separator","value":" "}],"isOrdered":true}}""", "name/components" },
        { """{"name":{"components":[{"kind":"given","value":"Jo"}],"defaultSeparator":"-"}}""", "name/isOrdered" },
        { """{"name":{"components":[{"kind":"given","value":"Jo","phonetic":"dʒo"}]}}""", "name/phoneticSystem" },
        { """{"name":{"components":[{"kind":"given","value":"Jo"}],"sortAs":{"surname":"X"}}}""", "name/sortAs/surname" },
        { """{"nicknames":{"a b":{"name":"Jo"}}}""", "nicknames" },
        { """{"emails":{"e":{"address":""}}}""", "emails/e/address" },
        { """{"emails":{"e":{"address":"jo@example.com","pref":0}}}""", "emails/e/pref" },
        { """{"emails":{"e":{"address":"jo@example.com","pref":1.5}}}""", "emails/e/pref" },
        { """{"emails":{"e":{"address":"jo@example.com","contexts":{"home":true}}}}""", "emails/e/contexts/home" },
        { """{"emails":{"e":{"address":"jo@example.com\r\nBCC:all"}}}""", "emails/e/address" },
        { """{"phones":{"p":{"number":"1","features":{"telex":true}}}}""", "phones/p/features/telex" },
        { """{"phones":{"p":{"number":"1","vCardParams":{"x y":"1"}}}}""", "phones/p/vCardParams" },
        { """{"onlineServices":{"o":{"service":"Mastodon"}}}""", "onlineServices/o" },
        { """{"organizations":{"o":{"sortAs":"A"}}}""", "organizations/o" },
        { """{"speakToAs":{}}""", "speakToAs" },
        { """{"titles":{"t":{"kind":"rank","name":"Major"}}}""", "titles/t/kind" },
        { """{"addresses":{"a":{"isOrdered":1,"full":"x"}}}""", "addresses/a/isOrdered" },
        { """{"anniversaries":{"b":{"kind":"birth","date":{"day":1}}}}""", "anniversaries/b/date" },
        { """{"anniversaries":{"b":{"kind":"birth","date":{"year":2023,"month":2,"day":29}}}}""", "anniversaries/b/date/day" },
        { """{"anniversaries":{"b":{"kind":"birth","date":{"@type":"Timestamp"}}}}""", "anniversaries/b/date/utc" },
        { """{"calendars":{"c":{"uri":"https://example.com/c"}}}""", "calendars/c/kind" },
        { """{"media":{"m":{"kind":"photo"}}}""", "media/m/uri" },
        { """{"notes":{"n":{"note":"Hi","author":{}}}}""", "notes/n/author" },
        { """{"personalInfo":{"p":{"kind":"hobby","value":"Go","level":"good"}}}""", "personalInfo/p/level" },
        { """{"localizations":{"fr":7}}""", "localizations/fr" },
        { """{"localizations":{"fr":{"titles/none/name":"x"}}}""", "localizations/fr" },
        { """{"localizations":{"fr":{"name":{}}}}""", "localizations/fr/name" },
        { """{"localizations":{"fr":{"localizations/de":{}}}}""", "localizations/fr" },
        { """{"vCardProps":[["x-foo",{},"text"]]}""", "vCardProps/0" },
        { """{"extra":1}""", "extra" },
        { """{"a b":1}""", "a b" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_found_where_it_is(string properties, string path) =>
        JsContactSchema.Check(Of(properties)).ShouldHaveSingleItem().Path.ShouldBe(path);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kind":"example.com:robot","example.com:colour":{"of":["anything"]},"registeredLater":1}""")]
    [InlineData("""{"name":{"full":"Jo"},"emails":{"e":{"address":"jö@exämple.com","pref":100,"contexts":{"example.com:club":true}}}}""")]
    [InlineData("""{"anniversaries":{"b":{"kind":"birth","date":{"month":2,"day":29}},"d":{"kind":"death","date":{"@type":"Timestamp","utc":"2026-11-23T09:30:00Z"}}}}""")]
    [InlineData("""{"titles":{"t":{"name":"Boss"}},"localizations":{"fr":{"titles/t/name":"Patronne"}}}""")]
    public void What_is_valid_has_no_fault(string properties) => JsContactSchema.Check(Of(properties)).ShouldBeEmpty();

    [Fact]
    public void What_is_missing_is_named() =>
        JsContactSchema.Check([]).Select(fault => fault.Path).Order().ShouldBe(["@type", "uid", "version"]);

    [Fact]
    public void What_says_nothing_is_left_out_of_the_one_form()
    {
        var card = Of("""{"keywords":{},"emails":{},"name":{"@type":"Name","isOrdered":false,"full":"Jo\r\nDoe"},"titles":{"t":{"name":"Boss"}},"created":"2026-11-23T09:30:00.000Z"}""");
        JsonNode.DeepEquals(
            JsContactSchema.Canonical(card),
            Of("""{"name":{"full":"Jo\nDoe"},"titles":{"t":{"name":"Boss","kind":"title"}},"created":"2026-11-23T09:30:00Z"}""")).ShouldBeTrue();
    }

    static JsonObject Of(string properties)
    {
        var card = new JsonObject { ["@type"] = "Card", ["version"] = "1.0", ["uid"] = "urn:uuid:1" };
        foreach (var (name, value) in JsonNode.Parse(properties)!.AsObject()) card[name] = value?.DeepClone();
        return card;
    }
}
