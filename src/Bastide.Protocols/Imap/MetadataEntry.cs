namespace Bastide.Protocols.Imap;

/// <summary>The name of an annotation, in lower case: <c>/private/comment</c>, <c>/shared/vendor/…</c> (RFC 5464 §3.2.1).</summary>
/// <param name="Name">The name.</param>
public readonly record struct MetadataEntry(string Name)
{
    /// <summary>What begins the names that are each person's own.</summary>
    public const string Private = "/private/";

    /// <summary>What begins the names that are everybody's.</summary>
    public const string Shared = "/shared/";

    const int Longest = 256;

    /// <summary>Whether it is each person's own.</summary>
    public bool IsPrivate => Name.StartsWith(Private, StringComparison.Ordinal);

    /// <summary>Reads one; throws <see cref="ImapSyntaxException"/> where no entry can be called so.</summary>
    public static MetadataEntry Parse(ImapArguments arguments) => Of(arguments.AString()) is { } entry && entry.Name.IndexOf('/', 1) > 0
        ? entry
        : throw new ImapSyntaxException("An entry is called /private/… or /shared/…");

    /// <summary>Reads one, or <c>/private</c> or <c>/shared</c> for all that are below.</summary>
    public static MetadataEntry ParseRoot(ImapArguments arguments) => Of(arguments.AString());

    /// <summary>Whether another is this one, or below it by no more levels than asked for.</summary>
    public bool Covers(MetadataEntry other, MetadataDepth depth)
    {
        if (other.Name == Name) return true;
        if (depth == MetadataDepth.Zero || !other.Name.StartsWith(Name + "/", StringComparison.Ordinal)) return false;
        return depth == MetadataDepth.Infinity || other.Name.IndexOf('/', Name.Length + 1) < 0;
    }

    static MetadataEntry Of(string name)
    {
        if (name.Length > Longest || name.Contains("//", StringComparison.Ordinal) || name.EndsWith('/') || name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.AsSpan().ContainsAny('*', '%'))
            throw new ImapSyntaxException("No entry is called so");
        // Names are compared without regard to case.
        var lower = name.ToLowerInvariant();
        return lower is "/private" or "/shared" || lower.StartsWith(Private, StringComparison.Ordinal) || lower.StartsWith(Shared, StringComparison.Ordinal)
            ? new MetadataEntry(lower)
            : throw new ImapSyntaxException("An entry is called /private/… or /shared/…");
    }
}
