using System.Text.Json.Nodes;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.VCard;
using Bastide.Protocols.VCard.JsContact;

namespace Bastide.Contacts;

/// <summary>Makes what is stored from a JSContact card: finds the octets of its media, checks it, and writes its vCard.</summary>
sealed class CardComposer(BlobUploads uploads, BlobStore blobs)
{
    static readonly string[] Images = ["photo", "logo"];

    /// <summary>What is to be stored, or why it cannot be.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">The account it is for.</param>
    /// <param name="card">The card; left as it is.</param>
    /// <param name="known">Octets that the card has had before, by blob.</param>
    /// <param name="created">When the card was made, where it does not say.</param>
    /// <param name="now">When it is changed, where it does not say.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async ValueTask<(CardContent? Content, ContactError? Refused)> Make(
        Caller caller, AccountId account, JsonObject card, IReadOnlyDictionary<BlobId, DataUri> known, DateTimeOffset created, DateTimeOffset now, CancellationToken cancellation)
    {
        var whole = (JsonObject)card.DeepClone();
        foreach (var (key, node) in whole["media"] as JsonObject ?? [])
        {
            if (node is not JsonObject media || !media.ContainsKey("blobId")) continue;
            if (await Embed(caller, account, media, known, cancellation) is { } why) return (null, ContactError.Invalid($"media/{key}/blobId", why));
        }

        if (JsContactSchema.Check(whole) is { Count: > 0 } faults)
            return (null, new ContactError(ContactFailure.InvalidProperties, $"{faults[0].Path}: {faults[0].Why}", [.. faults.Select(fault => fault.Path).Distinct().Take(100)]));
        var vCard = JsContactCard.ToVCard(whole);
        var octets = CardWriter.Write(vCard);
        return octets.Length > ContactCards.MaxSize
            ? (null, new ContactError(ContactFailure.TooLarge, $"A card has at most {ContactCards.MaxSize} octets, its photograph among them."))
            : (CardDerivation.Of(vCard, octets, created, now) with { IsComposed = true }, null);
    }

    /// <summary>The octets of a card's media, by blob.</summary>
    public static Dictionary<BlobId, DataUri> MediaOf(byte[] vCard)
    {
        var media = new Dictionary<BlobId, DataUri>();
        if (CardReader.Read(vCard).Card is not { } card) return media;
        foreach (var entry in CardDerivation.Entries(JsContactCard.FromVCard(card), "media"))
            if (DataUri.TryParse(entry["uri"].AsText() ?? "", out var data))
                media[BlobId.Of(data.Octets())] = data;
        return media;
    }

    /// <summary>Puts the octets of a blob into the card. Answers why it cannot be.</summary>
    async ValueTask<string?> Embed(Caller caller, AccountId account, JsonObject media, IReadOnlyDictionary<BlobId, DataUri> known, CancellationToken cancellation)
    {
        if (!BlobId.TryParse(media["blobId"].AsText(), null, out var blob)) return "there is no such blob.";
        if (!known.TryGetValue(blob, out var data))
        {
            if (!await uploads.MayRead(caller, account, blob, cancellation) || await blobs.Size(blob, cancellation) is not { } size) return "there is no such blob: upload the file first.";
            if (size > ContactCards.MaxSize) return $"a file in a card has at most {ContactCards.MaxSize} octets.";
            await using var stream = await blobs.Open(blob, cancellation);
            if (stream is null) return "there is no such blob: upload the file first.";
            var octets = new byte[size];
            await stream.ReadExactlyAsync(octets, cancellation);
            var image = ImageTypes.Of(octets);
            if (Images.Contains(media["kind"].AsText()) && image is null) return "it is no image.";
            data = new DataUri(image ?? MediaType(media["mediaType"].AsText()), Convert.ToBase64String(octets));
        }

        media.Remove("blobId");
        media["uri"] = data.ToString();
        // The URI says it.
        if (media["mediaType"].AsText() is { } type && type.Equals(data.MediaType, StringComparison.OrdinalIgnoreCase)) media.Remove("mediaType");
        return null;
    }

    /// <summary>The media type a client gives, where it can stand in a URI.</summary>
    static string MediaType(string? given) =>
        given?.ToLowerInvariant() is { Length: < 128 } type && type.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-' or '_')
            ? type
            : "application/octet-stream";
}
