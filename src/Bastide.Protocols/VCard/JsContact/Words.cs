namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The words that properties of a Card take (RFC 9553 §2), where vCard has the same.</summary>
static class Words
{
    /// <summary>What a card is of.</summary>
    public static readonly string[] Kinds = ["individual", "group", "org", "location", "device", "application"];

    /// <summary>How somebody is spoken to.</summary>
    public static readonly string[] GrammaticalGenders = ["animate", "common", "feminine", "inanimate", "masculine", "neuter"];

    /// <summary>What somebody is to somebody.</summary>
    public static readonly string[] Relations =
    [
        "acquaintance", "agent", "child", "co-resident", "co-worker", "colleague", "contact", "crush", "date", "emergency", "friend", "kin", "me", "met", "muse", "neighbor", "parent",
        "sibling", "spouse", "sweetheart",
    ];
}
