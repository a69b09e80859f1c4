using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Conformance;

/// <summary>What is far too much gets its protocol's error, and costs the others neither memory nor mail.</summary>
public sealed class HostileInput : IAsyncLifetime
{
    /// <summary>Twice what a workplace with a few people takes, and less than one of the messages sent here would.</summary>
    const long MostMemory = 550L * 1024 * 1024;

    const int Huge = 200 * 1024 * 1024;

    RunningWorkplace _workplace = null!;
    JmapClient _alice = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "true" });
        _alice = new JmapClient(_workplace.Url, "alice@demo.localhost", "bastide-demo");
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _workplace.DisposeAsync();
    }

    [Fact]
    public async Task A_message_of_200_MB_is_refused_and_nothing_of_it_is_kept()
    {
        var before = await Inbox();
        await using (var announced = await RawSmtp.Connect(_workplace.Smtp, Cancellation))
            (await announced.Say(string.Create(CultureInfo.InvariantCulture, $"MAIL FROM:<outside@elsewhere.example> SIZE={Huge}"), Cancellation)).ShouldStartWith("552");

        await using (var silent = await RawSmtp.ToAlice(_workplace.Smtp, Cancellation))
        {
            (await silent.Say("DATA", Cancellation)).ShouldStartWith("354");
            var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 1024)));
            for (var sent = 0L; sent < Huge; sent += block.Length) await silent.Stream.WriteAsync(block, Cancellation);
            (await silent.Say("\r\n.", Cancellation)).ShouldStartWith("552");
            (await silent.Say("NOOP", Cancellation)).ShouldStartWith("250");
        }

        (await Inbox()).Count.ShouldBe(before.Count);
        ShouldBeModest();
    }

    [Fact]
    public async Task Ten_thousand_header_fields_are_stored_and_shown_or_refused_but_never_lost()
    {
        var fields = string.Concat(Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-Field-{i}: {i}\r\n")));
        await Deliver($"From: a@b.example\r\nSubject: Many fields\r\n{fields}\r\nThe text.");
        (await Whole("Many fields"))["textBody"]!.AsArray().Count.ShouldBe(1);
        ShouldBeModest();
    }

    [Fact]
    public async Task Ten_thousand_nested_parts_are_stored_and_shown_or_refused_but_never_lost()
    {
        var nested = new StringBuilder("From: a@b.example\r\nSubject: Deep\r\nMIME-Version: 1.0\r\n");
        for (var i = 0; i < 10_000; i++) nested.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        nested.Append("Content-Type: text/plain\r\n\r\nAt the bottom.\r\n");
        for (var i = 9_999; i >= 0; i--) nested.Append(CultureInfo.InvariantCulture, $"--b{i}--\r\n");
        await Deliver(nested.ToString());
        await Whole("Deep");
        var siblings = string.Concat(Enumerable.Range(0, 10_000).Select(_ => "--s\r\nContent-Type: text/plain\r\n\r\nOne of many.\r\n"));
        await Deliver($"From: a@b.example\r\nSubject: Wide\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=s\r\n\r\n{siblings}--s--\r\n");
        await Whole("Wide");
        ShouldBeModest();
    }

    [Fact]
    public async Task A_JMAP_request_that_is_too_large_or_too_deep_is_refused_by_name()
    {
        var large = """{"using": ["urn:ietf:params:jmap:core"], "methodCalls": [["Core/echo", {"a": " """ + new string('x', 10 * 1024 * 1024) + """ "}, "0"]]}""";
        var (status, type, limit) = await Refusal(large);
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (type, limit).ShouldBe(("urn:ietf:params:jmap:error:limit", "maxSizeRequest"));
        var deep = """{"using": ["urn:ietf:params:jmap:core"], "methodCalls": [["Core/echo", {"a": """ + new string('[', 100_000) + new string(']', 100_000) + """}, "0"]]}""";
        (status, type, _) = await Refusal(deep);
        (status, type).ShouldBe((HttpStatusCode.BadRequest, "urn:ietf:params:jmap:error:notJSON"));
        ShouldBeModest();
    }

    [Fact]
    public async Task What_is_anothers_does_not_exist()
    {
        await Deliver($"From: a@b.example\r\nSubject: For alice alone {Guid.NewGuid()}\r\n\r\nHello.");
        var account = await _alice.Account();
        var mail = (await Inbox())[0];
        using var chloe = new JmapClient(_workplace.Url, "chloe@demo.localhost", "bastide-demo");
        (await Should.ThrowAsync<InvalidOperationException>(() => chloe.Call("Email/get", new JsonObject { ["accountId"] = account, ["ids"] = new JsonArray() }))).Message.ShouldContain("accountNotFound");
        var own = await chloe.Account();
        (await chloe.Call("Email/get", new JsonObject { ["accountId"] = own, ["ids"] = new JsonArray((string)mail["id"]!) }))["notFound"]!.AsArray().Count.ShouldBe(1);
        foreach (var id in new[] { account, own })
        {
            using var blob = await chloe.Http.GetAsync(new Uri($"jmap/download/{id}/{mail["blobId"]}/x", UriKind.Relative), Cancellation);
            blob.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await chloe.Call("Email/parse", new JsonObject { ["accountId"] = own, ["blobIds"] = new JsonArray((string)mail["blobId"]!) }))["notFound"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_password_or_token_is_401_and_says_nothing_of_whether_the_person_exists()
    {
        var bodies = new List<string>();
        foreach (var credentials in new AuthenticationHeaderValue[]
        {
            new("Basic", Convert.ToBase64String("alice@demo.localhost:wrong"u8)),
            new("Basic", Convert.ToBase64String("nobody@demo.localhost:wrong"u8)),
            new("Bearer", "eyJhbGciOiJub25lIn0.e30."),
        })
        {
            using var http = new HttpClient { BaseAddress = _workplace.Url };
            http.DefaultRequestHeaders.Authorization = credentials;
            using var answer = await http.GetAsync(new Uri("jmap/session", UriKind.Relative), Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsObject();
            problem.Remove("traceId");
            bodies.Add(problem.ToJsonString());
        }

        bodies[0].ShouldBe(bodies[1]);
        bodies.ShouldAllBe(body => !body.Contains("   at ", StringComparison.Ordinal));
    }

    async Task<List<JsonObject>> Inbox()
    {
        var account = await _alice.Account();
        return await _alice.Emails(account, await _alice.MailboxWithRole(account, "inbox"), "id", "subject", "blobId");
    }

    async Task Deliver(string message)
    {
        await using var smtp = await RawSmtp.ToAlice(_workplace.Smtp, Cancellation);
        (await smtp.Data(message, Cancellation)).ShouldStartWith("250");
    }

    /// <summary>A message with every property that costs anything, and its source.</summary>
    async Task<JsonObject> Whole(string subject)
    {
        var id = (string)(await Inbox()).Single(mail => (string?)mail["subject"] == subject)["id"]!;
        var answer = await _alice.Call("Email/get", new JsonObject
        {
            ["accountId"] = await _alice.Account(),
            ["ids"] = new JsonArray(id),
            ["properties"] = new JsonArray("headers", "bodyStructure", "textBody", "htmlBody", "attachments", "bodyValues", "preview", "blobId"),
            ["fetchAllBodyValues"] = true,
        });
        var mail = answer["list"]!.AsArray().Single()!.AsObject();
        using var source = await _alice.Http.GetAsync(new Uri($"jmap/download/{await _alice.Account()}/{mail["blobId"]}/mail.eml", UriKind.Relative), Cancellation);
        source.StatusCode.ShouldBe(HttpStatusCode.OK);
        return mail;
    }

    async Task<(HttpStatusCode Status, string? Type, string? Limit)> Refusal(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _alice.Http.PostAsync(new Uri("jmap/api", UriKind.Relative), content, Cancellation);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        return (answer.StatusCode, (string?)problem["type"], (string?)problem["limit"]);
    }

    void ShouldBeModest()
    {
        _workplace.Process.Refresh();
        _workplace.Process.PeakWorkingSet64.ShouldBeLessThan(MostMemory);
    }
}
