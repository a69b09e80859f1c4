using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>SearchSnippet/get</c>: where in the subject and the body a filter's words stand. RFC 8621 §5.1.</summary>
sealed class SearchSnippetGet(Messages messages, BlobStore blobs)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var filter = EmailConditions.Filter(JmapFilter.Parse(call.Arguments["filter"]), call.Created);
        var asked = call.Arguments.TextsOrNull("emailIds") ?? throw JmapException.InvalidArguments("emailIds is missing: it is a list of ids.");
        if (asked.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInGet} snippets can be fetched at once: ask for fewer.");
        var ids = new RequestedIds(WireId.Email, [.. asked.Distinct(StringComparer.Ordinal)]);
        var query = MessageQuery.TextOf(filter);
        var (found, _) = await messages.Get(call.Caller, call.Account, ids.Numbers!, withStructure: query is not null, call.Cancellation);
        var list = new JsonArray();
        foreach (var message in found)
            list.Add((JsonNode)new JsonObject
            {
                ["emailId"] = WireId.Email.Write(message.Id),
                ["subject"] = query is null ? null : Subject(query, message.Header.Subject ?? ""),
                ["preview"] = query is null ? null : await Preview(query, message, call.Cancellation),
            });
        var notFound = ids.NotFound(found.Select(m => m.Id)).ToList();
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["list"] = list,
            ["notFound"] = notFound.Count == 0 ? null : JsonValues.Texts(notFound),
        };
    }

    static string? Subject(SearchQuery query, string subject)
    {
        var marks = SearchText.Marks(query, SearchField.Title, subject);
        return marks.Count == 0 ? null : Snippet.Whole(subject, marks);
    }

    async ValueTask<string?> Preview(SearchQuery query, Message message, CancellationToken cancellation)
    {
        if (message.Structure is null) return null;
        await using var content = await blobs.Open(message.Blob, cancellation);
        if (content is null) return null;
        var text = await MessageText.Read(content, message.Structure, cancellation);
        var marks = SearchText.Marks(query, SearchField.Body, text);
        return marks.Count == 0 ? null : Snippet.Around(text, marks);
    }
}
