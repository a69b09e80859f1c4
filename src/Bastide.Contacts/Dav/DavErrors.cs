using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav;

/// <summary>What the operations refuse, in the words of RFC 4918, 3744 and 6352.</summary>
static class DavErrors
{
    /// <summary>The error to answer about a node on which the caller would need a privilege.</summary>
    public static DavError Of(ContactError error, DavNode node, XName privilege) => error.Failure switch
    {
        ContactFailure.NotFound => DavError.NotFound,
        ContactFailure.Forbidden => DavError.NeedPrivileges(node, privilege),
        ContactFailure.StateMismatch => DavError.PreconditionFailed,
        ContactFailure.OverQuota => DavError.QuotaExceeded,
        ContactFailure.TooManyItems => new DavError(507, Text: error.Description),
        ContactFailure.TooLarge => DavError.Violated(CardDavNames.Of("max-resource-size"), error.Description),
        ContactFailure.InvalidProperties => DavError.Forbidden with { Text = error.Description, Property = PropertyOf(error) },
        _ => DavError.Conflict with { Text = error.Description },
    };

    /// <summary>The error of a card that was not put into an address book; null where it was.</summary>
    public static DavError? Of(CardPut put, AddressBookCollection book, XName privilege)
    {
        if (put.IsPreconditionFailed) return DavError.PreconditionFailed;
        if (put.IsInvalid) return DavError.Violated(CardDavNames.Of("valid-address-data"), put.Refused!.Description);
        if (put.ConflictsWith is { } other) return DavError.InConflict(CardDavNames.Of("no-uid-conflict")) with { Content = xml => xml.Href(book.Path.Child(other).Href) };
        return put.Refused is { } refused ? Of(refused, book, privilege) : null;
    }

    static XName? PropertyOf(ContactError error) => error.Properties switch
    {
        ["name"] => DavNames.DisplayName,
        ["description"] => CardDavNames.Description,
        _ => null,
    };
}
