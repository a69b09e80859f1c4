using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Admin;

/// <summary>The OpenAPI document as it is served, and whether an answer is what it says.</summary>
sealed class ApiDocument(JsonObject root)
{
    public const string Prefix = "/admin/api";
    static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];

    public static async Task<ApiDocument> Of(IdentityFixture fixture)
    {
        using var browser = fixture.NewBrowser();
        using var response = await browser.Get(Prefix + "/openapi.json");
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return new ApiDocument(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public JsonObject Root => root;

    /// <summary>Every operation: its method, path and id.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in root["paths"]!.AsObject()
        from method in Methods
        let operation = path.Value![method] as JsonObject
        where operation is not null
        select (method.ToUpperInvariant(), path.Key, operation);

    /// <summary>The object a <c>$ref</c> points to, or the node itself.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        if ((string?)node["$ref"] is not { } reference) return node.AsObject();
        reference.ShouldStartWith("#/");
        return reference[2..].Split('/').Aggregate((JsonNode)root, (at, part) => at[part] ?? throw new InvalidOperationException($"{reference} points nowhere.")).AsObject();
    }

    /// <summary>What is wrong with an answer; null when it is what the document says.</summary>
    public string? Fault(string method, string path, int status, string? mediaType, string body)
    {
        var segments = path.Split('?')[0][Prefix.Length..].Split('/');
        var found = Operations.Where(o => o.Method == method && Matches(o.Path.Split('/'), segments)).Select(o => o.Operation).SingleOrDefault();
        if (found is null) return $"{method} {path} is not in the document.";
        if (found["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } answer) return $"{method} {path} may not answer {status}: {body}";
        var response = Resolve(answer);
        if (response["content"] is null) return body.Length == 0 ? null : $"{method} {path} answered {status} with a body: {body}";
        return mediaType is null || response["content"]![mediaType] is not { } content
            ? $"{method} {path} answered {status} as {mediaType}."
            : Fault(Resolve(content["schema"]!), JsonNode.Parse(body), "$");
    }

    static bool Matches(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    string? Fault(JsonObject schema, JsonNode? value, string at)
    {
        var types = schema["type"] switch { JsonArray several => several.Select(t => (string)t!).ToList(), { } one => [(string)one!], null => [] };
        var kind = value is null ? "null" : value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => "integer",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            System.Text.Json.JsonValueKind.Array => "array",
            _ => "object",
        };
        if (types.Count > 0 && !types.Contains(kind)) return $"{at} is {kind}, not {string.Join(" or ", types)}.";
        if (value is null) return null;
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => (string)a! == (string)value!)) return $"{at} is {value}, which is not one of {allowed.ToJsonString()}.";
        if ((string?)schema["format"] == "date-time" && !DateTimeOffset.TryParse((string)value!, CultureInfo.InvariantCulture, out _)) return $"{at} is not a time.";
        return kind switch
        {
            "array" => value.AsArray().Select((item, index) => Fault(Resolve(schema["items"]!), item, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
            "object" => ObjectFault(schema, value.AsObject(), at),
            _ => null,
        };
    }

    string? ObjectFault(JsonObject schema, JsonObject value, string at)
    {
        var properties = schema["properties"] as JsonObject;
        if ((schema["required"] as JsonArray)?.FirstOrDefault(name => !value.ContainsKey((string)name!)) is { } missing) return $"{at} has no {missing}.";
        foreach (var (name, item) in value)
        {
            if (properties?[name] is { } property)
            {
                if (Fault(Resolve(property), item, $"{at}.{name}") is { } fault) return fault;
            }
            else if (schema["additionalProperties"] is JsonValue more && !(bool)more)
            {
                return $"{at} has {name}, which the document does not know.";
            }
        }

        return null;
    }
}
