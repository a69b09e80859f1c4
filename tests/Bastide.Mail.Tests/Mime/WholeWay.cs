using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Mail.Tests.Jmap;
using Bastide.Mail.Tests.Smtp;
using Bastide.Protocols.Smtp;
using Shouldly;

namespace Bastide.Mail.Tests.Mime;

/// <summary>
/// The whole way of a message: in by SMTP, stored and indexed, read with every property there is, its parts downloaded.
/// What must hold of every message, however odd, is checked on the way.
/// </summary>
static class WholeWay
{
    static readonly string[] Properties =
    [
        "id", "blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt", "messageId", "inReplyTo", "references", "sender", "from", "to", "cc",
        "bcc", "replyTo", "subject", "sentAt", "hasAttachment", "preview", "headers", "bodyStructure", "textBody", "htmlBody", "attachments", "bodyValues",
        "safeHtml", "header:Subject", "header:Subject:asText:all", "header:From:asGroupedAddresses", "header:To:asGroupedAddresses:all", "header:To:asAddresses",
        "header:Date:asDate:all", "header:Message-ID:asMessageIds", "header:References:asMessageIds:all", "header:List-Unsubscribe:asURLs", "header:Received:all",
        "header:X-Odd", "header:X-Odd:asText", "header:X-Odd:asAddresses", "header:X-Odd:asGroupedAddresses", "header:X-Odd:asMessageIds", "header:X-Odd:asDate", "header:X-Odd:asURLs:all",
    ];

    static readonly string[] BodyProperties =
    [
        "partId", "blobId", "size", "headers", "name", "type", "charset", "disposition", "cid", "language", "location", "subParts",
        "header:Content-Type", "header:Content-Type:asText", "header:Content-Disposition:asText:all",
    ];

    /// <summary>Takes the message all the way; answers the Email with every property.</summary>
    public static async Task<JsonObject> Take(JmapWorkplace workplace, JmapPerson person, byte[] message)
    {
        await Deliver(workplace, person, message);
        var query = await Ok(person, "Email/query", new JsonObject { ["sort"] = new JsonArray(new JsonObject { ["property"] = "receivedAt", ["isAscending"] = false }), ["limit"] = 1 });
        var id = (string)query["ids"]!.AsArray().ShouldHaveSingleItem()!;
        var email = await Get(person, id);
        await CheckParts(person, email, message);
        await CheckParse(person, email);
        // Whatever it is, it can be marked, searched, and thrown away.
        await Ok(person, "Email/query", new JsonObject { ["filter"] = new JsonObject { ["text"] = "needle" } });
        var set = await Ok(person, "Email/set", new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["keywords/$seen"] = true } } });
        set["updated"]!.AsObject().ContainsKey(id).ShouldBeTrue(set.ToJsonString());
        return email;
    }

    /// <summary>Says the message by SMTP, as any server would.</summary>
    public static async Task Deliver(JmapWorkplace workplace, JmapPerson person, byte[] message)
    {
        await using var peer = await SmtpPeer.Greeted(workplace.Transfer);
        (await peer.Say("EHLO client.example")).ShouldStartWith("250");
        (await peer.Say("MAIL FROM:<stranger@example.org>")).ShouldStartWith("250");
        (await peer.Say($"RCPT TO:<{person.Address}>")).ShouldStartWith("250");
        (await peer.Say("DATA")).ShouldStartWith("354");
        var encoder = new DataEncoder();
        var encoded = new byte[DataEncoder.RoomFor(message.Length)];
        var length = encoder.Encode(message, encoded);
        await peer.Send([.. encoded.AsSpan(0, length), .. encoder.End().Span]);
        (await peer.ReadReply()).ShouldStartWith("250");
    }

    static async Task<JsonObject> Get(JmapPerson person, string id)
    {
        var answer = await Ok(person, "Email/get", new JsonObject
        {
            ["ids"] = new JsonArray(id),
            ["properties"] = Texts(Properties),
            ["bodyProperties"] = Texts(BodyProperties),
            ["fetchAllBodyValues"] = true,
        });
        var email = answer["list"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        foreach (var property in Properties) email.ContainsKey(property).ShouldBeTrue(property);
        foreach (var property in (string[])["subject", "preview"]) ((string?)email[property] ?? "").Any(c => char.IsControl(c) && c != '\t').ShouldBeFalse($"{property}: {email[property]}");
        ((string)email["preview"]!).Length.ShouldBeLessThanOrEqualTo(256);
        return email;
    }

    /// <summary>Every part, and the message itself, can be fetched, whole and under the name of its octets.</summary>
    static async Task CheckParts(JmapPerson person, JsonObject email, byte[] message)
    {
        var whole = await Download(person, (string)email["blobId"]!);
        whole.LongLength.ShouldBe((long)email["size"]!);
        // SMTP knows lines only: the last one is ended where it was not.
        byte[] sent = message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, .. "\r\n"u8];
        // A header that never ends is ended; nothing else is touched.
        (whole.AsSpan().EndsWith(sent) || whole.AsSpan().EndsWith([.. sent, .. "\r\n"u8])).ShouldBeTrue("the message was changed on its way");
        var leaves = Leaves(email["bodyStructure"]!.AsObject()).ToList();
        leaves.ShouldNotBeEmpty();
        leaves.Select(leaf => (string)leaf["partId"]!).ShouldBeUnique();
        foreach (var leaf in leaves.Take(40))
        {
            var octets = await Download(person, (string)leaf["blobId"]!);
            octets.LongLength.ShouldBe((long)leaf["size"]!, leaf.ToJsonString());
            ("b" + Convert.ToHexStringLower(SHA256.HashData(octets))).ShouldBe((string)leaf["blobId"]!);
        }
    }

    /// <summary>Email/parse of the message says what Email/get says.</summary>
    static async Task CheckParse(JmapPerson person, JsonObject email)
    {
        var blob = (string)email["blobId"]!;
        var answer = await Ok(person, "Email/parse", new JsonObject { ["blobIds"] = new JsonArray(blob), ["properties"] = Texts(["subject", "from", "preview", "attachments"]) });
        if (answer["parsed"] is not JsonObject parsed) answer["notParsable"]!.AsArray().ShouldHaveSingleItem();
        else
            foreach (var property in (string[])["subject", "from", "preview"])
                JsonNode.DeepEquals(parsed[blob]![property], email[property]).ShouldBeTrue(property);
    }

    public static IEnumerable<JsonObject> Leaves(JsonObject part) =>
        part["subParts"] is JsonArray parts ? parts.SelectMany(sub => Leaves(sub!.AsObject())) : [part];

    /// <summary>The texts of all body values, one after another.</summary>
    public static string Text(JsonObject email) => string.Join('\n', email["bodyValues"]!.AsObject().Select(value => (string)value.Value!["value"]!));

    static async Task<byte[]> Download(JmapPerson person, string blob)
    {
        using var response = await person.Http.GetAsync($"jmap/download/{person.Account}/{blob}/part?type=text/html");
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} for {blob}");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        return await response.Content.ReadAsByteArrayAsync();
    }

    static async Task<JsonObject> Ok(JmapPerson person, string method, JsonObject arguments)
    {
        var answer = await person.Call(method, arguments);
        answer.ContainsKey("error").ShouldBeFalse(answer["error"]?.ToJsonString());
        return answer;
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
