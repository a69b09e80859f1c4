using System.Xml.Linq;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>One privilege of RFC 3744 §3 or of a module, and the rights that amount to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Within">The privilege that contains it; null for <c>DAV:all</c>.</param>
/// <param name="Needed">The rights that together give it.</param>
/// <param name="Description">What it lets one do, in English.</param>
/// <param name="On">The kind of node that has it; null for every.</param>
public sealed record DavPrivilege(XName Name, XName? Within, Rights Needed, string Description, Type? On = null)
{
    /// <summary>Whether a node has it.</summary>
    internal bool IsOn(DavNode node) => On?.IsInstanceOfType(node) != false;
}
