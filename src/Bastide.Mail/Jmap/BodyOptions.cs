using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>What Email/get and Email/parse are asked to give of bodies. RFC 8621 §4.2, §4.9.</summary>
/// <param name="Properties">The properties of each part.</param>
/// <param name="FetchText">Whether to give the values of the text body.</param>
/// <param name="FetchHtml">Whether to give the values of the HTML body.</param>
/// <param name="FetchAll">Whether to give the values of all text parts.</param>
/// <param name="MaxBytes">The most octets of one value; 0 for no bound.</param>
sealed record BodyOptions(BodyPartProperties Properties, bool FetchText, bool FetchHtml, bool FetchAll, int MaxBytes)
{
    /// <summary>What is given where nothing is asked.</summary>
    public static BodyOptions None { get; } = new(BodyPartProperties.Default, false, false, false, 0);

    /// <summary>Whether any value is asked for.</summary>
    public bool FetchesValues => FetchText || FetchHtml || FetchAll;

    public static BodyOptions Read(JsonObject arguments) => new(
        arguments.TextsOrNull("bodyProperties") is { } named ? BodyPartProperties.Parse(named) : BodyPartProperties.Default,
        arguments.Flag("fetchTextBodyValues"),
        arguments.Flag("fetchHTMLBodyValues"),
        arguments.Flag("fetchAllBodyValues"),
        (int)Math.Min(arguments.UnsignedOrNull("maxBodyValueBytes") ?? 0, int.MaxValue));
}
