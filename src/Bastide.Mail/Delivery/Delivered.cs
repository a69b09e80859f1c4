namespace Bastide.Mail.Delivery;

/// <summary>What is known of a recipient's copy. RFC 8621 §7 (<c>DeliveryStatus</c>).</summary>
public enum Delivered
{
    /// <summary>It waits here, or is being tried.</summary>
    Queued = 0,

    /// <summary>It is in the recipient's mailbox.</summary>
    Yes = 1,

    /// <summary>It will not arrive.</summary>
    No = 2,

    /// <summary>Another server took it over and will tell the sender when it fails.</summary>
    Unknown = 3,
}
