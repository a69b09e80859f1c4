using System.Text.Json.Nodes;
using Bastide.Protocols.VCard.JsContact;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>The conversions that RFC 9555 shows, both ways.</summary>
public sealed class JsContactExamples
{
    public static TheoryData<string, string, string> Figures => new()
    {
        { "3", "FN;LANGUAGE=en:John Doe\nTITLE;ALTID=1;LANGUAGE=en:Boss\nTITLE;ALTID=1;LANGUAGE=fr:Patron", """{"language":"en","name":{"full":"John Doe"},"titles":{"TITLE-1":{"kind":"title","name":"Boss"}},"localizations":{"fr":{"titles/TITLE-1/name":"Patron"}}}""" },
        { "4", "FN:John Doe\nTITLE;ALTID=1:Boss\nTITLE;ALTID=1;LANGUAGE=fr:Patron", """{"name":{"full":"John Doe"},"titles":{"TITLE-1":{"kind":"title","name":"Boss"}},"localizations":{"fr":{"titles/TITLE-1/name":"Patron"}}}""" },
        { "5", "LANGUAGE:zh-Hant\nN;ALTID=1;LANGUAGE=zh-Hant:孫;中山;文,逸仙;;\nN;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;man4,jat6sin1;;", """{"language":"zh-Hant","name":{"components":[{"kind":"surname","value":"孫"},{"kind":"given","value":"中山"},{"kind":"given2","value":"文"},{"kind":"given2","value":"逸仙"}]},"localizations":{"yue":{"name/phoneticSystem":"jyut","name/phoneticScript":"Latn","name/components/0/phonetic":"syun1","name/components/1/phonetic":"zung1saan1","name/components/2/phonetic":"man4","name/components/3/phonetic":"jat6sin1"}}}""" },
        { "6", "TEL;PROP-ID=PHONE-A;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+1-555-555-5555;ext=5555\nTEL;PROP-ID=PHONE-B;VALUE=uri;TYPE=home:tel:+33-01-23-45-67", """{"phones":{"PHONE-A":{"number":"tel:+1-555-555-5555;ext=5555","features":{"voice":true},"contexts":{"private":true},"pref":1},"PHONE-B":{"number":"tel:+33-01-23-45-67","contexts":{"private":true}}}}""" },
        { "7", "KIND:individual", """{"kind":"individual"}""" },
        { "8", "SOURCE:https://dir.example.com/addrbook/jdoe/Jean%20Dupont.vcf", """{"directories":{"ENTRY-1":{"kind":"entry","uri":"https://dir.example.com/addrbook/jdoe/Jean%20Dupont.vcf"}}}""" },
        { "9", "BDAY:19531015T231000Z\nBIRTHPLACE:123 Main Street\\nAny Town\\, CA\nDEATHDATE:19960415\nDEATHPLACE;VALUE=uri:geo:46.7,-71.2\nANNIVERSARY:19860201", """{"anniversaries":{"ANNIVERSARY-1":{"kind":"birth","date":{"@type":"Timestamp","utc":"1953-10-15T23:10:00Z"},"place":{"full":"123 Main Street\nAny Town, CA"}},"ANNIVERSARY-2":{"kind":"death","date":{"year":1996,"month":4,"day":15},"place":{"coordinates":"geo:46.7,-71.2"}},"ANNIVERSARY-3":{"kind":"wedding","date":{"year":1986,"month":2,"day":1}}}}""" },
        { "10", "FN:John Q. Public\\, Esq.", """{"name":{"full":"John Q. Public, Esq."}}""" },
        { "11", "GRAMGENDER:NEUTER\nPRONOUNS;PREF=2:they/them\nPRONOUNS;PREF=1:xe/xir", """{"speakToAs":{"grammaticalGender":"neuter","pronouns":{"PRONOUNS-1":{"pronouns":"they/them","pref":2},"PRONOUNS-2":{"pronouns":"xe/xir","pref":1}}}}""" },
        { "12", "N;SORT-AS=\"Stevenson,John Philip\":Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.;;Jr.", """{"name":{"components":[{"kind":"surname","value":"Stevenson"},{"kind":"given","value":"John"},{"kind":"given2","value":"Philip"},{"kind":"given2","value":"Paul"},{"kind":"title","value":"Dr."},{"kind":"credential","value":"M.D."},{"kind":"credential","value":"A.C.P."},{"kind":"generation","value":"Jr."}],"sortAs":{"surname":"Stevenson","given":"John Philip"}}}""" },
        { "13", "NICKNAME:Johnny", """{"nicknames":{"NICK-1":{"name":"Johnny"}}}""" },
        { "14", "PHOTO:https://www.example.com/pub/photos/jqpublic.gif", """{"media":{"PHOTO-1":{"kind":"photo","uri":"https://www.example.com/pub/photos/jqpublic.gif"}}}""" },
        { "15", "ADR;TYPE=work;CC=US:;;54321 Oak St;Reston;VA;20190;USA;;;;54321;Oak St;;;;;;", """{"addresses":{"ADDR-1":{"components":[{"kind":"locality","value":"Reston"},{"kind":"region","value":"VA"},{"kind":"postcode","value":"20190"},{"kind":"country","value":"USA"},{"kind":"number","value":"54321"},{"kind":"name","value":"Oak St"}],"countryCode":"US","contexts":{"work":true}}}}""" },
        { "16", "EMAIL;TYPE=work:jqpublic@xyz.example.com\nEMAIL;PREF=1:jane_doe@example.com", """{"emails":{"EMAIL-1":{"address":"jqpublic@xyz.example.com","contexts":{"work":true}},"EMAIL-2":{"address":"jane_doe@example.com","pref":1}}}""" },
        { "17", "IMPP;PREF=1:xmpp:alice@example.com", """{"onlineServices":{"OS-1":{"uri":"xmpp:alice@example.com","vCardName":"impp","pref":1}}}""" },
        { "18", "LANG;TYPE=work;PREF=1:en\nLANG;TYPE=home:fr", """{"preferredLanguages":{"LANG-1":{"language":"en","contexts":{"work":true},"pref":1},"LANG-2":{"language":"fr","contexts":{"private":true}}}}""" },
        { "20", "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://example.com/@foo\nSOCIALPROFILE;SERVICE-TYPE=SomeSite;VALUE=text:peter94", """{"onlineServices":{"OS-1":{"service":"Mastodon","uri":"https://example.com/@foo"},"OS-2":{"service":"SomeSite","user":"peter94"}}}""" },
        { "22", "CONTACT-URI;PREF=1:mailto:contact@example.com", """{"links":{"CONTACT-URI-1":{"kind":"contact","uri":"mailto:contact@example.com","pref":1}}}""" },
        { "24", "KIND:group\nFN:The Doe family\nMEMBER:urn:uuid:03a0\nMEMBER:urn:uuid:b876", """{"kind":"group","name":{"full":"The Doe family"},"members":{"urn:uuid:03a0":true,"urn:uuid:b876":true}}""" },
        { "25", "ORG;SORT-AS=\"ABC\":ABC\\, Inc.;North American Division;Marketing", """{"organizations":{"ORG-1":{"name":"ABC, Inc.","units":[{"name":"North American Division"},{"name":"Marketing"}],"sortAs":"ABC"}}}""" },
        { "26", "RELATED;TYPE=friend:urn:uuid:f81d\nRELATED;VALUE=text:Please contact my deputy John.", """{"relatedTo":{"urn:uuid:f81d":{"relation":{"friend":true}},"Please contact my deputy John.":{}}}""" },
        { "27", "TITLE:Research Scientist\ngroup1.ROLE:Project Leader\ngroup1.ORG:ABC\\, Inc.", """{"titles":{"TITLE-1":{"kind":"title","name":"Research Scientist"},"ROLE-1":{"kind":"role","name":"Project Leader","organizationId":"ORG-1"}},"organizations":{"ORG-1":{"name":"ABC, Inc."}}}""" },
        { "28", "EXPERTISE;LEVEL=beginner;INDEX=2:Chinese literature\nHOBBY;LEVEL=high:reading", """{"personalInfo":{"EXPERTISE-1":{"kind":"expertise","value":"Chinese literature","listAs":2,"level":"low"},"HOBBY-1":{"kind":"hobby","value":"reading","level":"high"}}}""" },
        { "31", "ORG-DIRECTORY;INDEX=1:https://directory.mycompany.example.com", """{"directories":{"ORG-DIRECTORY-1":{"kind":"directory","uri":"https://directory.mycompany.example.com","listAs":1}}}""" },
        { "32", "CATEGORIES:internet,IETF,Information Technology", """{"keywords":{"internet":true,"IETF":true,"Information Technology":true}}""" },
        { "33", "CREATED:19940930T143510Z\nREV:19951031T222710Z\nPRODID:ACME 1.23\nUID:urn:uuid:1", """{"created":"1994-09-30T14:35:10Z","updated":"1995-10-31T22:27:10Z","prodId":"ACME 1.23","uid":"urn:uuid:1"}""" },
        { "34", "NOTE;CREATED=20221123T150132Z;AUTHOR-NAME=\"John\":Office hours are from 0800 to 1715 EST\\, Mon-Fri.", """{"notes":{"NOTE-1":{"note":"Office hours are from 0800 to 1715 EST, Mon-Fri.","author":{"name":"John"},"created":"2022-11-23T15:01:32Z"}}}""" },
        { "40", "item1.TEL;VALUE=uri:tel:+1-555-555-5555\nitem1.X-ABLabel:foo", """{"phones":{"PHONE-1":{"number":"tel:+1-555-555-5555","label":"foo"}}}""" },
        { "42", "CALADRURI;PREF=1:mailto:janedoe@example.com\nCALURI;MEDIATYPE=text/calendar:https://ftp.example.com/calA.ics\nFBURL:https://www.example.com/busy", """{"schedulingAddresses":{"SCHEDULING-1":{"uri":"mailto:janedoe@example.com","pref":1}},"calendars":{"CAL-1":{"kind":"calendar","uri":"https://ftp.example.com/calA.ics","mediaType":"text/calendar"},"FBURL-1":{"kind":"freeBusy","uri":"https://www.example.com/busy"}}}""" },
        { "45", "item1.X-FOO;X-BAR=Hello:World!\nGENDER:O;it's complicated", """{"vCardProps":[["gender",{},"text",["O","it's complicated"]],["x-foo",{"x-bar":"Hello","group":"item1"},"unknown","World!"]]}""" },
        { "46", "EMAIL;X-FOO=Bar:jane_doe@example.com", """{"emails":{"EMAIL-1":{"address":"jane_doe@example.com","vCardParams":{"x-foo":"Bar"}}}}""" },
        { "48", "JSPROP;JSPTR=\"someUnknownProperty\":true\nJSPROP;JSPTR=\"example.com:foo\":{\"bar\":1234}", """{"someUnknownProperty":true,"example.com:foo":{"bar":1234}}""" },
        { "50", "TEL;PROP-ID=phone1:tel:+33-01-23-45-67\nJSPROP;JSPTR=\"phones/phone1/example.com:foo~1bar\":\"tux hux\"", """{"phones":{"phone1":{"number":"tel:+33-01-23-45-67","vCardParams":{"value":"text"},"example.com:foo/bar":"tux hux"}}}""" },
        { "51", "N;JSCOMPS=\";1;0\":Doe;Jane;;;;;\nFN;DERIVED=TRUE:Jane Doe", """{"name":{"isOrdered":true,"components":[{"kind":"given","value":"Jane"},{"kind":"surname","value":"Doe"}]}}""" },
        { "52", "N;JSCOMPS=\";1;2;2,1;0;6;4,1\":Stevenson;John;Philip,Paul;;Jr.,M.D.;;Jr.", """{"name":{"isOrdered":true,"components":[{"kind":"given","value":"John"},{"kind":"given2","value":"Philip"},{"kind":"given2","value":"Paul"},{"kind":"surname","value":"Stevenson"},{"kind":"generation","value":"Jr."},{"kind":"credential","value":"M.D."}]}}""" },
        { "53", "ADR;JSCOMPS=\"s,\\, ;10;s, ;11;3\":;;54321 Oak St;Reston;;;;;;;54321;Oak St;;;;;;", """{"addresses":{"ADDR-1":{"isOrdered":true,"defaultSeparator":", ","components":[{"kind":"number","value":"54321"},{"kind":"separator","value":" "},{"kind":"name","value":"Oak St"},{"kind":"locality","value":"Reston"}]}}}""" },
        { "GEO and TZ", "GEO:geo:46.772673,-71.282945\nTZ;VALUE=utc-offset:-0500", """{"addresses":{"ADDR-1":{"coordinates":"geo:46.772673,-71.282945","vCardName":"geo"},"ADDR-2":{"timeZone":"Etc/GMT+5","vCardName":"tz"}}}""" },
        { "Old services", "X-AIM;TYPE=HOME:johnny5", """{"onlineServices":{"OS-1":{"service":"AIM","user":"johnny5","vCardName":"x-aim","contexts":{"private":true}}}}""" },
        { "Days that are none", "BDAY;VALUE=text:circa 1800\nANNIVERSARY:--02", """{"vCardProps":[["anniversary",{},"date-and-or-time","--02"],["bday",{},"text","circa 1800"]]}""" },
        { "What can be there once", "FN:A\nFN:B\nKIND:org\nREV:20080424", """{"name":{"full":"A"},"kind":"org","vCardProps":[["fn",{},"text","B"],["rev",{},"timestamp","2008-04-24"]]}""" },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_vCard_becomes_the_card_that_is_shown_and_means_the_same_when_it_comes_back(string figure, string lines, string json)
    {
        var vCard = Cards.Four(lines);
        var card = JsContactCard.FromVCard(vCard, "urn:uuid:none");
        var shown = (JsonObject)card.DeepClone();
        shown.Remove("@type");
        shown.Remove("version");
        if (shown["uid"]!.GetValue<string>() == "urn:uuid:none") shown.Remove("uid");
        JsonNode.DeepEquals(shown, JsonNode.Parse(json)).ShouldBeTrue($"{figure}: {shown.ToJsonString(Json.Readable)}");
        JsContactSchema.Check(card).ShouldBeEmpty();
        var back = JsContactCard.ToVCard(card);
        back.All("JSPROP").Count().ShouldBe(vCard.All("JSPROP").Count(), string.Join('\n', back.Lines()));
        CardMeaning.Of(back).Where(line => line != "UID:urn:uuid:none").ShouldBe(CardMeaning.Of(vCard), string.Join('\n', back.Lines()));
        JsonNode.DeepEquals(JsContactCard.FromVCard(back), card).ShouldBeTrue(string.Join('\n', back.Lines()));
    }

    [Fact]
    public void Where_an_address_is_belongs_to_the_address_of_its_group()
    {
        var card = JsContactCard.FromVCard(Cards.Four("a.ADR:;;1 St;Town;;;\na.GEO:geo:1,2\na.TZ:Europe/Paris\nb.ADR:;;2 St;Town;;;\nGEO:geo:3,4"));
        var addresses = card["addresses"]!.AsObject();
        addresses.Select(a => a.Value!["coordinates"]?.GetValue<string>()).ShouldBe(["geo:1,2", null, "geo:3,4"]);
        addresses["ADDR-1"]!["timeZone"]!.GetValue<string>().ShouldBe("Europe/Paris");
        var back = JsContactCard.ToVCard(card);
        back.All("ADR").First().First("GEO").ShouldBe("geo:1,2");
        JsonNode.DeepEquals(JsContactCard.FromVCard(back), card).ShouldBeTrue();
    }
}
