using System.Text.Json;
using System.Text.Json.Serialization;
using Bastide.Mail.Mime;

namespace Bastide.Mail.Store;

/// <summary>The stored form of what a message says of itself.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    MaxDepth = 512)]
[JsonSerializable(typeof(MessageHeader))]
[JsonSerializable(typeof(BodyPart))]
[JsonSerializable(typeof(IReadOnlyList<MailAddress>))]
sealed partial class MessageJson : JsonSerializerContext
{
    /// <summary>The UTF-8 to store.</summary>
    public static byte[] Write(MessageHeader header) => JsonSerializer.SerializeToUtf8Bytes(header, Default.MessageHeader);

    /// <summary>The UTF-8 to store.</summary>
    public static byte[] Write(BodyPart structure) => JsonSerializer.SerializeToUtf8Bytes(structure, Default.BodyPart);

    /// <summary>The text to store, or null.</summary>
    public static string? Write(IReadOnlyList<MailAddress>? addresses) =>
        addresses is null ? null : JsonSerializer.Serialize(addresses, Default.IReadOnlyListMailAddress);

    /// <summary>What was stored.</summary>
    public static MessageHeader ReadHeader(byte[] stored) => JsonSerializer.Deserialize(stored, Default.MessageHeader)!;

    /// <summary>What was stored.</summary>
    public static BodyPart ReadStructure(byte[] stored) => JsonSerializer.Deserialize(stored, Default.BodyPart)!;

    /// <summary>What was stored.</summary>
    public static IReadOnlyList<MailAddress>? ReadAddresses(string? stored) =>
        stored is null ? null : JsonSerializer.Deserialize(stored, Default.IReadOnlyListMailAddress);
}
