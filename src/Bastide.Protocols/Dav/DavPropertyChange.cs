using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>One property to be set, or to be removed (RFC 4918 §9.2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The element that holds the new value; null to remove it.</param>
/// <param name="IsDead">Whether nobody registered it, so that it is kept as it is.</param>
public sealed record DavPropertyChange(XName Name, XElement? Value, bool IsDead)
{
    /// <summary>The text of the value; empty for no value.</summary>
    public string Text => Value?.Value ?? "";

    /// <summary>The element whole, well-formed by itself, for <see cref="DavDeadProperty"/>; null to remove it.</summary>
    public string? Xml => Value?.ToString(SaveOptions.DisableFormatting);
}
