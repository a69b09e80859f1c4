using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Demo;

/// <summary>A contact of <c>contacts.json</c>.</summary>
/// <param name="In">The local part of whose address book it is in.</param>
/// <param name="Card">What JSContact says of it.</param>
sealed record DemoContact(string In, JsonObject Card)
{
    /// <summary>All contacts of the demo.</summary>
    public static IReadOnlyList<DemoContact> All()
    {
        using var stream = typeof(DemoContact).Assembly.GetManifestResourceStream("Bastide.Demo.contacts.json")!;
        return JsonSerializer.Deserialize<List<DemoContact>>(stream, JsonSerializerOptions.Web)!;
    }
}
