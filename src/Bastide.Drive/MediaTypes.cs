using Bastide.Abstractions.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Bastide.Drive;

/// <summary>What the octets of a file are of.</summary>
static class MediaTypes
{
    static readonly FileExtensionContentTypeProvider ByEnding = new(new Dictionary<string, string>(new FileExtensionContentTypeProvider().Mappings, StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = "text/markdown",
        [".markdown"] = "text/markdown",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
        [".toml"] = "application/toml",
        [".log"] = "text/plain",
        [".heic"] = "image/heic",
        [".avif"] = "image/avif",
        [".opus"] = "audio/opus",
        [".mkv"] = "video/x-matroska",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
        [".odg"] = "application/vnd.oasis.opendocument.graphics",
    });

    /// <summary>What a program says they are; where it says nothing that tells, what the ending of the name says, or null.</summary>
    public static string? Of(string name, string? said) =>
        said is not null && StoredFile.TypeOf(said) is var type && type != StoredFile.AnyType ? type : ByEnding.TryGetContentType(name, out var known) ? known : null;
}
