namespace Bastide.Mail.Delivery;

/// <summary>Whether a submission can still be taken back. RFC 8621 §7.</summary>
public enum UndoStatus
{
    /// <summary>It waits for its time.</summary>
    Pending = 0,

    /// <summary>It is on its way.</summary>
    Final = 1,

    /// <summary>It was taken back.</summary>
    Canceled = 2,
}
