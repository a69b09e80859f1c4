using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Abstractions.Http;

/// <summary>Answers with octets that somebody stored: always as a file to be saved, never as a page of ours.</summary>
public static class StoredFile
{
    /// <summary>What octets are of which nothing is known.</summary>
    public const string AnyType = "application/octet-stream";

    const int LongestType = 255;

    /// <summary>Answers with a file; ranges and conditions are honoured.</summary>
    /// <param name="context">The request.</param>
    /// <param name="content">The octets, which are disposed of.</param>
    /// <param name="tag">What tells them from others.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="type">What somebody said that they are, or null.</param>
    public static Task Answer(HttpContext context, Stream content, string tag, string name, string? type)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // RFC 6266 with RFC 8187: an ASCII name for old clients, and the true one in UTF-8.
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(content, TypeOf(type), entityTag: new EntityTagHeaderValue($"\"{tag}\""), enableRangeProcessing: true).ExecuteAsync(context);
    }

    /// <summary>The media type that is said, where it is one; otherwise <see cref="AnyType"/>.</summary>
    public static string TypeOf(string? said) =>
        said?.Length <= LongestType && MediaTypeHeaderValue.TryParse(said, out var parsed) && !parsed.MatchesAllTypes && !parsed.MatchesAllSubTypes ? parsed.ToString() : AnyType;
}
