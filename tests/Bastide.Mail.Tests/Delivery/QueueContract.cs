using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bastide.Mail.Delivery;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Net;
using Bastide.Testing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Delivery;

/// <summary>The queue, against a server that takes, defers, refuses and vanishes. RFC 5321 §4.5.4, §6.1; RFC 3464.</summary>
public abstract class QueueContract(DatabaseFixture fixture) : DeliveryContract(fixture)
{
    static readonly Sql LeaseToNobody = new("UPDATE jobs SET leased_until = $1, lease_owner = 'a node that fell', attempts = 1 WHERE kind = 'mail-delivery' AND run_at <= $1");
    static readonly Sql CountRows = new("SELECT COUNT(*) FROM outgoing_messages");

    [Fact]
    public async Task People_of_one_domain_get_one_message_and_the_status_says_who_took_it()
    {
        await using var server = new FakeServer("PIPELINING", "SIZE 1000000", "8BITMIME");
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message($"one@{Elsewhere}, two@{Elsewhere.ToUpperInvariant()}"));
        submission.DeliveryStatus.ShouldAllBe(s => s.Delivered == Delivered.Queued);
        await workplace.RunJobs();
        var taken = server.Messages.ShouldHaveSingleItem();
        taken.From.ShouldStartWith("MAIL FROM:<alice@demo.localhost> SIZE=");
        taken.Recipients.ShouldBe([$"one@{Elsewhere}", $"two@{Elsewhere.ToUpperInvariant()}"]);
        taken.Data.ShouldStartWith("Received: by demo.localhost");
        taken.Data.ShouldEndWith("\r\nhello\r\n.\r\nworld\r\n");
        var sent = await Get(workplace, alice, submission);
        sent.DeliveryStatus.ShouldAllBe(s => s.Delivered == Delivered.Unknown && s.SmtpReply == "250 2.0.0 Taken");
        (await workplace.RunJobs()).ShouldBe(0);
        (await workplace.Messages(alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_submitted_by_SMTP_goes_the_same_way()
    {
        await using var server = new FakeServer("PIPELINING", "CHUNKING", "SMTPUTF8", "8BITMIME");
        await using var workplace = await Start(server);
        await workplace.Add("alice");
        await using var peer = await SmtpPeer.Greeted(workplace.Submission);
        await peer.Say("EHLO client.example");
        await peer.Say("AUTH PLAIN AGFsaWNlQGRlbW8ubG9jYWxob3N0AGJhc3RpZGUtZGVtbw==");
        await peer.Say("MAIL FROM:<alice@demo.localhost> SMTPUTF8");
        (await peer.Say($"RCPT TO:<寬@{Elsewhere}>")).ShouldStartWith("250");
        await peer.Say("DATA");
        (await peer.Say("From: alice@demo.localhost\r\nSubject: 寬\r\n\r\nhello\r\n..dot\r\n.")).ShouldStartWith("250");
        await workplace.RunJobs();
        var taken = server.Messages.ShouldHaveSingleItem();
        taken.From.ShouldBe("MAIL FROM:<alice@demo.localhost> BODY=8BITMIME SMTPUTF8");
        taken.Recipients.ShouldBe([$"寬@{Elsewhere}"]);
        taken.Data.ShouldEndWith("Subject: 寬\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\nMessage-ID: " + taken.Data.Split("Message-ID: ")[1].Split("\r\n")[0] + "\r\n\r\nhello\r\n.dot\r\n");
        server.Commands.ShouldContain(c => c.StartsWith("BDAT ", StringComparison.Ordinal));
        // No submission tells of it, so nothing is kept once it is gone.
        var left = await workplace.Database.Read(scope => scope.Long(new Sql("SELECT COUNT(*) FROM outgoing_messages m WHERE NOT EXISTS (SELECT 1 FROM email_submissions s WHERE s.id = m.submission_id)")), CancellationToken.None);
        left.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_recipient_gives_a_report_that_machines_can_read()
    {
        await using var server = new FakeServer("PIPELINING") { OnRcpt = line => line.Contains("nobody", StringComparison.Ordinal) ? "550 5.1.1 No such person" : "250 2.1.5 OK" };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var message = Message($"nobody@{Elsewhere}, somebody@{Elsewhere}");
        var submission = await Submit(workplace, alice, message);
        await workplace.RunJobs();
        server.Messages.ShouldHaveSingleItem().Recipients.ShouldBe([$"somebody@{Elsewhere}"]);
        (await Get(workplace, alice, submission)).DeliveryStatus.Select(s => (s.Delivered, s.SmtpReply))
            .ShouldBe([(Delivered.No, "550 5.1.1 No such person"), (Delivered.Unknown, "250 2.0.0 Taken")]);

        (await workplace.Messages(alice)).ShouldHaveSingleItem().ShouldStartWith("Return-Path: <>\r\n");
        var report = await LastOf(workplace, alice);
        report.Headers["Auto-Submitted"].ShouldBe("auto-replied");
        report.InReplyTo.ShouldBe(message.Split("Message-ID: <")[1].Split('>')[0]);
        var parts = report.Body.ShouldBeOfType<MultipartReport>();
        parts.ReportType.ShouldBe("delivery-status");
        ((TextPart)parts[0]).Text.ShouldContain($"nobody@{Elsewhere}");
        var groups = ((MessageDeliveryStatus)parts[1]).StatusGroups;
        groups.Count.ShouldBe(2, (await workplace.Messages(alice))[0]);
        groups[0]["Reporting-MTA"].ShouldBe("dns; demo.localhost");
        groups[1]["Final-Recipient"].ShouldBe($"rfc822; nobody@{Elsewhere}");
        groups[1]["Action"].ShouldBe("failed");
        groups[1]["Status"].ShouldBe("5.1.1");
        groups[1]["Remote-MTA"].ShouldBe("dns; mx.elsewhere.example");
        groups[1]["Diagnostic-Code"].ShouldBe("smtp; 550 5.1.1 No such person");
        parts[2].ContentType.MimeType.ShouldBe("text/rfc822-headers");
        parts[2].ShouldBeOfType<TextRfc822Headers>().Message!.Subject.ShouldBe("hello");
    }

    [Fact]
    public async Task A_report_of_an_address_beyond_ASCII_needs_no_eight_bits_itself()
    {
        await using var server = new FakeServer("8BITMIME");
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, $"From: alice@demo.localhost\nTo: dörte+x=1@{Elsewhere}\nSubject: Grüße\n\nhello\n");
        await workplace.RunJobs();
        server.Messages.ShouldBeEmpty();
        var raw = (await workplace.Messages(alice)).ShouldHaveSingleItem();
        Ascii.IsValid(raw).ShouldBeTrue();
        var parts = (await LastOf(workplace, alice)).Body.ShouldBeOfType<MultipartReport>();
        var status = parts[1].ShouldBeOfType<MessageDeliveryStatus>().StatusGroups[1];
        status["Final-Recipient"].ShouldBe($"utf-8; d\\x{{F6}}rte\\x{{2B}}x\\x{{3D}}1@{Elsewhere}");
        (status["Action"], status["Status"]).ShouldBe(("failed", "5.6.7"));
        parts[2].ContentType.MimeType.ShouldBe("message/global-headers");
        using var headers = new MemoryStream();
        await ((MimePart)parts[2]).Content!.DecodeToAsync(headers);
        Encoding.UTF8.GetString(headers.ToArray()).ShouldContain("Subject: Grüße");
    }

    [Fact]
    public async Task A_server_is_asked_to_take_a_hundred_recipients_at_once_and_what_it_took_stays_taken()
    {
        var named = 0;
        var transactions = 0;
        await using var server = new FakeServer();
        server.OnMail = _ =>
        {
            named = 0;
            transactions++;
            return "250 2.1.0 OK";
        };
        server.OnRcpt = line => ++named > 100 ? "452 4.5.3 Too many recipients" : line.Contains("<p7@", StringComparison.Ordinal) ? "550 5.1.1 No such person" : "250 2.1.5 OK";
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message(string.Join(", ", Enumerable.Range(0, 250).Select(i => $"p{i}@{Elsewhere}"))));
        await workplace.RunJobs();
        transactions.ShouldBe(3);
        server.Connections.ShouldBe(1);
        server.Messages.Select(m => m.Recipients.Count).ShouldBe([99, 100, 50]);
        (await Get(workplace, alice, submission)).DeliveryStatus.CountBy(s => s.Delivered).ToDictionary().ShouldBe(new Dictionary<Delivered, int> { [Delivered.Unknown] = 249, [Delivered.No] = 1 }, ignoreOrder: true);

        // It vanishes at the end of the second transaction: the first hundred do not get the message again.
        transactions = 0;
        server.Messages.Clear();
        server.OnMail = _ =>
        {
            named = 0;
            server.VanishesAtTheEnd = ++transactions == 2;
            return "250 2.1.0 OK";
        };
        var second = await Submit(workplace, alice, Message(string.Join(", ", Enumerable.Range(1000, 150).Select(i => $"p{i}@{Elsewhere}"))));
        await workplace.RunJobs();
        (await Get(workplace, alice, second)).DeliveryStatus.Count(s => s.Delivered == Delivered.Queued).ShouldBe(50);
        workplace.Time.Advance(TimeSpan.FromMinutes(5));
        await workplace.RunJobs();
        server.Messages.Select(m => m.Recipients.Count).ShouldBe([100, 50]);
        (await Get(workplace, alice, second)).DeliveryStatus.ShouldAllBe(s => s.Delivered == Delivered.Unknown);
    }

    [Fact]
    public async Task A_deferred_message_is_tried_again_after_growing_pauses_and_then_goes()
    {
        await using var server = new FakeServer { OnRcpt = _ => "450 4.2.0 Greylisted" };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        foreach (var pause in new[] { 0, 5, 10, 20 })
        {
            var before = server.Connections;
            workplace.Time.Advance(TimeSpan.FromMinutes(pause) - TimeSpan.FromSeconds(pause == 0 ? 0 : 1));
            if (pause > 0) (await workplace.RunJobs()).ShouldBe(0);
            workplace.Time.Advance(TimeSpan.FromSeconds(pause == 0 ? 0 : 1));
            await workplace.RunJobs();
            server.Connections.ShouldBe(before + 1);
        }

        (await Get(workplace, alice, submission)).DeliveryStatus.ShouldBe([new DeliveryStatus($"someone@{Elsewhere}", "450 4.2.0 Greylisted", Delivered.Queued)]);
        server.OnRcpt = _ => "250 2.1.5 OK";
        workplace.Time.Advance(TimeSpan.FromHours(1));
        await workplace.RunJobs();
        server.Messages.Count.ShouldBe(1);
        (await Get(workplace, alice, submission)).DeliveryStatus[0].Delivered.ShouldBe(Delivered.Unknown);
        (await workplace.Messages(alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sender_hears_once_of_a_delay_and_once_that_it_is_given_up()
    {
        await using var server = new FakeServer { OnRcpt = _ => "451 4.3.0 Later" };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        for (var hours = 0; hours < 24; hours++)
        {
            await workplace.RunJobs();
            workplace.Time.Advance(TimeSpan.FromHours(1));
        }

        (await workplace.Messages(alice)).Count.ShouldBe(1);
        var delayed = await StatusOf(workplace, alice);
        (delayed["Action"], delayed["Status"]).ShouldBe(("delayed", "4.3.0"));
        delayed["Will-Retry-Until"].ShouldBe("Sat, 07 Mar 2026 09:00:00 +0000");

        for (var hours = 0; hours < 24 * 5; hours++)
        {
            await workplace.RunJobs();
            workplace.Time.Advance(TimeSpan.FromHours(1));
        }

        (await workplace.Messages(alice)).Count.ShouldBe(2);
        var failed = await StatusOf(workplace, alice);
        (failed["Action"], failed["Status"]).ShouldBe(("failed", "5.4.7"));
        failed["Diagnostic-Code"]!.ShouldContain("451 4.3.0 Later");
        var connections = server.Connections;
        workplace.Time.Advance(TimeSpan.FromDays(1));
        await workplace.RunJobs();
        server.Connections.ShouldBe(connections);
    }

    [Fact]
    public async Task A_server_that_vanishes_before_it_answers_is_asked_again()
    {
        await using var server = new FakeServer { VanishesAtTheEnd = true };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        var status = (await Get(workplace, alice, submission)).DeliveryStatus[0];
        (status.Delivered, status.SmtpReply[..9]).ShouldBe((Delivered.Queued, "451 4.4.2"));
        server.VanishesAtTheEnd = false;
        workplace.Time.Advance(TimeSpan.FromMinutes(5));
        await workplace.RunJobs();
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_falls_in_the_middle_loses_nothing_and_doubles_nothing()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        var submission = await Submit(workplace, alice, Message($"{bob.Address}, someone@{Elsewhere}"));
        await workplace.Database.Write(async scope => { await scope.Execute(LeaseToNobody, workplace.Time.GetUtcNow() + TimeSpan.FromMinutes(1)); }, CancellationToken.None);
        (await workplace.RunJobs()).ShouldBe(0);
        workplace.Time.Advance(TimeSpan.FromMinutes(2));
        await workplace.RunJobs();
        await workplace.RunJobs();
        server.Messages.Count.ShouldBe(1);
        (await workplace.Messages(bob)).Count.ShouldBe(1);
        (await Get(workplace, alice, submission)).DeliveryStatus.Select(s => s.Delivered).ShouldBe([Delivered.Yes, Delivered.Unknown]);
    }

    [Fact]
    public async Task A_job_that_two_nodes_run_at_once_delivers_one_copy()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        await workplace.SetQuota(bob, 10);
        await using (var peer = await SmtpPeer.Greeted(workplace.Transfer))
        {
            await peer.Say("HELO client.example");
            await peer.Say($"MAIL FROM:<someone@{Elsewhere}>");
            await peer.Say("RCPT TO:<alice@demo.localhost>");
            await peer.Say("RCPT TO:<bob@demo.localhost>");
            await peer.Say("DATA");
            (await peer.Say("Subject: x\r\n\r\nhello\r\n.")).ShouldStartWith("250");
        }

        (await workplace.Messages(alice)).Count.ShouldBe(1);
        (await workplace.Messages(bob)).ShouldBeEmpty();
        await workplace.SetQuota(bob, 1_000_000);
        var handler = workplace.Services.GetServices<IJobHandler>().OfType<DeliveryJob>().Single();
        var jobs = await workplace.Database.Read(scope => JobQueue.Pending(scope, Queue.Kind, 100), CancellationToken.None);
        var message = await workplace.Database.Read(scope => scope.Long(new Sql("SELECT MAX(id) FROM outgoing_messages")), CancellationToken.None);
        var job = jobs.Single(j => j.Key == $"{message}/");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => handler.Run(job, CancellationToken.None).AsTask()));
        (await workplace.Messages(bob)).Count.ShouldBe(1);
        (await workplace.Messages(alice)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stranger_hears_when_a_mailbox_stays_full_and_a_report_is_never_reported()
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        await workplace.Add("alice");
        await workplace.SetQuota(await workplace.Add("bob"), 10);
        foreach (var sender in new[] { $"someone@{Elsewhere}", "" })
        {
            await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
            await peer.Say("HELO client.example");
            await peer.Say($"MAIL FROM:<{sender}>");
            await peer.Say("RCPT TO:<alice@demo.localhost>");
            await peer.Say("RCPT TO:<bob@demo.localhost>");
            await peer.Say("DATA");
            (await peer.Say("Subject: x\r\n\r\nhello\r\n.")).ShouldStartWith("250");
        }

        for (var hours = 0; hours < 24 * 6; hours += 4)
        {
            await workplace.RunJobs();
            workplace.Time.Advance(TimeSpan.FromHours(4));
        }

        server.Messages.Count.ShouldBe(2);
        server.Messages.ShouldAllBe(m => m.From == "MAIL FROM:<>");
        server.Messages.Last().Data.ShouldContain("Action: failed");
        server.Messages.Last().Data.ShouldContain("Final-Recipient: rfc822; bob@demo.localhost");
    }

    [Theory]
    [InlineData("null MX", "556 5.1.10")]
    [InlineData("nothing", "550 5.1.2")]
    [InlineData("broken", "451 4.4.3")]
    [InlineData("refused connection", "451 4.4.2")]
    [InlineData("implicit", "250 2.0.0")]
    [InlineData("second", "250 2.0.0")]
    public async Task The_servers_of_a_domain_are_found_as_the_standard_says(string kind, string reply)
    {
        await using var server = new FakeServer();
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        const string domain = "other.example";
        var dns = workplace.Dns;
        switch (kind)
        {
            case "null MX":
                dns.Exchangers[domain] = [new MxRecord(0, "")];
                dns.Hosts[domain] = [IPAddress.Loopback];
                break;
            case "broken":
                dns.Broken.Add(domain);
                break;
            case "refused connection":
                dns.Exchangers[domain] = [new MxRecord(0, "dead.example")];
                dns.Hosts["dead.example"] = [IPAddress.Parse("127.0.0.99")];
                break;
            case "implicit":
                dns.Hosts[domain] = [IPAddress.Loopback];
                break;
            case "second":
                dns.Exchangers[domain] = [new MxRecord(0, "dead.example"), new MxRecord(10, "gone.example"), new MxRecord(20, "mx.elsewhere.example")];
                dns.Hosts["dead.example"] = [IPAddress.Parse("127.0.0.99")];
                break;
        }

        var submission = await Submit(workplace, alice, Message($"someone@{domain}"));
        await workplace.RunJobs();
        (await Get(workplace, alice, submission)).DeliveryStatus[0].SmtpReply.ShouldStartWith(reply);
    }

    [Fact]
    public async Task Nobody_outside_can_send_the_server_to_a_private_address()
    {
        await using var server = new FakeServer();
        await using var workplace = await MailWorkplace.Start(Fixture, settings => settings with { TestPrivateAddresses = false }, delivery: new DeliveryLimits { Port = server.Port });
        workplace.Dns.Exchangers[Elsewhere] = [new MxRecord(10, "mx.elsewhere.example")];
        workplace.Dns.Hosts["mx.elsewhere.example"] = [IPAddress.Loopback];
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        (await Get(workplace, alice, submission)).DeliveryStatus[0].SmtpReply.ShouldStartWith("550 5.4.4");
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Everything_goes_through_the_relay_where_there_is_one()
    {
        await using var server = new FakeServer();
        await using var workplace = await MailWorkplace.Start(Fixture, settings => settings with { SmtpRelay = $"127.0.0.1:{server.Port}", TestPrivateAddresses = false });
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, Message("someone@unknown.example"));
        await workplace.RunJobs();
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TLS_is_used_where_it_is_offered_and_done_without_where_it_does_not_work()
    {
        using var certificate = SelfSigned();
        await using var server = new FakeServer("STARTTLS") { Certificate = certificate };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        server.Messages.ShouldHaveSingleItem().IsTls.ShouldBeTrue();

        server.Certificate = null;
        await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        server.Messages.Count.ShouldBe(2);
        server.Messages.Last().IsTls.ShouldBeFalse();
    }

    [Theory]
    [InlineData("someone@elsewhere.example", "é", "", "550 5.6.3")]
    [InlineData("寬@elsewhere.example", "hello", "8BITMIME", "550 5.6.7")]
    [InlineData("someone@elsewhere.example", "hello", "SIZE 10", "552 5.3.4")]
    public async Task What_the_server_cannot_take_is_not_forced_on_it(string recipient, string text, string extension, string reply)
    {
        await using var server = new FakeServer([.. extension.Length == 0 ? Array.Empty<string>() : [extension]]);
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var envelope = new Envelope(new EnvelopeAddress(alice.Address), [new EnvelopeAddress(recipient)]);
        var submission = await Submit(workplace, alice, $"From: {alice.Address}\nSubject: x\n\n{text}\n", r => r with { Envelope = envelope });
        await workplace.RunJobs();
        (await Get(workplace, alice, submission)).DeliveryStatus[0].SmtpReply.ShouldStartWith(reply);
        server.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("554 5.7.1 Not you", "", "", "554 5.7.1 Not you")]
    [InlineData("421 4.3.2 Later", "", "", "421 4.3.2 Later")]
    [InlineData("220 hello", "554 5.7.1 No", "", "554 5.7.1 No")]
    [InlineData("220 hello", "", "554 5.7.1 Spam", "554 5.7.1 Spam")]
    [InlineData("HTTP/1.1 400 Bad Request", "", "", "451 4.4.2")]
    public async Task The_last_word_of_the_server_is_told(string greeting, string onMail, string onEnd, string reply)
    {
        await using var server = new FakeServer { Greeting = greeting };
        if (onMail.Length > 0) server.OnMail = _ => onMail;
        if (onEnd.Length > 0) server.OnEnd = onEnd;
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var submission = await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        (await Get(workplace, alice, submission)).DeliveryStatus[0].SmtpReply.ShouldStartWith(reply);
    }

    [Fact]
    public async Task A_server_from_before_extensions_is_spoken_to_as_one()
    {
        await using var server = new FakeServer { OnEhlo = "502 5.5.1 What" };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        await workplace.RunJobs();
        server.Messages.ShouldHaveSingleItem().From.ShouldBe("MAIL FROM:<alice@demo.localhost>");
    }

    [Fact]
    public async Task The_blob_of_a_message_on_its_way_is_kept_and_nobody_reads_it()
    {
        await using var server = new FakeServer { OnRcpt = _ => "450 4.2.0 Later" };
        await using var workplace = await Start(server);
        var alice = await workplace.Add("alice");
        var before = await workplace.Database.Read(scope => scope.Long(CountRows), CancellationToken.None);
        await Submit(workplace, alice, Message($"someone@{Elsewhere}"));
        (await workplace.Database.Read(scope => scope.Long(CountRows), CancellationToken.None)).ShouldBe(before + 1);
        var blob = await workplace.Database.Read(scope => scope.First(new Sql("SELECT blob_id FROM outgoing_messages ORDER BY id DESC LIMIT 1"), row => new Bastide.Platform.Blobs.BlobId(row.Bytes(0))), CancellationToken.None);
        var references = new DeliveryReferences(workplace.Database);
        (await references.ReferencedAmong([blob], CancellationToken.None)).ShouldBe([blob]);
        (await references.MayRead(MailWorkplace.CallerOf(alice), alice.Account, blob, CancellationToken.None)).ShouldBeFalse();
        server.OnRcpt = _ => "250 OK";
        await workplace.RunJobs();
        (await references.ReferencedAmong([blob], CancellationToken.None)).ShouldBeEmpty();
    }

    static async Task<HeaderList> StatusOf(MailWorkplace workplace, Bastide.Abstractions.Identity.DirectoryEntry person)
    {
        var report = (await LastOf(workplace, person)).Body.ShouldBeOfType<MultipartReport>();
        return report[1].ShouldBeOfType<MessageDeliveryStatus>().StatusGroups[1];
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=mx.elsewhere.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
