namespace Bastide.Contacts.Store;

/// <summary>The names that DAV knows cards and address books by, where no client has given one.</summary>
static class ResourceNames
{
    const int Longest = 200;
    const string Extension = ".vcf";
    const string Uuid = "urn:uuid:";

    /// <summary>A name after the uid, as far as it can stand in a path; otherwise a new one.</summary>
    public static string Of(string uid)
    {
        var name = uid.StartsWith(Uuid, StringComparison.OrdinalIgnoreCase) ? uid[Uuid.Length..] : uid;
        return name.Length is > 0 and <= Longest && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name + Extension : New();
    }

    /// <summary>A name that nothing else has.</summary>
    public static string New() => Guid.NewGuid().ToString("D") + Extension;

    /// <summary>The name of a collection that nothing else has.</summary>
    public static string NewCollection() => Guid.NewGuid().ToString("D");

    /// <summary>Whether a client may give this name: one segment of a path.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Any(c => char.IsControl(c) || c is '/' or '\\');
}
