using System.Text.Json.Nodes;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>What cards are found by: everything they say.</summary>
sealed class ContactIndexSource(Database database) : IIndexSource
{
    const int Deepest = 12;

    static readonly string[] Apart = ["emails", "phones", "onlineServices", "addresses", "notes", "uid", "@type", "version", "prodId", "created", "updated", "vCardProps", "media", "cryptoKeys", "members", "relatedTo"];
    static readonly string[] Unsaid = ["@type", "kind", "contexts", "features", "vCardParams", "vCardName", "pref", "listAs", "mediaType", "blobId"];

    public DataType Type => ContactTypes.ContactCard;

    public async ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        await database.Read(scope => CardTable.Items.Since(scope, account, since, limit), cancellation);

    public async ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var rows = await database.Read(scope => CardTable.Find(scope, account, ids, withCard: true), cancellation);
        return rows.ConvertAll(row => Describe(row.Id, (JsonObject)JsonNode.Parse(row.Json!)!));
    }

    static SearchDocument Describe(long id, JsonObject card) => new(
        id,
        Title: Text(card.Where(property => !Apart.Contains(property.Key)).Select(property => (property.Key, property.Value))),
        Sender: Text([("emails", card["emails"])]),
        Recipients: Text([("phones", card["phones"]), ("onlineServices", card["onlineServices"])]),
        Body: Text([("notes", card["notes"])]),
        Names: Text([("addresses", card["addresses"])]));

    static string Text(IEnumerable<(string Name, JsonNode? Node)> properties)
    {
        var texts = new List<string>();
        foreach (var (name, node) in properties)
        {
            // The keywords are names themselves.
            if (name == "keywords") texts.AddRange((node as JsonObject ?? []).Select(keyword => keyword.Key));
            else Collect(node, texts, 0);
        }

        return string.Join('\n', texts);
    }

    static void Collect(JsonNode? node, List<string> texts, int depth)
    {
        if (depth > Deepest || texts.Count > 2000) return;
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o)
                    if (!Unsaid.Contains(name))
                        Collect(value, texts, depth + 1);
                break;
            case JsonArray list:
                foreach (var item in list) Collect(item, texts, depth + 1);
                break;
            default:
                if (node.AsText() is { Length: > 0 } text) texts.Add(text);
                break;
        }
    }
}
