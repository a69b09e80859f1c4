using Bastide.Protocols.VCard;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>Cards of properties with all kinds of parameters, groups and values.</summary>
sealed class RandomVCard(int seed)
{
    static readonly string[] Lines =
    [
        "FN:Jane, Doe", "FN;LANGUAGE=fr:Jeanne", "N:Doe;Jane;Q,R;Dr.;M.D.", "N;SORT-AS=\"Doe\":Doe;;;;", "N;ALTID=1;LANGUAGE=ja:山田;太郎;;;", "N;ALTID=1;PHONETIC=script;SCRIPT=Latn:Yamada;Tarou;;;", "NICKNAME:Jim,Jimmie", "NICKNAME;TYPE=work;PREF=2:Boss",
        "TEL;TYPE=home,voice:+1", "TEL;VALUE=uri;TYPE=\"cell\";PREF=1:tel:+1-2;ext=3", "TEL;TYPE=x-car:555", "TEL:tel:5", "EMAIL;TYPE=work;PREF=0:a@b.example", "EMAIL;X-FOO=\"a,b\":c@d.example", "EMAIL:",
        "ADR;TYPE=home;LABEL=\"1^n2\";GEO=\"geo:1,2\";TZ=-0500;CC=FR:;;1 St;Town;Reg;123;FR", "ADR;TYPE=billing:;Apt 3;1 St;Town;;;", "ADR:PO 1;;;;;;;R;A;F;1;St;B;;;;;", "ADR;ALTID=2:;;Main;;;;", "ADR;ALTID=2;LANGUAGE=ja:;;本;;;;",
        "ORG:ABC\\, Inc.;North;", "ORG;SORT-AS=\"A,B\":X;Y", "ORG:;Dept", "TITLE:Boss", "TITLE;ALTID=5:Chief", "TITLE;ALTID=5;LANGUAGE=fr:Chef", "ROLE:Programmer",
        "BDAY:--0203", "BDAY;VALUE=text:circa 1800", "BDAY;CALSCALE=hebrew:19960415", "ANNIVERSARY:20090808T1430-0500", "ANNIVERSARY:2009", "DEATHDATE:---05", "BIRTHPLACE:Nantes", "BIRTHPLACE;VALUE=uri:http://example.com/x",
        "PHOTO;MEDIATYPE=image/gif;PREF=1:http://example.com/p.gif", "PHOTO:data:image/png;base64,iVBORw0KGgo=", "LOGO;TYPE=work:http://example.com/l", "SOUND:CID:x@y", "KEY;VALUE=text:abc\\nd", "KEY:https://example.com/k",
        "IMPP;TYPE=work;X-SERVICE-TYPE=Jabber:xmpp:a@b", "SOCIALPROFILE;SERVICE-TYPE=X;USERNAME=u:https://example.com/u", "SOCIALPROFILE;VALUE=text;SERVICE-TYPE=Y:peter", "X-AIM;TYPE=HOME:joe", "X-SOCIALPROFILE;type=twitter:http://twitter.example/x",
        "LANG;PREF=1:fr", "GEO:geo:1,2", "GEO;TYPE=work;X-A=1:geo:3,4", "TZ:Europe/Paris", "TZ;VALUE=utc-offset:-0530", "TZ:-0500", "URL:www.example.com", "URL;TYPE=home;PREF=1:http://example.com/a;b,c", "CONTACT-URI:mailto:x@y",
        "CALURI;PREF=1:http://example.com/c", "FBURL;MEDIATYPE=text/calendar:http://example.com/f", "CALADRURI:mailto:a@b", "SOURCE:Whatever", "ORG-DIRECTORY;INDEX=3:ldap://x/o=y,ou=z",
        "NOTE:a\\nb\\, c\\; d", "NOTE;CREATED=20221123T150132Z;AUTHOR=\"mailto:x@y\";AUTHOR-NAME=Jo:hi", "NOTE;ALTID=1;LANGUAGE=de:hallo", "CATEGORIES:a,b\\,c,d", "CATEGORIES;PREF=1:e",
        "EXPERTISE;LEVEL=expert;INDEX=1:chemistry", "HOBBY;LEVEL=expert:x", "INTEREST;LEVEL=HIGH:y", "KIND:group", "KIND:x-robot", "MEMBER:urn:uuid:7", "MEMBER;PREF=2:mailto:x@y", "RELATED;TYPE=friend,x-pal:urn:uuid:8", "RELATED;VALUE=text;TYPE=spouse:Bob\\, sr",
        "GENDER:F;grrrl", "GRAMGENDER:Feminine", "PRONOUNS;LANGUAGE=en:she/her", "REV:20210314T092838Z", "REV:20080424", "CREATED:19940930T143510Z", "PRODID:-//X//Y", "UID:urn:uuid:9", "CLIENTPIDMAP:1;urn:uuid:5", "XML:<a/>", "LANGUAGE:en",
        "X-ABRELATEDNAMES:Jenny", "X-WHATEVER;X-P=\"1:2\",b:raw\\;,\\n;x", "X-INT;VALUE=integer:42", "LABEL;TYPE=home:free", "AGENT:BEGIN:VCARD\\nEND:VCARD", "CLASS:PUBLIC", "JSPROP;JSPTR=\"nowhere/at/all\":1",
    ];

    readonly Random _random = new(seed);

    public Card Card()
    {
        var lines = new List<string>();
        foreach (var _ in Enumerable.Range(0, _random.Next(1, 14)))
        {
            var line = Lines[_random.Next(Lines.Length)];
            // What is there once in a card is there once here: which of two is the first says something.
            if (lines.Exists(other => Name(other) == Name(line) && (Once(line) || other.EndsWith(line, StringComparison.Ordinal)))) continue;
            var group = _random.Next(5) == 0 && !Once(line) && Name(line) is not ("ADR" or "GEO" or "TZ" or "JSPROP" or "NICKNAME") ? $"item{_random.Next(3)}." : "";
            lines.Add(group + line);
            if (group.Length > 0 && _random.Next(2) == 0 && !lines.Exists(other => other == group + "X-ABLabel:_$!<Other>!$_")) lines.Add(group + "X-ABLabel:_$!<Other>!$_");
        }

        return Cards.Four(string.Join('\n', lines));
    }

    static bool Once(string line) => Name(line) is "KIND" or "UID" or "REV" or "CREATED" or "PRODID" or "LANGUAGE" or "GRAMGENDER" or "BDAY" or "DEATHDATE" or "FN";

    static string Name(string line)
    {
        var name = line[..line.IndexOfAny([';', ':'])];
        return name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }
}
