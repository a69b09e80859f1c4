namespace Bastide.Mail.Jmap;

/// <summary>What must be at hand before properties of an Email can be written, from cheap to dear.</summary>
[Flags]
enum EmailNeeds
{
    /// <summary>The row of the message alone.</summary>
    None = 0,

    /// <summary>The structure of its parts, which the store keeps.</summary>
    Structure = 1,

    /// <summary>The fields of its header, from the message itself.</summary>
    Fields = 2,

    /// <summary>The fields of the parts' headers, from the message itself.</summary>
    PartFields = 4,

    /// <summary>Values of body parts, from the message itself.</summary>
    Values = 8,

    /// <summary>The sanitised HTML, from the message itself.</summary>
    SafeHtml = 16,

    /// <summary>Everything that is read from the message itself.</summary>
    Message = Fields | PartFields | Values | SafeHtml,
}
