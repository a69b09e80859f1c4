using System.Text;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Dav.Headers;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>Headers, paths and bodies made of pieces of good ones: whatever comes, it is an answer and no failure.</summary>
public sealed class DavGarbageTests(DavServer server) : IClassFixture<DavServer>
{
    static readonly string[] Pieces =
    [
        "(", ")", "<", ">", "[", "]", "\"", "W/", "Not", " ", ",", "*", "DAV:no-lock", "urn:uuid:1", "http://localhost/dav/", "\t", "é", ";", "=", "return=minimal", "bytes=", "-", "0", "99999999999999999999",
        "Second-", "Infinite", "infinity", "/dav/", "%", "%2", "%00", "..", "/", "#", "?", "\\",
    ];

    static readonly string[] Tokens =
    [
        "<D:propfind xmlns:D=\"DAV:\">", "</D:propfind>", "<D:prop>", "</D:prop>", "<D:allprop/>", "<D:propname/>", "<D:displayname/>", "<D:set>", "</D:set>", "<D:remove>", "</D:remove>", "text", "<!--", "-->",
        "<![CDATA[", "]]>", "<D:lockinfo xmlns:D=\"DAV:\">", "</D:lockinfo>", "<D:lockscope><D:exclusive/></D:lockscope>", "<D:locktype><D:write/></D:locktype>", "<D:sync-collection xmlns:D=\"DAV:\">", "</D:sync-collection>",
        "<D:sync-token/>", "<D:sync-level>1</D:sync-level>", "<D:propertyupdate xmlns:D=\"DAV:\">", "</D:propertyupdate>", "&amp;", "&#13;", "<?pi?>", "\u0001", "<D:acl xmlns:D=\"DAV:\">", "</D:acl>", "<D:ace>", "</D:ace>",
        "<D:expand-property xmlns:D=\"DAV:\">", "</D:expand-property>", "<D:property name=\"owner\">", "</D:property>", "<D:principal-property-search xmlns:D=\"DAV:\">", "</D:principal-property-search>",
    ];

    [Fact]
    public void An_If_header_of_any_pieces_is_read_or_refused()
    {
        var random = new Random(4918);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Some(random, Pieces, 12);
            try
            {
                IfHeader.Parse(text)!.Lists.Any(list => list.Conditions.Count == 0).ShouldBeFalse(text);
            }
            catch (DavException refused)
            {
                refused.Error.Status.ShouldBe(400);
            }
        }
    }

    [Fact]
    public void A_path_of_any_pieces_is_refused_or_the_same_when_it_is_written_and_read_again()
    {
        var random = new Random(3986);
        var mount = DavPath.Mount("/dav");
        for (var i = 0; i < 200_000; i++)
        {
            if (!DavPath.TryParse("/dav/" + Some(random, Pieces, 8), mount, out var path)) continue;
            DavPath.TryParse(path.Href, mount, out var again).ShouldBeTrue(path.Href);
            again.ShouldBe(path);
            Array.TrueForAll(path.Segments(), name => DavPath.IsName(name) && !name.Contains('/', StringComparison.Ordinal)).ShouldBeTrue(path.Href);
        }
    }

    [Fact]
    public async Task Requests_of_any_pieces_are_answered()
    {
        var random = new Random(9110);
        string[] methods = ["PROPFIND", "PROPPATCH", "REPORT", "LOCK", "UNLOCK", "ACL", "MKCOL", "GET", "HEAD", "PUT", "COPY", "MOVE", "OPTIONS"];
        string[] headers = ["If", "If-Match", "If-None-Match", "Depth", "Timeout", "Destination", "Overwrite", "Lock-Token", "Range", "If-Range", "Prefer", "If-Modified-Since"];
        for (var i = 0; i < 1000; i++)
        {
            var method = methods[random.Next(methods.Length)];
            List<string> said = [server.Credentials("alice"), "Content-Type: application/xml"];
            for (var n = random.Next(3); n > 0; n--) said.Add($"{headers[random.Next(headers.Length)]}: {Some(random, Pieces, 5).Replace("é", "e", StringComparison.Ordinal)}");
            var body = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? Some(random, Tokens, 10) : Nested(random));
            var path = $"/dav/shelves/alice@{TestSettings.Domain}/{(random.Next(2) == 0 ? "" : "a")}";
            var answer = await Wait.For(RawHttp.Send(server.Url, $"{method} {path}", said, body));
            server.Failures.ShouldBeEmpty($"{method} {path}\n{string.Join('\n', said)}\n\n{Encoding.UTF8.GetString(body)}");
            answer.Status.ShouldNotBe(500);
        }
    }

    static string Some(Random random, string[] pieces, int most) => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => pieces[random.Next(pieces.Length)]));

    /// <summary>A body that is well-formed more often than not.</summary>
    static string Nested(Random random)
    {
        string[] names = ["propfind", "prop", "set", "remove", "propertyupdate", "displayname", "lockinfo", "lockscope", "exclusive", "locktype", "write", "owner", "sync-collection", "sync-token", "sync-level", "limit", "nresults", "mkcol", "resourcetype", "collection", "acl", "ace", "principal", "href", "grant", "privilege", "expand-property", "property", "principal-match", "self", "include", "allprop"];
        string Element(int depth, string? name)
        {
            name ??= names[random.Next(names.Length)];
            var inner = depth == 0 ? random.Next(3) == 0 ? "1" : "" : string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Element(depth - 1, null)));
            return $"<{name}{(depth == 4 ? " xmlns=\"DAV:\"" : "")}>{inner}</{name}>";
        }

        return Element(4, null);
    }
}
