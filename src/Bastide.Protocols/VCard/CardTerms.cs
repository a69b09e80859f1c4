namespace Bastide.Protocols.VCard;

/// <summary>What the two versions write differently, and what programs write for themselves because 3.0 has no word for it.</summary>
static class CardTerms
{
    /// <summary>How a second property of 4.0 is called in 3.0, where there is one only (N in another script).</summary>
    public const string OnlyIn4 = "X-VCARD4-";

    /// <summary>What is around a card and no property of it.</summary>
    public static readonly string[] Frame = ["BEGIN", "END", "VERSION"];

    /// <summary>The year that stands for none (iOS, macOS), and the parameter that says so.</summary>
    public const string NoYear = "1604";

    /// <summary>See <see cref="NoYear"/>.</summary>
    public const string OmitYear = "X-APPLE-OMIT-YEAR";

    /// <summary>KIND and MEMBER of groups in 3.0, as macOS and iOS write them and other programs have followed.</summary>
    public const string AppleKind = "X-ADDRESSBOOKSERVER-KIND";

    /// <summary>See <see cref="AppleKind"/>.</summary>
    public const string AppleMember = "X-ADDRESSBOOKSERVER-MEMBER";

    /// <summary>With the value COMPANY: the card of an organisation, for Apple's programs.</summary>
    public const string AppleShowAs = "X-ABSHOWAS";

    /// <summary>The wedding day in 3.0, in the words of whoever wrote it.</summary>
    public static readonly string[] Anniversaries = ["X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY"];

    /// <summary>Properties whose value is a URI, which 4.0 does not escape.</summary>
    public static readonly string[] Uris = ["URL", "SOURCE", "CALURI", "FBURL", "CALADRURI", "IMPP", "MEMBER", "CONTACT-URI", "ORG-DIRECTORY"];

    /// <summary>Properties that hold octets, or say where they are.</summary>
    public static readonly string[] Octets = ["PHOTO", "LOGO", "SOUND", "KEY"];

    /// <summary>Properties that are moments.</summary>
    public static readonly string[] Moments = ["REV", "CREATED"];

    /// <summary>Properties that are days.</summary>
    public static readonly string[] Days = ["BDAY", "ANNIVERSARY", "DEATHDATE"];

    /// <summary>Properties whose TYPE the versions write alike but for case and <c>pref</c>.</summary>
    public static readonly string[] Typed =
    [
        "ADR", "TEL", "EMAIL", "IMPP", "LANG", "TZ", "GEO", "TITLE", "ROLE", "LOGO", "ORG", "RELATED", "CATEGORIES", "NOTE", "SOUND", "URL", "KEY", "FBURL",
        "CALADRURI", "CALURI", "FN", "NICKNAME", "PHOTO", "SOCIALPROFILE", "CONTACT-URI",
    ];

    /// <summary>The media type that a TYPE of 3.0 stands for on one of <see cref="Octets"/>, or null when it is no such word.</summary>
    public static string? MediaType(string property, string type)
    {
        var word = type.ToLowerInvariant();
        if (word is "home" or "work" or "pref" or "") return null;
        if (word.Contains('/', StringComparison.Ordinal)) return word;
        return word switch
        {
            "jpeg" or "jpg" => "image/jpeg",
            "pgp" => "application/pgp-keys",
            "x509" => "application/pkix-cert",
            "basic" or "wave" or "wav" or "aiff" or "mp3" or "mpeg" or "pcm" or "ogg" or "aac" => "audio/" + word,
            _ => property.ToUpperInvariant() switch { "SOUND" => "audio/", "KEY" => "application/", _ => "image/" } + word,
        };
    }

    /// <summary>The TYPE of 3.0 that stands for a media type.</summary>
    public static string TypeOf(string mediaType) => mediaType switch
    {
        "application/pgp-keys" => "PGP",
        "application/pkix-cert" => "X509",
        _ when mediaType.Split('/') is ["image" or "audio" or "application", var kind] && ContentLine.IsName(kind) => kind.ToUpperInvariant(),
        _ => mediaType,
    };

    /// <summary>The media type of octets in base64 that nothing is said of.</summary>
    public static string Guess(string base64) => base64 switch
    {
        _ when base64.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
        _ when base64.StartsWith("iVBORw0KGgo", StringComparison.Ordinal) => "image/png",
        _ when base64.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
        _ => "application/octet-stream",
    };
}
