using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Dav;

/// <summary>A card in an address book (RFC 6352 §5.1).</summary>
/// <param name="parent">The address book.</param>
/// <param name="path">Where it stands.</param>
/// <param name="document">The card.</param>
/// <param name="version">The version of vCard it is read in; null for the one it has.</param>
sealed class CardResource(AddressBookCollection parent, DavPath path, CardDocument document, CardVersion? version) : DavResource(path, parent.Home)
{
    public AddressBookCollection Parent => parent;

    public CardDocument Document => document;

    public override Rights Rights => parent.Rights;

    public override string? ETag => Quoted(document.ETag);

    /// <summary>Unknown until it is written, where it is read otherwise than it is kept.</summary>
    public override long? ContentLength => version is null && !document.IsComposed ? document.Size : null;

    public override string? ContentType => version switch
    {
        CardVersion.V30 => "text/vcard; version=3.0; charset=utf-8",
        CardVersion.V40 => "text/vcard; version=4.0; charset=utf-8",
        _ => "text/vcard; charset=utf-8",
    };

    public static string Quoted(string etag) => $"\"{etag}\"";

    /// <summary>The vCard as it came, or in the version that is asked for (RFC 6352 §5.1.1).</summary>
    public override async ValueTask<DavBody?> Open(DavCall call)
    {
        await foreach (var page in parent.Cards(call, [document.Resource], withCards: true))
            foreach (var card in page)
                return DavBody.Of(AddressData.Of(card.Document, version));
        return null;
    }

    public override ValueTask<DavStored> Replace(DavCall call, DavUpload upload, DavGuard guard) => parent.Put(call, document.Resource, upload, guard, DavNames.WriteContent);

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => parent.Remove(call, document.Resource, guard);
}
