using System.Globalization;
using System.Text;

namespace Bastide.Mail.Tests.Mime;

/// <summary>Messages that nobody sends in good faith, or that some program really sends. Each still says <c>needle</c> somewhere.</summary>
static class HostileMessages
{
    const string From = "From: Mallory <mallory@example.org>\r\nTo: alice@demo.localhost\r\nSubject: needle\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\n";

    static readonly Dictionary<string, Func<byte[]>> Makers = new(StringComparer.Ordinal)
    {
        ["empty"] = () => [],
        ["no header"] = () => Octets("\r\nneedle\r\n"),
        ["header only"] = () => Octets("Subject: needle"),
        ["not a message"] = () => Octets("needle needle\r\nneedle\r\n\r\nneedle"),
        ["10,000 header fields"] = () => Octets(From + Many(10_000, i => $"X-Odd: field {i}\r\n") + "\r\nneedle\r\n"),
        ["10,000 fields of trace"] = () => Octets(From + Many(10_000, i => $"X-Received: from a by b; {i}\r\n") + "\r\nneedle\r\n"),
        ["a header field of 1 MB"] = () => Octets(From + "X-Odd: " + new string('x', 1 << 20) + "\r\n\r\nneedle\r\n"),
        ["a folded header field of 1 MB"] = () => Octets(From + "X-Odd: x" + Many(100_000, _ => "\r\n x y z t u") + "\r\n\r\nneedle\r\n"),
        ["a subject of 900 kB"] = () => Octets("Subject: needle " + new string('s', 900_000) + "\r\n\r\nneedle\r\n"),
        ["a subject of 40,000 encoded words"] = () => Octets("Subject: needle" + Many(40_000, _ => "\r\n =?utf-8?q?a=C3=A9?=") + "\r\n\r\nneedle\r\n"),
        ["a subject of unclosed encoded words"] = () => Octets("Subject: needle " + Many(60_000, _ => "=?utf-8?q?a ") + "\r\n\r\nneedle\r\n"),
        ["a name of unclosed encoded words"] = () => Octets("From: " + Many(60_000, _ => "=?utf-8?q?a ") + "\r\n\r\nneedle\r\n"),
        ["a parameter of unclosed encoded words"] = () => Octets(From + "Content-Type: text/plain; name=\"" + Many(60_000, _ => "=?utf-8?q?a ") + "\"\r\n\r\nneedle\r\n"),
        ["a list of names without addresses"] = () => Octets("To: " + Many(150_000, _ => "Mon, ") + "\r\n\r\nneedle\r\n"),
        ["10,000 recipients in a field"] = () => Octets("To: " + string.Join(",\r\n ", Enumerable.Range(0, 10_000).Select(i => $"\"P {i}\" <p{i}@example.org>")) + "\r\n\r\nneedle\r\n"),
        ["a group within a group without end"] = () => Octets("To: " + Many(100_000, _ => "a:") + "\r\nX-Odd: " + Many(50_000, _ => "a:b,") + "\r\n\r\nneedle\r\n"),
        ["comments within comments"] = () => Octets("From: " + new string('(', 200_000) + "\r\nDate: " + new string('(', 200_000) + "\r\nX-Odd: " + new string('(', 200_000) + "\r\n\r\nneedle\r\n"),
        ["angle brackets without end"] = () => Octets("From: " + new string('<', 150_000) + "\r\nMessage-ID: " + new string('<', 150_000) + "\r\nReferences: " + new string('<', 150_000) + "\r\nX-Odd: " + new string('<', 200_000) + "\r\n\r\nneedle\r\n"),
        ["quotes without end"] = () => Octets("From: " + Many(60_000, _ => "\"a\\") + "\r\nTo: " + Many(60_000, _ => "\"a,") + "\r\nX-Odd: " + Many(60_000, _ => "\" <") + "\r\n\r\nneedle\r\n"),
        ["50,000 references"] = () => Octets(From + "References:" + Many(50_000, i => $"\r\n <{i}@example.org>") + "\r\n\r\nneedle\r\n"),
        ["references to itself"] = () => Octets(From + "Message-ID: <self@example.org>\r\nIn-Reply-To: <self@example.org>\r\nReferences: <self@example.org> <self@example.org>\r\n\r\nneedle\r\n"),
        ["20,000 parameters"] = () => Octets(From + "Content-Type: text/plain" + Many(20_000, i => $";\r\n p{i}=v") + "\r\n\r\nneedle\r\n"),
        ["a parameter in 20,000 pieces"] = () => Octets(From + "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment" + Many(20_000, i => $";\r\n filename*{i}*=%41") + "\r\n\r\nneedle\r\n"),
        ["10,000 multiparts within one another"] = () => Octets(From + Nested(10_000) + "\r\n\r\nneedle\r\n"),
        ["10,000 parts beside one another"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + Many(10_000, i => $"--b\r\nContent-Type: text/plain\r\n\r\nneedle {i}\r\n") + "--b--\r\n"),
        ["1,900 parts beside one another"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + Many(1_900, i => $"--b\r\nContent-Type: text/plain\r\n\r\nneedle {i}\r\n") + "--b--\r\n"),
        ["messages within one another, 1,000 deep"] = () => Octets(From + Many(1_000, _ => "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n") + "\r\nneedle\r\n"),
        ["messages and multiparts within one another, 1,000 deep"] = () => Octets(From + Many(1_000, i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n") + "\r\nneedle\r\n"),
        ["a boundary of 100,000 octets"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=\"" + new string('b', 100_000) + "\"\r\n\r\n--" + new string('b', 100_000) + "\r\n\r\nneedle\r\n"),
        ["an empty boundary"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\nneedle\r\n----\r\n"),
        ["a multipart without boundary"] = () => Octets(From + "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nneedle\r\n--x--\r\n"),
        ["a multipart that never begins"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=b\r\n\r\nneedle\r\n"),
        ["a multipart that never ends"] = () => Octets(From + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nneedle\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>needle"),
        ["the same boundary twice"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nneedle\r\n--b--\r\n--b--\r\n"),
        ["base64 within base64"] = () => Octets(From + "Content-Transfer-Encoding: base64\r\n\r\n" + Base64(Encoding.ASCII.GetBytes("needle " + Base64(new byte[3_000_000])))),
        ["base64 that is none"] = () => Octets(From + "Content-Transfer-Encoding: base64\r\n\r\nneedle!! =*=* \u00e9\r\nbmVlZGxl\r\n=\r\n===="),
        ["a message in base64"] = () => Octets(From + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64(Encoding.ASCII.GetBytes(From + "\r\nneedle"))),
        ["quoted-printable that is none"] = () => Octets(From + "Content-Transfer-Encoding: quoted-printable\r\n\r\nneedle =ZZ = =\r\n=" + new string('=', 100_000) + "\r\n"),
        ["an encoding nobody knows"] = () => Octets(From + "Content-Transfer-Encoding: x-nonsense\r\n\r\nneedle\r\n"),
        ["a charset nobody knows"] = () => [.. Octets(From + "Content-Type: text/plain; charset=x-nonsense\r\n\r\nneedle "), 0xE9, 0x0D, 0x0A],
        ["a charset that is wrong"] = () => [.. Octets(From + "Content-Type: text/plain; charset=utf-8\r\n\r\nneedle "), 0xE9, 0xFF, 0xC3, 0x0D, 0x0A],
        ["UTF-7"] = () => Octets(From + "Content-Type: text/html; charset=utf-7\r\n\r\nneedle +ADw-script+AD4-alert(1)+ADw-/script+AD4-\r\n"),
        ["UTF-16 of odd length"] = () => [.. Octets(From + "Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: 8bit\r\n\r\nneedle "), 0xFF, 0xFE, 0x41],
        ["NUL everywhere"] = () => Octets("Subject: needle\0needle\0\r\nFrom: a\0b <a\0b@example.org>\r\nContent-Type: text/plain; name=\"a\0b\"\r\nX-Odd: \0\r\n\r\nneedle\0\0needle\r\n"),
        ["eight bits in the header"] = () => [.. Octets("Subject: needle "), 0xE9, 0xE8, .. Octets("\r\nFrom: Ren"), 0xE9, .. Octets(" <rene@example.org>\r\nX-Odd: "), 0xFF, .. Octets("\r\nContent-Type: text/plain; name="), 0xE9, .. Octets("\r\n\r\nneedle\r\n")],
        ["encoded words that are broken"] = () => Octets("Subject: =?utf-8?b?bmVlZGxl!!?= =?utf-8?x?a?= =?nonsense?q?a?= =?utf-8?q?=ZZ=?= =?utf-8?q?a=C3?= =?utf-8?q?=A9 needle?=\r\nFrom: =?utf-8?q?a=00=0D=0Ab?= <a@example.org>\r\n\r\nneedle\r\n"),
        ["an encoded word that hides a field"] = () => Octets("Subject: =?utf-8?q?needle=0D=0ABcc:_bob@demo.localhost?=\r\nFrom: \"a\r\n\tb\" <a@example.org>\r\n\r\nneedle\r\n"),
        ["RFC 2231 that is broken"] = () => Octets(From + "Content-Type: text/plain; name*=nonsense'en'%zz%E9; name*0*=utf-8''a; name*99999999999*=b; name*-1=c; charset*=utf-8''utf-8\r\nContent-Disposition: attachment; filename*=''%\r\n\r\nneedle\r\n"),
        ["a file name that climbs"] = () => Octets(From + "Content-Disposition: attachment; filename=\"../../etc/pass\u0000wd\u202Egpj.exe\"\r\n\r\nneedle\r\n"),
        ["dates that are none"] = () => Octets("Subject: needle\r\nDate: Mon, 99 Foo 99999999999 99:99:99 +9999\r\nX-Odd: 1 Jan 0001 00:00:00 +1400\r\nReceived: x; Fri, 31 Dec 9999 23:59:59 -1200\r\n\r\nneedle\r\n"),
        ["a thousand uuencoded beginnings"] = () => Octets(From + "Content-Transfer-Encoding: x-uuencode\r\n\r\n" + Many(1_000, _ => "begin 644 needle\r\n") + "M\r\n"),
        ["a partial message"] = () => Octets(From + "Content-Type: message/partial; id=\"a\"; number=99999999999; total=-1\r\n\r\nneedle\r\n"),
        ["delivery status of nothing"] = () => Octets(From + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + Many(20_000, _ => "a: b\r\n\r\n") + "--b--\r\nneedle"),
        ["a calendar, a card and a winmail"] = () => Octets(From + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nneedle\r\n--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nxx\r\n--b--\r\n"),
        ["a line of 5 MB"] = () => Octets(From + "\r\nneedle " + new string('l', 5_000_000) + "\r\n"),
        ["a million empty lines"] = () => Octets(From + "\r\nneedle" + Many(1_000_000, _ => "\r\n")),
        ["500,000 different words"] = () => Octets(From + "\r\nneedle " + Many(500_000, i => i.ToString("x", CultureInfo.InvariantCulture) + "q" + (i % 10 == 9 ? "\r\n" : " "))),
        ["one word of 1 MB"] = () => Octets("Subject: needle " + new string('w', 500_000) + "\r\nTo: " + new string('t', 300_000) + "@example.org\r\n\r\nneedle" + new string('w', 1_000_000) + "\r\n"),
        ["lone surrogates and directions"] = () => Octets(From + "Content-Type: text/plain; charset=utf-8\r\n\r\nneedle \u202E\u2066\uFEFF\u0000" + new string('\u0301', 50_000) + "\r\n"),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    public static byte[] Make(string name) => Makers[name]();

    static string Nested(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++) text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        return text.Append("Content-Type: text/plain").ToString();
    }

    static string Many(int count, Func<int, string> make)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append(make(i));
        return text.ToString();
    }

    static string Base64(byte[] octets) => Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks);

    static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
