using Bastide.Protocols.VCard;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>A card of one version in the words of the other, and back.</summary>
public sealed class CardConversionTests
{
    [Theory]
    [InlineData("TEL;type=CELL;type=VOICE;type=pref:+1", "TEL;TYPE=cell,voice;PREF=1:+1")]
    [InlineData("EMAIL;TYPE=INTERNET,WORK:a@b.example", "EMAIL;TYPE=work:a@b.example")]
    [InlineData("BDAY;value=date:1980-03-22", "BDAY:19800322")]
    [InlineData("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "BDAY:--0229")]
    [InlineData("BDAY:next spring", "BDAY;VALUE=text:next spring")]
    [InlineData("BDAY:1953-10-15T23:10:00Z", "BDAY:19531015T231000Z")]
    [InlineData("X-EVOLUTION-ANNIVERSARY:2001-02-03", "ANNIVERSARY:20010203")]
    [InlineData("REV:2012-03-05T13:32:54Z", "REV:20120305T133254Z")]
    [InlineData("GEO:37.38;-122.08", "GEO:geo:37.38,-122.08")]
    [InlineData("TZ:-05:00", "TZ;VALUE=utc-offset:-0500")]
    [InlineData("TZ:1:00", "TZ;VALUE=utc-offset:+0100")]
    [InlineData("TZ;VALUE=text:Europe/Paris", "TZ;VALUE=text:Europe/Paris")]
    [InlineData("URL;TYPE=WORK:http\\://www.example.com", "URL;TYPE=work:http://www.example.com")]
    [InlineData("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==", "PHOTO:data:image/jpeg;base64,/9j/4A==")]
    [InlineData("PHOTO;BASE64:iVBORw0KGgo=", "PHOTO:data:image/png;base64,iVBORw0KGgo=")]
    [InlineData("PHOTO;VALUE=uri:https://a.example/x", "PHOTO:https://a.example/x")]
    [InlineData("KEY;TYPE=PGP;ENCODING=b:AAAA", "KEY:data:application/pgp-keys;base64,AAAA")]
    [InlineData("X-ADDRESSBOOKSERVER-KIND:group", "KIND:group")]
    [InlineData("X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1", "MEMBER:urn:uuid:1")]
    [InlineData("X-ABShowAs:COMPANY", "KIND:org")]
    [InlineData("X-FOO;X-BAR=Q:as\\;it\\,is", "X-FOO;X-BAR=Q:as\\;it\\,is")]
    [InlineData("X-VCARD4-LANG:fr", "LANG:fr")]
    [InlineData("X-VCARD4-BEGIN:VCARD", "X-VCARD4-BEGIN:VCARD")]
    [InlineData("X-VCARD4-END:VCARD", "X-VCARD4-END:VCARD")]
    [InlineData("X-VCARD4-VERSION:5", "X-VCARD4-VERSION:5")]
    [InlineData("X-VCARD4-:x", "X-VCARD4-:x")]
    public void What_3_0_says_is_said_in_4_0(string three, string four) => CardConversion.To(Cards.Three("FN:A\nN:A;;;;\n" + three), CardVersion.V40).Lines()[2..].ShouldBe([four]);

    [Theory]
    [InlineData("TEL;TYPE=cell;PREF=1:+1", "TEL;TYPE=cell,pref:+1")]
    [InlineData("TEL;PREF=2:+1", "TEL;PREF=2;TYPE=pref:+1")]
    [InlineData("TEL;VALUE=uri:tel:+1-555;ext=5", "TEL:+1-555 ext. 5")]
    [InlineData("BDAY:--0203", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03")]
    [InlineData("BDAY:1985-04", "BDAY:1985-04")]
    [InlineData("REV:19951031T222710Z", "REV:1995-10-31T22:27:10Z")]
    [InlineData("GEO:geo:37.38,-122.08", "GEO:37.38;-122.08")]
    [InlineData("TZ;VALUE=utc-offset:-0500", "TZ:-05:00")]
    [InlineData("TZ:Europe/Paris", "TZ;VALUE=text:Europe/Paris")]
    [InlineData("PHOTO:data:image/png;base64,iVBORw0KGgo=", "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=")]
    [InlineData("PHOTO:https://a.example/x", "PHOTO;VALUE=uri:https://a.example/x")]
    [InlineData("KIND:group", "X-ADDRESSBOOKSERVER-KIND:group")]
    [InlineData("MEMBER:urn:uuid:1", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")]
    [InlineData("RELATED;TYPE=friend:urn:uuid:1", "RELATED;TYPE=friend:urn:uuid:1")]
    public void What_4_0_says_is_said_in_3_0(string four, string three) => CardConversion.To(Cards.Four("FN:A\nN:A;;;;\n" + four), CardVersion.V30).Lines()[2..].ShouldBe([three]);

    [Fact]
    public void The_label_of_an_address_is_a_property_in_3_0_and_a_parameter_in_4_0()
    {
        var three = Cards.Three("FN:A\nN:A;;;;\nADR;TYPE=HOME:;;1 St;Town;;;\nADR;TYPE=WORK,PREF:;;2 St;Town;;;\nLABEL;TYPE=WORK:2 St\\nTown\nLABEL;TYPE=x:other");
        var four = CardConversion.To(three, CardVersion.V40);
        four.All("ADR").Select(address => address.First("LABEL")).ShouldBe([null, "2 St\nTown"]);
        four.All("LABEL").Single().Text.ShouldBe("other");
        CardConversion.To(four, CardVersion.V30).All("LABEL").Select(label => label.Text).ShouldBe(["2 St\nTown", "other"], ignoreOrder: true);
    }

    [Fact]
    public void A_card_without_the_names_a_version_asks_for_gets_them()
    {
        CardConversion.To(Cards.Three("N:Doe;Jane;Q;Dr.;"), CardVersion.V40).First("FN")!.Text.ShouldBe("Dr. Jane Q Doe");
        CardConversion.To(Cards.Three("ORG:ABC\\, Inc.;North\nEMAIL:a@b"), CardVersion.V40).First("FN")!.Text.ShouldBe("ABC, Inc.");
        CardConversion.To(Cards.Four("FN:The Doe; family"), CardVersion.V30).First("N")!.Value.ShouldBe("The Doe\\; family;;;;");
    }

    [Fact]
    public void A_name_in_another_script_waits_in_3_0_for_4_0()
    {
        var four = Cards.Four("FN:A\nN;ALTID=1;LANGUAGE=zh-Hant:孫;中山;;;\nN;ALTID=1;PHONETIC=jyut:syun1;zung1;;;");
        var three = CardConversion.To(four, CardVersion.V30);
        three.All("N").Count().ShouldBe(1);
        CardConversion.To(three, CardVersion.V40).Lines().ShouldBe(four.Lines());
    }

    [Fact]
    public void The_way_to_the_other_version_and_back_loses_nothing()
    {
        var four = Cards.Four("""
            UID:urn:uuid:1
            FN:Jane Doe
            N;SORT-AS="Doe,Jane":Doe;Jane;;;
            TEL;TYPE=work,fax:+1 2
            TEL;TYPE=cell;PREF=1:+1 3
            EMAIL;TYPE=home;PREF=2:a@b.example
            EMAIL;PREF=1:c@d.example
            ADR;TYPE=work;CC=FR;LABEL="1 St^nTown":;;1 St;Town;;44000;France;;;;1;St;;;;;;
            BDAY:--0203
            ANNIVERSARY:20090808
            PHOTO;TYPE=home:data:image/jpeg;base64,/9j/4A==
            KIND:individual
            RELATED;TYPE=spouse:urn:uuid:2
            GENDER:F;grrrl
            REV:20210314T092838Z
            X-THING;X-P="a^nb":va\\\;lue
            """);
        var back = CardConversion.To(CardConversion.To(four, CardVersion.V30), CardVersion.V40);
        back.Lines().Select(Sorted).Order().ShouldBe(four.Lines().Select(Sorted).Order());
    }

    /// <summary>The order of parameters says nothing.</summary>
    static string Sorted(string line)
    {
        var property = Cards.Four("FN:A\n" + line).Properties[1];
        return CardWriter.Line(property with { Parameters = [.. property.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal)] });
    }
}
