using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bastide.Demo;

/// <summary>A conversation of <c>mail.json</c>: who has it, where, and its messages from the oldest.</summary>
sealed record DemoConversation
{
    /// <summary>The local parts of those who received it.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Its subject; answers get <c>Re:</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The role of the mailbox it is in; the inbox when null.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Whether its only message is not sent yet.</summary>
    public bool Draft { get; init; }

    /// <summary>Keywords of its last message.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Its messages.</summary>
    public required IReadOnlyList<DemoMessage> Messages { get; init; }

    /// <summary>All conversations of the demo.</summary>
    public static IReadOnlyList<DemoConversation> All()
    {
        using var stream = typeof(DemoConversation).Assembly.GetManifestResourceStream("Bastide.Demo.mail.json")!;
        return JsonSerializer.Deserialize<List<DemoConversation>>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One message of a demo conversation.</summary>
sealed record DemoMessage
{
    /// <summary>A local part of the demo domain, or a name and address from outside.</summary>
    public required JsonElement From { get; init; }

    /// <summary>How long before the demo was made.</summary>
    public required double HoursAgo { get; init; }

    /// <summary>Its text, when it has one.</summary>
    public string? Text { get; init; }

    /// <summary>Its HTML, when it has one.</summary>
    public string? Html { get; init; }

    /// <summary>Its List-Unsubscribe address.</summary>
    public string? List { get; init; }

    /// <summary>The names of its attachments.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];
}
