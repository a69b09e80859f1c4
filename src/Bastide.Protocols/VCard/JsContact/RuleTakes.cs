namespace Bastide.Protocols.VCard.JsContact;

/// <summary>What the parameters of a property say of its entry. RFC 9555 §2.3.</summary>
[Flags]
enum RuleTakes
{
    None = 0,

    /// <summary>TYPE home and work.</summary>
    Contexts = 1,

    /// <summary>PREF.</summary>
    Pref = 2,

    /// <summary>X-ABLabel of its group.</summary>
    Label = 4,

    /// <summary>MEDIATYPE.</summary>
    MediaType = 8,

    /// <summary>INDEX.</summary>
    ListAs = 16,

    /// <summary>LEVEL.</summary>
    Level = 32,

    /// <summary>TYPE of telephones.</summary>
    Features = 64,

    /// <summary>AUTHOR, AUTHOR-NAME and CREATED.</summary>
    Author = 128,

    Labelled = Contexts | Pref | Label,

    Resource = Labelled | MediaType,
}
