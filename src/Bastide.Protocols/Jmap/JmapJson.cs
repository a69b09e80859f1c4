using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Writes what the engine says: UTF-8 as it is, escaped only where JSON itself asks for it, because nothing of it stands in a page.</summary>
static class JmapJson
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Writes a value into a buffer.</summary>
    public static void Write(IBufferWriter<byte> output, JsonNode json)
    {
        using var writer = new Utf8JsonWriter(output, Relaxed);
        json.WriteTo(writer);
    }

    /// <summary>The octets of a value.</summary>
    public static ReadOnlyMemory<byte> ToOctets(JsonNode json)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, json);
        return output.WrittenMemory;
    }

    /// <summary>A string, or null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
