using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav;

/// <summary>
/// Why something is refused: a status and, where the specification names one, the precondition or postcondition that was
/// violated, told in a <c>DAV:error</c> element (RFC 4918 §16).
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Condition">The element that names the condition, or null.</param>
/// <param name="Text">A sentence for people, or null.</param>
public sealed record DavError(int Status, XName? Condition = null, string? Text = null)
{
    /// <summary>What the element of the condition holds, where it holds anything.</summary>
    public Action<DavXmlWriter>? Content { get; init; }

    /// <summary>The property that is to blame, where one is (RFC 4918 §9.2, RFC 5689 §3).</summary>
    public XName? Property { get; init; }

    /// <summary>The address of what is to blame, where that is something below what was asked about (RFC 4918 §9.6.1).</summary>
    internal string? Member { get; init; }

    /// <summary>There is no such thing, or not for this caller.</summary>
    public static DavError NotFound { get; } = new(StatusCodes.Status404NotFound);

    /// <summary>It cannot be done here, whoever asks.</summary>
    public static DavError Forbidden { get; } = new(StatusCodes.Status403Forbidden);

    /// <summary>The node lacks the method.</summary>
    public static DavError MethodNotAllowed { get; } = new(StatusCodes.Status405MethodNotAllowed);

    /// <summary>There is no collection to put it in, or something else must come first.</summary>
    public static DavError Conflict { get; } = new(StatusCodes.Status409Conflict);

    /// <summary>What the client expects is not so any more.</summary>
    public static DavError PreconditionFailed { get; } = new(StatusCodes.Status412PreconditionFailed);

    /// <summary>The account has no room (RFC 4331 §6).</summary>
    public static DavError QuotaExceeded { get; } = new(StatusCodes.Status507InsufficientStorage, DavNames.Of("quota-not-exceeded"));

    /// <summary>The request cannot be understood.</summary>
    public static DavError BadRequest(string text) => new(StatusCodes.Status400BadRequest, Text: text);

    /// <summary>A condition is violated, and asking again will not help.</summary>
    public static DavError Violated(XName condition, string? text = null) => new(StatusCodes.Status403Forbidden, condition, text);

    /// <summary>A condition is violated as things stand, and the client may be able to change that.</summary>
    public static DavError InConflict(XName condition, string? text = null) => new(StatusCodes.Status409Conflict, condition, text);

    /// <summary>The caller sees the node and lacks a privilege on it (RFC 3744 §7.1.1).</summary>
    public static DavError NeedPrivileges(DavNode node, XName privilege) => new(StatusCodes.Status403Forbidden, DavNames.Of("need-privileges"))
    {
        Content = xml =>
        {
            xml.Start(DavNames.Of("resource"));
            xml.Href(node.Href);
            xml.Start(DavNames.Of("privilege"));
            xml.Empty(privilege);
            xml.End();
            xml.End();
        },
    };
}
