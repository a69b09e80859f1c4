using System.Text;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>Bodies made to hurt: each is refused, in bounded time and memory, and the server goes on.</summary>
[Collection(typeof(MeasuresMemory))]
public sealed class HostileXmlTests(DavServer server) : IClassFixture<DavServer>
{
    const string Laughs = """
        <?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>
        <D:propfind xmlns:D="DAV:"><D:prop><D:a>&lol2;</D:a></D:prop></D:propfind>
        """;

    [Theory]
    [InlineData("a DTD", """<!DOCTYPE propfind SYSTEM "http://127.0.0.1/x.dtd"><propfind xmlns="DAV:"/>""")]
    [InlineData("entities within entities", Laughs)]
    [InlineData("a file as an entity", """<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><propfind xmlns="DAV:"><prop><a>&x;</a></prop></propfind>""")]
    [InlineData("an entity that is not there", """<propfind xmlns="DAV:"><prop><a>&x;</a></prop></propfind>""")]
    [InlineData("a prefix that is not there", "<D:propfind/>")]
    [InlineData("a prefix of nothing", """<propfind xmlns="DAV:"><x:a xmlns:x=""/></propfind>""")]
    [InlineData("two roots", """<propfind xmlns="DAV:"/><propfind xmlns="DAV:"/>""")]
    [InlineData("no XML", "\0\0\0\0")]
    [InlineData("a character that XML has not", "<propfind xmlns=\"DAV:\">&#0;</propfind>")]
    [InlineData("an encoding that is not there", """<?xml version="1.0" encoding="klingon"?><propfind xmlns="DAV:"/>""")]
    [InlineData("an encoding that it is not", """<?xml version="1.0" encoding="utf-16"?><propfind xmlns="DAV:"/>""")]
    public async Task It_is_refused(string what, string body) => (await Propfind(Encoding.UTF8.GetBytes(body))).ShouldBe(400, what);

    [Fact]
    public async Task Octets_that_are_not_of_the_encoding_are_refused() =>
        (await Propfind([.. "<propfind xmlns=\"DAV:\"><prop><a>"u8, 0xC3, 0x28, .. "</a></prop></propfind>"u8])).ShouldBe(400);

    [Fact]
    public async Task Other_encodings_of_Unicode_are_read() =>
        (await Propfind([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("""<?xml version="1.0" encoding="utf-16"?><propfind xmlns="DAV:"><prop><displayname/></prop></propfind>""")])).ShouldBe(207);

    [Fact]
    public async Task Ten_thousand_levels_are_refused() =>
        (await Propfind(Encoding.UTF8.GetBytes("""<propfind xmlns="DAV:">""" + string.Concat(Enumerable.Repeat("<prop>", 10_000)) + string.Concat(Enumerable.Repeat("</prop>", 10_000)) + "</propfind>"))).ShouldBe(400);

    [Fact]
    public async Task More_elements_than_are_taken_are_refused() =>
        (await Propfind(Encoding.UTF8.GetBytes("""<propfind xmlns="DAV:"><prop>""" + string.Concat(Enumerable.Repeat("<a/>", server.Limits.XmlElements)) + "</prop></propfind>"))).ShouldBe(400);

    [Fact]
    public async Task More_properties_than_are_told_are_refused() =>
        (await Propfind(Encoding.UTF8.GetBytes("""<propfind xmlns="DAV:"><prop>""" + string.Concat(Enumerable.Range(0, server.Limits.Properties + 1).Select(i => $"<a{i}/>")) + "</prop></propfind>"))).ShouldBe(400);

    [Fact]
    public async Task More_attributes_than_are_taken_are_refused() =>
        (await Propfind(Encoding.UTF8.GetBytes("""<propfind xmlns="DAV:" """ + string.Concat(Enumerable.Range(0, server.Limits.XmlAttributes).Select(i => $" xmlns:a{i}=\"urn:{i}\"")) + "/>"))).ShouldBe(400);

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Content-Length: 100000000")]
    public async Task Of_a_hundred_megabytes_of_attributes_no_more_is_read_than_is_taken(string length)
    {
        var before = GC.GetTotalAllocatedBytes();
        var sent = 0;
        IEnumerable<ReadOnlyMemory<byte>> Attributes()
        {
            var isChunked = length.EndsWith("chunked", StringComparison.Ordinal);
            var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(" a=\"01234567890123456789012345678901234567890123456789012345\"", 1000)));
            var chunk = isChunked ? [.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8] : piece;
            yield return isChunked ? "9\r\n<propfind\r\n"u8.ToArray() : "<propfind"u8.ToArray();
            for (; sent < 100_000_000; sent += piece.Length) yield return chunk;
        }

        var answer = await Wait.For(RawHttp.Send(server.Url, $"PROPFIND /dav/shelves/alice@{TestSettings.Domain}/", [server.Credentials("alice"), length], Attributes()));
        answer.Status.ShouldBe(413);
        sent.ShouldBeLessThan(50_000_000);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public async Task Namespaces_that_nobody_knows_are_told_to_be_missing() =>
        (await Propfind(Encoding.UTF8.GetBytes("""<propfind xmlns="DAV:"><prop><a xmlns="urn:&lt;&quot;&amp;"/></prop></propfind>"""))).ShouldBe(207);

    async Task<int> Propfind(byte[] body) =>
        (await Wait.For(RawHttp.Send(server.Url, $"PROPFIND /dav/shelves/alice@{TestSettings.Domain}/", [server.Credentials("alice"), "Depth: 0"], body))).Status;
}
