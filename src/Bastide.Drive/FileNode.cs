using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;

namespace Bastide.Drive;

/// <summary>A file or a folder, as it was at one moment.</summary>
public sealed record FileNode
{
    /// <summary>Its number; it stays the same wherever it is moved.</summary>
    public required long Id { get; init; }

    /// <summary>The account it is of.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The folder it stands in; null for the root and the trash.</summary>
    public required long? ParentId { get; init; }

    /// <summary>What it is for, where it stands in nothing.</summary>
    public required FileRole Role { get; init; }

    /// <summary>Its name in its folder, in Unicode's form C; empty for the root and the trash.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it holds others.</summary>
    public required bool IsFolder { get; init; }

    /// <summary>The octets of a file; null for a folder.</summary>
    public required BlobId? Blob { get; init; }

    /// <summary>How many octets; for a folder those of all files below it.</summary>
    public required long Size { get; init; }

    /// <summary>The media type somebody said the octets are of, or null.</summary>
    public required string? Type { get; init; }

    /// <summary>Whether it is a program.</summary>
    public required bool IsExecutable { get; init; }

    /// <summary>Checksums of the octets beside their name, as <c>SHA1:… MD5:…</c>; null where none was made.</summary>
    public required string? Checksum { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When its octets were written, as who wrote them says.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Who changed it last; null where that account is gone.</summary>
    public required AccountId? ChangedBy { get; init; }

    /// <summary>The number of the sequence it came with.</summary>
    public required Sequence CreatedSeq { get; init; }

    /// <summary>The number it last changed with, itself.</summary>
    public required Sequence ChangedSeq { get; init; }

    /// <summary>The number its octets came with.</summary>
    public required Sequence ContentSeq { get; init; }

    /// <summary>The number of the last change to it or to anything below it.</summary>
    public required Sequence TreeSeq { get; init; }

    /// <summary>The number of the last change to what stands in it, not to what is further below.</summary>
    public required Sequence MembersSeq { get; init; }

    /// <summary>Its entity tag, with quotes: that of the octets, or for a folder of all that is below it.</summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"{Id:x}-{(IsFolder ? TreeSeq : ContentSeq).Value:x}\"");
}
