namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// How a vCard property and an entry of a JSContact map stand for one another, where that is a value and what the
/// parameters say of it. RFC 9555 §2.4–2.13; names, addresses, organisations and days have files of their own.
/// </summary>
/// <param name="Name">The vCard property.</param>
/// <param name="Collection">The map of the Card.</param>
/// <param name="Value">The property of the entry that holds the value.</param>
/// <param name="Takes">What else of an entry the parameters stand for.</param>
sealed record PropertyRule(string Name, string Collection, string Value, RuleTakes Takes)
{
    /// <summary>The entry's <c>kind</c>, which tells the properties of one map apart; null where an entry has none.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether the value is a URI; a text otherwise.</summary>
    public bool IsUri { get; init; }

    /// <summary>How keys begin that a card does not give.</summary>
    public string Prefix => Name switch { "TEL" => "PHONE", "NICKNAME" => "NICK", "URL" => "LINK", "CALURI" => "CAL", "CALADRURI" => "SCHEDULING", "SOURCE" => "ENTRY", _ => Name };

    /// <summary>All of them.</summary>
    public static readonly PropertyRule[] All =
    [
        new("NICKNAME", "nicknames", "name", RuleTakes.Contexts | RuleTakes.Pref),
        new("TITLE", "titles", "name", RuleTakes.None) { Kind = "title" },
        new("ROLE", "titles", "name", RuleTakes.None) { Kind = "role" },
        new("EMAIL", "emails", "address", RuleTakes.Labelled),
        new("TEL", "phones", "number", RuleTakes.Labelled | RuleTakes.Features),
        new("LANG", "preferredLanguages", "language", RuleTakes.Contexts | RuleTakes.Pref),
        new("CALURI", "calendars", "uri", RuleTakes.Resource) { Kind = "calendar", IsUri = true },
        new("FBURL", "calendars", "uri", RuleTakes.Resource) { Kind = "freeBusy", IsUri = true },
        new("CALADRURI", "schedulingAddresses", "uri", RuleTakes.Labelled) { IsUri = true },
        new("KEY", "cryptoKeys", "uri", RuleTakes.Resource) { IsUri = true },
        new("SOURCE", "directories", "uri", RuleTakes.Resource | RuleTakes.ListAs) { Kind = "entry", IsUri = true },
        new("ORG-DIRECTORY", "directories", "uri", RuleTakes.Resource | RuleTakes.ListAs) { Kind = "directory", IsUri = true },
        new("URL", "links", "uri", RuleTakes.Resource) { IsUri = true },
        new("CONTACT-URI", "links", "uri", RuleTakes.Resource) { Kind = "contact", IsUri = true },
        new("PHOTO", "media", "uri", RuleTakes.Resource) { Kind = "photo", IsUri = true },
        new("LOGO", "media", "uri", RuleTakes.Resource) { Kind = "logo", IsUri = true },
        new("SOUND", "media", "uri", RuleTakes.Resource) { Kind = "sound", IsUri = true },
        new("NOTE", "notes", "note", RuleTakes.Author),
        new("EXPERTISE", "personalInfo", "value", RuleTakes.Level | RuleTakes.ListAs | RuleTakes.Label) { Kind = "expertise" },
        new("HOBBY", "personalInfo", "value", RuleTakes.Level | RuleTakes.ListAs | RuleTakes.Label) { Kind = "hobby" },
        new("INTEREST", "personalInfo", "value", RuleTakes.Level | RuleTakes.ListAs | RuleTakes.Label) { Kind = "interest" },
        new("PRONOUNS", "pronouns", "pronouns", RuleTakes.Contexts | RuleTakes.Pref),
    ];

    static readonly Dictionary<string, PropertyRule> ByName = All.ToDictionary(rule => rule.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule of a vCard property, or null.</summary>
    public static PropertyRule? Of(CardProperty property) => ByName.GetValueOrDefault(property.Name);

    /// <summary>The rule by which an entry of a map is written, or null where no vCard property is of its kind.</summary>
    public static PropertyRule? Of(string collection, string? kind) =>
        All.FirstOrDefault(rule => rule.Collection == collection && rule.Kind == (collection == "titles" ? kind ?? "title" : kind));
}
