using System.Text.Json.Nodes;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>
/// Random sequences of /set and deliveries: from whatever state a client comes, /changes replayed gives exactly the present
/// /get (RFC 8620 §5.2), and /queryChanges applied to the old list exactly the present /query (§5.6).
/// </summary>
public abstract class ReplayContract(DatabaseFixture fixture)
{
    static readonly string[] EmailQueries =
    [
        """{"sort":[{"property":"receivedAt","isAscending":false}]}""",
        """{"filter":{"inMailbox":"%inbox%"},"sort":[{"property":"receivedAt","isAscending":false}]}""",
        """{"filter":{"inMailbox":"%inbox%"},"sort":[{"property":"receivedAt","isAscending":false}],"collapseThreads":true}""",
        """{"filter":{"hasKeyword":"$flagged"},"sort":[{"property":"size","isAscending":true}]}""",
        """{"filter":{"operator":"NOT","conditions":[{"hasKeyword":"$seen"}]},"sort":[{"property":"subject"}]}""",
        """{"sort":[{"property":"hasKeyword","keyword":"$flagged","isAscending":false},{"property":"receivedAt"}]}""",
        """{"filter":{"someInThreadHaveKeyword":"$flagged"}}""",
        """{"filter":{"inMailboxOtherThan":["%trash%"]},"sort":[{"property":"from"},{"property":"sentAt","isAscending":false}],"collapseThreads":true}""",
    ];

    static readonly string[] MailboxQueries =
    [
        """{}""",
        """{"sort":[{"property":"name"}]}""",
        """{"filter":{"hasAnyRole":false},"sort":[{"property":"sortOrder","isAscending":false},{"property":"name"}]}""",
        """{"sortAsTree":true,"sort":[{"property":"name","isAscending":false}]}""",
        """{"filter":{"isSubscribed":true},"filterAsTree":true,"sortAsTree":true,"sort":[{"property":"sortOrder"}]}""",
        """{"filter":{"name":"a"},"sort":[{"property":"parentId"},{"property":"name"}]}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Changes_from_any_old_state_replayed_give_the_present_get(int seed)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var random = new Random(seed);
        var steps = new RandomSteps(workplace, alice, random);
        var snapshots = new List<Dictionary<string, (string State, Dictionary<string, string> Items)>>();
        for (var i = 0; i < 40; i++)
        {
            await steps.Step();
            if (i % 4 == 0) snapshots.Add(await Snapshot(alice));
        }

        var now = await Snapshot(alice);
        now["Email"].Items.Count.ShouldBeGreaterThan(3);
        foreach (var old in snapshots)
            foreach (var (type, (state, items)) in old)
                await Follow(alice, type, state, new Dictionary<string, string>(items), now[type], random);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(50)]
    [InlineData(600)]
    public async Task QueryChanges_applied_to_the_old_list_give_the_present_query(int seed)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        var roles = await alice.Roles();
        var queries = EmailQueries.Select(q => ("Email", q.Replace("%inbox%", roles["inbox"], StringComparison.Ordinal).Replace("%trash%", roles["trash"], StringComparison.Ordinal)))
            .Concat(MailboxQueries.Select(q => ("Mailbox", q))).ToList();
        var steps = new RandomSteps(workplace, alice, new Random(seed));
        var old = new List<(string Type, string Query, JsonObject Answer)>();
        for (var i = 0; i < 30; i++)
        {
            await steps.Step();
            if (i % 6 != 5) continue;
            foreach (var (type, query) in queries) old.Add((type, query, await alice.Call($"{type}/query", query)));
        }

        var calculated = 0;
        foreach (var (type, query, before) in old)
        {
            var now = await alice.Call($"{type}/query", query);
            var arguments = JsonNode.Parse(query)!.AsObject();
            arguments["sinceQueryState"] = (string)before["queryState"]!;
            arguments["calculateTotal"] = true;
            var changes = await alice.Call($"{type}/queryChanges", arguments);
            if (changes["error"] is { } error)
            {
                ((string?)error["type"]).ShouldBe("cannotCalculateChanges", query);
                ((bool)before["canCalculateChanges"]!).ShouldBeFalse(query);
                continue;
            }

            calculated++;
            ((string?)changes["newQueryState"]).ShouldBe((string?)now["queryState"]);
            Apply(changes, Texts(before["ids"])).ShouldBe(Texts(now["ids"]), $"{type} {query}");
            ((int)changes["total"]!).ShouldBe(now["ids"]!.AsArray().Count);
        }

        calculated.ShouldBeGreaterThan(old.Count / 2);
    }

    [Theory]
    [InlineData("Email")]
    [InlineData("Mailbox")]
    [InlineData("Thread")]
    [InlineData("Identity")]
    [InlineData("EmailSubmission")]
    public async Task A_state_beyond_the_present_is_none_that_a_server_gave(string type)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        foreach (var state in new[] { "999999", "-1", "x", "" })
            ((string?)(await alice.Call($"{type}/changes", $$"""{"sinceState":"{{state}}"}"""))["error"]?["type"]).ShouldBe("cannotCalculateChanges", state);
        if (type is "Thread" or "Identity") return;
        ((string?)(await alice.Call($"{type}/queryChanges", """{"sinceQueryState":"999999"}"""))["error"]?["type"]).ShouldBe("cannotCalculateChanges");
    }

    /// <summary>RFC 8620 §5.6: take out what was removed, then put in what was added, lowest index first.</summary>
    static List<string> Apply(JsonObject changes, List<string> ids)
    {
        var removed = Texts(changes["removed"]).ToHashSet();
        ids.RemoveAll(removed.Contains);
        var added = changes["added"]!.AsArray().Select(a => ((string)a!["id"]!, (int)a["index"]!)).ToList();
        added.Select(a => a.Item2).ShouldBeInOrder();
        foreach (var (id, index) in added) ids.Insert(index, id);
        return ids;
    }

    static async Task Follow(JmapPerson person, string type, string state, Dictionary<string, string> items, (string State, Dictionary<string, string> Items) now, Random random)
    {
        var (more, whole) = (true, false);
        while (more)
        {
            var maxChanges = whole || random.Next(3) == 0 ? null : (int?)random.Next(1, 8);
            var arguments = new JsonObject { ["sinceState"] = state };
            if (maxChanges is not null) arguments["maxChanges"] = maxChanges;
            var changes = await person.Call($"{type}/changes", arguments);
            if (changes["error"] is { } error)
            {
                // One transaction changed more than that, and within it is no state to stop at.
                ((string?)error["type"]).ShouldBe("cannotCalculateChanges");
                maxChanges.ShouldNotBeNull();
                whole = true;
                continue;
            }

            whole = false;
            ((string?)changes["oldState"]).ShouldBe(state);
            var (created, updated, destroyed) = (Texts(changes["created"]), Texts(changes["updated"]), Texts(changes["destroyed"]));
            if (maxChanges is { } most) (created.Count + updated.Count + destroyed.Count).ShouldBeLessThanOrEqualTo(most);
            // An id is in one list at most.
            created.Concat(updated).Concat(destroyed).ShouldBeUnique();
            updated.ShouldBeSubsetOf(items.Keys.ToList());
            created.Intersect(items.Keys).ShouldBeEmpty();
            foreach (var id in destroyed) items.Remove(id);
            // Fetched as they are now: they may have gone since the intermediate state, which a later page tells.
            var fetched = await Get(person, type, [.. created, .. updated]);
            foreach (var id in created.Concat(updated)) items[id] = fetched.GetValueOrDefault(id, "gone");
            more = (bool)changes["hasMoreChanges"]!;
            ((string?)changes["newState"]).ShouldNotBe(more ? state : null);
            state = (string)changes["newState"]!;
        }

        state.ShouldBe(now.State);
        items.ShouldBe(now.Items, ignoreOrder: true);
    }

    static async Task<Dictionary<string, (string State, Dictionary<string, string> Items)>> Snapshot(JmapPerson person)
    {
        var responses = await person.Request(
        [
            new JsonArray("Email/query", new JsonObject(), "0"),
            new JsonArray("Email/get", JsonNode.Parse("""{"#ids":{"resultOf":"0","name":"Email/query","path":"/ids"},"properties":["mailboxIds","keywords","threadId"]}"""), "1"),
            new JsonArray("Thread/get", JsonNode.Parse("""{"#ids":{"resultOf":"1","name":"Email/get","path":"/list/*/threadId"}}"""), "2"),
            new JsonArray("Mailbox/get", JsonNode.Parse("""{"ids":null}"""), "3"),
        ]);
        return new Dictionary<string, (string, Dictionary<string, string>)>
        {
            ["Email"] = Items(responses[1]![1]!),
            ["Thread"] = Items(responses[2]![1]!),
            ["Mailbox"] = Items(responses[3]![1]!),
        };
    }

    static async Task<Dictionary<string, string>> Get(JmapPerson person, string type, List<string> ids)
    {
        var arguments = new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };
        if (type == "Email") arguments["properties"] = new JsonArray("mailboxIds", "keywords", "threadId");
        return Items(await person.Call($"{type}/get", arguments)).Items;
    }

    static (string State, Dictionary<string, string> Items) Items(JsonNode answer) =>
        ((string)answer["state"]!, answer["list"]!.AsArray().ToDictionary(item => (string)item!["id"]!, item => Sorted(item!)));

    /// <summary>The same text for the same content, whatever the order of the properties.</summary>
    static string Sorted(JsonNode node) => node switch
    {
        JsonObject o => "{" + string.Join(',', o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{(p.Value is null ? "null" : Sorted(p.Value))}")) + "}",
        _ => node.ToJsonString(),
    };

    static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(id => (string)id!)];
}
