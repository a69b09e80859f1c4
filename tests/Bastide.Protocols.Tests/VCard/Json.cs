using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bastide.Protocols.Tests.VCard;

static class Json
{
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
