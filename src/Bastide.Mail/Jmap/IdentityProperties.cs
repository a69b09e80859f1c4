using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The Identity object. RFC 8621 §6.</summary>
static class IdentityProperties
{
    public static readonly ObjectProperties<Identity> All = new(
        ("id", i => WireId.Identity.Write(i.Id)),
        ("name", i => i.Name),
        ("email", i => i.Email),
        ("replyTo", i => HeaderValues.Addresses(i.ReplyTo)),
        ("bcc", i => HeaderValues.Addresses(i.Bcc)),
        ("textSignature", i => i.TextSignature),
        ("htmlSignature", i => i.HtmlSignature),
        ("mayDelete", i => i.MayDelete));
}
