namespace Bastide.Contacts;

/// <summary>A card as DAV knows it: a file in an address book.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="ETag">What its content is recognised by.</param>
/// <param name="Size">The octets of its vCard.</param>
public sealed record CardDocument(string Resource, string ETag, long Size)
{
    /// <summary>Whether it was composed here, and did not come as it is.</summary>
    public bool IsComposed { get; init; }

    /// <summary>The vCard, as it is kept; null where it was not asked for.</summary>
    public ReadOnlyMemory<byte>? VCard { get; init; }
}
