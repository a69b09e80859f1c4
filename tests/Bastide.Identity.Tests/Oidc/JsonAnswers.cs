using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

static class JsonAnswers
{
    public static string? Text(this JsonObject answer, string name) => (string?)answer[name];

    public static int Status(this JsonObject answer) => (int)answer["status"]!;

    public static string[] Texts(this JsonObject answer, string name) => [.. answer[name]!.AsArray().Select(item => (string)item!)];

    /// <summary>What a JWT says.</summary>
    public static JsonObject Claims(string token) =>
        JsonNode.Parse(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(token.Split('.')[1]))!.AsObject();
}
