namespace Bastide.Protocols.Imap;

/// <summary>The dates a message can be searched by.</summary>
public enum SearchDate
{
    /// <summary>When it came: INTERNALDATE.</summary>
    Received,

    /// <summary>What its Date field says.</summary>
    Sent,

    /// <summary>When it came into the mailbox (RFC 8514).</summary>
    Saved,
}
