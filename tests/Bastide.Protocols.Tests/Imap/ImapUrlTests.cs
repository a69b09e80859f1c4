using Bastide.Protocols.Imap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Imap;

public sealed class ImapUrlTests
{
    [Theory]
    [InlineData("/INBOX/;UID=20", "INBOX", null, 20u, "[]")]
    [InlineData("/inbox;UIDVALIDITY=785799047/;UID=113330/;section=1.5.9", "INBOX", 785799047u, 113330u, "[1.5.9]")]
    [InlineData("/R%C3%A9union/%C3%89t%C3%A9/;uid=3/;SECTION=HEADER.FIELDS%20(DATE%20SUBJECT)", "Réunion/Été", null, 3u, "[HEADER.FIELDS (DATE SUBJECT)]")]
    [InlineData(";UID=7/;SECTION=2.MIME", null, null, 7u, "[2.MIME]")]
    public void A_reference_names_a_mailbox_a_message_and_a_part(string url, string? mailbox, uint? validity, uint uid, string section)
    {
        var read = ImapUrl.Parse(url);
        Assert.NotNull(read);
        Assert.Equal((mailbox, validity, uid, section), (read.Mailbox, read.UidValidity, read.Uid, read.Section.ToString()));
    }

    [Theory]
    [InlineData("/INBOX/;UID=1/;PARTIAL=10.20", 10u, 20u)]
    [InlineData("/INBOX/;UID=1/;SECTION=TEXT/;PARTIAL=10", 10u, null)]
    public void A_reference_may_name_some_octets_alone(string url, uint offset, uint? count) =>
        Assert.Equal((offset, count), ImapUrl.Parse(url)?.Partial);

    [Theory]
    [InlineData("")]
    [InlineData("/INBOX")]
    [InlineData("/;UID=1")]
    [InlineData("/;UIDVALIDITY=3/;UID=1")]
    [InlineData("/INBOX/;UID=0")]
    [InlineData("/INBOX/;UID=1 ")]
    [InlineData("/INBOX/;UID=4294967296")]
    [InlineData("/INBOX/;UID=1/;SECTION=NOTHING")]
    [InlineData("/INBOX/;UID=1/;SECTION=1]x")]
    [InlineData("/INBOX/;UID=1/;PARTIAL=1.0")]
    [InlineData("/INBOX;UIDVALIDITY=/;UID=1")]
    [InlineData("/INBOX/;SECTION=1")]
    [InlineData(";SECTION=1/;UID=1")]
    [InlineData("//example.org/INBOX/;UID=1")]
    [InlineData("imap://example.org/INBOX/;UID=1")]
    [InlineData("http://example.org/;UID=1")]
    public void What_is_no_reference_is_none(string url) => Assert.Null(ImapUrl.Parse(url));
}
