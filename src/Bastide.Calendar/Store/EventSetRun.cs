using System.Text.Json.Nodes;
using Bastide.Calendar.Scheduling;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Store;

/// <summary>
/// One <see cref="EventSet"/>: what it is about is read in one scope, the new texts are written outside of any, and a
/// transaction stores them if what was read is still there.
/// </summary>
sealed class EventSetRun
{
    readonly Caller _caller;
    readonly AccountId _account;
    readonly EventSet _set;
    readonly EventReading _reading;
    readonly Dictionary<long, CalendarRow> _calendars;
    readonly ParticipantIdentity? _identity;
    readonly bool _isTeam;
    readonly List<EventDraft> _drafts = [];
    readonly Dictionary<string, CalendarError> _notCreated = [];
    readonly Dictionary<EventRef, JsonObject?> _updated = [];
    readonly Dictionary<EventRef, CalendarError> _notUpdated = [];
    readonly Dictionary<EventRef, CalendarError> _notDestroyed = [];
    IReadOnlySet<BlobId> _readable = new HashSet<BlobId>();

    EventSetRun(Caller caller, AccountId account, EventSet set, EventReading reading, Dictionary<long, CalendarRow> calendars, ParticipantIdentity? identity, bool isTeam)
    {
        _caller = caller;
        _account = account;
        _set = set;
        _reading = reading;
        _calendars = calendars;
        _identity = identity;
        _isTeam = isTeam;
    }

    /// <summary>Reads what the set is about: the events it names, and those that have the UIDs of the ones it makes.</summary>
    public static async ValueTask<EventSetRun> Load(ReadScope scope, Caller caller, AccountId account, EventSet set)
    {
        var access = await CalendarAccess.Of(scope, caller, account);
        var ids = set.Update.Keys.Concat(set.Destroy).Select(reference => reference.Id).Distinct().ToList();
        var named = await EventTable.Find(scope, account, ids);
        var uids = set.Create.Values.Select(create => create.Event["uid"].AsText()).OfType<string>().Distinct().ToList();
        var same = uids.Count == 0 ? [] : await ObjectTable.OfUids(scope, account, uids);
        var objects = named.Select(row => row.ObjectId).Concat(same.Select(row => row.Id)).Distinct().ToList();
        var reading = await EventReading.LoadObjects(scope, caller, account, access, objects);
        var calendars = (await CalendarTable.All(scope, account)).ToDictionary(row => row.Id);
        var isTeam = (await AccountTable.Find(scope, account))?.Kind == AccountKind.Team;
        return new EventSetRun(caller, account, set, reading, calendars, await ParticipantIdentities.Default(scope, account), isTeam);
    }

    /// <summary>Makes the texts that are to be stored. What is refused now needs no transaction.</summary>
    public void Prepare(IReadOnlySet<BlobId> readable, Func<BlobId, JsonObject, string> address, DateTimeOffset now, CancellationToken cancellation)
    {
        if (_reading.Access.IsNobody) return;
        _readable = readable;
        var work = new EventPreparation(_reading, _calendars, _identity, readable, address, now, _isTeam, cancellation);
        // What goes makes room for what comes: a series may take the place of its instances.
        foreach (var reference in _set.Destroy) Note(_notDestroyed, reference, Draft(reference.Id), (row, draft) => work.Destroy(draft, row, reference), draft => draft.Destroys.Add(reference));
        foreach (var (reference, update) in _set.Update)
        {
            if (_set.Destroy.Contains(reference)) _notUpdated[reference] = new CalendarError(CalendarFailure.WillDestroy, "It is destroyed in the same set.");
            else Note(_notUpdated, reference, Draft(reference.Id), (row, draft) => Update(work, draft, row, reference, update), draft => draft.Updates.Add(reference));
        }

        foreach (var (creation, create) in _set.Create) Create(work, creation, create);
    }

    /// <summary>Finds out what the changes say to others, and writes the texts that are to be stored.</summary>
    public async ValueTask Complete(Scheduler scheduler, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var draft in _drafts.Where(draft => draft.IsChanged || draft.Calendar is null)) await Schedule(draft, scheduler, cancellation);
        foreach (var draft in _drafts.Where(draft => draft.IsChanged && draft.Calendar is not null))
        {
            draft.Content = ObjectContent.Write(draft.Calendar!, now, cancellation);
            if (Scheduler.IsScheduling(draft.Calendar)) draft.Content = draft.Content.WithScheduleTag(draft.Content.Row.ETag);
            if (draft.Content.Text.Length > ICalLimits.Object.MostOctets) draft.Error = new CalendarError(CalendarFailure.TooLarge, $"An event has at most {ICalLimits.Object.MostOctets} octets.");
        }
    }

    async ValueTask Schedule(EventDraft draft, Scheduler scheduler, CancellationToken cancellation)
    {
        // What is a draft calls on nobody; where it becomes an event, everybody hears of it for the first time.
        if (draft.Calendar is not null && draft.IsDraft) return;
        var before = draft.Present is { IsDraft: false } present ? _reading.Object(present.Id, cancellation) : null;
        if (draft.Calendar is null && before is null) return;
        var plan = await scheduler.Plan(_caller, _account, before, draft.Calendar, SchedulingWishes.Usual with { Sends = _set.SendSchedulingMessages }, cancellation);
        draft.Messages = plan.Messages;
        if (plan.IsUnreachable) draft.Error = new CalendarError(CalendarFailure.NoSupportedScheduleMethods, "Somebody invited has no address of mail, so that nothing can be sent to them.");
        if (plan.Refused is { } refused) draft.Error = refused.Failure is CalendarFailure.OrganizerChanged or CalendarFailure.NotAttendees ? CalendarError.Forbidden(refused.Description) : refused;
    }

    /// <summary>
    /// Stores it with the addresses of what is attached, and answers what came of it and the numbers of what was made; null when what was read is no longer there, so
    /// that it has to be prepared anew.
    /// </summary>
    public async ValueTask<(EventSetOutcome Outcome, Dictionary<string, long> Created)?> Apply(WriteScope scope, Scheduler scheduler, IReadOnlyList<AttachmentRow> attachments)
    {
        var access = await CalendarAccess.Of(scope, _caller, _account);
        var run = access.IsNobody ? null : await ObjectRun.Begin(scope, _account);
        var state = await AccountTable.State(scope, _account, CalendarTypes.CalendarEvent);
        if (run is null) return (new EventSetOutcome(state, state) { Refused = CalendarError.NotFound }, []);
        if (_set.IfInState is { } expected && expected != state) return (new EventSetOutcome(state, state) { Refused = CalendarError.StateMismatch }, []);
        if (_calendars.Keys.Any(calendar => access.On(calendar) != _reading.Access.On(calendar))) return null;
        var present = (await ObjectTable.Find(scope, _account, [.. _drafts.Select(draft => draft.Present?.Id).OfType<long>()])).ToDictionary(row => row.Id);
        if (_drafts.Exists(draft => draft.Present is { } was && (!present.TryGetValue(was.Id, out var row) || row.ETag != was.ETag || row.ChangedSeq != was.ChangedSeq))) return null;
        foreach (var row in attachments) await AttachmentTable.Create(scope, row);
        // A transaction may be run again: what comes of it is gathered anew each time.
        var results = new Results(this);
        foreach (var draft in _drafts.Where(draft => draft is { Present: not null, Calendar: null }))
        {
            await run.Remove(draft.Present!);
            await scheduler.Send(scope, _account, draft.Messages);
            results.Destroyed.AddRange(draft.Destroys);
        }

        foreach (var draft in _drafts.Where(draft => draft.Calendar is not null))
            if (await Store(scope, run, draft, results))
                await scheduler.Send(scope, _account, draft.Messages);
        await run.Settle();
        var rows = await EventTable.OfObjects(scope, [.. results.Created.Values.Select(made => made.Object).Distinct()]);
        var outcome = new EventSetOutcome(state, await AccountTable.State(scope, _account, CalendarTypes.CalendarEvent))
        {
            NotCreated = results.NotCreated,
            Updated = results.Updated,
            NotUpdated = results.NotUpdated,
            Destroyed = results.Destroyed,
            NotDestroyed = results.NotDestroyed,
        };
        return (outcome, results.Created.ToDictionary(made => made.Key, made => rows.Find(row => row.ObjectId == made.Value.Object && row.RecurrenceId == made.Value.Instance).Id));
    }

    /// <summary>The events that were made, as their maker sees them.</summary>
    public Dictionary<string, EventRecord> Show(IReadOnlyDictionary<string, long> created)
    {
        var records = new Dictionary<string, EventRecord>();
        foreach (var draft in _drafts.Where(draft => draft.Calendar is not null))
        {
            foreach (var (creation, instance) in draft.Creations.Where(made => created.ContainsKey(made.Creation)))
            {
                var all = EventSeries.Read(draft.Calendar!);
                var told = instance.Length == 0 ? all[0] : all.Find(one => (string?)one["recurrenceId"] == instance) ?? all[0];
                if (!_reading.Access.IsOwner) told = PersonalProperties.With(told, draft.Personal);
                records[creation] = new EventRecord { Ref = new EventRef(created[creation]), CalendarId = draft.CalendarId, Event = told, IsDraft = draft.IsDraft, IsOrigin = _reading.IsOrigin(told), OwnAddresses = _reading.OwnAddresses };
            }
        }

        return records;
    }

    async ValueTask<bool> Store(WriteScope scope, ObjectRun run, EventDraft draft, Results results)
    {
        if (draft.Error is { } error)
        {
            results.Refuse(draft, error);
            return false;
        }

        var id = draft.Present?.Id ?? 0;
        if (draft.IsChanged)
        {
            var home = draft.Present?.CalendarId ?? draft.CalendarId;
            var resource = draft.Present is null && await ObjectTable.OfResource(scope, home, draft.Resource) is not null ? EventPreparation.NewResource() : draft.Resource;
            (id, var refused) = await run.Put(draft.Content!, home, resource, draft.Present, draft.IsDraft, _readable);
            if (refused is not null)
            {
                results.Refuse(draft, refused);
                return false;
            }
        }
        else if (draft.IsPersonalChanged)
        {
            await run.Touch(draft.Present!);
        }

        if (draft.Present is { } was && was.CalendarId != draft.CalendarId)
        {
            var resource = await ObjectTable.OfResource(scope, draft.CalendarId, draft.Resource) is null ? draft.Resource : EventPreparation.NewResource();
            await run.Move(was, draft.CalendarId, resource);
        }

        if (draft.IsPersonalChanged) await PersonalTable.Set(scope, id, _caller.Person, CalendarJson.Write(draft.Personal));
        foreach (var (creation, instance) in draft.Creations) results.Created[creation] = (id, instance);
        results.Destroyed.AddRange(draft.Destroys);
        return true;
    }

    /// <summary>The draft of the object an event is in; null where there is none for the caller.</summary>
    (EventRow Row, EventDraft Draft)? Draft(long eventId)
    {
        var row = _reading.Events.Find(row => row.Id == eventId);
        if (row.Id != eventId || !_reading.Objects.TryGetValue(row.ObjectId, out var present)) return null;
        return DraftOf(present) is { } draft ? (row, draft) : null;
    }

    EventDraft? DraftOf(ObjectRow present)
    {
        if (_drafts.Find(draft => draft.Present?.Id == present.Id) is { } known) return known;
        if (_reading.Object(present.Id, default) is not { } calendar) return null;
        var draft = new EventDraft
        {
            Present = present,
            Calendar = calendar,
            CalendarId = present.CalendarId,
            Resource = present.Resource,
            IsDraft = present.IsDraft,
            Personal = CalendarJson.Read(_reading.Personal.GetValueOrDefault(present.Id)),
        };
        _drafts.Add(draft);
        return draft;
    }

    static void Note(Dictionary<EventRef, CalendarError> errors, EventRef reference, (EventRow Row, EventDraft Draft)? found, Func<EventRow, EventDraft, CalendarError?> work, Action<EventDraft> done)
    {
        var error = found is var (row, draft) ? work(row, draft) : CalendarError.NotFound;
        if (error is not null) errors[reference] = error;
        else done(found!.Value.Draft);
    }

    CalendarError? Update(EventPreparation work, EventDraft draft, EventRow row, EventRef reference, EventUpdate update)
    {
        var (set, error) = work.Update(draft, row, reference, update);
        if (error is null) _updated[reference] = set;
        return error;
    }

    void Create(EventPreparation work, string creation, EventCreate create)
    {
        var uid = create.Event["uid"].AsText();
        var same = uid is null ? null : _drafts.Find(draft => draft.Calendar?.Uid == uid) ?? (_reading.Objects.Values.FirstOrDefault(row => row.Uid == uid) is { } row ? DraftOf(row) : null);
        // One that goes in this very set is no hindrance.
        if (same?.Calendar is null) same = null;
        var (draft, error) = work.Create(creation, create, same);
        if (error is not null) _notCreated[creation] = error;
        else if (draft != same) _drafts.Add(draft!);
    }

    sealed class Results(EventSetRun run)
    {
        public Dictionary<string, (long Object, string Instance)> Created { get; } = [];

        public Dictionary<string, CalendarError> NotCreated { get; } = run._notCreated.ToDictionary();

        public Dictionary<EventRef, JsonObject?> Updated { get; } = run._updated.ToDictionary();

        public Dictionary<EventRef, CalendarError> NotUpdated { get; } = run._notUpdated.ToDictionary();

        public List<EventRef> Destroyed { get; } = [];

        public Dictionary<EventRef, CalendarError> NotDestroyed { get; } = run._notDestroyed.ToDictionary();

        /// <summary>Takes back what a draft was to bring.</summary>
        public void Refuse(EventDraft draft, CalendarError error)
        {
            foreach (var (creation, _) in draft.Creations) NotCreated[creation] = error;
            foreach (var reference in draft.Updates)
            {
                Updated.Remove(reference);
                NotUpdated[reference] = error;
            }

            foreach (var reference in draft.Destroys) NotDestroyed[reference] = error;
        }
    }
}
