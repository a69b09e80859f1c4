using Bastide.Platform.Blobs;

namespace Bastide.Drive.Uploads;

/// <summary>A part of an upload.</summary>
/// <param name="Name">Its name; parts stand in the order of their names, those of digits alone in the order of their numbers.</param>
/// <param name="Blob">Its octets.</param>
/// <param name="Size">How many.</param>
sealed record UploadPart(string Name, BlobId Blob, long Size) : IComparable<UploadPart>
{
    public int CompareTo(UploadPart? other)
    {
        if (other is null) return 1;
        var isNumbers = Name.All(char.IsAsciiDigit) && other.Name.All(char.IsAsciiDigit);
        var (one, two) = isNumbers ? (Name.TrimStart('0'), other.Name.TrimStart('0')) : (Name, other.Name);
        return isNumbers && one.Length != two.Length ? one.Length.CompareTo(two.Length) : string.CompareOrdinal(one, two);
    }
}
