using System.Net;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Imap;
using Bastide.Mail.Tests.Smtp;
using Bastide.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Mail.Tests.Imap;

/// <summary>A mail server with its IMAP ports open, and messages to look at.</summary>
static class ImapWorkplace
{
    public static Task<MailWorkplace> Start(DatabaseFixture fixture, ImapLimits? limits = null)
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        return MailWorkplace.Start(fixture, settings => settings with { Listen = settings.Listen with { Imap = any, Imaps = any } }, imap: limits);
    }

    /// <summary>Puts messages into someone's inbox, as delivery does: the first is message 1.</summary>
    public static async Task Give(this MailWorkplace workplace, DirectoryEntry person, int first, int count)
    {
        var messages = workplace.Services.GetRequiredService<Messages>();
        for (var number = first; number < first + count; number++)
        {
            var text = $"""
                From: Zoé Person <zoe{number}@example.org>
                To: {person.Address}
                Subject: Message {number}
                Date: Mon, 2 Nov 2026 10:{number:00}:00 +0100
                Message-ID: <m{number}@example.org>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Body of message {number}.

                """;
            var parsed = await messages.Parse(await workplace.Keep(text), CancellationToken.None);
            await workplace.Database.Write(async scope => { await messages.Ingest(scope, person.Account, parsed, new DateTimeOffset(2026, 11, 2, 9, number, 0, TimeSpan.Zero)); }, CancellationToken.None);
        }
    }

    /// <summary>Puts this message into someone's inbox.</summary>
    public static async Task GiveText(this MailWorkplace workplace, DirectoryEntry person, string text)
    {
        var messages = workplace.Services.GetRequiredService<Messages>();
        var parsed = await messages.Parse(await workplace.Keep(text), CancellationToken.None);
        await workplace.Database.Write(async scope => { await messages.Ingest(scope, person.Account, parsed, new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero)); }, CancellationToken.None);
    }
}
