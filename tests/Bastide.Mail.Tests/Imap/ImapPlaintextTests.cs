using System.Net;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Settings;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

/// <summary>Where the operator lets no password cross without TLS.</summary>
public sealed class ImapPlaintextTests(SmtpSqlite fixture) : IClassFixture<SmtpSqlite>
{
    [Fact]
    public async Task Nobody_signs_in_before_TLS_protects_the_connection()
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        await using var workplace = await MailWorkplace.Start(fixture, settings => settings with { Listen = settings.Listen with { Imap = any, Imaps = any }, AuthPlaintext = PlaintextAuth.Never });
        await workplace.Add("alice");
        await ImapTranscript.Run("NoPlaintext", workplace, folder: "Conversations");
    }
}
