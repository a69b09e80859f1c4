namespace Bastide.Mail;

/// <summary>Why a query has no answer.</summary>
public enum QueryFailure
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The anchor is not among the results (RFC 8620 §5.5 <c>anchorNotFound</c>).</summary>
    AnchorNotFound,

    /// <summary>It would have to open too many messages (<c>unsupportedFilter</c>).</summary>
    TooBroad,
}
