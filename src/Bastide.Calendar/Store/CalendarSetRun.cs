using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Links;
using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Store;

/// <summary>One <see cref="CalendarSet"/> inside its transaction.</summary>
sealed class CalendarSetRun(WriteScope scope, Caller caller, AccountId account, CalendarAccess access, HashSet<AccountId> people, IShareNotices notices, IAuditLog audit, JobQueue jobs, DateTimeOffset now)
{
    const int MostExtra = 50;

    // Who shares may give what they have, and nothing more.
    const Rights Shareable = Rights.Lookup | Rights.Read | Rights.Write | Rights.Delete | Rights.WriteOwn | Rights.Personalize | Rights.Respond | Rights.Manage | Rights.Remove;

    readonly Dictionary<string, long> _made = [];
    readonly Dictionary<string, CalendarError> _notCreated = [];
    readonly List<long> _updated = [];
    readonly Dictionary<long, CalendarError> _notUpdated = [];
    readonly List<long> _destroyed = [];
    readonly Dictionary<long, CalendarError> _notDestroyed = [];
    Dictionary<long, CalendarRow> _rows = [];
    Dictionary<long, CalendarView> _views = [];
    Dictionary<long, IReadOnlyDictionary<AccountId, Rights>> _shares = [];
    readonly Dictionary<long, SourceRow> _sources = access.Sources.ToDictionary();
    bool _isTeam;

    public async ValueTask<SetOutcome<Calendar, CalendarError>> Run(CalendarSet set)
    {
        var before = await AccountTable.State(scope, account, CalendarTypes.Calendar);
        _rows = (await CalendarTable.All(scope, account)).ToDictionary(row => row.Id);
        _views = await CalendarTable.Views(scope, account, caller.Person);
        _shares = await CalendarShares.Of(scope, account);
        _isTeam = (await AccountTable.Find(scope, account))?.Kind == AccountKind.Team;
        foreach (var (name, create) in set.Create) await Create(name, create);
        foreach (var (id, update) in set.Update)
        {
            var error = set.Destroy.Contains(id) ? new CalendarError(CalendarFailure.WillDestroy, "It is destroyed in the same set.") : await Update(id, update);
            if (error is null) _updated.Add(id);
            else _notUpdated[id] = error;
        }

        foreach (var id in set.Destroy)
        {
            var error = await Destroy(id);
            if (error is null) _destroyed.Add(id);
            else _notDestroyed[id] = error;
        }

        await SetDefault(set);
        var shares = await CalendarShares.Of(scope, account);
        var views = await CalendarTable.Views(scope, account, caller.Person);
        var rows = (await CalendarTable.All(scope, account)).ToDictionary(row => row.Id);
        return new SetOutcome<Calendar, CalendarError>(before, await AccountTable.State(scope, account, CalendarTypes.Calendar))
        {
            Created = _made.ToDictionary(made => made.Key, made => Calendars.Show(rows[made.Value], views.GetValueOrDefault(made.Value), access, shares.GetValueOrDefault(made.Value))),
            NotCreated = _notCreated,
            Updated = _updated,
            NotUpdated = _notUpdated,
            Destroyed = _destroyed,
            NotDestroyed = _notDestroyed,
        };
    }

    /// <summary>Why the calendar cannot be destroyed, what it holds apart.</summary>
    public static CalendarError? CheckDestroy(CalendarAccess access, CalendarRow row)
    {
        if (!access.Sees(row.Id)) return CalendarError.NotFound;
        return access.May(Rights.Remove, row.Id) ? null : CalendarError.Forbidden("You may not destroy this calendar.");
    }

    async ValueTask Create(string name, CalendarCreate create)
    {
        if (CheckCreate(create) is { } error)
        {
            _notCreated[name] = error;
            return;
        }

        var properties = create.Properties;
        var seq = await scope.Advance(account, CalendarTypes.Calendar);
        var row = new CalendarRow
        {
            Resource = create.Resource ?? CalendarNames.Free(create.Name, _rows.Values.Select(row => row.Resource)),
            Name = create.Name.Normalize(NormalizationForm.FormC),
            Description = properties.Description.Value,
            Color = properties.Color.Value,
            TimeZone = properties.TimeZone.Value,
            Kinds = create.Kinds,
            Extra = WithExtra(null, properties),
            IsDefault = create.Source is null && !_rows.Values.Any(present => present.IsDefault),
        };
        var id = await CalendarTable.Create(scope, account, row, seq);
        _rows[id] = row with { Id = id };
        _made[name] = id;
        // Whoever makes a calendar wants to see it.
        var view = Changed(new CalendarView { IsSubscribed = true }, properties, keepsNames: true);
        if (create.Source is { } source)
        {
            // What others publish says nothing of whether one is free.
            view = view with { Availability = view.Availability ?? CalendarAvailability.None };
            var made = new SourceRow { CalendarId = id, Account = account, Address = SourceAddress.Parse(source)!.Text };
            await SourceTable.Create(scope, id, account, made.Address);
            await SourceRefresh.Ask(scope, jobs, made, now);
            _sources[id] = made;
        }

        await CalendarTable.SetView(scope, id, caller.Person, view);
        await Share(id, properties);
    }

    CalendarError? CheckCreate(CalendarCreate create)
    {
        if (!access.Whole.HasFlag(Rights.Manage)) return CalendarError.Forbidden("You may not make calendars in this account.");
        if (_rows.Count >= Calendars.Most) return new CalendarError(CalendarFailure.TooManyItems, $"An account has at most {Calendars.Most} calendars.");
        if (create.Resource is { } resource && _rows.Values.Any(row => row.Resource == resource)) return new CalendarError(CalendarFailure.NameTaken, "There is a calendar of this name.");
        return CheckName(create.Name) ?? Check(create.Properties) ?? CheckSource(create.Source) ?? CheckShare(0, create.Properties);
    }

    CalendarError? CheckSource(string? source)
    {
        if (source is null) return null;
        if (SourceAddress.Parse(source) is null) return CalendarError.Invalid("source", "It is an address that begins with http, https or webcal and holds no password, or one of the sources there are.");
        return _sources.Count >= Calendars.MostSources ? new CalendarError(CalendarFailure.TooManyItems, $"An account has at most {Calendars.MostSources} calendars from elsewhere.") : null;
    }

    async ValueTask<CalendarError?> Update(long id, CalendarUpdate update)
    {
        if (!_rows.TryGetValue(id, out var row) || !access.Sees(id)) return CalendarError.NotFound;
        if (update.Name is { } name && CheckName(name) is { } wrong) return wrong;
        if (Check(update) is { } error) return error;
        // The owner's words are everyone's until they have their own; a team's are its managers'.
        var isOwners = access.IsOwner || (_isTeam && access.May(Rights.Manage, id));
        if (update.Description.IsGiven && !isOwners) return CalendarError.Forbidden("You may not change what this calendar is said to be for.");
        if (update.Extra.Count > 0 && !isOwners) return CalendarError.Forbidden("You may not change what programs keep of this calendar.");
        if (CheckShare(id, update) is { } refused) return refused;
        var source = _sources.GetValueOrDefault(id);
        if (update.RefreshesSource && (source is null || !access.May(Rights.Manage, id))) return CalendarError.Invalid("sourceRefreshedAt", "There is no source of yours to be read.");
        if (update.RefreshesSource) await SourceRefresh.Ask(scope, jobs, source!, now);
        var seq = await scope.Advance(account, CalendarTypes.Calendar);
        if (isOwners)
        {
            row = row with
            {
                Name = update.Name?.Normalize(NormalizationForm.FormC) ?? row.Name,
                Description = update.Description.Or(row.Description),
                Color = update.Color.Or(row.Color),
                TimeZone = update.TimeZone.Or(row.TimeZone),
                Extra = WithExtra(row.Extra, update),
            };
            _rows[id] = row;
        }

        await CalendarTable.Update(scope, row, seq);
        await CalendarTable.SetView(scope, id, caller.Person, Changed(_views.GetValueOrDefault(id) ?? new CalendarView(), update, keepsNames: isOwners));
        if (update.AlertsWithTime.IsGiven || update.AlertsWithoutTime.IsGiven || update.TimeZone.IsGiven) await AlarmPlanTable.MarkCalendar(scope, id);
        await Share(id, update);
        return null;
    }

    async ValueTask<CalendarError?> Destroy(long id)
    {
        if (!_rows.TryGetValue(id, out var row)) return CalendarError.NotFound;
        if (CheckDestroy(access, row) is { } error) return error;
        if (await ObjectTable.HoldsAny(scope, id)) return new CalendarError(CalendarFailure.CalendarHasEvent, "There are events in it: remove them, or have them removed with it.");
        var seq = await scope.Advance(account, CalendarTypes.Calendar);
        foreach (var (person, rights) in _shares.GetValueOrDefault(id) ?? new Dictionary<AccountId, Rights>()) await Tell(id, person, rights, Rights.None);
        await Access.Forget(scope, account, new CollectionRef(CalendarTypes.Calendar, id));
        foreach (var link in (await LinkTable.Of(scope, account)).Where(link => link.CalendarId == id)) await CalendarLinks.NoteEnd(audit, scope, caller, link);
        await CalendarTable.Delete(scope, id);
        await Tombstones.Bury(scope, account, CalendarTypes.Calendar, seq, [(id, row.CreatedSeq)]);
        _rows.Remove(id);
        _sources.Remove(id);
        var others = _rows.Keys.Where(other => !_sources.ContainsKey(other)).ToList();
        if (row.IsDefault && others.Count > 0) await CalendarTable.SetDefault(scope, account, others.Min(), seq);
        return null;
    }

    /// <summary>Who gets or loses rights is told (RFC 9670 §3).</summary>
    async ValueTask Tell(long id, AccountId person, Rights before, Rights after)
    {
        if (before == after) return;
        await notices.Tell(scope, new ShareNotice(
            person, caller.Person, CalendarTypes.Calendar, account, Jmap.CalendarIds.Calendar.Write(id), Told(before), Told(after), _rows[id].Name));
    }

    static System.Text.Json.Nodes.JsonObject? Told(Rights rights) => rights == Rights.None ? null : Jmap.CalendarRightsJson.Write(rights);

    async ValueTask SetDefault(CalendarSet set)
    {
        var wanted = set.SetDefault ?? (set.SetDefaultCreated is { } creation && _made.TryGetValue(creation, out var made) ? made : null);
        if (wanted is not { } id || _notCreated.Count + _notUpdated.Count + _notDestroyed.Count > 0) return;
        if (!_rows.ContainsKey(id) || _sources.ContainsKey(id) || !access.Whole.HasFlag(Rights.Manage)) return;
        if ((await CalendarTable.Default(scope, account))?.Id == id) return;
        await CalendarTable.SetDefault(scope, account, id, await scope.Advance(account, CalendarTypes.Calendar));
    }

    static CalendarView Changed(CalendarView view, CalendarUpdate update, bool keepsNames) => view with
    {
        IsSubscribed = update.IsSubscribed ?? view.IsSubscribed,
        IsVisible = update.IsVisible ?? view.IsVisible,
        SortOrder = update.SortOrder ?? view.SortOrder,
        Availability = update.Availability ?? view.Availability,
        AlertsWithTime = update.AlertsWithTime.IsGiven ? CalendarJson.Write(update.AlertsWithTime.Value) : view.AlertsWithTime,
        AlertsWithoutTime = update.AlertsWithoutTime.IsGiven ? CalendarJson.Write(update.AlertsWithoutTime.Value) : view.AlertsWithoutTime,
        Name = keepsNames ? view.Name : update.Name?.Normalize(NormalizationForm.FormC) ?? view.Name,
        Color = keepsNames ? view.Color : update.Color.Or(view.Color),
        TimeZone = keepsNames ? view.TimeZone : update.TimeZone.Or(view.TimeZone),
    };

    static string? WithExtra(string? present, CalendarUpdate update)
    {
        if (update.Extra.Count == 0) return present;
        var extra = CalendarJson.Read(present) ?? [];
        foreach (var (name, xml) in update.Extra)
            if (xml is null) extra.Remove(name);
            else extra[name] = xml;
        return extra.Count == 0 ? null : extra.ToJsonString();
    }

    static CalendarError? CheckName(string name)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > Calendars.MaxNameOctets) return CalendarError.Invalid("name", $"A calendar has a name of 1 to {Calendars.MaxNameOctets} octets.");
        return name.Any(char.IsControl) ? CalendarError.Invalid("name", "A name has no control characters.") : null;
    }

    static CalendarError? Check(CalendarUpdate update)
    {
        if (update.Extra.Count > MostExtra) return new CalendarError(CalendarFailure.OverQuota, $"At most {MostExtra} properties that nobody but programs understands are set.");
        if (update.SortOrder is < 0 or > int.MaxValue) return CalendarError.Invalid("sortOrder", "It is a number from 0 to 2³¹−1.");
        if (update.TimeZone.Value is { } zone && Protocols.ICalendar.TimeZoneNames.Canonical(zone) is null) return CalendarError.Invalid("timeZone", "It is a time zone of IANA.");
        return update.Color.Value is { } color && !CssColors.IsColor(color) ? CalendarError.Invalid("color", "It is a colour name of CSS, or # with hexadecimal digits.") : null;
    }

    CalendarError? CheckShare(long id, CalendarUpdate update)
    {
        if (update.Share.Count == 0 && !update.ReplacesShares) return null;
        if (!(id == 0 ? access.Whole : access.On(id)).HasFlag(Rights.Manage)) return CalendarError.Forbidden("You may not change with whom this calendar is shared.");
        var present = _shares.GetValueOrDefault(id) ?? new Dictionary<AccountId, Rights>();
        foreach (var (person, rights) in update.Share)
        {
            if (person == account) return CalendarError.Invalid("shareWith", "A calendar is its owner's already.");
            if (!people.Contains(person)) return CalendarError.Invalid("shareWith", "There is no such person or team.");
            var added = rights & ~present.GetValueOrDefault(person);
            if ((added & ~Shareable) != 0 || (CalendarAccess.Implied(added) & ~(id == 0 ? access.Whole : access.On(id))) != 0)
                return CalendarError.Forbidden("You cannot give rights that you do not have.");
        }

        var count = _shares.Values.Sum(grants => grants.Count) + update.Share.Count;
        return count > CalendarShares.Most ? new CalendarError(CalendarFailure.TooManyItems, $"Calendars may be shared {CalendarShares.Most} times at most.") : null;
    }

    async ValueTask Share(long id, CalendarUpdate update)
    {
        if (update.Share.Count == 0 && !update.ReplacesShares) return;
        var gone = update.ReplacesShares ? (_shares.GetValueOrDefault(id)?.Keys ?? []).Where(person => !update.Share.ContainsKey(person)) : [];
        foreach (var (person, rights) in update.Share.Concat(gone.Select(person => KeyValuePair.Create(person, Rights.None))))
        {
            await Access.Give(scope, new Grant(account, new CollectionRef(CalendarTypes.Calendar, id), person, rights));
            await Tell(id, person, _shares.GetValueOrDefault(id)?.GetValueOrDefault(person) ?? Rights.None, CalendarAccess.Implied(rights));
        }

        await CalendarTable.Touch(scope, id, await scope.Advance(account, CalendarTypes.Calendar, CalendarTypes.CalendarEvent));
    }
}
