using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/parse</c>: shows blobs (attached messages) as Emails without storing them. RFC 8621 §4.9.</summary>
sealed class EmailParse(Messages messages, BlobUploads uploads, EmailLoader loader)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var ids = call.Arguments.TextsOrNull("blobIds") ?? throw JmapException.InvalidArguments("blobIds is missing: it is a list of ids.");
        if (ids.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInGet} blobs can be parsed at once: ask for fewer.");
        var properties = EmailProperties.OfParse(call.Arguments.TextsOrNull("properties"), BodyOptions.Read(call.Arguments));
        var views = new List<(string Id, EmailView View)>();
        var notParsable = new List<string>();
        var notFound = new List<string>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var resolved = call.Created.Resolve(id);
            if (!BlobId.TryParse(resolved, null, out var blob) || !await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation)
                || await messages.Parse(blob, call.Cancellation) is not { } message) notFound.Add(id);
            else if (message.IsBroken) notParsable.Add(id);
            else views.Add((id, new EmailView(message)));
        }

        await loader.Load([.. views.Select(v => v.View)], properties, call.Cancellation);
        var parsed = new JsonObject();
        foreach (var (id, view) in views) parsed[id] = properties.Write(view);
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["parsed"] = parsed.Count == 0 ? null : parsed,
            ["notParsable"] = notParsable.Count == 0 ? null : JsonValues.Texts(notParsable),
            ["notFound"] = notFound.Count == 0 ? null : JsonValues.Texts(notFound),
        };
    }
}
