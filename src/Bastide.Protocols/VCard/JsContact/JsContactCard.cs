using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// The same card as vCard and as JSContact (RFC 9553), by the rules of RFC 9555: the way from either to the other and back
/// loses nothing.
/// </summary>
public static class JsContactCard
{
    /// <summary>The JSContact card of a vCard of any version.</summary>
    /// <param name="card">The vCard.</param>
    /// <param name="uid">The <c>uid</c> of a vCard that has none; without it the JSContact card has none either.</param>
    public static JsonObject FromVCard(Card card, string? uid = null)
    {
        var converted = new FromVCard(CardConversion.To(card, CardVersion.V40)).Convert();
        if (uid is not null && !converted.ContainsKey("uid")) converted["uid"] = uid;
        return converted;
    }

    /// <summary>The vCard 4.0 of a valid JSContact card (see <see cref="JsContactSchema"/>).</summary>
    public static Card ToVCard(JsonObject card) => new ToVCard(KeptProps.WithoutOutdated(JsContactSchema.Canonical(card))).Convert();
}
