using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>What the session says of mail, as a whole and for each account by the caller's rights on it. RFC 8621 §1.3.</summary>
sealed class MailCapabilities(TimeProvider time)
{
    public const string Mail = "urn:ietf:params:jmap:mail";
    public const string Submission = "urn:ietf:params:jmap:submission";
    public const string VacationResponse = "urn:ietf:params:jmap:vacationresponse";

    /// <summary>The Email property <c>safeHtml</c>; see docs/protocols/mail.md.</summary>
    public const string SafeHtml = "urn:bastide:jmap:safe-html";

    /// <summary>Mail is there for whoever reaches the account, whole or some of its mailboxes.</summary>
    public static JsonObject? OfMail(Caller caller, Account account, Rights rights) => !HasMail(caller, account) ? null : new JsonObject
    {
        ["maxMailboxesPerEmail"] = Messages.MaxMailboxes,
        ["maxMailboxDepth"] = Mailboxes.MaxDepth,
        ["maxSizeMailboxName"] = Mailboxes.MaxNameOctets,
        ["maxSizeAttachmentsPerEmail"] = NewEmails.MaxSizeAttachments,
        ["emailQuerySortOptions"] = JsonValues.Texts([.. EmailConditions.SortOptions]),
        ["mayCreateTopLevelMailbox"] = rights.HasFlag(Rights.Manage),
    };

    /// <summary>Sending is there for whoever may send in the account's name.</summary>
    public JsonObject? OfSubmission(Caller caller, Account account, Rights rights) => !caller.May("mail") || !rights.HasFlag(Rights.Submit | Rights.Read) ? null : new JsonObject
    {
        ["maxDelayedSend"] = (long)Submissions.MaxDelay.TotalSeconds,
        ["submissionExtensions"] = new JsonObject
        {
            // RFC 4865 §4: the longest time in seconds, and the last moment; that of today's beginning, so that the session stays the same.
            ["FUTURERELEASE"] = new JsonArray(
                ((long)Submissions.MaxDelay.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                JmapDates.WriteUtc(new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero) + Submissions.MaxDelay)),
            ["SIZE"] = new JsonArray(Submissions.MaxSize.ToString(CultureInfo.InvariantCulture)),
        },
    };

    /// <summary>The answer while away is each person's own.</summary>
    public static JsonObject? OfVacationResponse(Caller caller, Account account, Rights rights) =>
        caller.May("mail") && account.Kind == AccountKind.User && rights.HasFlag(Rights.Manage) ? [] : null;

    /// <summary>Safe HTML is wherever mail is.</summary>
    public static JsonObject? OfSafeHtml(Caller caller, Account account, Rights rights) => HasMail(caller, account) ? [] : null;

    /// <summary>People and teams have mail; accounts of the program's own have not.</summary>
    static bool HasMail(Caller caller, Account account) => caller.May("mail") && account.Kind != AccountKind.System;
}
