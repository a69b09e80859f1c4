using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Microsoft.AspNetCore.Http;

namespace Bastide.Drive.Dav;

/// <summary>What the operations refuse, in the words of RFC 4918, 3744 and 4331.</summary>
static class DavErrors
{
    /// <summary>The error to answer about a node on which the caller would need a privilege.</summary>
    public static DavError Of(FileError error, DavNode node, XName privilege, DavLocked? locked = null) => error.Failure switch
    {
        FileFailure.NotFound => DavError.NotFound,
        FileFailure.Forbidden => DavError.NeedPrivileges(node, privilege),
        FileFailure.StateMismatch => DavError.PreconditionFailed,
        FileFailure.Locked => locked?.Error ?? new DavError(StatusCodes.Status423Locked, Text: error.Description),
        FileFailure.OverQuota => DavError.QuotaExceeded,
        FileFailure.TooManyItems => new DavError(StatusCodes.Status507InsufficientStorage, Text: error.Description),
        FileFailure.AlreadyExists => DavError.MethodNotAllowed with { Text = error.Description },
        FileFailure.InvalidName or FileFailure.InvalidProperties => DavError.Forbidden with { Text = error.Description },
        FileFailure.WrongChecksum => DavError.BadRequest(error.Description),
        _ => DavError.Conflict with { Text = error.Description },
    };
}
