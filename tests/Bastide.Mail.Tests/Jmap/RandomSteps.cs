using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>What a person and the world do to an account, at random but the same for the same seed.</summary>
sealed class RandomSteps(JmapWorkplace workplace, JmapPerson person, Random random)
{
    static readonly string[] Keywords = ["$seen", "$flagged", "$answered", "blue"];
    static readonly string[] Words = ["alpha", "beta", "gamma", "delta"];
    readonly List<string> _messageIds = [];
    int _number;

    /// <summary>One request of one to three calls, or a delivery.</summary>
    public async Task Step()
    {
        workplace.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 100)));
        switch (random.Next(10))
        {
            case < 4:
                await Deliver();
                return;
            case < 8:
                await SetEmails();
                return;
            default:
                await SetMailboxes();
                return;
        }
    }

    async Task Deliver()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"<{_number++}.{random.Next()}@example.org>");
        var parent = _messageIds.Count > 0 && random.Next(2) == 0 ? _messageIds[random.Next(_messageIds.Count)] : null;
        var subject = $"{(parent is null ? "" : "Re: ")}{Words[random.Next(Words.Length)]}";
        _messageIds.Add(id);
        await workplace.Deliver(person.Account, $"""
            From: {Words[random.Next(Words.Length)]}@example.org
            To: alice@demo.localhost
            Subject: {subject}
            Message-ID: {id}
            Date: Mon, 02 Mar 2026 {random.Next(24):00}:00:00 +0000{(parent is null ? "" : $"\nIn-Reply-To: {parent}\nReferences: {parent}")}

            {new string('x', random.Next(200))}
            """);
    }

    async Task SetEmails()
    {
        var emails = await Ids("Email");
        var mailboxes = await Ids("Mailbox");
        if (emails.Count == 0) return;
        var update = new JsonObject();
        foreach (var email in Some(emails))
        {
            var patch = new JsonObject();
            foreach (var keyword in Some([.. Keywords])) patch["keywords/" + keyword] = random.Next(2) == 0 ? true : null;
            if (random.Next(3) == 0) patch["mailboxIds"] = new JsonObject(Some(mailboxes).Select(m => KeyValuePair.Create(m, (JsonNode?)true)));
            update[email] = patch;
        }

        var destroy = new JsonArray([.. Some(emails).Take(random.Next(3) == 0 ? 2 : 0).Select(id => (JsonNode)id)]);
        await person.Call("Email/set", new JsonObject { ["update"] = update, ["destroy"] = destroy });
    }

    async Task SetMailboxes()
    {
        var mailboxes = await Ids("Mailbox");
        var create = new JsonObject();
        for (var i = random.Next(3); i > 0; i--)
            create["n" + i] = new JsonObject { ["name"] = $"{Words[random.Next(Words.Length)]} {_number++}", ["parentId"] = Parent(mailboxes), ["sortOrder"] = random.Next(4), ["isSubscribed"] = random.Next(2) == 0 };
        var update = new JsonObject();
        foreach (var mailbox in Some(mailboxes))
            update[mailbox] = random.Next(4) switch
            {
                0 => new JsonObject { ["name"] = $"{Words[random.Next(Words.Length)]} {_number++}" },
                1 => new JsonObject { ["parentId"] = Parent(mailboxes) },
                2 => new JsonObject { ["sortOrder"] = random.Next(4) },
                _ => new JsonObject { ["isSubscribed"] = random.Next(2) == 0 },
            };
        var destroy = new JsonArray([.. mailboxes.Skip(6).Where(_ => random.Next(8) == 0).Select(id => (JsonNode)id)]);
        await person.Call("Mailbox/set", new JsonObject { ["create"] = create, ["update"] = update, ["destroy"] = destroy, ["onDestroyRemoveEmails"] = random.Next(2) == 0 });
    }

    JsonNode? Parent(List<string> mailboxes) => random.Next(2) == 0 ? null : mailboxes[random.Next(mailboxes.Count)];

    /// <summary>One to three of them, each once.</summary>
    List<string> Some(List<string> all) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => all[random.Next(all.Count)]).Distinct()];

    async Task<List<string>> Ids(string type) => [.. (await person.Call($"{type}/query", []))["ids"]!.AsArray().Select(id => (string)id!)];
}
