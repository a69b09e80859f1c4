namespace Bastide.Protocols.ITip;

/// <summary>What a message between calendars asks for (RFC 5546 §1.4).</summary>
public enum ITipMethod
{
    /// <summary>Told to everybody; nobody answers.</summary>
    Publish,

    /// <summary>An invitation, or what changed of one.</summary>
    Request,

    /// <summary>An answer.</summary>
    Reply,

    /// <summary>More instances of a series.</summary>
    Add,

    /// <summary>It does not take place, or not with the one who is told.</summary>
    Cancel,

    /// <summary>Somebody invited asks for the newest state.</summary>
    Refresh,

    /// <summary>Somebody invited proposes something else.</summary>
    Counter,

    /// <summary>The organizer declines what was proposed.</summary>
    DeclineCounter,
}
