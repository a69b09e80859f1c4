namespace Bastide.Mail;

/// <summary>The answer an account gives by itself while its person is away (RFC 8621 §8).</summary>
public sealed record VacationResponse
{
    /// <summary>Whether it answers at all.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>From when on, or null.</summary>
    public DateTimeOffset? FromDate { get; init; }

    /// <summary>Until when, or null.</summary>
    public DateTimeOffset? ToDate { get; init; }

    /// <summary>The subject, or null for one made from the message.</summary>
    public string? Subject { get; init; }

    /// <summary>The plain text, or null.</summary>
    public string? TextBody { get; init; }

    /// <summary>The HTML, or null.</summary>
    public string? HtmlBody { get; init; }
}
