using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Protocols.Jmap.Push;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>Reads a PushSubscription that a device asks for, and the changes it makes to one. RFC 8620 §7.2.</summary>
static class PushSubscriptionDraft
{
    /// <summary>How long a subscription lives unless it is renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    const int LongestDeviceClientId = 255;
    const int LongestUrl = 2048;
    const int MostTypes = 100;
    const int LongestType = 64;

    /// <summary>A new subscription. Throws <see cref="SetRefusal"/>.</summary>
    public static PushSubscription Create(JsonObject wanted, DateTimeOffset now)
    {
        Check(wanted, ["deviceClientId", "url", "keys", "expires", "types", "verificationCode"]);
        if (wanted["verificationCode"] is not null) throw Invalid("verificationCode", "It is set once the code has come to the address.");
        var device = Text(wanted, "deviceClientId");
        if (device.Length is 0 or > LongestDeviceClientId || device.Any(char.IsControl)) throw Invalid("deviceClientId", $"It has 1 to {LongestDeviceClientId} characters that can be seen.");
        var keys = Keys(wanted["keys"]);
        return new PushSubscription
        {
            DeviceClientId = device,
            Url = Url(Text(wanted, "url")),
            Keys = keys,
            VerificationCode = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
            Expires = Expires(wanted, now),
            Types = Types(wanted["types"]),
        };
    }

    /// <summary>The subscription as the patch leaves it. Throws <see cref="SetRefusal"/>.</summary>
    public static PushSubscription Change(PushSubscription current, JsonObject patch, DateTimeOffset now)
    {
        Check(patch, ["expires", "types", "verificationCode"]);
        var changed = current;
        if (patch.ContainsKey("types")) changed = changed with { Types = Types(patch["types"]) };
        if (patch.ContainsKey("expires")) changed = changed with { Expires = Expires(patch, now) };
        if (!patch.ContainsKey("verificationCode")) return changed;
        var code = Text(patch, "verificationCode");
        if (!CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(code), System.Text.Encoding.UTF8.GetBytes(current.VerificationCode)))
            throw Invalid("verificationCode", "It is not the code that was sent to the address.");
        return changed with { IsVerified = true };
    }

    /// <summary>A UTCDate (RFC 8620 §1.4).</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static void Check(JsonObject properties, string[] known)
    {
        if (properties.Select(p => p.Key).FirstOrDefault(name => !known.Contains(name)) is not { } other) return;
        throw other.Contains('/', StringComparison.Ordinal)
            ? new SetRefusal(new SetError("invalidPatch", $"{other} leads into a value that is only set whole."))
            : Invalid(other, "There is no such property, or it cannot be changed: make another subscription.");
    }

    static Uri Url(string text)
    {
        if (text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0) return url;
        throw Invalid("url", $"It is an address that begins with https://, of at most {LongestUrl} characters.");
    }

    static PushKeys? Keys(JsonNode? node)
    {
        if (node is null) return null;
        if (node is JsonObject { Count: 2 } given && Octets(given["p256dh"]) is { } p256dh && Octets(given["auth"]) is { } auth
            && new PushKeys(p256dh, auth) is var keys && WebPushEncryption.AreKeys(keys)) return keys;
        throw Invalid("keys", "They are p256dh, a public key of P-256, and auth, 16 octets, both in base64url.");
    }

    static byte[]? Octets(JsonNode? node)
    {
        if (JmapJson.Text(node) is not { Length: <= 200 } text || !Base64Url.IsValid(text)) return null;
        return Base64Url.DecodeFromChars(text);
    }

    static DateTimeOffset Expires(JsonObject properties, DateTimeOffset now)
    {
        try
        {
            var wish = properties.DateOrNull("expires");
            if (wish <= now) throw Invalid("expires", "It lies in the past.");
            return wish is { } sooner && sooner < now + Lifetime ? sooner : now + Lifetime;
        }
        catch (JmapException exception)
        {
            throw Invalid("expires", exception.Message);
        }
    }

    static List<string>? Types(JsonNode? node)
    {
        if (node is null) return null;
        if (node is not JsonArray list || list.Count > MostTypes) throw Invalid("types", $"It is a list of at most {MostTypes} type names, or null for all.");
        return [.. list.Select(item => JmapJson.Text(item) is { Length: > 0 and <= LongestType } name && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? name : throw Invalid("types", "A type name has no spaces."))];
    }

    static string Text(JsonObject properties, string name) => JmapJson.Text(properties[name]) ?? throw Invalid(name, "It is missing, or not a string.");

    static SetRefusal Invalid(string property, string description) => new(new SetError("invalidProperties", description, [property]));
}
