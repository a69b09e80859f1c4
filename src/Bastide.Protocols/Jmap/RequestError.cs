using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Jmap;

/// <summary>A request-level error (RFC 8620 §3.6.1), an RFC 7807 problem.</summary>
/// <param name="Type">The last part of its URN.</param>
/// <param name="Detail">A sentence that tells what to do.</param>
/// <param name="LimitName">The limit that was reached, for <c>limit</c>.</param>
/// <param name="Status">The HTTP status.</param>
sealed record RequestError(string Type, string Detail, string? LimitName = null, int Status = StatusCodes.Status400BadRequest)
{
    /// <summary>The body is not I-JSON.</summary>
    public static RequestError NotJson { get; } = new("notJSON", "The body is not JSON that conforms to I-JSON (RFC 7493).");

    /// <summary>The body does not say that it is JSON.</summary>
    public static RequestError NotJsonType { get; } = new("notJSON", "The media type of a request is application/json: say so in Content-Type.");

    /// <summary>The body is not a request object.</summary>
    public static RequestError NotRequest(string detail) => new("notRequest", detail);

    /// <summary>A capability is not one of the session's.</summary>
    public static RequestError UnknownCapability(string uri) => new("unknownCapability", $"The server does not speak {uri}: see the session's capabilities.");

    /// <summary>A limit was reached.</summary>
    public static RequestError Limit(string name, string detail, int status = StatusCodes.Status400BadRequest) => new("limit", detail, name, status);

    /// <summary>The thing is not there, or not for this caller. RFC 8620 has no name for it: the problem has no type of its own.</summary>
    public static RequestError NotFound(string detail) => new("", detail, Status: StatusCodes.Status404NotFound);

    /// <summary>The server failed; the number stands in its log.</summary>
    public static RequestError Failed(string number) => new("", $"The server failed. Tell the administrator the number {number}.", Status: StatusCodes.Status500InternalServerError);

    /// <summary>The problem object.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = Type.Length == 0 ? "about:blank" : "urn:ietf:params:jmap:error:" + Type, ["status"] = Status, ["detail"] = Detail };
        if (LimitName is not null) json["limit"] = LimitName;
        return json;
    }

    /// <summary>Answers an HTTP request with it.</summary>
    public async Task Answer(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        JmapJson.Write(context.Response.BodyWriter, ToJson());
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
