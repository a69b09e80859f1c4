using Bastide.Platform.Blobs;

namespace Bastide.Mail.Delivery;

/// <summary>A message another server brought, trace fields included.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">The reverse-path; empty for the null one.</param>
/// <param name="Recipients">Addresses of this server.</param>
sealed record IncomingMail(StoredBlob Message, string Sender, IReadOnlyList<string> Recipients)
{
    /// <summary>Whether it holds octets beyond ASCII.</summary>
    public bool IsEightBit { get; init; }

    /// <summary>Whether its header or envelope holds characters beyond ASCII.</summary>
    public bool IsUtf8 { get; init; }
}
