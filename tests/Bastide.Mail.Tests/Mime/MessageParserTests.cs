using System.Text;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Blobs;
using Shouldly;

namespace Bastide.Mail.Tests.Mime;

/// <summary>What is read from a message and kept beside it.</summary>
public sealed class MessageParserTests
{
    [Fact]
    public async Task What_is_stored_of_the_structure_is_all_of_it()
    {
        var message = await Parse("""
            Content-Type: multipart/related; boundary=b; start="<page>"; type="text/html"

            --b
            Content-Type: image/png; name="a.png"
            Content-Disposition: inline; filename="a.png"; size=3
            Content-ID: <picture>
            Content-Transfer-Encoding: base64

            AAAA
            --b
            Content-Type: text/html; charset=utf-8; format=flowed
            Content-ID: <page>
            Content-Language: fr, en

            <p>Bonjour</p>
            --b--
            """);
        var stored = MessageJson.ReadStructure(MessageJson.Write(message.Structure));
        stored.TypeParameters.ShouldBe(message.Structure.TypeParameters);
        stored.TypeParameters!.ShouldContain(KeyValuePair.Create("type", "text/html"));
        foreach (var (kept, read) in stored.Leaves().Zip(message.Structure.Leaves()))
        {
            kept.TypeParameters.ShouldBe(read.TypeParameters);
            kept.DispositionParameters.ShouldBe(read.DispositionParameters);
            kept.Language.ShouldBe(read.Language);
            (kept with { TypeParameters = null, DispositionParameters = null, Language = null })
                .ShouldBe(read with { TypeParameters = null, DispositionParameters = null, Language = null });
        }
    }

    [Theory]
    [InlineData("start=\"<page>\"")]
    [InlineData("type=\"text/html\"")]
    [InlineData("start=\"<page>\"; type=\"image/png\"")]
    public async Task The_page_of_a_related_is_shown_wherever_it_stands(string parameter)
    {
        var message = await Parse($"Content-Type: multipart/related; boundary=b; {parameter}\n\n--b\nContent-Type: image/png\nContent-ID: <picture>\n\nx\n--b\nContent-Type: text/html\nContent-ID: <page>\n\n<p>needle</p>\n--b--\n");
        message.Preview.ShouldBe("needle");
        var bodies = message.Structure.Bodies();
        bodies.HtmlBody.ShouldHaveSingleItem().Type.ShouldBe("text/html");
        bodies.Attachments.ShouldHaveSingleItem().Type.ShouldBe("image/png");
    }

    [Fact]
    public async Task The_first_part_of_a_related_is_its_page_where_nothing_says_otherwise()
    {
        var message = await Parse("Content-Type: multipart/related; boundary=b; start=\"<none>\"\n\n--b\nContent-Type: text/html\n\n<p>needle</p>\n--b\nContent-Type: text/plain\n\nother\n--b--\n");
        message.Structure.Bodies().HtmlBody.ShouldHaveSingleItem().PartId.ShouldBe("1");
    }

    [Theory]
    [InlineData("=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", "日本語")]
    [InlineData("=?KOI8-R?B?+8/T1NnK?=", "Шостый")]
    [InlineData("=?windows-1252?Q?=80?=", "€")]
    [InlineData("=?GB2312?B?xOO6ww==?=", "你好")]
    public async Task Charsets_of_old_mail_are_known_in_headers_too(string written, string subject) =>
        (await Parse($"Subject: {written}\n\nx\n")).Header.Subject.ShouldBe(subject);

    [Theory]
    [InlineData("=?utf-8?q?needle=0D=0ABcc:_bob=40demo.localhost?=", "needleBcc: bob@demo.localhost")]
    [InlineData("=?utf-8?q?a=00b=1B=07c?=", "abc")]
    public async Task Control_characters_in_encoded_words_are_dropped(string written, string subject) =>
        (await Parse($"Subject: {written}\n\nx\n")).Header.Subject.ShouldBe(subject);

    [Theory]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/alternative; boundary=\"\"")]
    [InlineData("multipart/mixed; boundary=other")]
    public async Task A_multipart_that_shows_no_parts_is_read_as_the_text_it_is(string type)
    {
        var message = await Parse($"Content-Type: {type}\n\n--x\n\nneedle\n--x--\n");
        message.Structure.Bodies().TextBody.ShouldHaveSingleItem().Type.ShouldBe("text/plain");
        message.Preview.ShouldContain("needle");
    }

    [Fact]
    public async Task What_is_kept_beside_a_message_stays_small_however_much_it_says_of_itself()
    {
        var part = string.Concat(Enumerable.Range(0, 10).Select(i => $";\n p{i}=\"{new string('v', 1900)}\""));
        var message = new StringBuilder("Subject: ").Append('s', 200_000).Append("\nReferences:");
        for (var i = 0; i < 5_000; i++) message.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n <{i}.{new string('r', 100)}@example.org>");
        message.Append("\nContent-Type: multipart/mixed; boundary=b\n\n");
        for (var i = 0; i < 1_000; i++) message.Append("--b\nContent-Type: application/x-odd").Append(part).Append("\nContent-Disposition: attachment; filename=\"").Append('n', 1900).Append("\"\n\nx\n");
        var parsed = await Parse(message.Append("--b--\n").ToString());
        parsed.IsBroken.ShouldBeFalse();
        parsed.Structure.SubParts!.Count.ShouldBe(1_000);
        MessageJson.Write(parsed.Structure).Length.ShouldBeLessThan(2 << 20);
        MessageJson.Write(parsed.Header).Length.ShouldBeLessThan(512 << 10);
        parsed.Structure.SubParts[999].Name.ShouldBe(new string('n', 60));
    }

    static async Task<ParsedMessage> Parse(string message)
    {
        var octets = Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n"));
        using var stream = new MemoryStream(octets);
        return await MessageParser.Parse(stream, new StoredBlob(BlobId.Of(octets), octets.Length), CancellationToken.None);
    }
}
