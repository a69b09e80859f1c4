using System.Text;
using Bastide.Mail.Delivery;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>What is changed of a header on its way through, however the octets arrive.</summary>
public class MessageRewriteTests
{
    static readonly Rewriting Submitted = new(["return-path", "bcc"], "Mon, 02 Mar 2026 09:00:00 +0000", "<made@demo.localhost>");

    [Theory]
    [InlineData("Bcc: a,\r\n b\r\nSubject: x\r\n\r\nBcc: text\r\n", "Subject: x\r\n{Date}{Message-ID}\r\nBcc: text\r\n")]
    [InlineData("Return-Path : <a@b>\r\nsubject: x\r\n\r\n", "subject: x\r\n{Date}{Message-ID}\r\n")]
    [InlineData("DATE: then\r\nMessage-Id: <own>\r\n\r\nt", "DATE: then\r\nMessage-Id: <own>\r\n\r\nt")]
    [InlineData("Date: then\r\nMessage-Id: <own>\r\nBcc: a", "Date: then\r\nMessage-Id: <own>\r\n\r\n")]
    [InlineData("Date: then\r\nMessage-Id: <own>\r\nSubject: a", "Date: then\r\nMessage-Id: <own>\r\nSubject: a\r\n\r\n")]
    [InlineData("\r\ntext", "{Date}{Message-ID}\r\ntext")]
    [InlineData("", "{Date}{Message-ID}\r\n")]
    [InlineData("no field at all\r\nBcc: a\r\n\r\n", "no field at all\r\n{Date}{Message-ID}\r\n")]
    public async Task Fields_are_left_out_and_added(string message, string rewritten)
    {
        rewritten = rewritten.Replace("{Date}", "Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n", StringComparison.Ordinal).Replace("{Message-ID}", "Message-ID: <made@demo.localhost>\r\n", StringComparison.Ordinal);
        foreach (var pieces in Cuts(message)) (await Rewrite(Submitted, pieces)).Text.ShouldBe(rewritten);
    }

    [Theory]
    [InlineData("a: b\nc: d\n\ntext\n", "a: b\r\nc: d\r\n\r\ntext\r\n")]
    [InlineData("a: b\rc: d\r\rtext\r", "a: b\r\nc: d\r\n\r\ntext\r\n")]
    [InlineData("a: b\r\n\r\nx\n\r\n\r\r\ny", "a: b\r\n\r\nx\r\n\r\n\r\n\r\ny")]
    public async Task Lone_newlines_become_whole(string message, string rewritten)
    {
        foreach (var pieces in Cuts(message)) (await Rewrite(new Rewriting([], NormalisesNewlines: true), pieces)).Text.ShouldBe(rewritten);
    }

    [Fact]
    public async Task Who_it_is_from_and_to_is_noted_and_hops_are_counted()
    {
        foreach (var pieces in Cuts("Received: a\r\nRECEIVED: b\r\n c\r\nFrom: Älice\r\n <alice@demo.localhost>\r\nTo: a@b\r\nCc: c@d\r\nBcc: e@f\r\n\r\nReceived: no\r\nFrom: no\r\n"))
        {
            var (_, rewrite) = await Rewrite(Submitted, pieces);
            rewrite.Hops.ShouldBe(2);
            rewrite.From.ShouldBe("Älice  <alice@demo.localhost>");
            rewrite.Recipients.ShouldBe(["a@b", "c@d", "e@f"]);
            (rewrite.IsEightBit, rewrite.HasUtf8Header).ShouldBe((true, true));
        }
    }

    [Fact]
    public async Task Two_From_fields_are_none()
    {
        foreach (var pieces in Cuts("From: CEO (x, ceo@demo.localhost\r\nfrom : ) <mallory@demo.localhost>\r\n\r\nFrom: no\r\n"))
            (await Rewrite(Submitted, pieces)).Rewrite.From.ShouldBeNull();
    }

    [Fact]
    public async Task A_header_of_a_million_octets_is_not_held()
    {
        var rewrite = new MessageRewrite(Stream.Null, Submitted);
        var piece = Encoding.ASCII.GetBytes("From: " + new string('x', 100_000));
        for (var i = 0; i < 100; i++) await rewrite.Write(piece, CancellationToken.None);
        rewrite.From!.Length.ShouldBeLessThan(300_000);
    }

    static async Task<(string Text, MessageRewrite Rewrite)> Rewrite(Rewriting rewriting, byte[][] pieces)
    {
        using var output = new MemoryStream();
        var rewrite = new MessageRewrite(output, rewriting);
        foreach (var piece in pieces) await rewrite.Write(piece, CancellationToken.None);
        await rewrite.End(CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), rewrite);
    }

    static IEnumerable<byte[][]> Cuts(string message)
    {
        var octets = Encoding.UTF8.GetBytes(message);
        yield return [octets];
        for (var i = 1; i < octets.Length; i++) yield return [octets[..i], octets[i..]];
        yield return [.. octets.Select(o => new[] { o })];
    }
}
