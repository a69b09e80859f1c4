using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>What the session says of mail is enforced exactly: so many are taken, one more is refused. RFC 8621 §1.3.</summary>
public abstract class MailLimitsContract(DatabaseFixture fixture)
{
    const string Mail = "urn:ietf:params:jmap:mail";
    const string Submission = "urn:ietf:params:jmap:submission";

    static async Task<JsonObject> Capability(JmapPerson person, string uri, AccountId? account = null)
    {
        var session = (await person.Http.GetFromJsonAsync<JsonObject>("jmap/session"))!;
        return session["accounts"]![(account ?? person.Account).ToString()]!["accountCapabilities"]![uri]!.AsObject();
    }

    static async Task<int> Core(JmapPerson person, string name) =>
        (int)(await person.Http.GetFromJsonAsync<JsonObject>("jmap/session"))!["capabilities"]!["urn:ietf:params:jmap:core"]![name]!;

    static JsonObject True(IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)true)));

    static JsonObject Create(JsonObject email) => new() { ["create"] = new JsonObject { ["new"] = email } };

    static string? Refusal(JsonObject answer, string kind = "notCreated") => (string?)answer[kind]?.AsObject().FirstOrDefault().Value?["type"];

    [Fact]
    public async Task A_message_is_in_maxMailboxesPerEmail_mailboxes_and_in_no_more()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var most = (int)(await Capability(alice, Mail))["maxMailboxesPerEmail"]!;
        var made = await alice.Call("Mailbox/set", new JsonObject { ["create"] = new JsonObject(Enumerable.Range(0, most + 1).Select(i => KeyValuePair.Create($"m{i}", (JsonNode?)new JsonObject { ["name"] = $"Box {i}" }))) });
        var ids = made["created"]!.AsObject().Select(c => (string)c.Value!["id"]!).ToList();
        ids.Count.ShouldBe(most + 1);

        var taken = await alice.Call("Email/set", Create(new JsonObject { ["mailboxIds"] = True(ids.Take(most)), ["subject"] = "Everywhere" }));
        var email = (string)taken["created"]!["new"]!["id"]!;
        Refusal(await alice.Call("Email/set", Create(new JsonObject { ["mailboxIds"] = True(ids) }))).ShouldBe("tooManyMailboxes");
        Refusal(await alice.Call("Email/set", new JsonObject { ["update"] = new JsonObject { [email] = new JsonObject { ["mailboxIds/" + ids[^1]] = true } } }), "notUpdated").ShouldBe("tooManyMailboxes");

        var blob = await alice.Upload("Subject: Imported\r\n\r\nHello");
        JsonObject Import(IEnumerable<string> mailboxes) => new() { ["emails"] = new JsonObject { ["new"] = new JsonObject { ["blobId"] = blob, ["mailboxIds"] = True(mailboxes) } } };
        Refusal(await alice.Call("Email/import", Import(ids))).ShouldBe("tooManyMailboxes");
        (await alice.Call("Email/import", Import(ids.Take(most))))["created"]!["new"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Mailboxes_are_maxMailboxDepth_deep_and_no_deeper()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var most = (int)(await Capability(alice, Mail))["maxMailboxDepth"]!;
        var chain = new JsonObject();
        for (var i = 1; i <= most + 1; i++) chain[$"d{i}"] = new JsonObject { ["name"] = $"Level {i}", ["parentId"] = i == 1 ? null : $"#d{i - 1}" };
        var answer = await alice.Call("Mailbox/set", new JsonObject { ["create"] = chain });
        answer["created"]!.AsObject().Count.ShouldBe(most);
        var refused = answer["notCreated"]!.AsObject().ShouldHaveSingleItem();
        (refused.Key, (string?)refused.Value!["type"]).ShouldBe(($"d{most + 1}", "invalidProperties"));
        refused.Value["properties"]!.AsArray().Select(p => (string)p!).ShouldBe(["parentId"]);

        // A mailbox with another below it may not move to where that one would be too deep.
        var (first, last, beforeLast) = (Id(answer, "d1"), Id(answer, $"d{most}"), Id(answer, $"d{most - 1}"));
        var pair = await alice.Call("Mailbox/set", JsonNode.Parse("""{"create":{"a":{"name":"A"},"b":{"name":"B","parentId":"#a"}}}""")!.AsObject());
        JsonObject Move(string id, string parent) => new() { ["update"] = new JsonObject { [id] = new JsonObject { ["parentId"] = parent } } };
        Refusal(await alice.Call("Mailbox/set", Move(Id(pair, "a"), beforeLast)), "notUpdated").ShouldBe("invalidProperties");
        Refusal(await alice.Call("Mailbox/set", Move(Id(pair, "b"), last)), "notUpdated").ShouldBe("invalidProperties");
        Refusal(await alice.Call("Mailbox/set", Move(Id(pair, "b"), beforeLast)), "notUpdated").ShouldBeNull();
        Refusal(await alice.Call("Mailbox/set", Move(first, last)), "notUpdated").ShouldBe("invalidProperties");

        static string Id(JsonObject answer, string creationId) => (string)answer["created"]![creationId]!["id"]!;
    }

    [Fact]
    public async Task The_name_of_a_mailbox_has_maxSizeMailboxName_octets_and_no_more()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var most = (int)(await Capability(alice, Mail))["maxSizeMailboxName"]!;
        most.ShouldBeGreaterThanOrEqualTo(100);
        // Octets of UTF-8, not characters.
        var exact = string.Concat(Enumerable.Repeat("é", most / 2)) + new string('x', most % 2);
        foreach (var (name, type) in new[] { (exact, null), (new string('y', most), null), (exact + "x", "invalidProperties"), (new string('z', most + 1), "invalidProperties") })
            Refusal(await alice.Call("Mailbox/set", new JsonObject { ["create"] = new JsonObject { ["a"] = new JsonObject { ["name"] = name } } })).ShouldBe(type, name);
    }

    [Fact]
    public async Task Attachments_have_maxSizeAttachmentsPerEmail_octets_together_and_no_more()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var most = (int)(await Capability(alice, Mail))["maxSizeAttachmentsPerEmail"]!;
        var drafts = (await alice.Roles())["drafts"];
        var half = await alice.Upload(new byte[most / 2]);
        var (rest, octet) = (await alice.Upload(Noise(most - (most / 2))), await alice.Upload([1]));
        JsonObject Email(params string[] blobs) => Create(new JsonObject
        {
            ["mailboxIds"] = True([drafts]),
            ["attachments"] = new JsonArray([.. blobs.Select(blob => new JsonObject { ["blobId"] = blob, ["type"] = "application/octet-stream" })]),
        });

        (await alice.Call("Email/set", Email(half, rest)))["created"]?["new"].ShouldNotBeNull();
        foreach (var more in new[] { Email(half, rest, octet), Email(half, half, octet, octet) })
        {
            var refused = (await alice.Call("Email/set", more))["notCreated"].ShouldNotBeNull()["new"]!;
            ((string?)refused["type"], (int?)refused["maxSize"]).ShouldBe(("tooLarge", most));
        }

        static byte[] Noise(int length)
        {
            var octets = new byte[length];
            new Random(1).NextBytes(octets);
            return octets;
        }
    }

    [Fact]
    public async Task Every_sort_of_emailQuerySortOptions_really_sorts()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var mails = new[] { ("zoe", "carl", "beta", 3, 10), ("anna", "dora", "gamma", 1, 300), ("mia", "abe", "alpha", 2, 100), ("bea", "zed", "delta", 5, 50) };
        var ids = new List<string>();
        var day = 0;
        foreach (var (from, to, subject, sent, size) in mails)
            ids.Add("e" + (await workplace.Deliver(alice.Account, $"""
                From: {from}@example.org
                To: {to}@example.org
                Subject: {subject}
                Date: 0{sent} Jan 2026 10:00:00 +0000
                Message-ID: <{subject}@example.org>

                {new string('x', size)}
                """, new DateTimeOffset(2026, 1, 20 - (day++ * 3), 10, 0, 0, TimeSpan.Zero))).ToString(CultureInfo.InvariantCulture));
        // An answer, so that a thread is flagged in part: its first message is, the answer is not.
        ids.Add("e" + (await workplace.Deliver(alice.Account, "From: carl@example.org\nTo: zoe@example.org\nSubject: Re: beta\nDate: 07 Jan 2026 10:00:00 +0000\nMessage-ID: <re@example.org>\nReferences: <beta@example.org>\n\nYes")).ToString(CultureInfo.InvariantCulture));
        await alice.Call("Email/set", new JsonObject { ["update"] = new JsonObject { [ids[0]] = Flagged(), [ids[2]] = Flagged() } });

        var listed = (await alice.Call("Email/get", new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) }))["list"]!.AsArray().ToDictionary(e => (string)e!["id"]!, e => e!.AsObject());
        bool IsFlagged(JsonObject email) => email["keywords"]!.AsObject().ContainsKey("$flagged");
        IEnumerable<JsonObject> ThreadOf(JsonObject email) => listed.Values.Where(other => (string)other["threadId"]! == (string)email["threadId"]!);
        var keys = new Dictionary<string, Func<JsonObject, IComparable>>
        {
            ["receivedAt"] = e => (string)e["receivedAt"]!,
            ["sentAt"] = e => DateTimeOffset.Parse((string)e["sentAt"]!, CultureInfo.InvariantCulture),
            ["size"] = e => (int)e["size"]!,
            ["from"] = e => (string)e["from"]![0]!["email"]!,
            ["to"] = e => (string)e["to"]![0]!["email"]!,
            ["subject"] = e => ((string)e["subject"]!).Replace("Re: ", "", StringComparison.Ordinal),
            ["hasKeyword"] = e => IsFlagged(e),
            ["someInThreadHaveKeyword"] = e => ThreadOf(e).Any(IsFlagged),
            ["allInThreadHaveKeyword"] = e => ThreadOf(e).All(IsFlagged),
        };
        var options = (await Capability(alice, Mail))["emailQuerySortOptions"]!.AsArray().Select(o => (string)o!).ToList();
        options.ShouldBe(keys.Keys, ignoreOrder: true);
        foreach (var option in options)
        {
            listed.Values.Select(keys[option]).Distinct().Count().ShouldBeGreaterThan(1, option);
            foreach (var isAscending in new[] { true, false })
            {
                var query = await alice.Call("Email/query", new JsonObject { ["sort"] = new JsonArray(new JsonObject { ["property"] = option, ["isAscending"] = isAscending, ["keyword"] = "$flagged" }) });
                var sorted = query["ids"]!.AsArray().Select(id => keys[option](listed[(string)id!])).ToList();
                sorted.Count.ShouldBe(ids.Count);
                sorted.SequenceEqual(isAscending ? sorted.Order() : sorted.OrderDescending()).ShouldBeTrue($"{option}, ascending: {isAscending}: {string.Join(", ", sorted)}");
            }
        }

        ((string?)(await alice.Call("Email/query", """{"sort":[{"property":"colour"}]}"""))["error"]?["type"]).ShouldBe("unsupportedSort");

        static JsonObject Flagged() => new() { ["keywords/$flagged"] = true };
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_message_is_held_for_maxDelayedSend_seconds_and_no_longer(int more, bool isTaken)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var most = (long)(await Capability(alice, Submission))["maxDelayedSend"]!;
        var identity = (string)(await alice.Call("Identity/get", []))["list"]![0]!["id"]!;
        var draft = await alice.Call("Email/set", Create(new JsonObject
        {
            ["mailboxIds"] = True([(await alice.Roles())["drafts"]]),
            ["from"] = new JsonArray(new JsonObject { ["email"] = alice.Address }),
            ["to"] = new JsonArray(new JsonObject { ["email"] = alice.Address }),
        }));
        foreach (var (name, value) in new[] { ("HOLDFOR", (most + more).ToString(CultureInfo.InvariantCulture)), ("HOLDUNTIL", workplace.Time.GetUtcNow().AddSeconds(most + more).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) })
        {
            var answer = await alice.Call("EmailSubmission/set", Create(new JsonObject
            {
                ["identityId"] = identity,
                ["emailId"] = (string)draft["created"]!["new"]!["id"]!,
                ["envelope"] = new JsonObject
                {
                    ["mailFrom"] = new JsonObject { ["email"] = alice.Address, ["parameters"] = new JsonObject { [name] = value } },
                    ["rcptTo"] = new JsonArray(new JsonObject { ["email"] = alice.Address }),
                },
            }));
            (answer["created"]?["new"] is not null).ShouldBe(isTaken, answer.ToJsonString());
        }
    }

    [Fact]
    public async Task Every_method_of_mail_takes_maxObjectsInGet_or_Set_and_no_more()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var (inGet, inSet) = (await Core(alice, "maxObjectsInGet"), await Core(alice, "maxObjectsInSet"));
        JsonArray Ids(int count) => [.. Enumerable.Range(1, count).Select(i => (JsonNode)$"x{i}")];
        JsonObject Objects(int count) => new(Enumerable.Range(1, count).Select(i => KeyValuePair.Create($"x{i}", (JsonNode?)new JsonObject())));
        var methods = new List<(string Name, int Most, Func<int, JsonObject> Arguments)>();
        foreach (var type in new[] { "Mailbox", "Thread", "Email", "Identity", "EmailSubmission", "VacationResponse" }) methods.Add(($"{type}/get", inGet, count => new JsonObject { ["ids"] = Ids(count) }));
        foreach (var type in new[] { "Mailbox", "Email", "Identity", "EmailSubmission", "VacationResponse" })
        {
            methods.Add(($"{type}/set", inSet, count => new JsonObject { ["destroy"] = Ids(count) }));
            methods.Add(($"{type}/set", inSet, count => new JsonObject { ["update"] = Objects(count - 1), ["destroy"] = Ids(1) }));
        }

        methods.Add(("Email/import", inSet, count => new JsonObject { ["emails"] = Objects(count) }));
        methods.Add(("Email/parse", inGet, count => new JsonObject { ["blobIds"] = Ids(count) }));
        methods.Add(("SearchSnippet/get", inGet, count => new JsonObject { ["filter"] = new JsonObject { ["text"] = "x" }, ["emailIds"] = Ids(count) }));
        foreach (var (name, most, arguments) in methods)
        {
            ((string?)(await alice.Call(name, arguments(most)))["error"]?["type"]).ShouldBeNull(name);
            ((string?)(await alice.Call(name, arguments(most + 1)))["error"]?["type"]).ShouldBe("requestTooLarge", name);
        }
    }

    [Fact]
    public async Task Who_may_only_read_an_account_changes_nothing_of_it()
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add("alice"), await workplace.Add("bob"));
        await workplace.Give(alice.Account, bob.Account, Rights.Reader);
        var session = (await bob.Http.GetFromJsonAsync<JsonObject>("jmap/session"))!;
        ((bool)session["accounts"]![alice.Account.ToString()]!["isReadOnly"]!).ShouldBeTrue();
        ((bool)(await Capability(bob, Mail, alice.Account))["mayCreateTopLevelMailbox"]!).ShouldBeFalse();

        var (inbox, theirs) = ((await alice.Roles())["inbox"], "e" + (await workplace.Deliver(bob.Account, "Subject: Bob's\n\nHi")).ToString(CultureInfo.InvariantCulture));
        var blob = await bob.Upload("Subject: Imported\r\n\r\nHello");
        var states = await States();
        foreach (var (method, arguments) in new[]
        {
            ("Email/set", $$"""{"create":{"a":{"mailboxIds":{"{{inbox}}":true} } } }"""),
            ("Email/import", $$"""{"emails":{"a":{"blobId":"{{blob}}","mailboxIds":{"{{inbox}}":true} } } }"""),
            ("Email/copy", $$"""{"fromAccountId":"{{bob.Account}}","create":{"a":{"id":"{{theirs}}","mailboxIds":{"{{inbox}}":true} } } }"""),
            ("EmailSubmission/set", """{"destroy":["s1"]}"""),
            ("Identity/set", """{"create":{"a":{"email":"alice@demo.localhost"}}}"""),
            ("VacationResponse/set", """{"update":{"singleton":{"isEnabled":true}}}"""),
        })
        {
            var call = JsonNode.Parse(arguments)!.AsObject();
            call["accountId"] = alice.Account.ToString();
            var error = (await bob.Call(method, call))["error"];
            string?[] refusals = ["accountReadOnly", "accountNotSupportedByMethod"];
            refusals.ShouldContain((string?)error?["type"], method);
            if (method is "Email/set" or "Email/import" or "Email/copy") ((string?)error?["type"]).ShouldBe("accountReadOnly", method);
        }

        // A reader may subscribe to a mailbox, so that each record is judged by itself.
        var made = await bob.Call("Mailbox/set", new JsonObject { ["accountId"] = alice.Account.ToString(), ["create"] = new JsonObject { ["a"] = new JsonObject { ["name"] = "A" } } });
        ((string?)made["notCreated"]?["a"]?["type"]).ShouldBe("forbidden");
        (await States()).ShouldBe(states);

        async Task<string> States() => string.Join(' ', (await alice.Request([new JsonArray("Mailbox/get", new JsonObject(), "0"), new JsonArray("Email/get", new JsonObject { ["ids"] = new JsonArray() }, "1"), new JsonArray("VacationResponse/get", new JsonObject(), "2")]))
            .Select(r => (string)r![1]!["state"]!));
    }
}
