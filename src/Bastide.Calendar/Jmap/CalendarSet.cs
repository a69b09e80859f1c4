using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Jmap;

/// <summary><c>Calendar/set</c>.</summary>
sealed class CalendarSet(Calendars calendars)
{
    static readonly HashSet<string> Settable = new(StringComparer.Ordinal)
    {
        "name", "description", "color", "sortOrder", "isSubscribed", "isVisible", "includeInAvailability", "defaultAlertsWithTime", "defaultAlertsWithoutTime", "timeZone", "shareWith",
    };

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var properties = CalendarProperties.For(call);
        var request = SetRequest.Parse(call, hasOwn: true);
        var answer = new SetAnswer(call, request);
        var (wanted, wantedCreated) = Default(call, request);
        var create = new Dictionary<string, CalendarCreate>();
        foreach (var (creationId, given) in request.Create)
        {
            var invalid = new InvalidProperties();
            foreach (var (property, _) in given)
                if (!Settable.Contains(property) && !(property == "source" && properties.Names.Contains(property)))
                    invalid.Add(property, properties.Names.Contains(property) ? "the server sets it." : "there is no such property.");
            if (given["name"].AsText() is null) invalid.Add("name", "a calendar has a name.");
            if (given["source"] is { } source && source.AsText() is null) invalid.Add("source", "it is a string or null.");
            var update = Read(given, given.Select(property => property.Key), invalid);
            if (invalid.Any) answer.NotCreated(creationId, invalid.ToError());
            else create[creationId] = new CalendarCreate { Name = given["name"].AsText()!, Source = given["source"].AsText(), Properties = update };
        }

        var updates = await ReadUpdates(call, request.Updates(CalendarIds.Calendar, answer), answer);
        var destroys = request.Destroys(CalendarIds.Calendar, answer);
        var before = wanted is null && wantedCreated is null ? [] : (await calendars.Get(call.Caller, call.Account, null, call.Cancellation)).Found;
        var isWhole = create.Count == request.Create.Count && updates.Count == request.Update.Count && destroys.Count == request.Destroy.Count;
        var outcome = await calendars.Set(call.Caller, call.Account, new Bastide.Calendar.CalendarSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = updates,
            Destroy = destroys,
            OnDestroyRemoveEvents = call.Arguments.Flag("onDestroyRemoveEvents"),
            SetDefault = isWhole ? wanted : null,
            SetDefaultCreated = isWhole ? wantedCreated : null,
        }, call.Cancellation);
        var json = answer.Answer(outcome, CalendarIds.Calendar, CalendarSetErrors.Of, (creationId, calendar) =>
            (calendar.Id, properties.ServerSet(calendar, request.Create.First(c => c.Key == creationId).Value)));
        if (before.Count > 0) await TellDefault(call, before, json);
        return json;
    }

    static (long? Id, string? Creation) Default(JmapCall call, SetRequest request)
    {
        var id = call.Arguments.TextOrNull("onSuccessSetIsDefault");
        if (id is ['#', .. var creation] && request.Create.Any(c => c.Key == creation)) return (null, creation);
        return (CalendarIds.Calendar.Resolve(id, call.Created), null);
    }

    /// <summary>Both calendars that the default passed between are told of.</summary>
    async ValueTask TellDefault(JmapCall call, IReadOnlyList<Calendar> before, JsonObject answer)
    {
        var (after, _) = await calendars.Get(call.Caller, call.Account, null, call.Cancellation);
        foreach (var calendar in after)
        {
            if (before.FirstOrDefault(was => was.Id == calendar.Id) is not { } known || known.IsDefault == calendar.IsDefault) continue;
            if (answer["updated"] is not JsonObject updated) answer["updated"] = updated = [];
            var id = CalendarIds.Calendar.Write(calendar.Id);
            if (updated[id] is not JsonObject set) updated[id] = set = [];
            set["isDefault"] = calendar.IsDefault;
        }
    }

    async ValueTask<Dictionary<long, CalendarUpdate>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var updates = new Dictionary<long, CalendarUpdate>();
        if (patches.Count == 0) return updates;
        var present = (await calendars.Get(call.Caller, call.Account, [.. patches.Keys], call.Cancellation)).Found.ToDictionary(calendar => calendar.Id);
        foreach (var (id, patch) in patches)
        {
            // One that is not there is refused as not found by the operation.
            if (!present.TryGetValue(id, out var calendar))
            {
                updates[id] = new CalendarUpdate();
                continue;
            }

            var properties = CalendarProperties.For(call);
            var before = properties.Write(calendar);
            var invalid = new InvalidProperties();
            if (JmapPatch.Apply(before, patch, out var error) is not { } after)
            {
                answer.NotUpdated(CalendarIds.Calendar.Write(id), error!);
                continue;
            }

            var named = patch.Select(property => JmapPatch.Split(property.Key)[0]).Distinct().ToList();
            // To say that a source was never read is to have it read again.
            var refreshes = calendar.Source is not null && patch.ContainsKey("sourceRefreshedAt") && after["sourceRefreshedAt"] is null && properties.Names.Contains("sourceRefreshedAt");
            properties.CheckUnchanged(calendar, after.Where(property => named.Contains(property.Key) && !Settable.Contains(property.Key) && !(refreshes && property.Key == "sourceRefreshedAt")), invalid);
            if (named.Contains("name") && after["name"].AsText() is null) invalid.Add("name", "a calendar has a name.");
            var update = Read(after, named, invalid);
            if (invalid.Any) answer.NotUpdated(CalendarIds.Calendar.Write(id), invalid.ToError());
            else updates[id] = update with { RefreshesSource = refreshes };
        }

        return updates;
    }

    static CalendarUpdate Read(JsonObject given, IEnumerable<string> names, InvalidProperties invalid)
    {
        var update = new CalendarUpdate();
        foreach (var name in names)
        {
            var value = given[name];
            update = name switch
            {
                "name" => update with { Name = value.AsText() },
                "description" => update with { Description = Text(name, value, invalid) },
                "color" => update with { Color = Text(name, value, invalid) },
                "timeZone" => update with { TimeZone = Text(name, value, invalid) },
                "sortOrder" => update with { SortOrder = Expect(name, value.AsUnsigned(), "it is a number from 0 to 2³¹−1.", invalid) },
                "isSubscribed" => update with { IsSubscribed = Expect(name, value.AsFlag(), "it is true or false.", invalid) },
                "isVisible" => update with { IsVisible = Expect(name, value.AsFlag(), "it is true or false.", invalid) },
                "includeInAvailability" => update with { Availability = AvailabilityOf(value, invalid) },
                "defaultAlertsWithTime" => update with { AlertsWithTime = Alerts(name, value, invalid) },
                "defaultAlertsWithoutTime" => update with { AlertsWithoutTime = Alerts(name, value, invalid) },
                "shareWith" => update with { Share = Shares(value, invalid), ReplacesShares = true },
                _ => update,
            };
        }

        return update;
    }

    static Optional<string> Text(string name, JsonNode? value, InvalidProperties invalid)
    {
        if (value is not null && value.AsText() is null) invalid.Add(name, "it is a string or null.");
        return Optional.Of(value.AsText());
    }

    static T? Expect<T>(string name, T? value, string why, InvalidProperties invalid)
        where T : struct
    {
        if (value is null) invalid.Add(name, why);
        return value;
    }

    static CalendarAvailability? AvailabilityOf(JsonNode? value, InvalidProperties invalid)
    {
        var at = Array.IndexOf(CalendarProperties.Availabilities, value.AsText());
        if (at < 0) invalid.Add("includeInAvailability", "it is all, attending or none.");
        return at < 0 ? null : (CalendarAvailability)at;
    }

    static Optional<JsonObject> Alerts(string name, JsonNode? value, InvalidProperties invalid)
    {
        if (value is null) return Optional.Of<JsonObject>(null);
        var probe = new JsonObject { ["uid"] = "u", ["start"] = "2026-01-01T00:00:00", ["alerts"] = value.DeepClone() };
        var wrong = new InvalidProperties();
        EventCheck.Check(probe, wrong);
        if (wrong.Any || value is not JsonObject alerts) invalid.Add(name, "it is an object of Alerts.");
        else if (alerts.Any(alert => alert.Value.Member("trigger").Member("when") is not null)) invalid.Add(name, "alerts of every event have no time of their own.");
        else return Optional.Of((JsonObject)EventNormal.Of(probe)["alerts"]!.DeepClone());
        return default;
    }

    static Dictionary<AccountId, Rights> Shares(JsonNode? value, InvalidProperties invalid)
    {
        var shares = new Dictionary<AccountId, Rights>();
        if (value is null) return shares;
        if (value is not JsonObject given)
        {
            invalid.Add("shareWith", "it is an object of rights by principal, or null.");
            return shares;
        }

        foreach (var (principal, rights) in given)
        {
            if (CalendarIds.AccountOf(principal) is not { } account) invalid.Add("shareWith", $"there is no principal {principal}.");
            else if (CalendarRightsJson.Read(rights) is not { } read) invalid.Add("shareWith", $"the rights of {principal} are an object of what they may, each true or false.");
            else shares[account] = read;
        }

        return shares;
    }
}
