using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail;

/// <summary>The answer an account gives by itself while its person is away (RFC 8621 §8).</summary>
public sealed class VacationResponses(Database database)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 256 * 1024;

    /// <summary>What is set, and the state; nothing is enabled at first.</summary>
    public ValueTask<(VacationResponse Response, Sequence State)> Get(Caller caller, AccountId account, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.VacationResponse);
            var rights = await MailRights.Of(scope, caller, account);
            var response = rights.SeesAll ? await VacationTable.Find(scope, account) : null;
            return (response ?? new VacationResponse(), state);
        }, cancellation);

    /// <summary>Sets it whole; only who manages the account may.</summary>
    public Task<(MailError? Error, Sequence Old, Sequence New)> Set(Caller caller, AccountId account, Sequence? ifInState, VacationResponse response, CancellationToken cancellation) =>
        database.Write<(MailError?, Sequence, Sequence)>(async scope =>
        {
            var before = await AccountTable.State(scope, account, MailTypes.VacationResponse);
            var rights = await MailRights.Of(scope, caller, account);
            if (!rights.Whole.HasFlag(Rights.Manage)) return (MailError.Forbidden("You may not set the vacation response of this account."), before, before);
            if (ifInState is { } expected && expected != before) return (MailError.StateMismatch, before, before);
            if (Check(response) is { } error) return (error, before, before);
            await VacationTable.Put(scope, account, response);
            return (null, before, await scope.Advance(account, MailTypes.VacationResponse));
        }, cancellation);

    /// <summary>What is set, for whoever delivers; null when nothing ever was.</summary>
    public static ValueTask<VacationResponse?> Find(ReadScope scope, AccountId account) => VacationTable.Find(scope, account);

    static MailError? Check(VacationResponse response)
    {
        if (response.Subject is { } subject && (subject.Length > 1000 || subject.Any(char.IsControl))) return MailError.Invalid("subject", "A subject is one line of 1000 characters at most.");
        if (response.TextBody is { } text && (text.Length > MaxText || text.Contains('\0'))) return MailError.Invalid("textBody", $"It has {MaxText} characters at most.");
        return response.HtmlBody is { } html && (html.Length > MaxText || html.Contains('\0')) ? MailError.Invalid("htmlBody", $"It has {MaxText} characters at most.") : null;
    }
}
