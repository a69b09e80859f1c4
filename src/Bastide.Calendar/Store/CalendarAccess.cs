using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>
/// What a caller may do with the calendars of an account: by a grant on the whole, on single calendars, or both. Who may write
/// all may do what is less: write their own, answer, and keep things of their own.
/// </summary>
sealed class CalendarAccess(Rights whole, IReadOnlyDictionary<long, Rights> calendars, bool isOwner, IReadOnlyDictionary<long, SourceRow>? sources = null)
{
    /// <summary>The scope a credential needs.</summary>
    public const string Scope = "calendar";

    // What comes from elsewhere is nobody's to change here.
    const Rights OfContents = Rights.Write | Rights.Delete | Rights.WriteOwn | Rights.Personalize | Rights.Respond;

    static readonly Dictionary<long, Rights> None = [];

    /// <summary>What import and jobs may do.</summary>
    public static CalendarAccess Everything { get; } = new(Rights.Owner, None, isOwner: true);

    /// <summary>What holds for every calendar.</summary>
    public Rights Whole => Implied(whole);

    /// <summary>Whether the account is the caller's own: its private and secret events are theirs.</summary>
    public bool IsOwner => isOwner;

    /// <summary>Whether every calendar may be read.</summary>
    public bool SeesAll => whole.HasFlag(Rights.Read);

    /// <summary>Whether nothing of the account is there for the caller.</summary>
    public bool IsNobody => whole == Rights.None && calendars.Count == 0;

    /// <summary>The calendars that may be read because of a grant on them alone.</summary>
    public long[] Readable { get; } = [.. calendars.Where(grant => grant.Value.HasFlag(Rights.Read)).Select(grant => grant.Key)];

    /// <summary>The calendars of the account that come from elsewhere.</summary>
    public IReadOnlyDictionary<long, SourceRow> Sources { get; } = sources ?? new Dictionary<long, SourceRow>();

    /// <summary>Looks them up, in the scope of the operation.</summary>
    public static async ValueTask<CalendarAccess> Of(ReadScope scope, Caller caller, AccountId account)
    {
        if (!caller.May(Scope)) return new CalendarAccess(Rights.None, None, isOwner: false);
        var whole = await Access.On(scope, caller, account);
        var sources = await SourceTable.Of(scope, account);
        if (caller.Person == account) return new CalendarAccess(whole, None, isOwner: whole != Rights.None, sources);
        return new CalendarAccess(whole, await Access.OnCollections(scope, caller, account, CalendarTypes.Calendar), isOwner: false, sources);
    }

    /// <summary>The same for a person whom no request is of.</summary>
    public static ValueTask<CalendarAccess> OfPerson(ReadScope scope, AccountId person, AccountId account) => Of(scope, new Caller(person, "", 0, Caller.AllScopes), account);

    /// <summary>What may be done with one calendar.</summary>
    public Rights On(long calendar)
    {
        var rights = Implied(whole | calendars.GetValueOrDefault(calendar));
        return Sources.ContainsKey(calendar) ? rights & ~OfContents : rights;
    }

    /// <summary>Whether this may be done with the calendar.</summary>
    public bool May(Rights right, long calendar) => On(calendar).HasFlag(right);

    /// <summary>Whether its events may be read.</summary>
    public bool Sees(long calendar) => May(Rights.Read, calendar);

    /// <summary>Why something was refused: who may not read a calendar is not told that it is there.</summary>
    public CalendarError Refuse(long calendar, string description) => Sees(calendar) ? CalendarError.Forbidden(description) : CalendarError.NotFound;

    /// <summary>Rights with those that follow from them.</summary>
    public static Rights Implied(Rights rights)
    {
        if (rights.HasFlag(Rights.Write)) rights |= Rights.WriteOwn | Rights.Personalize | Rights.Respond;
        if (rights.HasFlag(Rights.Manage)) rights |= Rights.Remove;
        return rights;
    }
}
