using System.Text.Json.Nodes;
using Bastide.Platform.Blobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/parse</c>: shows files of iCalendar as events without storing them.</summary>
sealed class CalendarEventParse(BlobStore blobs, BlobUploads uploads)
{
    const int MostOctets = 10 << 20;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var ids = call.Arguments.TextsOrNull("blobIds") ?? throw JmapException.InvalidArguments("blobIds is missing: it is a list of ids.");
        if (ids.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInGet} blobs can be parsed at once: ask for fewer.");
        var properties = EventProperties.OfParsed(call.Arguments.TextsOrNull("properties"));
        var parsed = new JsonObject();
        var notParsable = new List<string>();
        var notFound = new List<string>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (!BlobId.TryParse(call.Created.Resolve(id), null, out var blob) || !await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation)
                || await Octets(blob, call.Cancellation) is not { } octets) notFound.Add(id);
            else if (Events(octets, call.Cancellation) is not { Count: > 0 } events) notParsable.Add(id);
            else parsed[id] = new JsonArray([.. events.Select(properties.WriteParsed)]);
        }

        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["parsed"] = parsed.Count == 0 ? null : parsed,
            ["notParsable"] = notParsable.Count == 0 ? null : JsonValues.Texts(notParsable),
            ["notFound"] = notFound.Count == 0 ? null : JsonValues.Texts(notFound),
        };
    }

    async ValueTask<byte[]?> Octets(BlobId blob, CancellationToken cancellation)
    {
        await using var stream = await blobs.Open(blob, cancellation);
        if (stream is null) return null;
        if (stream.Length > MostOctets) return [];
        var octets = new byte[stream.Length];
        await stream.ReadExactlyAsync(octets, cancellation);
        return octets;
    }

    static List<JsonObject>? Events(byte[] octets, CancellationToken cancellation)
    {
        try
        {
            return [.. ICalReader.ReadFile(octets, ICalLimits.Object).SelectMany(calendar => Events(calendar, cancellation))];
        }
        catch (ICalFormatException)
        {
            return null;
        }
    }

    /// <summary>With what the file is for, where it is a message (RFC 8984 §4.1.8): what is kept of one says that no more.</summary>
    static IEnumerable<JsonObject> Events(ICalComponent calendar, CancellationToken cancellation)
    {
        var method = calendar.Text("METHOD");
        foreach (var read in ICalendarSplit.Objects([calendar]).Where(one => one.Object is { Kind: "VEVENT" }).SelectMany(one => EventSeries.Read(one.Object!, cancellation)))
        {
            if (!string.IsNullOrWhiteSpace(method)) read["method"] = method.Trim().ToLowerInvariant();
            yield return read;
        }
    }
}
