using System.Text;
using Bastide.Protocols.VCard;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

public sealed class CardReaderTests
{
    [Fact]
    public void A_property_has_a_group_parameters_and_a_value()
    {
        var card = Cards.Four("""
            FN:Jeanne Dupont
            item1.TEL;TYPE="work,voice";PREF=1;VALUE=uri:tel:+33-1-23;ext=4
            item1.X-ABLabel:Accueil
            """);
        card.Version.ShouldBe(CardVersion.V40);
        var phone = card.First("tel")!;
        phone.Group.ShouldBe("item1");
        phone.All("type").ShouldBe(["work", "voice"]);
        phone.First("PREF").ShouldBe("1");
        phone.Value.ShouldBe("tel:+33-1-23;ext=4");
        phone.Line.ShouldBe(4);
        card.First("X-ABLABEL")!.Name.ShouldBe("X-ABLabel");
    }

    [Fact]
    public void Folded_lines_are_one_even_where_the_fold_is_within_a_character()
    {
        var octets = new List<byte>(Encoding.UTF8.GetBytes("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo"));
        octets.AddRange([0xC3, (byte)'\r', (byte)'\n', (byte)' ', 0xAB]);
        octets.AddRange(Encoding.UTF8.GetBytes("\r\n\tGa\r\n  utier\r\nEND:VCARD"));
        Cards.Read([.. octets]).First("FN")!.Text.ShouldBe("ZoëGa utier");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public void Lines_end_as_each_system_ends_them(string end) =>
        Cards.Read($"begin:vcard{end}VERSION:3.0{end}{end}FN:A{end}N:B{end}end:VCARD  {end}{end}").Lines().ShouldBe(["FN:A", "N:B"]);

    [Fact]
    public void Parameters_may_be_quoted_and_hold_line_breaks_and_quotation_marks()
    {
        var address = Cards.Four("FN:A\nADR;LABEL=\"5; rue ^'de^^^' l'Est^n44000: Nantes\";TYPE=work,home;X=^x:;;;;;;").First("ADR")!;
        address.First("LABEL").ShouldBe("5; rue \"de^\" l'Est\n44000: Nantes");
        address.All("TYPE").ShouldBe(["work", "home"]);
        address.First("X").ShouldBe("^x");
    }

    [Fact]
    public void Bare_types_may_be_a_list() => Cards.Read("BEGIN:VCARD\nVERSION:2.1\nTEL;HOME,VOICE:1\nEND:VCARD").First("TEL")!.All("TYPE").ShouldBe(["HOME", "VOICE"]);

    [Theory]
    [InlineData("utf-7")]
    [InlineData("klingon")]
    public void A_charset_that_nobody_decodes_is_guessed(string charset) =>
        Cards.Read($"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={charset}:Zoë\nEND:VCARD").First("FN")!.Text.ShouldBe("Zoë");

    [Theory]
    [InlineData("TYPE=XQUOTED-PRINTABLE")]
    [InlineData("TYPE=QUOTED-PRINTABLE")]
    [InlineData("TYPE=BASE64")]
    [InlineData("QUOTED-PRINTABLES")]
    public void What_only_looks_like_an_encoding_leaves_folds_as_they_are(string parameter) =>
        Cards.Read($"BEGIN:VCARD\nVERSION:3.0\nX-A;{parameter}:1=\n 2\nFN:a\nEND:VCARD").Properties.Select(property => property.Value).ShouldBe(["1=2", "a"]);

    [Fact]
    public void Escaped_characters_stand_for_themselves_and_others_keep_their_backslash()
    {
        var card = Cards.Three("FN:a\\, b\\; c\\\\ d\\ne\\N http\\://x C:\\Users\nN:Doe\\;x;John,Jim\\,my;;;\nNICKNAME:a,b\\,c");
        card.First("FN")!.Text.ShouldBe("a, b; c\\ d\ne\n http://x C:\\Users");
        CardText.Components(card.First("N")!.Value).ShouldBe([["Doe;x"], ["John", "Jim,my"], [], [], []]);
        CardText.List(card.First("NICKNAME")!.Value).ShouldBe(["a", "b,c"]);
    }

    [Fact]
    public void The_quoted_printable_of_2_1_is_decoded_in_its_charset_over_soft_line_breaks()
    {
        var octets = Encoding.Latin1.GetBytes("""
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89lis=C3=A9e;Zo=
            =C3=AB;;;
            FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:=C9lis=E9e
            LABEL;WORK;ENCODING=QUOTED-PRINTABLE:1, rue X=0D=0A=
            Nantes, France
            NOTE:caf
            """.ReplaceLineEndings("\r\n")).ToList();
        octets.AddRange([0xE9, (byte)'\r', (byte)'\n']);
        octets.AddRange("END:VCARD"u8.ToArray());
        var card = Cards.Read([.. octets]);
        CardText.Components(card.First("N")!.Value).ShouldBe([["Élisée"], ["Zoë"], [], [], []]);
        card.First("FN")!.Text.ShouldBe("Élisée");
        card.First("LABEL")!.Text.ShouldBe("1, rue X\nNantes, France");
        card.First("LABEL")!.Parameters.Single().Name.ShouldBe("TYPE");
        card.First("NOTE")!.Text.ShouldBe("café");
    }

    [Fact]
    public void A_comma_of_2_1_is_a_comma_and_bare_parameters_are_types()
    {
        var card = Cards.Two("N:Doe;John;Richter,James;Mr.;Sr.\nTEL;HOME;VOICE:(905) 555\nCATEGORIES:a,b\nNOTE:C:\\temp a\\;b");
        CardText.Components(card.First("N")!.Value)[2].ShouldBe(["Richter,James"]);
        card.First("TEL")!.All("TYPE").ShouldBe(["HOME", "VOICE"]);
        CardText.List(card.First("CATEGORIES")!.Value).ShouldBe(["a", "b"]);
        card.First("NOTE")!.Text.ShouldBe("C:\\temp a;b");
    }

    [Theory]
    [InlineData("PHOTO;TYPE=JPEG;ENCODING=BASE64:\n /9j/\n  4AAQ\n\nFN:A")]
    [InlineData("PHOTO;BASE64;JPEG:/9j/\n4AAQ\n\nFN:A")]
    [InlineData("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A\n AQ\nFN:A")]
    public void Photographs_in_base64_are_whole_however_their_lines_are_cut(string lines)
    {
        var card = Cards.Two(lines);
        card.First("PHOTO")!.Value.ShouldBe("/9j/4AAQ");
        card.First("PHOTO")!.First("ENCODING").ShouldBe("b");
        card.First("PHOTO")!.Has("TYPE", "JPEG").ShouldBeTrue();
        card.First("FN").ShouldNotBeNull();
    }

    [Fact]
    public void The_card_of_an_agent_below_its_name_becomes_its_value()
    {
        var card = Cards.Two("FN:Boss\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Agent, Smith\nEND:VCARD\nTEL:1");
        card.Properties.Count.ShouldBe(3);
        Cards.Read(card.First("AGENT")!.Text).First("FN")!.Text.ShouldBe("Agent, Smith");
    }

    [Theory]
    [InlineData("", 1, "There is no card.")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", 1, "A card begins with BEGIN:VCARD.")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nFN:A\n", 3, "The card is not ended with END:VCARD.")]
    [InlineData("BEGIN:VCARD\nVERSION:5.0\nFN:A\nEND:VCARD", 2, "VERSION is 2.1, 3.0 or 4.0.")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nFN:A\n\nwhat is this\nEND:VCARD", 5, "A property has a name, a colon and a value.")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nF N:A\nEND:VCARD", 3, "\"F N\" is not the name of a property.")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nEND:VCARD", 4, "A card begins before the last one is ended.")]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\nFN:B", 5, "There is something after the end of the card.")]
    public void What_is_no_card_is_refused_with_the_line_and_the_reason(string text, int line, string reason) =>
        Cards.Refused(text).ShouldBe(new CardError(line, reason));

    [Fact]
    public void Cards_are_bounded_in_size_properties_and_parameters()
    {
        var many = string.Concat(Enumerable.Repeat("X-A:1\n", CardLimits.Properties + 1));
        Cards.Refused("BEGIN:VCARD\nVERSION:3.0\n" + many + "END:VCARD").Reason.ShouldContain("properties");
        Cards.Refused("BEGIN:VCARD\nVERSION:3.0\nX-A" + string.Concat(Enumerable.Repeat(";A=1", CardLimits.Parameters)) + ":1\nEND:VCARD").Reason.ShouldContain("parameters");
        Cards.Refused("BEGIN:VCARD\n" + new string('a', CardLimits.Octets)).Reason.ShouldContain("octets");
        var nested = string.Concat(Enumerable.Repeat("AGENT:\nBEGIN:VCARD\n", 20));
        Cards.Refused("BEGIN:VCARD\nVERSION:2.1\n" + nested).Reason.ShouldContain("deep");
    }

    [Fact]
    public void Control_characters_are_in_no_text() => Cards.Four("FN:a\0b\u0007c\td").First("FN")!.Text.ShouldBe("abc\td");
}
