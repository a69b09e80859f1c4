namespace Bastide.Mail.Mime;

/// <summary>How far a message is taken apart. What goes beyond is stored all the same and shown as its raw text.</summary>
static class MimeBounds
{
    /// <summary>How deep parts may be within one another; deeper ones are one leaf.</summary>
    public const int MaxDepth = 30;

    /// <summary>The most parts.</summary>
    public const int MaxParts = 2000;

    /// <summary>The most octets of one header.</summary>
    public const int MaxHeaderOctets = 1024 * 1024;

    /// <summary>The most addresses or ids of one header field.</summary>
    public const int MaxListed = 5000;

    /// <summary>The most characters of a name, a parameter or another single value.</summary>
    public const int MaxValue = 2000;

    /// <summary>The first so many characters.</summary>
    public static string Head(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
